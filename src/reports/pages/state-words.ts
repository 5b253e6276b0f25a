import { isBatchApi } from '../../contract/apis.ts';
import type { Language } from '../../lib/language.ts';
import { questionPhrases } from '../phrases/question-phrases.ts';
import { statePhrases } from '../phrases/state-phrases.ts';
import { type ExportState, isWithdrawn, type Receipt } from '../receipt.ts';

/** How grave a thing is; the colour follows, and a word always says it too. */
export type Tone = 'good' | 'wait' | 'doubt' | 'act';

/** What a state is called, what it means, and how grave it is. */
export type StateWords = { label: string; meaning: string; tone: Tone };

const tones: Record<ExportState | 'withdrawn' | 'unbalanced', Tone> = {
  refused: 'act',
  awaitingApproval: 'doubt',
  sending: 'wait',
  withRegister: 'wait',
  outcomeUnknown: 'doubt',
  needsFixing: 'act',
  waiting: 'wait',
  complete: 'good',
  withdrawn: 'wait',
  unbalanced: 'act',
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
export function stateWords(receipt: Receipt, language: Language): StateWords {
  const state = sumsHold(receipt) ? (isWithdrawn(receipt) ? 'withdrawn' : receipt.state) : 'unbalanced';
  const asking = state === 'sending' && !isBatchApi(receipt.mapping.api);
  return { ...(asking ? questionPhrases[language].asking : statePhrases[language][state]), tone: tones[state] };
}
