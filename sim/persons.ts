import { artificialPerson, mistyped } from '../src/demo/persons.ts';

/** What the register of the simulation knows of a person, by the person's individual number. */
export type Acquaintance = 'known' | 'late' | 'never' | 'notInUse';

const individuals = { late: 998, never: 996, notInUse: 997 } as const;
const anyName = { between: (low: number) => low, pick: <T>([first]: readonly [T, ...T[]]) => first };

/** The identity code of the `n`th person, who does not exist. */
export function personOf(n: number, acquaintance: Acquaintance): string {
  const individual = acquaintance === 'known' ? 900 + (n % 90) : individuals[acquaintance];
  return artificialPerson(n, anyName, individual).code;
}

/** How the register knows a person. */
export function acquaintanceOf(code: string): Acquaintance {
  const individual = Number(code.slice(7, 10));
  return (['late', 'never', 'notInUse'] as const).find((kind) => individuals[kind] === individual) ?? 'known';
}

/** A code that belongs to nobody, for its check character is wrong. */
export const wrongCode = (n: number): string => mistyped(personOf(n, 'known'));

const form = /^\d{6}[-+A-FU-Y]9\d\d[0-9A-Y]$/;
const checkCharacters = '0123456789ABCDEFHJKLMNPRSTUVWXY';

/** Whether a cell is the code of an artificial person, reckoned apart from the pipeline. */
export const isPerson = (cell: string): boolean =>
  form.test(cell) && cell.at(-1) === checkCharacters[Number(cell.slice(0, 6) + cell.slice(7, 10)) % 31];

/** Finds identity codes in a text. */
export const identityCodes = /\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]/;
