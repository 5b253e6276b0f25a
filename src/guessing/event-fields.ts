import type { Draft } from './draft.ts';
import { type DraftLine, quoted } from './draft-lines.ts';
import { bestWord, codesOf } from './guess-codes.ts';
import { loanTypeLines } from './loan-type-lines.ts';
import { membersOf } from './numbered-columns.ts';
import { dateLine, decimalLine, target, yesNoLine } from './source-lines.ts';
import { soldWords } from './value-words.ts';

/** The lines of a payment, after its reference and number. */
export function repaymentFields(draft: Draft): DraftLine[] {
  const { lines, types } = loanTypeLines(draft);
  const when = (type: string) => (types.size > 1 ? [`when: { field: loanType, is: ${type} }`] : []);
  const lump = (key: string) => target(`lumpSumLoanRepayment.${key}`);
  const account = (key: string) => target(`runningAccountLoanRepayment.${key}`);
  const onLoan = [
    ...decimalLine(draft, 'amortization', lump('amortizationPaid')),
    ...decimalLine(draft, 'interestPaid', lump('interestPaid')),
    ...decimalLine(draft, 'expenses', lump('otherExpenses')),
    ...decimalLine(draft, 'balance', lump('balance')),
    ...dateLine(draft, 'paymentDate', lump('paymentDate')),
  ];
  const onAccount = [
    ...decimalLine(draft, 'interestPaid', account('interestPaid')),
    ...decimalLine(draft, 'expenses', account('otherExpenses')),
    ...decimalLine(draft, 'balance', account('balance')),
    ...dateLine(draft, draft.column('balanceDate') ? 'balanceDate' : 'paymentDate', account('balanceDate')),
  ];
  for (const [role, what] of [
    ['amortization', 'the amount paid off'],
    ['balance', 'what is owed after the payment'],
    ['paymentDate', 'the day of the payment'],
  ] as const)
    if (!draft.column(role)) draft.left.push(`no column was found for ${what}`);
  return [
    ...lines,
    { kind: 'source', key: 'reportCreationTimeUtc', source: 'meta: takenAt', note: 'when the export is taken' },
    ...(onLoan.length > 0 && (types.has('LumpSumLoan') || types.has('GuaranteeReceivable'))
      ? [{ kind: 'part' as const, key: 'lumpSumLoanRepayment', head: when('LumpSumLoan'), lines: onLoan }]
      : []),
    ...(onAccount.length > 0 && types.has('RunningAccountLoan')
      ? [
          {
            kind: 'part' as const,
            key: 'runningAccountLoanRepayment',
            head: when('RunningAccountLoan'),
            lines: onAccount,
          },
        ]
      : []),
  ];
}

/** The lines of a delay, after its reference and number. */
export function delayFields(draft: Draft): DraftLine[] {
  const isDelay = yesNoLine(draft, 'isDelay', target('isDelay'), 'delayed');
  const foreclosed = yesNoLine(draft, 'isForeclosed', target('isForeclosed'), 'foreclosed');
  return [
    ...(isDelay.length > 0 ? isDelay : [draft.constant('isDelay', true, 'every row is taken for a delay')]),
    ...delayedAmounts(draft),
    ...(foreclosed.length > 0 ? foreclosed : foreclosedByDay(draft)),
    ...dateLine(draft, 'foreclosureDate', target('foreclosureDate')),
  ];
}

function foreclosedByDay(draft: Draft): DraftLine[] {
  const day = draft.column('foreclosureDate');
  if (!day) return [draft.constant('isForeclosed', false, 'no column tells whether the whole loan fell due')];
  const source = `case: [{ when: { column: ${draft.from(day)}, filled: true }, const: true }], else: { const: false }`;
  return [{ kind: 'source', key: 'isForeclosed', source, note: `guess (likely): a day in ${day.name} tells it` }];
}

function delayedAmounts(draft: Draft): DraftLine[] {
  const [amount, due] = [draft.column('delayedInstalment'), draft.column('originalDueDate')];
  if (!amount || !due) {
    const missing = [...(amount ? [] : ['an amount that is late']), ...(due ? [] : ['its due date'])].join(' or ');
    draft.left.push(`delayedAmounts: no column is named like ${missing}`);
    return [{ kind: 'remark', text: `delayedAmounts: TODO, no column is named like ${missing}` }];
  }
  const group = draft.look.numbered.get(amount);
  const names = [amount, due].map((column) => draft.look.numbered.get(column)?.pattern ?? column.name);
  for (const name of [...names, ...(group ? membersOf(group) : [])]) draft.used.add(name);
  const [amountName = '', dueName = ''] = names.map(quoted);
  const gaps = amount.values.length < amount.rows;
  const whereFilled = `where: { any: [{ column: ${amountName}, filled: true }, { column: ${dueName}, filled: true }] } # a row with neither ends a delay`;
  const head = group
    ? ['each: columns', `numbered: ${group.from}..${group.to}`, `presentWhen: ${amountName}`]
    : ['each: rows', ...(gaps ? [whereFilled] : [])];
  const lines = [
    ...decimalLine(draft, 'delayedInstalment', target('delayedAmounts.delayedInstalment'), { from: amountName }),
    ...dateLine(draft, 'originalDueDate', target('delayedAmounts.originalDueDate'), dueName),
  ];
  return [{ kind: 'part', key: 'delayedAmounts', head, lines }];
}

/** The lines of an ending, after its reference and number. */
export function endingFields(draft: Draft): DraftLine[] {
  const to = (key: string) => target(`termination.${key}`);
  const ended = yesNoLine(draft, 'isTerminated', to('isTerminated'), 'ended');
  const transferred = yesNoLine(draft, 'transferredTo', to('isTransferredToAnotherLender'), 'transferred');
  const key = 'isTransferredToAnotherLender';
  if (!draft.column('endDate')) draft.left.push('termination.endDate: no column of days is named like it');
  const lines = [
    ...(ended.length > 0 ? ended : [draft.constant('isTerminated', true, 'every row is taken for an ending')]),
    ...dateLine(draft, 'endDate', to('endDate')),
    ...(transferred.length > 0 ? transferred : soldByReason(draft, key)),
  ];
  return [{ kind: 'part', key: 'termination', head: [], lines }];
}

function soldByReason(draft: Draft, key: string): DraftLine[] {
  const column = draft.column('endReason') ?? draft.column('isTerminated');
  const sold = column ? (codesOf(column) ?? []).filter(({ code }) => bestWord(code, soldWords) > 0) : [];
  if (!column || sold.length === 0)
    return [draft.constant(key, false, 'no column tells of loans that went to other lenders')];
  const codes = sold.map(({ code }) => JSON.stringify(code)).join(', ');
  const source = `case: [{ when: { column: ${draft.from(column)}, in: [${codes}] }, const: true }], else: { const: false }`;
  return [{ kind: 'source', key, source, note: 'guess (likely): by the word of the code' }];
}
