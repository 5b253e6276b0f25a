import type { Draft } from './draft.ts';
import type { DraftLine } from './draft-lines.ts';
import type { LoanTypes } from './loan-type-lines.ts';
import { codesLine, decimalLine, integerLine, target } from './source-lines.ts';

/** The part `interest` of a loan; leases have none. */
export function interestLines(draft: Draft, { types }: LoanTypes): DraftLine[] {
  const to = (key: string) => target(`interest.${key}`);
  const lines = [
    ...decimalLine(draft, 'rate', to('totalInterestRatePct'), { base: 'percent' }),
    ...decimalLine(draft, 'margin', to('marginPct'), { base: 'percent' }),
    ...codesLine(draft, 'interestType', to('interestType'), 'interestType'),
    ...integerLine(draft, 'interestPeriod', to('interestDeterminationPeriod')),
    ...periodFromCodes(draft),
  ];
  const bearing = [...types].filter((type) => type !== 'Leasing');
  if (lines.length === 0 || bearing.length === 0) return [];
  const list = bearing.length > 1 ? `in: [${bearing.join(', ')}]` : `is: ${bearing[0]}`;
  const head = types.has('Leasing') ? [`when: { field: loanType, ${list} }`] : [];
  return [{ kind: 'part', key: 'interest', head, lines }];
}

/** `EUR12` tells the months too, when no column of its own does. */
function periodFromCodes(draft: Draft): DraftLine[] {
  const column = draft.column('interestType');
  if (!column || draft.column('interestPeriod')) return [];
  const months = (draft.codes.get('interestType')?.entries ?? []).flatMap(({ code, value }) => {
    const [, number] = /(?:^|\D)0?(1|3|6|12)(?:\D|$)/.exec(code) ?? [];
    return value === 'Euribor' && number !== undefined ? [{ code, number }] : [];
  });
  if (months.length === 0) return [];
  const name = draft.from(column);
  const cases = months.map(
    ({ code, number }) => `{ when: { column: ${name}, is: ${JSON.stringify(code)} }, const: ${number} }`,
  );
  return [
    {
      kind: 'source',
      key: 'interestDeterminationPeriod',
      source: `case: [${cases.join(', ')}], else: omitted`,
      note: 'guess (likely): the months stand in the code',
    },
  ];
}
