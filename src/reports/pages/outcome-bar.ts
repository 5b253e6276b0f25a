import type { SummaryPhrases } from '../phrases/summary-phrases.ts';
import type { Receipt } from '../receipt.ts';
import { type Bar, layBar } from './bar.ts';

const kinds = ['accepted', 'rejected', 'invalid', 'pending', 'unknown', 'held'] as const;

/** What became of an export's reports, in the order of the receipt. */
export function outcomeBar(counts: Receipt['counts'], labels: SummaryPhrases['outcomes']): Bar {
  return layBar(kinds.map((key) => ({ key, count: counts[key], label: labels[key] })));
}
