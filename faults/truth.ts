import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { filesOf, type Workspace } from '../test/pipeline/workspace.ts';

/** What outbox and register agree on in the end, without what differs from run to run (times, and what is derived of them). */
export type Truth = { [part: string]: readonly string[] };

/** Takes down the truth of a workspace, a line a thing. */
export function truthOf(workspace: Workspace): Truth {
  const { applied, loans, repayments } = workspace.sandbox.snapshot();
  const told = workspace.told();
  return {
    'the receipts': told.map(({ folder, receipt: { file, correctedBy, ...receipt }, done }) => {
      const { state, final, counts, findingsByCode } = receipt;
      const { name, size, rows } = file;
      const corrected = correctedBy.map((it) => it.name);
      return JSON.stringify({
        folder: plain(basename(folder)),
        ...{ state, final, done, counts, name, size, rows, corrected, findingsByCode },
      });
    }),
    'the files of the outbox': [...filesOf(workspace.outbox).keys()].map(plain).toSorted(),
    'what stays in the inbox': workspace.inboxNames(),
    'what took effect': applied.map(({ api, reportReference, loan }) => `${api} ${reportReference} ${loan}`).toSorted(),
    'the loans of the register': loans
      .map((loan) => `${loan.record.loanNumber.number} ${loan.status} ${digest(JSON.stringify(loan))}`)
      .toSorted(),
    'the payments of the register': [String(repayments)],
  };
}

/** Where two truths differ, in a few words a part. */
export function differences(wanted: Truth, found: Truth): string[] {
  return Object.keys(wanted).flatMap((part) => {
    const [one = [], other = []] = [wanted[part], found[part]];
    const missing = one.filter((line) => !other.includes(line));
    const extra = other.filter((line) => !one.includes(line));
    if (missing.length + extra.length === 0 && one.length === other.length) return [];
    const say = (lines: string[]) => (lines[0] === undefined ? 'nothing' : `${lines.length}: ${lines[0]}`);
    return [`${part} differ from an undisturbed night: missing ${say(missing)}; too much ${say(extra)}`];
  });
}

/** A path in the outbox without its day, and without its hash: a correction has other tokens on every night. */
const plain = (path: string) => path.replace(/^\d{4}-\d\d-\d\d./, '').replace(/--[0-9a-f]{8}/, '--');

const digest = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 8);
