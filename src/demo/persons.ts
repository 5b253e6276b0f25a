import { checkCharacter } from '../lib/identity-code.ts';
import type { Random } from './random.ts';

/** A borrower who does not exist: individual numbers 900–999 belong to nobody. */
export type Person = { code: string; name: string };

const checkCharacters = '0123456789ABCDEFHJKLMNPRSTUVWXY';
const firstNames = [
  'Päivi',
  'Väinö',
  'Åsa',
  'Jörgen',
  'Aino',
  'Eero',
  'Kerttu',
  'Olli',
  'Sanni',
  'Tuomas',
  'Märta',
  'Göran',
  'Ilona',
  'Heikki',
] as const;
const lastNames = [
  'Mäkelä',
  'Öhman',
  'Åström',
  'Virtanen',
  'Hämäläinen',
  'Korhonen',
  'Sjöblom',
  'Järvinen',
  'Nieminen',
  'Ek',
  'Laaksonen',
  'Lindqvist',
  'Pöyhönen',
] as const;

/**
 * The `n`th person; other numbers are other persons.
 * @param individual 998 is not known to the sandbox yet, 997 is not in use there; 900–989 by turns when absent
 */
export function artificialPerson(n: number, random: Random, individual = 900 + (n % 90)): Person {
  const born = new Date(Date.UTC(1945, 0, 1 + ((n * 7919) % 21_000)));
  const digits = born.toISOString().slice(2, 10).split('-').reverse().join('');
  const [usual, newer] = born.getUTCFullYear() < 2000 ? ['-', 'Y'] : ['A', 'B'];
  const sign = n % 17 === 0 ? newer : usual;
  const code = `${digits}${sign}${individual}${checkCharacter(`${digits}${individual}`)}`;
  return { code, name: `${random.pick(lastNames)} ${random.pick(firstNames)}` };
}

/** The same code with another check character: a typing mistake. */
export function mistyped(code: string): string {
  const at = checkCharacters.indexOf(code.slice(-1));
  return code.slice(0, -1) + checkCharacters[(at + 1) % checkCharacters.length];
}
