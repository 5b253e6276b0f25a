import { finnishDay, money, percent, yesNo } from './finnish.ts';
import type { DemoLoan } from './loans.ts';
import type { Person } from './persons.ts';
import type { Cells } from './sheet.ts';

/** The columns that new loans and changes have in common. */
export const loanColumns = [
  'LAINANRO',
  'ASIAKASLAJI',
  'LAINALAJI',
  'SOPIMUSPVM',
  'VALUUTTA',
  'VELALLISIA',
  'HETU',
  'NIMI',
  'MARKKINOINTINIMI',
  'MYONNETTY',
  'NOSTETTU',
  'SALDO',
  'SALDOPVM',
  'LIMIITTI',
  'VIIMEINENERA',
  'LYHENNYSVALI',
  'LYHENNYSTAPA',
  'KAYTTOTARKOITUS',
  'VAPAAALKU1',
  'VAPAALOPPU1',
  'VAPAAALKU2',
  'VAPAALOPPU2',
  'KSL',
  'HYODYKE',
  'KORKO',
  'MARGINAALI',
  'KORKOSIDOS',
  'KULUT',
  'VAKUUS',
  'SIIRTO',
  'VUOKRAALKU',
  'HANKINTAHINTA',
  'KONTTORI',
] as const;

/** The rows of a loan: one for each borrower. */
export function loanRows(loan: DemoLoan): Cells[] {
  const common = { ...commonCells(loan), ...kindCells(loan) };
  return loan.borrowers.map((borrower) => ({ ...common, ...personCells(borrower) }));
}

const personCells = ({ code, name }: Person): Cells => ({ HETU: code, NIMI: name });

function commonCells(loan: DemoLoan): Cells {
  const { product } = loan;
  return {
    LAINANRO: loan.number,
    ASIAKASLAJI: 'H',
    LAINALAJI: product.kind,
    SOPIMUSPVM: finnishDay(loan.contractDate),
    VALUUTTA: loan.takenOver ? 'EUR' : '',
    VELALLISIA: String(loan.borrowers.length),
    MARKKINOINTINIMI: product.brand,
    KSL: product.act,
    HYODYKE: yesNo(product.goods),
    KULUT: product.fee > 0 ? money(product.fee * 100) : '',
    VAKUUS: yesNo(product.collateral),
    SIIRTO: yesNo(loan.takenOver),
    KONTTORI: loan.office,
  };
}

const noBreakSpace = '\u00a0';

function kindCells(loan: DemoLoan): Cells {
  const { product } = loan;
  const interest = {
    KORKO: percent(loan.rate),
    MARGINAALI: loan.margin > 0 ? percent(loan.margin) : '',
    KORKOSIDOS: product.rate,
  };
  switch (product.kind) {
    case '01':
      return {
        ...interest,
        MYONNETTY: money(loan.amount),
        NOSTETTU: money(loan.drawn),
        SALDO: money(loan.balance),
        VIIMEINENERA: finnishDay(loan.lastDueDay),
        LYHENNYSVALI: '1',
        LYHENNYSTAPA: product.method,
        KAYTTOTARKOITUS: product.purpose,
      };
    case '02':
      return {
        ...interest,
        LIMIITTI: money(loan.amount, noBreakSpace),
        SALDO: money(loan.balance),
        SALDOPVM: finnishDay(loan.balanceDay),
      };
    case '03':
      return { VUOKRAALKU: finnishDay(loan.contractDate), HANKINTAHINTA: money(loan.amount, noBreakSpace) };
  }
}
