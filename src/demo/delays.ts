import type { Cast } from './cast.ts';
import { daysLater, finnishDay, money } from './finnish.ts';
import type { DemoLoan } from './loans.ts';
import { Sheet } from './sheet.ts';

const columns = [
  'LAINANRO',
  'ILMOITUSLAJI',
  'ASIAKASLAJI',
  'VIIVE',
  'ERAPVM',
  'VIIVASTYNYT',
  'ERAANNYTETTY',
  'ERAANNYTYSPVM',
  'KONTTORI',
];

/** So many loans are late; the delays of the others have ended. */
const stillLate = 12;

/** Delays of one to three instalments, two loans accelerated, and two delays that have ended. */
export function delays(cast: Cast, today: string): Sheet {
  const sheet = new Sheet(columns);
  const common = (loan: DemoLoan) => ({
    LAINANRO: loan.number,
    ILMOITUSLAJI: 'U',
    ASIAKASLAJI: 'H',
    VIIVE: 'K',
    ERAANNYTETTY: 'E',
    KONTTORI: loan.office,
  });
  const add = (loan: DemoLoan, dueDay: string, fault?: string) =>
    sheet.add({ ...common(loan), ERAPVM: finnishDay(dueDay), VIIVASTYNYT: money(loan.instalment) }, fault);

  for (const [i, loan] of cast.delayed.slice(0, stillLate).entries()) {
    const accelerated = i % 6 === 5 ? { ERAANNYTETTY: 'K', ERAANNYTYSPVM: finnishDay(daysLater(today, -10)) } : {};
    for (let instalment = i % 3; instalment >= 0; instalment--) {
      const dueDay = daysLater(today, -(61 + i * 6 + instalment * 30));
      sheet.add({ ...common(loan), ...accelerated, ERAPVM: finnishDay(dueDay), VIIVASTYNYT: money(loan.instalment) });
    }
    if (i === 4)
      add(cast.shortDelay, daysLater(today, -45), 'the instalment is only 45 days late (DELAY_UNDER_60_DAYS).');
    if (i === 9)
      add(
        cast.dueBeforeContract,
        daysLater(cast.dueBeforeContract.contractDate, -20),
        'the instalment fell due before the contract was signed (SB-DUE-BEFORE-CONTRACT).',
      );
  }
  for (const loan of cast.delayed.slice(stillLate)) sheet.add({ ...common(loan), VIIVE: 'E' });
  return sheet;
}
