import type { Draft } from './draft.ts';
import type { DraftLine } from './draft-lines.ts';
import { plainMoney } from './guess-decimals.ts';
import { codesLine, target } from './source-lines.ts';

/** The line of the loan type, and the types that may come out of it; `open` when a code is left to fill. */
export type LoanTypes = { lines: DraftLine[]; types: ReadonlySet<string>; open: boolean };

/** Columns that only loans of one type fill. */
const marks: Readonly<Record<string, readonly string[]>> = {
  LumpSumLoan: ['amountIssued', 'amountPaid', 'finalDue'],
  RunningAccountLoan: ['creditLimit'],
  Leasing: ['leasePrice', 'leaseStart'],
};

/** The loan type: from its column, from which columns are filled, or one type for all. */
export function loanTypeLines(draft: Draft): LoanTypes {
  const column = draft.column('loanType');
  if (!column || column.values.length === 0) return withoutColumn(draft);
  const lines = codesLine(draft, 'loanType', target('loanType'), 'loanKind', {
    guessed: (code) => typeByFilledColumns(draft, code),
  });
  const entries = draft.codes.get('loanKind')?.entries ?? [];
  const types = new Set(entries.flatMap(({ value }) => (typeof value === 'string' ? [value] : [])));
  const open = entries.some(({ value }) => value === undefined);
  if (open && draft.api !== 'Repayments')
    for (const type of Object.keys(marks)) if (share(draft, type) > 0 || type === 'LumpSumLoan') types.add(type);
  if (open && draft.api === 'Repayments') for (const type of ['LumpSumLoan', 'RunningAccountLoan']) types.add(type);
  return { lines, types, open };
}

/** The type whose own columns the rows of a code fill, while they leave those of another type empty. */
function typeByFilledColumns(draft: Draft, code: string): { value: string; why: string } | undefined {
  const column = draft.column('loanType');
  if (!column) return undefined;
  const found = Object.keys(marks).filter((type) => share(draft, type, code) > 0.5);
  const [type] = found;
  const others = Object.keys(marks).some(
    (other) => other !== type && (marks[other] ?? []).some((role) => draft.column(role)),
  );
  if (type === undefined || found.length > 1 || !others) return undefined;
  const names = (marks[type] ?? []).flatMap((role) => draft.column(role)?.name ?? []);
  return { value: type, why: `its rows fill ${names.slice(0, 2).join(', ')}` };
}

/** How much the rows of a code, or all rows, fill the columns of a type. */
function share(draft: Draft, type: string, code?: string): number {
  const kind = draft.column('loanType');
  const columns = (marks[type] ?? []).flatMap((role) => draft.column(role) ?? []);
  const rows = draft.look.sample.rows.filter(
    (row) => code === undefined || (kind && draft.look.cell(row, kind) === code),
  );
  if (columns.length === 0 || rows.length === 0) return 0;
  const filled = rows.filter((row) => columns.some((column) => /[1-9A-Za-z]/.test(draft.look.cell(row, column))));
  return filled.length / rows.length;
}

function withoutColumn(draft: Draft): LoanTypes {
  const limit = draft.column('creditLimit');
  const lump = share(draft, 'LumpSumLoan');
  const running = share(draft, 'RunningAccountLoan');
  const one = (type: string, why: string): LoanTypes => ({
    lines: [draft.constant('loanType', type, why)],
    types: new Set([type]),
    open: false,
  });
  if (draft.api === 'Repayments')
    return one('LumpSumLoan', 'no column tells the type; payments on credit accounts would have another part');
  if (limit && running > 0 && running < 1 && lump > 0) {
    draft.supposed.push(`loanType: RunningAccountLoan where ${limit.name} is filled`);
    const money = draft.format(limit.decimal?.format ?? plainMoney, 'money');
    const source = `case: [{ when: { column: ${draft.from(limit)}, as: ${money}, moreThan: 0 }, const: RunningAccountLoan }], else: { const: LumpSumLoan }`;
    return {
      lines: [
        {
          kind: 'source',
          key: 'loanType',
          source,
          note: 'guess, to be confirmed: no column tells the type; a limit is that of a credit account',
        },
      ],
      types: new Set(['LumpSumLoan', 'RunningAccountLoan']),
      open: false,
    };
  }
  if (running > lump) return one('RunningAccountLoan', 'no column tells the type; there is a credit limit');
  if (share(draft, 'Leasing') > lump)
    return one('Leasing', 'no column tells the type; there is a price of what is leased');
  return one('LumpSumLoan', 'no column tells the type');
}
