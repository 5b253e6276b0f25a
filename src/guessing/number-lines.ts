import type { Draft } from './draft.ts';
import type { DraftLine } from './draft-lines.ts';
import { prefixes } from './draft-text.ts';
import type { Records } from './guess-records.ts';
import { codesLine, target } from './source-lines.ts';

/** The lines every report begins with: its reference, its type, and the loan's number. A question has the number it asks for only. */
export function numberLines(draft: Draft, records: Records | undefined): DraftLine[] {
  const { api } = draft;
  if (api === 'GetCreditRegisterExtract') return [];
  if (api === 'GetLoan') return loanNumberLines(draft);
  return [referenceLine(draft, records, prefixes[api]), ...typeLines(draft), ...loanNumberLines(draft)];
}

/** A reference must be unique within a batch: the report's own number, the loan's when it stands once, or the line. */
function referenceLine(draft: Draft, records: Records | undefined, prefix: string): DraftLine {
  const number = draft.column('loanNumber');
  const own = draft.column('reference');
  const line = (source: string, note: string): DraftLine => ({ kind: 'source', key: 'reportReference', source, note });
  if (records)
    return line(`from: ${draft.from(records.groupBy)}, prefix: ${prefix}`, 'guess (sure): one for each report');
  if (own?.unique)
    return line(`from: ${draft.from(own)}, prefix: ${prefix}`, draft.why('reference', ['unique in the file']));
  if (number?.unique)
    return line(
      `from: ${draft.from(number)}, prefix: ${prefix}`,
      'guess (sure): the loan number is unique in the file',
    );
  return line(
    `meta: line, prefix: ${prefix}`,
    'no column is unique in the file, so the line of the row tells its reports apart',
  );
}

function typeLines(draft: Draft): DraftLine[] {
  if (draft.api === 'AddLoans') return [];
  const column = draft.column('reportType');
  if (!column) return [draft.constant('reportType', 'NewReport', 'no column tells corrections from first reports')];
  const gaps = column.values.length < column.rows;
  return codesLine(draft, 'reportType', target('reportType'), 'reportType', {
    more: gaps ? ', default: NewReport' : '',
  });
}

function loanNumberLines(draft: Draft): DraftLine[] {
  const column = draft.column('loanNumber');
  if (!column) {
    draft.left.push('loanNumber.number: no column is named like the number of a loan');
    return [{ kind: 'remark', text: 'loanNumber.number: TODO, no column is named like the number of a loan' }];
  }
  const iban = column.ibans > 0.9;
  const shape = iban ? undefined : shapeOf(column.values);
  const source = `from: ${draft.from(column)}${iban ? ', as: iban' : ''}${shape === undefined ? '' : `, shape: ${JSON.stringify(shape)}`}`;
  const notes = shape === undefined ? [] : ['all have this form: a number that lost its zeros is a finding'];
  return [
    iban
      ? { kind: 'source', key: 'loanNumber.type', source: 'const: Iban', note: 'guess (sure): the numbers are IBANs' }
      : draft.constant('loanNumber.type', 'Other', 'the numbers are no IBANs; Bban when they are those of accounts'),
    { kind: 'source', key: 'loanNumber.number', source, note: draft.why('loanNumber', notes) },
  ];
}

/** The form of numbers that all have as many digits, one of which begins with a zero. */
function shapeOf(values: readonly string[]): string | undefined {
  const [first = ''] = values;
  const same = first.length > 3 && values.every((value) => value.length === first.length && /^\d+$/.test(value));
  return same && values.some((value) => value.startsWith('0')) ? `[0-9]{${first.length}}` : undefined;
}
