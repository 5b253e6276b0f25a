/** What kind of loan it is, as the core system numbers them. */
type LoanKind = '01' | '02' | '03';

/** What the sample lender lends. Amounts in euros: granted, a limit, or a price. */
export type Product = {
  kind: LoanKind;
  brand: string;
  amount: readonly [low: number, high: number, step: number];
  years: readonly [low: number, high: number];
  mostBorrowers: number;
  purpose: string;
  act: string;
  goods: boolean;
  collateral: boolean;
  method: string;
  rate: string;
  fee: number;
};

const lumpSum = {
  kind: '01',
  goods: false,
  collateral: false,
  method: '3',
  rate: 'KIINTEA',
  fee: 50,
  act: '07',
  mostBorrowers: 1,
} as const;

/** The sample lender's products. */
export const products = {
  home: {
    ...lumpSum,
    brand: 'Kotilaina "Plus"',
    amount: [80_000, 320_000, 5000],
    years: [15, 25],
    mostBorrowers: 3,
    purpose: '11',
    act: '7A',
    collateral: true,
    rate: 'EUR12',
    fee: 250,
  },
  firstHome: {
    ...lumpSum,
    brand: 'Kotilaina "Ensi"',
    amount: [60_000, 240_000, 5000],
    years: [18, 25],
    mostBorrowers: 2,
    purpose: '10',
    act: '7A',
    collateral: true,
    rate: 'EUR06',
    fee: 150,
  },
  car: {
    ...lumpSum,
    brand: 'Autorahoitus',
    amount: [6000, 36_000, 500],
    years: [4, 6],
    mostBorrowers: 2,
    purpose: '30',
    goods: true,
    collateral: true,
    method: '2',
    fee: 190,
  },
  consumer: {
    ...lumpSum,
    brand: 'Arkilaina; jousto',
    amount: [1000, 20_000, 500],
    years: [2, 6],
    purpose: '40',
    method: '1',
    rate: 'OMAPRIME',
  },
  student: {
    ...lumpSum,
    brand: 'Opintolaina',
    amount: [3000, 9000, 500],
    years: [6, 12],
    purpose: '20',
    act: '00',
    rate: 'EUR12',
    fee: 0,
  },
  account: { ...lumpSum, kind: '02', brand: '', amount: [500, 12_000, 500], years: [1, 1], purpose: '', method: '' },
  lease: {
    ...lumpSum,
    kind: '03',
    brand: 'Autoleasing',
    amount: [18_000, 52_000, 1000],
    years: [3, 4],
    purpose: '',
    method: '',
    goods: true,
    rate: '',
  },
} as const satisfies Record<string, Product>;
