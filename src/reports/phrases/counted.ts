const thinNoBreakSpace = '\u202F';

/** A noun beside one, and beside any other number: Finnish counts in the partitive, Swedish and English in the plural. */
export type Noun = readonly [one: string, many: string];

/** A whole number with its thousands apart, as all three languages may write it: `1 204`. */
export function grouped(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, thinNoBreakSpace);
}

/** A number with its noun: `1 row`, `1 204 rows`. */
export function counted(n: number, [one, many]: Noun): string {
  return `${grouped(n)} ${n === 1 ? one : many}`;
}
