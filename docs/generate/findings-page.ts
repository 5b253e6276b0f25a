import { findingTexts } from '../../src/contract/finding-codes.ts';
import { registerCodes } from '../../src/contract/register-codes.ts';

/** Writes the page of all findings: the codes of luottoputki, and those of the register. */
export function findingsPage(): string {
  const own = Object.entries(findingTexts)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, { text, howToFix }]) => [code, text, howToFix]);
  const theirs = registerCodes.map(({ code, meaning, howToFix }) => [code, meaning, howToFix]);
  return `# Findings

A finding is something wrong with the data of an export. It has a code, the line and the column of the export, what was expected,
and how to fix it; it stands in \`errors.csv\` and \`summary.html\` of the export’s folder in the outbox. Codes do not change;
texts may.

Besides these there are the checks of the house: a mapping names them itself, in capitals, under \`checks\`
([mapping.md](mapping.md#checks-of-the-house)).

## Found by luottoputki, before anything is sent

${table(own)}
## Told by the register

The register’s codes are reliable, its texts change. A code that is not in this table is shown as it came.

${table(theirs)}`;
}

function table(rows: readonly (readonly string[])[]): string {
  const lines = rows.map(
    ([code = '', ...words]) =>
      `| <a id="${code.toLowerCase()}"></a>\`${code}\` | ${words.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`,
  );
  return `| code | what it means | how to fix it |\n|---|---|---|\n${lines.join('\n')}\n`;
}
