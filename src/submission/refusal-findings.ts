import type { RegisterError } from '../contract/answer.ts';
import type { StagedFinding } from '../ledger/ledger.ts';
import { maskText } from '../lib/mask.ts';

/**
 * The findings of a question to which the register said no: one for each of its errors, or one that there was no reason.
 * @param columnOf the column of the export a field of the register's belongs to
 */
export function refusalFindings(
  errors: readonly RegisterError[],
  { line, lastLine }: { line: number; lastLine: number },
  status: number,
  columnOf: (field: string) => string | null,
): Omit<StagedFinding, 'report'>[] {
  const about = { severity: 'error', stage: 'register', line, lastLine, value: null } as const;
  if (errors.length === 0)
    return [
      {
        ...about,
        code: 'QUESTION_REFUSED',
        registerCode: null,
        column: null,
        expected: null,
        message: `The register did not answer the question (HTTP ${status}), and gave no reason.`,
      },
    ];
  return errors.map(({ code, field, text }) => ({
    ...about,
    code: 'QUESTION_REFUSED',
    registerCode: code === 'NO_REASON' ? null : code,
    column: field === null ? null : columnOf(field),
    expected: field === null ? null : maskText(field),
    message: text === null ? null : maskText(text),
  }));
}
