import { borrowerLines } from './borrower-lines.ts';
import type { Draft } from './draft.ts';
import { type DraftLine, quoted } from './draft-lines.ts';
import { interestLines } from './interest-lines.ts';
import { type LoanTypes, loanTypeLines } from './loan-type-lines.ts';
import { membersOf } from './numbered-columns.ts';
import { codesLine, dateLine, decimalLine, integerLine, target, textLine, yesNoLine } from './source-lines.ts';

/** The lines of a loan, after its reference and number: AddLoans and UpdateLoans. */
export function loanFields(draft: Draft): DraftLine[] {
  const kinds = loanTypeLines(draft);
  return [
    ...orConstant(
      draft,
      yesNoLine(draft, 'p2p', target('isPeerToPeerLoanBroker'), 'peerToPeer'),
      'isPeerToPeerLoanBroker',
      'a lender is rarely a broker of loans between persons',
    ),
    ...orRemark(
      draft,
      textLine(draft, 'marketingName', target('lenderMarketingName')),
      'lenderMarketingName',
      'const: the name the lender goes by among its customers',
    ),
    ...orRemark(
      draft,
      dateLine(draft, 'contractDate', target('contractDate')),
      'contractDate',
      'no column of days is named like it',
    ),
    ...currencyLines(draft),
    ...orRemark(
      draft,
      decimalLine(draft, 'fees', target('oneTimeServiceFees')),
      'oneTimeServiceFees',
      'no column of amounts is named like it',
    ),
    ...kinds.lines,
    ...orConstant(
      draft,
      yesNoLine(draft, 'transferred', target('isTransferredFromAnotherLender'), 'transferred'),
      'isTransferredFromAnotherLender',
      'no column tells of loans bought from others',
    ),
    ...orRemark(
      draft,
      yesNoLine(draft, 'collateral', target('isLoanWithCollateral'), 'collateral'),
      'isLoanWithCollateral',
      'no column of yes and no is named like it',
    ),
    ...borrowerLines(draft),
    ...creditLines(draft),
    ...typeParts(draft, kinds),
    ...interestLines(draft, kinds),
  ];
}

function currencyLines(draft: Draft): DraftLine[] {
  if (draft.api !== 'AddLoans') return [];
  const column = draft.column('currency');
  if (!column) return [draft.constant('currencyCode', 'EUR', 'no column holds currencies')];
  return textLine(
    draft,
    'currency',
    target('currencyCode'),
    column.values.length < column.rows ? ', default: EUR' : '',
  );
}

function orConstant(draft: Draft, lines: DraftLine[], key: string, why: string): DraftLine[] {
  return lines.length > 0 ? lines : [draft.constant(key, false, why)];
}

function orRemark(draft: Draft, lines: DraftLine[], key: string, why: string): DraftLine[] {
  if (lines.length > 0) return lines;
  draft.left.push(`${key} has no line yet (${why})`);
  return [{ kind: 'remark', text: `${key}: TODO, ${why}` }];
}

function part(key: string, head: string[], lines: DraftLine[], note = ''): DraftLine[] {
  return lines.some(({ kind }) => kind !== 'remark') ? [{ kind: 'part', key, head, lines, note }] : [];
}

function creditLines(draft: Draft): DraftLine[] {
  const lines = [
    ...codesLine(draft, 'act', target('consumerCredit.loanConsumerProtectionAct'), 'protectionAct'),
    ...yesNoLine(draft, 'goods', target('consumerCredit.isGoodsOrServicesRelatedCredit'), 'goods'),
  ];
  if (!draft.column('act'))
    draft.left.push(
      'consumerCredit.loanConsumerProtectionAct: no column tells the chapter of the Consumer Protection Act',
    );
  return part('consumerCredit', [], lines);
}

