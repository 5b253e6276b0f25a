import { grouped } from '../phrases/counted.ts';
import type { SummaryPhrases } from '../phrases/summary-phrases.ts';
import type { Receipt } from '../receipt.ts';

/** One kind of outcome of an export's reports, and its piece of the bar. */
export type BarPart = { key: string; count: number; label: string; x: string; width: string };

/** The bar's length in units of its own. */
export const barLength = 1000;
/** The narrowest piece, so that one report among a million is still seen. */
const narrowest = 8;

const kinds = ['accepted', 'rejected', 'invalid', 'pending', 'unknown', 'held'] as const;

/** The parts of the bar that are not zero, in the order of the receipt; their widths fill the bar. */
export function outcomeBar(counts: Receipt['counts'], labels: SummaryPhrases['outcomes']): BarPart[] {
  const present = kinds.filter((key) => counts[key] > 0);
  const total = present.reduce((sum, key) => sum + counts[key], 0);
  const free = barLength - narrowest * present.length;
  let x = 0;
  return present.map((key) => {
    const width = narrowest + (free * counts[key]) / total;
    const part = { key, count: counts[key], label: labels[key], x: x.toFixed(2), width: width.toFixed(2) };
    x += width;
    return part;
  });
}

/** The bar in words, for those who do not see it. */
export function barInWords(parts: readonly BarPart[]): string {
  return parts.map(({ count, label }) => `${grouped(count)} ${label}`).join(', ');
}
