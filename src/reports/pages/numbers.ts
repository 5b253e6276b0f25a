const thinNoBreakSpace = '\u202F';

/** A whole number with its thousands apart: `1 204`. */
export function grouped(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, thinNoBreakSpace);
}

/** A number with its noun: `1 row`, `1 204 rows`. */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${grouped(n)} ${n === 1 ? one : many}`;
}
