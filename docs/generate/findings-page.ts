import type { CodeWords } from '../../src/contract/codes/code-words.ts';
import { findingWords } from '../../src/contract/finding-codes.ts';
import { registerCodes } from '../../src/contract/register-codes.ts';
import { languages } from '../../src/lib/language.ts';

/** Writes the page of all findings: the codes of luottoputki, and those of the register. */
export function findingsPage(): string {
  const own = Object.entries(findingWords).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const theirs = registerCodes.map((entry) => [entry.code, entry] as const);
  return `# Findings

A finding is something wrong with the data of an export. It has a code, the line and the column of the export, what was expected,
and how to fix it; it stands in \`errors.csv\` and \`summary.html\` of the export’s folder in the outbox, in the language that the
config says (\`language\`). Codes do not change; texts may.

Besides these there are the checks of the house: a mapping names them itself, in capitals, under \`checks\`
([mapping.md](mapping.md#checks-of-the-house)).

## Found by luottoputki, before anything is sent

${tables(own)}
## Told by the register

The register’s codes are reliable, its texts change: its own text stands beside ours. A code that is not in this list is shown as
it came.

${tables(theirs)}`;
}

function tables(codes: readonly (readonly [string, CodeWords])[]): string {
  return codes.map(([code, words]) => `### ${code}\n\n${table(words)}`).join('\n');
}

function table({ text, howToFix }: CodeWords): string {
  const lines = languages.map((language) => `| ${language} | ${cell(text[language])} | ${cell(howToFix[language])} |`);
  return `| | what it means | how to fix it |\n|---|---|---|\n${lines.join('\n')}\n`;
}

const cell = (text: string) => text.replaceAll('|', '\\|');
