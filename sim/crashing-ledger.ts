import type { Ledger } from '../src/ledger/ledger.ts';
import type { SimProcess } from './process.ts';

type Verb = (...args: unknown[]) => unknown;

/** Only tells how far the work has come; nobody waits for its answer, so a death in it would have no place to go. */
const onlyTells = 'settledReports';

/** The ledger with a point before and after each verb, whatever verbs there are. */
export function crashingLedger(ledger: Ledger, process: SimProcess): Ledger {
  const watched = new Map<PropertyKey, Verb>();
  return new Proxy(ledger, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== 'function' || typeof key === 'symbol') return value;
      let verb = watched.get(key);
      if (!verb) {
        verb = key === onlyTells ? quiet(value.bind(target), process) : watch(key, value.bind(target), process);
        watched.set(key, verb);
      }
      return verb;
    },
  });
}

function watch(name: string, verb: Verb, process: SimProcess): Verb {
  const [before, after] = [`ledger ${name} before`, `ledger ${name} after`];
  return (...args) => {
    process.point(before);
    const result = verb(...args);
    return isSequence(result) ? rows(result, process) : ended(result, after, process);
  };
}

async function ended(result: unknown, after: string, process: SimProcess): Promise<unknown> {
  const value = await result;
  process.point(after);
  return value;
}

async function* rows(sequence: AsyncIterable<unknown>, process: SimProcess): AsyncGenerator<unknown> {
  for await (const row of sequence) {
    process.stopIfDead();
    yield row;
  }
  process.stopIfDead();
}

const isSequence = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

const quiet =
  (verb: Verb, process: SimProcess): Verb =>
  async (...args) =>
    process.dead ? { settled: 0, all: 0 } : verb(...args);
