import { loanInAnswer, type Members, membersOf, sameValue } from '../contract/loan-answer.ts';
import type { ExpectedLoan } from './expected-loan.ts';

/** Which kind of report can mend a difference. */
type Part = 'record' | 'delay' | 'ending';

/** One field on which the register holds something else than we know; values as JSON, null for nothing. */
type Difference = { part: Part; path: string; ours: string | null; theirs: string | null };

/**
 * What comparing a loan came to. `notInRegister`: it should be there and is not. `notTold`: we know it as ended or
 * withdrawn, and the register tells nothing of it, which may well be so (register-contract.md section 6).
 */
export type Comparison = {
  outcome: 'agrees' | 'differs' | 'notInRegister' | 'notTold' | 'unclear';
  differences: Difference[];
  /** Fields we know and the answer does not have: nothing could be compared. */
  silent: string[];
  /** The answer tells of a delay. */
  tellsDelay: boolean;
};

/**
 * Compares a loan as we know it with an answer of GetLoan, whose shape is not known (register-contract.md section 8): a
 * value is looked for at the path it has in reports, or else by its name, when that stands in one place of the answer only.
 * What the answer does not tell is not taken for a difference. Pure and total.
 */
export function compareWithRegister(expected: ExpectedLoan, answer: { status: number; text: string }): Comparison {
  const found = loanInAnswer(expected.loanNumber.number, answer);
  const nothing = { differences: [], silent: [], tellsDelay: false };
  if (found.kind === 'unclear') return { ...nothing, outcome: 'unclear' };
  if (found.kind === 'absent')
    return { ...nothing, outcome: expected.cancelled || expected.ending ? 'notTold' : 'notInRegister' };
  const comparing = new Comparing(found.loan);
  comparing.record(expected.record, '');
  comparing.delay(expected.delay);
  comparing.ending(expected);
  const { differences, silent, tellsDelay } = comparing;
  return { outcome: differences.length > 0 ? 'differs' : 'agrees', differences, silent, tellsDelay };
}

type Told = { value: unknown } | undefined;

class Comparing {
  readonly differences: Difference[] = [];
  readonly silent: string[] = [];
  tellsDelay = false;
  readonly #loan: Members;
  readonly #byName: ReadonlyMap<string, unknown[]>;

  constructor(loan: unknown) {
    this.#loan = membersOf(loan) ?? new Map();
    this.#byName = byName(loan);
  }

  /** Every value of the record; lists as a whole. */
  record(ours: Record<string, unknown>, above: string): void {
    for (const [key, value] of Object.entries(ours)) {
      const path = above + key;
      const members = membersOf(value);
      if (members) this.record(value as Record<string, unknown>, `${path}.`);
      else this.#compare('record', path, value, this.#lookUp(path));
    }
  }

  delay(ours: ExpectedLoan['delay']): void {
    const amounts = this.#lookUp('delay.delayedAmounts') ?? this.#lookUp('delayedAmounts');
    const isForeclosed = this.#lookUp('delay.isForeclosed') ?? this.#lookUp('isForeclosed');
    const listed = Array.isArray(amounts?.value) ? amounts.value.length : 0;
    this.tellsDelay = listed > 0;
    if (ours === undefined) return;
    if (ours === null) {
      if (listed > 0) this.#differ('delay', 'delayedAmounts', undefined, amounts?.value);
      if (isForeclosed?.value === true) this.#differ('delay', 'isForeclosed', undefined, true);
      return;
    }
    this.#compare('delay', 'delayedAmounts', ours['delayedAmounts'] ?? [], amounts);
    if (ours['isForeclosed'] !== undefined) this.#compare('delay', 'isForeclosed', ours['isForeclosed'], isForeclosed);
    const foreclosed = this.#lookUp('delay.foreclosureDate') ?? this.#lookUp('foreclosureDate');
    if (ours['foreclosureDate'] !== undefined)
      this.#compare('delay', 'foreclosureDate', ours['foreclosureDate'], foreclosed);
  }

  ending({ ending, cancelled }: ExpectedLoan): void {
    const theirs = this.#isEnded();
    const ours = cancelled || ending !== null;
    if (ending === undefined && !cancelled) return;
    if (theirs === undefined) {
      if (ours) this.silent.push('termination.isTerminated');
      return;
    }
    if (theirs !== ours) this.#differ('ending', 'termination.isTerminated', ours, theirs);
    else if (ending?.['endDate'] !== undefined)
      this.#compare('ending', 'termination.endDate', ending['endDate'], this.#lookUp('termination.endDate'));
  }

  /** Whether the register calls the loan ended; undefined when it does not say. */
  #isEnded(): boolean | undefined {
    const told = this.#lookUp('termination.isTerminated')?.value;
    if (typeof told === 'boolean') return told;
    for (const [key, value] of this.#loan)
      if (/status$/.test(key) && typeof value === 'string') {
        if (/^(ended|terminated|closed|cancelled|canceled)/i.test(value)) return true;
        if (/^(active|valid|open)/i.test(value)) return false;
      }
    return undefined;
  }

  #compare(part: Part, path: string, ours: unknown, theirs: Told): void {
    if (!theirs) this.silent.push(path);
    else if (!agree(ours, theirs.value)) this.#differ(part, path, ours, theirs.value);
  }

  #differ(part: Part, path: string, ours: unknown, theirs: unknown): void {
    this.differences.push({ part, path, ours: written(ours), theirs: written(theirs) });
  }

  #lookUp(path: string): Told {
    let value: unknown = this.#loan;
    for (const key of path.toLowerCase().split('.')) {
      const members: Members | undefined = value instanceof Map ? (value as Members) : membersOf(value);
      value = members?.get(key);
    }
    if (value !== undefined) return value === null ? undefined : { value };
    const named = this.#byName.get(path.slice(path.lastIndexOf('.') + 1).toLowerCase()) ?? [];
    return named.length === 1 && named[0] !== null ? { value: named[0] } : undefined;
  }
}

/** All values of an answer by their names, without those within lists. */
function byName(value: unknown, found = new Map<string, unknown[]>()): Map<string, unknown[]> {
  for (const [key, member] of membersOf(value) ?? []) {
    found.set(key, [...(found.get(key) ?? []), member]);
    byName(member, found);
  }
  return found;
}

/** Values by what they say; items of lists in any order; of an object only what both have. */
function agree(ours: unknown, theirs: unknown): boolean {
  if (Array.isArray(ours)) {
    if (!Array.isArray(theirs) || ours.length !== theirs.length) return false;
    const left = [...theirs] as unknown[];
    return ours.every((item) => {
      const at = left.findIndex((other) => agree(item, other));
      if (at >= 0) left.splice(at, 1);
      return at >= 0;
    });
  }
  const members = membersOf(ours);
  if (!members) return sameValue(ours, theirs);
  const others = membersOf(theirs);
  return [...members].every(([key, member]) => {
    const other = others?.get(key);
    return other === undefined || other === null || agree(member, other);
  });
}

const written = (value: unknown): string | null =>
  value === undefined || value === null ? null : JSON.stringify(value);