function typeParts(draft: Draft, { types }: LoanTypes): DraftLine[] {
  const several = types.size > 1;
  const when = (...names: string[]) => {
    const of = names.filter((name) => types.has(name));
    if (!several) return [];
    return [`when: { field: loanType, ${of.length > 1 ? `in: [${of.join(', ')}]` : `is: ${of[0] ?? names[0]}`} }`];
  };
  const lumpSum = types.has('LumpSumLoan') || types.has('GuaranteeReceivable');
  return [
    ...(lumpSum ? part('lumpSumLoan', when('LumpSumLoan', 'GuaranteeReceivable'), lumpSumLines(draft)) : []),
    ...(types.has('RunningAccountLoan')
      ? part('runningAccountLoan', when('RunningAccountLoan'), accountLines(draft))
      : []),
    ...(types.has('Leasing') ? part('leasingContract', when('Leasing'), leaseLines(draft)) : []),
  ];
}

function lumpSumLines(draft: Draft): DraftLine[] {
  const to = (key: string) => target(`lumpSumLoan.${key}`);
  return [
    ...decimalLine(draft, 'amountIssued', to('amountIssued')),
    ...decimalLine(draft, 'amountPaid', to('amountPaid')),
    ...decimalLine(draft, 'balance', to('balance')),
    ...dateLine(draft, 'finalDue', to('plannedFinalDueDate')),
    ...integerLine(draft, 'frequency', to('amortizationFrequency')),
    ...codesLine(draft, 'repaymentMethod', to('repaymentMethod'), 'repaymentMethod'),
    ...codesLine(draft, 'purpose', to('purposeOfUse'), 'purpose'),
    ...defermentLines(draft),
  ];
}

function defermentLines(draft: Draft): DraftLine[] {
  const start = draft.column('deferStart');
  if (!start) return [];
  const group = draft.look.numbered.get(start);
  const end = draft.column('deferEnd');
  const name = group?.pattern ?? start.name;
  if (!group && draft.column('loanNumber')?.unique !== true) {
    draft.left.push(`lumpSumLoan.defermentPeriods: ${name} was found, but the rows of a loan would repeat it`);
    return [{ kind: 'remark', text: `defermentPeriods: TODO, perhaps from ${name}` }];
  }
  if (!group) draft.used.add(name);
  for (const member of group ? membersOf(group) : []) draft.used.add(member);
  const head = group
    ? ['each: columns', `numbered: ${group.from}..${group.to}`, `presentWhen: ${JSON.stringify(name)}`]
    : ['each: rows', `where: { column: ${quoted(name)}, filled: true }`];
  const lines = [
    ...dateLine(draft, 'deferStart', target('defermentPeriods.startDate'), quoted(name)),
    ...(end
      ? dateLine(
          draft,
          'deferEnd',
          target('defermentPeriods.endDate'),
          quoted(draft.look.numbered.get(end)?.pattern ?? end.name),
        )
      : []),
  ];
  return [{ kind: 'part', key: 'defermentPeriods', head, lines }];
}

/** A credit account: where it has no column of its own, that of the amount granted is its limit. */
function accountLines(draft: Draft): DraftLine[] {
  const to = (key: string) => target(`runningAccountLoan.${key}`);
  const limit = draft.column('creditLimit') ? 'creditLimit' : 'amountIssued';
  const drawn = draft.column('balance') ? 'balance' : 'amountPaid';
  return [
    ...decimalLine(draft, limit, to('creditLimit')),
    ...decimalLine(draft, drawn, to('balance')),
    ...dateLine(draft, 'balanceDate', to('balanceDate')),
  ];
}

/** A lease: where it has no columns of its own, the contract's day and the amount granted stand for them. */
function leaseLines(draft: Draft): DraftLine[] {
  const to = (key: string) => target(`leasingContract.${key}`);
  const start = draft.column('leaseStart') ? 'leaseStart' : 'contractDate';
  const price = draft.column('leasePrice') ? 'leasePrice' : 'amountIssued';
  return [
    ...dateLine(draft, start, to('contractPeriodStartDate')),
    ...decimalLine(draft, price, to('transactionPrice')),
  ];
}
