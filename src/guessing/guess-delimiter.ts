import { parseBlock } from '../reading/parse-block.ts';
import { RefusedExport } from '../reading/rows.ts';
import type { Guess } from './guess-encoding.ts';

const delimiters = [
  { sign: ';', name: 'semicolon' },
  { sign: '\t', name: 'tab' },
  { sign: ',', name: 'comma' },
  { sign: '|', name: 'bar' },
];

/**
 * Guesses the delimiter: the one by which most rows have as many cells as the header. Quotes are respected.
 * @param text whole records from the beginning of a file
 * @returns null when no delimiter gives the header two cells
 */
export function guessDelimiter(text: string): Guess<string> | null {
  const candidates = delimiters.flatMap(({ sign, name }) => {
    const widths = widthsOf(text, sign);
    const [header = 0] = widths;
    if (header < 2) return [];
    const agree = widths.filter((width) => width === header).length;
    const all = agree === widths.length ? 'all' : `${agree} of ${widths.length}`;
    return [{ sign, agree, header, why: `${name}: ${header} cells on ${all} rows looked at` }];
  });
  const [best] = candidates.toSorted((a, b) => b.agree - a.agree || b.header - a.header);
  return best ? { value: best.sign, why: best.why } : null;
}

function widthsOf(text: string, delimiter: string): number[] {
  try {
    return parseBlock(text, delimiter, 1).rows.map(({ cells }) => cells.length);
  } catch (error) {
    if (error instanceof RefusedExport) return [];
    throw error;
  }
}
