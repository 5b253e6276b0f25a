import { relative } from 'node:path';
import type { LoadedConfig } from '../config/load-config.ts';
import type { Outcome } from '../reconcile/journal.ts';
import type { Stock } from '../reconcile/stock.ts';
import type { Written } from '../reconcile/write-findings.ts';

const words: Record<Outcome, string> = {
  agrees: 'agree with the register',
  differs: 'differ',
  notInRegister: 'should be in the register and are not',
  notInCore: 'are in the register and not in the stock export',
  notTold: 'have ended, and the register tells nothing of them',
  underWay: 'were not asked about: a report on them has no verdict yet',
  unclear: 'were answered in a way that could not be understood',
};

/** Says what a comparison came to, and what to do next. */
export function sayReconciled(
  about: string,
  loans: number,
  { folder, counts, drafts }: Written,
  config: LoadedConfig,
  stock: Stock | undefined,
): string {
  const from = (path: string) => relative(process.cwd(), path) || '.';
  const lines = [`${loans} ${loans === 1 ? 'loan' : 'loans'} compared with the register (${about}):`];
  for (const [outcome, sentence] of Object.entries(words)) {
    const count = counts[outcome as Outcome];
    if (count > 0) lines.push(`  ${String(count).padStart(6)} ${sentence}`);
  }
  if (stock && stock.rowsInvalid > 0)
    lines.push(
      `  ${String(stock.rowsInvalid).padStart(6)} rows or loans of the export could not be read; luottoputki preview tells why`,
    );
  if (stock && !stock.whole)
    lines.push('Which loans are missing in the core system cannot be said: some rows do not tell their loan.');
  lines.push(`See ${from(folder)}/differences.csv (in clear: restricted/differences.csv).`);
  if (drafts.length > 0) {
    lines.push('', 'Proposed corrections. Look at each; take out the rows that are not right; then:');
    for (const { api, file, mapping, reports } of drafts)
      lines.push(
        `  ${reports} for ${api}:`,
        `    cp ${from(mapping)} ${from(config.folders.mappings)}/`,
        `    cp ${from(file)} ${from(config.folders.inbox)}/`,
      );
    lines.push('  luottoputki run');
  }
  return `${lines.join('\n')}\n`;
}
