import { Fault } from './fault.ts';
import { longestNumber, mostDecimals } from './formats.ts';

/**
 * Adds numbers as cells give them, of at most 15 digits and 6 decimals each, in whole millionths: no digit is lost or made up.
 * @returns a fault when the sum has more digits than a JSON number carries unchanged
 */
export function addExactly(numbers: readonly number[]): number | Fault {
  let sum = 0n;
  for (const number of numbers) sum += millionths(number);
  const digits = String(sum < 0n ? -sum : sum).padStart(mostDecimals + 1, '0');
  const whole = digits.slice(0, -mostDecimals);
  const decimals = digits.slice(-mostDecimals).replace(/0+$/, '');
  if (whole.replace(/^0+/, '').length + decimals.length > longestNumber)
    return new Fault('NUMBER_TOO_LONG', `a sum of at most ${longestNumber} digits`);
  return Number(`${sum < 0n ? '-' : ''}${whole}.${decimals || '0'}`) + 0;
}

/** A number as a cell gives it, in whole millionths: the shortest way to write it is the decimal that was read. */
export function millionths(number: number): bigint {
  const [whole = '', decimals = ''] = String(number).split('.');
  return BigInt(whole + decimals.padEnd(mostDecimals, '0'));
}
