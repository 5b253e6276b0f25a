import { registerCode } from './register-codes.ts';

/** What a finding means and what to do about it, in words for people. */
export type CodeText = { text: string; howToFix: string };

const asHandedOut =
  'Take to-fix.csv once more, opened with all columns as text (Data → From Text), and drop it back; a change that is meant comes from the core system, in a new export.';
const correctRow =
  'Correct the value in the core system and in restricted/to-fix.csv, and drop to-fix.csv into the inbox.';
const newExport = 'Nothing was sent. Let the core system write the export again, and drop it into the inbox.';
const atMapping = 'If the export is right, the mapping is not: ask whoever looks after the mappings.';

/** The findings of our own. Register codes are explained in `register-codes.ts`, house checks in their mappings. */
export const findingTexts: Record<string, CodeText> = {
  FILE_EMPTY: { text: 'The file is empty.', howToFix: newExport },
  NO_ROWS: {
    text: 'The file has a header and no rows.',
    howToFix: 'Nothing to do when there was nothing to report; otherwise ask why the export is empty.',
  },
  FINAL_NEWLINE_MISSING: { text: 'The last line does not end: the export may have been cut off.', howToFix: newExport },
  ENCODING: { text: 'The file has bytes that its encoding does not have.', howToFix: `${newExport} ${atMapping}` },
  BYTE_ORDER_MARK: {
    text: 'The file begins with the mark of another encoding than the mapping says.',
    howToFix: `Nothing was sent. ${atMapping}`,
  },
  QUOTE_NOT_CLOSED: {
    text: 'A quote is opened and never closed; everything after it would be a guess.',
    howToFix: newExport,
  },
  QUOTE_STRAY: {
    text: 'A quote stands where none may; what belongs to which cell would be a guess.',
    howToFix: newExport,
  },
  QUOTE_SWALLOWED_ROWS: {
    text: 'A quoted cell seems to hold whole rows: a quote is open that should not be.',
    howToFix: correctRow,
  },
  RECORD_TOO_LONG: { text: 'A record is longer than any row can be: a quote may be open.', howToFix: newExport },
  TRAILER_MISSING: {
    text: 'The last record of the file, which closes it, is missing: the export may have been cut off.',
    howToFix: newExport,
  },
  TRAILER_NOT_LAST: {
    text: 'Rows come after the record that closes the file: two exports may have run into one.',
    howToFix: newExport,
  },
  TRAILER_COUNT: {
    text: 'The file has another number of rows than its last record says: rows are missing, or too many.',
    howToFix: newExport,
  },
  TRAILER_SUM: {
    text: 'The rows come to another sum than the last record of the file says: a row is missing or changed.',
    howToFix: newExport,
  },
  COLUMN_TWICE: { text: 'Two columns have the same name.', howToFix: newExport },
  COLUMN_MISSING: { text: 'A column the mapping needs is missing.', howToFix: `${newExport} ${atMapping}` },
  COLUMN_UNKNOWN: {
    text: 'The file has a column the mapping does not name.',
    howToFix: 'Nothing is lost: the column is not read. Name it in the mapping, or set csv.columns.unknown: ignore.',
  },
  ROW_WIDTH: {
    text: 'The row has more or fewer cells than the header.',
    howToFix:
      'See the row in the export: a delimiter or a quote is missing or too many. Correct it and export the loan again.',
  },
  GROUP_KEY_EMPTY: {
    text: 'The cell that tells which report the row belongs to is empty.',
    howToFix: 'Fill it in the core system and export the row again.',
  },
  GROUP_HAS_BROKEN_ROW: {
    text: 'Another row of the same report is broken, so the report would not be whole.',
    howToFix: 'Correct the broken row, and export all rows of the report again.',
  },
  CONTROL_CHARACTER: { text: 'A cell has characters that cannot be printed.', howToFix: correctRow },
  ROWS_DIFFER: {
    text: 'Rows of one report disagree in a column that must be the same on all of them.',
    howToFix: 'Make the rows agree, or list the column under records.mayDiffer if it may differ.',
  },
  COLUMNS_GAP: {
    text: 'Of the items in numbered columns one is absent, and a later one is there.',
    howToFix:
      'The report goes without it. See whether an item is missing in the export, or has slipped to another number.',
  },
  ABSENT_ITEM_FILLED: {
    text: 'A cell is filled that belongs to an item the mapping takes for absent, so it is not reported.',
    howToFix: `See whether the item should be reported: then fill its first column too. ${atMapping}`,
  },
  ORDER_EMPTY: {
    text: 'The cell that puts the rows of a report in order is empty, so which of them counts is not known.',
    howToFix: correctRow,
  },
  ORDER_FORM: {
    text: 'The cell that puts the rows of a report in order is not written so that it can be compared.',
    howToFix: `${correctRow} ${atMapping}`,
  },
  ORDER_TIE: {
    text: 'Two rows of a report stand at the same place in their order, and say different things.',
    howToFix: `Correct the rows in the core system so that one of them is the earlier, and export them again. ${atMapping}`,
  },
  VALUE_MISSING: { text: 'A value the register needs is missing.', howToFix: correctRow },
  DATE_FORMAT: {
    text: 'A date is not written as the mapping says, or is no day of the calendar.',
    howToFix: correctRow,
  },
  DATE_TIME_FORMAT: { text: 'A time is not written as the mapping says, or does not exist.', howToFix: correctRow },
  DECIMAL_FORMAT: { text: 'An amount is not written as the mapping says.', howToFix: correctRow },
  DECIMALS_TOO_MANY: { text: 'An amount has more decimals than allowed; nothing is rounded.', howToFix: correctRow },
  NUMBER_TOO_LONG: { text: 'A number has more digits than can be carried exactly.', howToFix: correctRow },
  INTEGER_FORMAT: { text: 'A whole number is not written as the mapping says.', howToFix: correctRow },
  BOOLEAN_FORMAT: {
    text: 'A yes or no is not one of the words the mapping knows.',
    howToFix: `${correctRow} ${atMapping}`,
  },
  IDENTITY_CODE: { text: 'A personal identity code is not valid.', howToFix: correctRow },
  IDENTITY_CODE_ARTIFICIAL: {
    text: 'An artificial person (900–999) may not be reported in production.',
    howToFix: 'Remove the test person from the production export.',
  },
  IDENTITY_CODE_NOT_ARTIFICIAL: {
    text: 'A person outside the artificial series may not be sent to a test environment.',
    howToFix: 'Never use real persons for tests: replace the code by an artificial one (900–999).',
  },
  BUSINESS_ID: { text: 'A Business ID is not valid.', howToFix: correctRow },
  IBAN: { text: 'An IBAN is not valid.', howToFix: correctRow },
  CODE_UNKNOWN: { text: 'A code is not in the mapping’s code list.', howToFix: `${correctRow} ${atMapping}` },
  CODE_NOT_VALID: {
    text: 'A code is in the mapping’s code list, but was not valid on the day the export was taken.',
    howToFix: `${correctRow} ${atMapping}`,
  },
  FUNCTION: {
    text: 'A function of the mapping could not make anything of a value.',
    howToFix: `${correctRow} ${atMapping}`,
  },
  CASE_UNMAPPED: { text: 'A value fits none of the mapping’s cases.', howToFix: `${correctRow} ${atMapping}` },
  SHAPE: { text: 'A value does not have the shape the mapping demands.', howToFix: correctRow },
  VALUE_NOT_ALLOWED: { text: 'The register does not know this value.', howToFix: `${correctRow} ${atMapping}` },
  SAME_BYTES_AGAIN: {
    text: 'The same file was taken before; nothing of it is sent twice.',
    howToFix: 'Nothing to do, unless another export was meant: drop that one.',
  },
  SPREADSHEET_ZEROS: {
    text: 'A spreadsheet program has taken the zeros from the beginning of a number.',
    howToFix: asHandedOut,
  },
  SPREADSHEET_EXPONENT: {
    text: 'A spreadsheet program has written a long number with an exponent, or lost its last digits.',
    howToFix: asHandedOut,
  },
  SPREADSHEET_DATE: {
    text: 'A spreadsheet program has written a date another way, or taken something for a date.',
    howToFix: asHandedOut,
  },
  SPREADSHEET_DECIMAL: {
    text: 'A spreadsheet program has changed or lost the decimal mark of an amount.',
    howToFix: asHandedOut,
  },
  CORRECTION_CHANGED_MORE: {
    text: 'A correction changes a column that no finding names.',
    howToFix: 'Nothing to do if the change is meant: it goes along. Otherwise put the old value back.',
  },
  REJECTED_SHARE: {
    text: 'More of the export is invalid than the mapping allows, so nothing of it was sent.',
    howToFix: 'See the other findings; correct the cause, and export again.',
  },
  ROWS_UNUSUAL: {
    text: 'The export has far more or far fewer rows than those before it.',
    howToFix: 'See whether it is whole, and the right one; then approve it, or withdraw it.',
  },
  TOO_MANY_REPORTS: {
    text: 'The export makes more reports than may go without somebody’s approval.',
    howToFix: 'See whether so many are meant; then approve the export, or withdraw it.',
  },
  TOO_MANY_GONE: {
    text: 'Far more loans than usual are gone from the export: it may not be whole.',
    howToFix:
      'See whether so many loans really have nothing to report any more; then approve the export, or withdraw it.',
  },
  GONE_NOT_CERTAIN: {
    text: 'Some rows could not be read, so which loans are gone from the export is not certain; none is reported as gone.',
    howToFix:
      'Correct the rows the other findings name. The next export that can be read whole tells which loans are gone.',
  },
  APPROVED: { text: 'Somebody looked at the export and let it go.', howToFix: 'Nothing to do.' },
  WITHDRAWN: {
    text: 'Somebody took the export back before anything of it was sent.',
    howToFix: 'Nothing to do. If it was a mistake, approve the export: it then goes after all.',
  },
  RESOLVED: {
    text: 'Somebody said that nothing more of it shall be sent.',
    howToFix: 'Nothing to do. If it was a mistake, take it back with `luottoputki resolve --undo`.',
  },
  RESOLVED_ENTERED: {
    text: 'Somebody entered the loan at the register by hand: what is reported on it may go.',
    howToFix: 'Nothing to do. If it was a mistake, take it back with `luottoputki resolve --undo`.',
  },
  RESOLVED_HELD: {
    text: 'It was held by its loan, and somebody said that it shall not be sent any more.',
    howToFix: 'Nothing to do. If it was a mistake, take it back with `luottoputki resolve --undo`.',
  },
  RETRIED: {
    text: 'Somebody had the report sent again as it was, since the reason of the rejection lay elsewhere.',
    howToFix: 'Nothing to do.',
  },
  GAVE_UP: {
    text: 'luottoputki failed on the export again and again, and goes on without it; nothing of it was sent.',
    howToFix:
      'Report it, with the log in the state folder; the bytes are kept in the archive. Once the fault is mended, approve the export: it is then tried again.',
  },
  AMOUNT_PAID_ABOVE_ISSUED: {
    text: 'The amount drawn is larger than the amount granted (the register’s D02).',
    howToFix: correctRow,
  },
  LOAN_PART_MISMATCH: {
    text: 'The loan type and the details given do not belong together.',
    howToFix: `${correctRow} ${atMapping}`,
  },
  PURPOSE_NOT_FOR_CONSUMER_CREDIT: { text: 'The purpose of use is not one of consumer credit.', howToFix: correctRow },
  GUARANTEE_RECEIVABLE_HALF: {
    text: 'Loan type guarantee receivable needs the same purpose of use.',
    howToFix: correctRow,
  },
  BORROWERS_COUNT_TOO_SMALL: {
    text: 'The number of borrowers is smaller than the borrowers listed.',
    howToFix: correctRow,
  },
  BORROWER_TWICE: { text: 'The same person stands twice among the borrowers.', howToFix: correctRow },
  DELAY_UNDER_60_DAYS: {
    text: 'An instalment is less than 60 days late; it may not be reported yet.',
    howToFix: 'Leave the instalment out, or report it when 60 days have passed.',
  },
  DELAY_AMOUNTS_MISMATCH: {
    text: 'A delay must list its instalments, and the end of a delay none.',
    howToFix: correctRow,
  },
  FORECLOSURE_DATE_MISSING: { text: 'The date of foreclosure is missing.', howToFix: correctRow },
  END_DATE_MISSING: { text: 'The end date is missing.', howToFix: correctRow },
  INTEREST_AND_EXPENSES_TOGETHER: {
    text: 'Interest or expenses stand alone: the register erases the other one.',
    howToFix: 'Report both, or make sure that erasing is meant.',
  },
  REPORT_TOO_LARGE: {
    text: 'The report alone is larger than a batch may be.',
    howToFix: 'Raise submission.maxBytesPerBatch if the register takes more, or make the report smaller.',
  },
  VERDICT_CONTRADICTS: {
    text: 'The register’s verdict on a batch contradicts itself, or what was sent; nothing of the batch is taken for accepted.',
    howToFix:
      'Ask the register what it holds of these loans before anything is sent again; luottoputki asks anew at each run.',
  },
  EXTRACT_PURPOSE_OLD: {
    text: 'The purpose is one of those there were before 1 April 2026, when the register got four others; whether it still takes the old ones is not known.',
    howToFix: 'The question is asked all the same. Say one of the new purposes if your data permission covers it.',
  },
  QUESTION_REFUSED: {
    text: 'The register did not answer the question.',
    howToFix:
      'See the register’s code and its text. When the row is wrong, correct it in restricted/to-fix.csv and drop that into the inbox; when it is right, luottoputki retry has it asked again.',
  },
  NO_REASON: {
    text: 'The register rejected the report without saying why.',
    howToFix:
      'Check the row against the register’s instructions, and drop to-fix.csv into the inbox; keep the receipt.',
  },
};

/** The codes of findings of our own, for those who name one. */
export const ownFindingCodes: readonly string[] = Object.keys(findingTexts);

/**
 * Explains a finding code: one of ours, the register's, or a house check's.
 * @param registerCodeOf the register's code when it was the register that said it
 */
export function explainCode(code: string, registerCodeOf: string | null): CodeText {
  const own = findingTexts[code];
  if (own) return own;
  if (registerCodeOf !== null) {
    const { meaning, howToFix } = registerCode(registerCodeOf);
    return { text: meaning, howToFix };
  }
  return { text: `The house check ${code} of the mapping is not met.`, howToFix: correctRow };
}
