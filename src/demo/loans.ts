import { daysLater } from './finnish.ts';
import { artificialPerson, type Person } from './persons.ts';
import { type Product, products } from './products.ts';
import { type Random, seeded } from './random.ts';

/** One loan of the sample lender. Money in cents, rates in hundredths of a per cent. */
export type DemoLoan = {
  number: string;
  product: Product;
  contractDate: string;
  /** Taken over from another lender: an older contract, reported now. */
  takenOver: boolean;
  borrowers: Person[];
  /** Granted, the limit, or the price. */
  amount: number;
  drawn: number;
  balance: number;
  balanceDay: string;
  instalment: number;
  lastDueDay: string;
  rate: number;
  margin: number;
  office: string;
};

const { home, firstHome, car, consumer, student, account, lease } = products;
const signedMix: readonly Product[] = [
  consumer,
  home,
  account,
  car,
  consumer,
  account,
  home,
  student,
  firstHome,
  account,
  car,
  home,
  lease,
  consumer,
];
const takenOverMix: readonly Product[] = [consumer, car, consumer, home, account];
const signedYesterday = 92;
const takenOver = 60;

/** The loans of the sample night: those signed yesterday first, then a portfolio taken over from another lender. */
export function demoLoans(today: string): DemoLoan[] {
  const random = seeded(20_240_201);
  const yesterday = daysLater(today, -1);
  let persons = 0;
  return Array.from({ length: signedYesterday + takenOver }, (_, i) => {
    const old = i >= signedYesterday;
    const mix = old ? takenOverMix : signedMix;
    const product = mix[i % mix.length] ?? consumer;
    const contractDate = daysLater(today, old ? -random.between(400, 1400) : -1);
    const borrowers = Array.from({ length: random.between(1, product.mostBorrowers) }, () =>
      artificialPerson(++persons, random),
    );
    return {
      number: String(old ? 4_200_003 + i * 11 : 4_100_001 + i * 8).padStart(10, '0'),
      product,
      contractDate,
      takenOver: old,
      borrowers,
      ...terms(product, old, contractDate, yesterday, random),
    };
  });
}

function terms(product: Product, old: boolean, contractDate: string, yesterday: string, random: Random) {
  const [low, high, step] = product.amount;
  const years = random.between(...product.years);
  const amount = random.between(low / step, high / step) * step * 100;
  const inParts = product === home && !old && random.between(1, 3) === 1;
  const drawn = inParts ? Math.round(amount * 0.6) : amount;
  const used =
    product.kind === '02' && !old ? 0 : amount - (old ? Math.round((amount * random.between(10, 60)) / 100) : 0);
  const margin = product.rate.startsWith('EUR') ? random.between(45, 120) : 0;
  return {
    amount,
    drawn,
    balance: Math.min(used, drawn),
    balanceDay: yesterday,
    instalment: Math.round(amount / years / 12),
    lastDueDay: daysLater(old ? yesterday : contractDate, years * 365),
    rate: margin > 0 ? 220 + margin : random.between(490, 1490),
    margin,
    office: random.pick(['Oulu', 'Turku', 'Jyväskylä', 'Vaasa', 'Hämeenlinna']),
  };
}
