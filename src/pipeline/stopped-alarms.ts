import type { Alarm } from './alarm.ts';
import type { House } from './house.ts';

/** An alarm for each export that awaits approval: whoever can give it may not look at the outbox every day. */
export async function stoppedAlarms({ ledger }: Pick<House, 'ledger'>): Promise<Alarm[]> {
  const stopped = (await ledger.exports()).filter(({ stage }) => stage === 'awaitingApproval');
  const alarms: Alarm[] = [];
  for (const { id, sha256, mapping } of stopped) {
    const codes = new Set((await ledger.findingCounts(id)).map(({ code }) => code));
    const why = ['ROWS_UNUSUAL', 'TOO_MANY_REPORTS'].filter((code) => codes.has(code)).join(', ');
    const handle = sha256.slice(0, 8);
    alarms.push({
      kind: 'exportStopped',
      id: `exportStopped:${handle}`,
      level: '',
      text: `An export of the mapping ${mapping.name} is so unusual that nothing of it is sent before somebody approves it (${why}): \`npx luottoputki approve ${handle}\`, or withdraw.`,
    });
  }
  return alarms;
}
