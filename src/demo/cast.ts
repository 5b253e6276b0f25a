import type { DemoLoan } from './loans.ts';
import { artificialPerson } from './persons.ts';
import { seeded } from './random.ts';

/** How many of the loans that end have been paid off; the rest are sold or sent to debt collection. */
export const paidOff = 11;

/** Which loan plays which part in the sample night. */
export type Cast = ReturnType<typeof castLoans>;

const isLumpSum = (loan: DemoLoan) => loan.product.kind === '01';
const isYoung = (loan: DemoLoan) => isLumpSum(loan) && !loan.takenOver;
const isOld = (loan: DemoLoan) => isLumpSum(loan) && loan.takenOver;
const isShared = (loan: DemoLoan) => isYoung(loan) && loan.borrowers.length > 1;

/**
 * Gives the loans their parts, and some of them the borrowers the part asks for.
 * A loan has one part at most; those that have none are the `others`.
 */
export function castLoans(loans: readonly DemoLoan[]) {
  const free = new Set(loans);
  const take = (accept: (loan: DemoLoan) => boolean, from = 0): DemoLoan => {
    const loan = loans.find((each, i) => i >= from && free.has(each) && accept(each));
    if (!loan) throw new Error('the sample has too few loans for its parts');
    free.delete(loan);
    return loan;
  };
  const several = (count: number, accept: (loan: DemoLoan) => boolean) =>
    Array.from({ length: count }, () => take(accept));
  const parts = {
    dateTurnedRound: take(isYoung, 5),
    decimalPoint: take(isYoung, 12),
    unknownPurpose: take(isYoung, 19),
    mistypedCode: take(isYoung, 27),
    drawnTooMuch: take(isYoung, 34),
    noCode: take(isYoung, 41),
    tornRow: take(isShared, 47),
    differingRows: take(isShared, 54),
    countTooSmall: take(isShared, 61),
    notYetKnown: [take(isYoung, 66), take(isYoung, 70)],
    notInUse: [take(isYoung, 75), take(isYoung, 80)],
    shortDelay: take(isOld),
    dueBeforeContract: take(isOld),
    endBeforeContract: take(isOld),
    noEndDate: take(isOld),
    otherKind: take((loan) => loan.product.kind === '02' && loan.takenOver),
    half: take((loan) => loan.product.kind === '02' && loan.takenOver),
    unknownRate: take(isOld),
    wrongCollateral: take(isOld),
    ended: several(15, isOld),
    delayed: several(14, isOld),
  };
  const random = seeded(998);
  for (const [i, loan] of parts.notYetKnown.entries()) loan.borrowers[0] = artificialPerson(9000 + i, random, 998);
  for (const [i, loan] of parts.notInUse.entries()) loan.borrowers[0] = artificialPerson(9100 + i, random, 997);
  return { ...parts, all: loans, others: loans.filter((loan) => free.has(loan)) };
}
