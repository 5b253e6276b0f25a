import { type ExportState, isWithdrawn, type Receipt } from '../receipt.ts';

/** How grave a thing is; the colour follows, and a word always says it too. */
export type Tone = 'good' | 'wait' | 'doubt' | 'act';

/** What a state is called, what it means, and how grave it is. */
export type StateWords = { label: string; meaning: string; tone: Tone };

const words: Record<ExportState, StateWords> = {
  refused: { label: 'Refused', meaning: 'The export was stopped as a whole.', tone: 'act' },
  awaitingApproval: {
    label: 'Awaits approval',
    meaning: 'The export is unusual: nothing is sent before somebody approves it.',
    tone: 'doubt',
  },
  sending: {
    label: 'Being sent',
    meaning: 'All rows are read and checked; the batches are on their way.',
    tone: 'wait',
  },
  withRegister: {
    label: 'With the register',
    meaning: 'Everything is delivered; the register has not answered yet.',
    tone: 'wait',
  },
  outcomeUnknown: {
    label: 'Outcome unknown',
    meaning: 'A batch may or may not have arrived; the register is being asked about it.',
    tone: 'doubt',
  },
  needsFixing: {
    label: 'Needs fixing',
    meaning: 'Something must be corrected before the register takes the rest.',
    tone: 'act',
  },
  waiting: { label: 'Waits for a date', meaning: 'Some reports go again by themselves on a later day.', tone: 'wait' },
  complete: { label: 'Complete', meaning: 'Nothing of this export is open.', tone: 'good' },
};

const withdrawn: StateWords = {
  label: 'Withdrawn',
  meaning: 'The export was taken back before anything of it was sent.',
  tone: 'wait',
};

const unbalanced: StateWords = {
  label: 'The sums do not hold',
  meaning:
    'Nothing of this export counts as done before somebody has found out why. Keep receipt.json, and tell whoever looks after luottoputki.',
  tone: 'act',
};

/** True when rows and reports are all accounted for: the receipt says so, and what the page shows adds up. */
export function sumsHold({ counts }: Receipt): boolean {
  const { invalid, accepted, rejected, pending, unknown, held } = counts;
  const inReports = counts.rowsRead - counts.rowsSkipped - counts.rowsInvalid;
  return (
    counts.balanced &&
    inReports >= 0 &&
    counts.reportsBuilt === invalid + accepted + rejected + pending + unknown + held
  );
}

/** The words for an export's state; sums that do not hold drown every other state. */
export function stateWords(receipt: Receipt): StateWords {
  if (!sumsHold(receipt)) return unbalanced;
  return isWithdrawn(receipt) ? withdrawn : words[receipt.state];
}
