const checkCharacters = '0123456789ABCDEFHJKLMNPRSTUVWXY';
const perDay = 90;

/**
 * A valid artificial identity code, the same for the same `n`; different for different `n` (up to two million).
 * @param individual individual number, 900–999; 900–989 by turns when absent
 */
export function artificialPerson(n: number, individual: number = 900 + (n % perDay)): string {
  const born = new Date(Date.UTC(1940, 0, 1 + Math.floor(n / perDay)));
  const digits = born.toISOString().slice(2, 10).split('-').reverse().join('');
  const sign = born.getUTCFullYear() < 2000 ? '-' : 'A';
  return `${digits}${sign}${individual}${checkCharacters[Number(`${digits}${individual}`) % 31]}`;
}
