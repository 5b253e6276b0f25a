import type { Language } from '../lib/language.ts';
import { type CodeWords, correctRow } from './codes/code-words.ts';
import { correctionCodes } from './codes/correction-codes.ts';
import { exportCodes } from './codes/export-codes.ts';
import { fileCodes } from './codes/file-codes.ts';
import { rowCodes } from './codes/row-codes.ts';
import { ruleCodes } from './codes/rule-codes.ts';
import { valueCodes } from './codes/value-codes.ts';
import { type CodeTable, ownCodes, registerCode } from './register-codes.ts';

/** The findings of our own, in each language. Register codes are explained in `register-codes.ts`, house checks in their mappings. */
export const findingWords: Readonly<Record<string, CodeWords>> = {
  ...fileCodes,
  ...rowCodes,
  ...valueCodes,
  ...correctionCodes,
  ...exportCodes,
  ...ruleCodes,
};

/** The codes of findings of our own, for those who name one. */
export const ownFindingCodes: readonly string[] = Object.keys(findingWords);

/**
 * Explains a finding code: one of ours, the register's, or a house check's.
 * @param registerCodeOf the register's code when it was the register that said it
 * @param codes the register's codes, by the contract
 */
export function explainCode(
  code: string,
  registerCodeOf: string | null,
  language: Language,
  codes: CodeTable = ownCodes,
): { text: string; howToFix: string } {
  const { text, howToFix } = findingWords[code] ?? theirs(code, registerCodeOf, codes);
  return { text: text[language], howToFix: howToFix[language] };
}

function theirs(code: string, registerCodeOf: string | null, codes: CodeTable): CodeWords {
  if (registerCodeOf !== null) return registerCode(registerCodeOf, codes);
  return {
    text: {
      en: `The house check ${code} of the mapping is not met.`,
      fi: `Muunnosmäärityksen oma tarkastus ${code} ei täyty.`,
      sv: `Mappningens egen kontroll ${code} är inte uppfylld.`,
    },
    howToFix: correctRow,
  };
}
