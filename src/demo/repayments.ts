import { type Cast, paidOff } from './cast.ts';
import { daysLater, finnishDay, money } from './finnish.ts';
import type { DemoLoan } from './loans.ts';
import { type Cells, Sheet } from './sheet.ts';

const columns = [
  'TAPAHTUMANRO',
  'ILMOITUSLAJI',
  'LAINANRO',
  'ASIAKASLAJI',
  'LAINALAJI',
  'MAKSUPVM',
  'LYHENNYS',
  'KORKO',
  'KULUT',
  'SALDO',
  'KONTTORI',
];

/** Yesterday's payments: instalments, extra payments, last payments, and the balances of credit accounts. */
export function repayments(cast: Cast, today: string): Sheet {
  const sheet = new Sheet(columns);
  const day = finnishDay(daysLater(today, -1));
  let count = 0;
  const add = (loan: DemoLoan, cells: Cells, fault?: string) =>
    sheet.add(
      { TAPAHTUMANRO: `T${String(++count).padStart(7, '0')}`, MAKSUPVM: day, ...paymentCells(loan), ...cells },
      fault,
    );

  for (const loan of cast.ended.slice(0, paidOff)) add(loan, { LYHENNYS: money(loan.balance), SALDO: money(0) });
  const paying = cast.others.filter((loan) => loan.takenOver || loan.product.kind === '02');
  paying.forEach((loan, i) => {
    add(loan, {});
    if (loan.product.kind === '01' && i % 2 === 0) add(loan, extraPayment(loan));
    if (i === 6) add(loan, { ASIAKASLAJI: 'Y' });
  });
  faulty(cast, add);
  return sheet;
}

function faulty(cast: Cast, add: (loan: DemoLoan, cells: Cells, fault: string) => void): void {
  add(
    cast.unknownRate,
    { LAINANRO: String(Number(cast.unknownRate.number)) },
    'the loan number lost its zeros, as it does in Excel (SHAPE).',
  );
  add(cast.wrongCollateral, { KORKO: '12,345' }, 'the interest paid has three decimals (DECIMALS_TOO_MANY).');
  add(
    cast.half,
    { KULUT: '' },
    'interest without expenses, a warning only (INTEREST_AND_EXPENSES_TOGETHER): it is sent.',
  );
  add(cast.noEndDate, { LAINANRO: '0004999999' }, 'a payment for a loan the register does not know (SB-LOAN-UNKNOWN).');
  add(cast.otherKind, { LAINALAJI: '01' }, 'a credit account paid as a lump-sum loan (SB-LOAN-TYPE).');
  for (const loan of cast.notInUse)
    add(loan, {}, 'a payment for a loan the register rejects (E21): held until the loan is accepted.');
  add(
    cast.dateTurnedRound,
    {},
    'a payment for a new loan that has to be fixed first (DATE_FORMAT in its own export): held until then.',
  );
}

function paymentCells(loan: DemoLoan): Cells {
  const interest = Math.round((loan.balance * loan.rate) / 120_000);
  const account = loan.product.kind === '02';
  return {
    LAINANRO: loan.number,
    ASIAKASLAJI: 'H',
    LAINALAJI: loan.product.kind,
    LYHENNYS: account ? '' : money(loan.instalment),
    KORKO: money(interest),
    KULUT: money(account ? 0 : 250),
    SALDO: money(loan.balance - (account ? 0 : loan.instalment)),
    KONTTORI: loan.office,
  };
}

/** A second payment of the same day. */
function extraPayment(loan: DemoLoan): Cells {
  const extra = Math.round(loan.instalment / 2);
  return { LYHENNYS: money(extra), KORKO: money(0), KULUT: '', SALDO: money(loan.balance - loan.instalment - extra) };
}
