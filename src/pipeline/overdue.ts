import { localTime } from '../lib/calendar.ts';
import { sayDuration } from '../lib/duration.ts';
import type { Alarm } from './alarm.ts';
import type { House } from './house.ts';

/** More open batches than this are not looked at: the oldest come first, and one line tells of all. */
const looked = 1000;

/** Says which batches have waited for their verdict longer than `statusInquiry.alarmAfter`; nothing when none has. */
export async function overdueAlarm({
  ledger,
  config,
  clock,
}: Pick<House, 'ledger' | 'config' | 'clock'>): Promise<Alarm[]> {
  const { alarmAfter } = config.submission.statusInquiry;
  const sent = (await ledger.openBatches(looked)).flatMap(({ reference, sentAt }) =>
    sentAt !== null && clock.now() - sentAt > alarmAfter ? [{ reference, sentAt }] : [],
  );
  const [oldest] = sent.toSorted((a, b) => a.sentAt - b.sentAt);
  if (!oldest) return [];
  const batches = sent.length === 1 ? 'A batch has' : `${sent.length} batches have`;
  const since = localTime(new Date(oldest.sentAt)).slice(0, 16);
  return [
    {
      kind: 'batchOverdue',
      id: 'batchOverdue',
      level: '',
      text: `${batches} had no verdict for over ${sayDuration(alarmAfter)}; the oldest, ${oldest.reference}, was sent on ${since}. It is asked about by itself and never sent twice; if this lasts, ask the register about it by its reference.`,
    },
  ];
}
