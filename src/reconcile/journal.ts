import { closeSync, createReadStream, existsSync, fsyncSync, openSync, truncateSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { batchApis } from '../contract/apis.ts';
import { parsedJson } from '../contract/loan-answer.ts';
import { durableFolder, durableWrite, removeFile } from '../lib/durable-write.ts';

/**
 * What became of a loan: `notInRegister` we know it and the register does not; `notInCore` the reverse, by a stock export;
 * `notTold` ended by what we know, and the register tells nothing of it; `underWay` not asked about, since a report on it
 * has no verdict yet; `unclear` the answer could not be understood.
 */
const outcomes = ['agrees', 'differs', 'notInRegister', 'notInCore', 'notTold', 'underWay', 'unclear'] as const;
export type Outcome = (typeof outcomes)[number];

const Found = z.strictObject({
  loan: z.string(),
  outcome: z.enum(outcomes),
  /** A delay the answer is silent about: a difference only if the register tells delays at all. */
  ifDelaysTold: z.boolean(),
  differences: z.array(
    z.strictObject({
      part: z.enum(['record', 'delay', 'ending']),
      path: z.string(),
      ours: z.string().nullable(),
      theirs: z.string().nullable(),
    }),
  ),
  proposals: z.array(z.strictObject({ api: z.enum(batchApis), report: z.record(z.string(), z.unknown()) })),
});
/** A loan of which something is to be told. */
export type Found = z.infer<typeof Found>;

const Begun = z.strictObject({ id: z.string(), startedAt: z.number() });
const Tally = z.strictObject({
  /** Loans done so far, and the last of them: where to go on. */
  done: z.int(),
  last: z.string().nullable(),
  counts: z.record(z.enum(outcomes), z.int()),
  /** Answers that told of a delay. */
  tellDelays: z.int(),
  /** How often a field that we know was not told. */
  silent: z.record(z.string(), z.int()),
});
/** How far asking has come, and what it came to. */
export type Tally = z.infer<typeof Tally>;
const Line = z.union([Begun, z.strictObject({ tally: Tally, found: z.array(Found) })]);

/** A tally of nothing. */
const nothingYet = (): Tally => ({
  done: 0,
  last: null,
  counts: Object.fromEntries(outcomes.map((outcome) => [outcome, 0])) as Tally['counts'],
  tellDelays: 0,
  silent: {},
});

/**
 * The private file in which a comparison remembers how far it has come: a line for what it is, then one for each step. A line
 * that a crash cut off counts as not written: its loans are asked about once more, which does no harm.
 */
export class Journal {
  readonly #path: string;
  readonly id: string;
  readonly startedAt: number;
  readonly tally: Tally;

  private constructor(path: string, begun: z.infer<typeof Begun>, tally: Tally) {
    this.#path = path;
    this.id = begun.id;
    this.startedAt = begun.startedAt;
    this.tally = tally;
  }

  /** Goes on with the journal that is there, unless told to begin `anew`. */
  static async open(path: string, begin: z.infer<typeof Begun>, anew: boolean): Promise<Journal> {
    if (!anew && existsSync(path)) {
      const { begun, tally, bytes } = await readBack(path);
      truncateSync(path, bytes);
      if (begun) return new Journal(path, begun, tally ?? nothingYet());
    }
    durableFolder(dirname(path));
    durableWrite(path, `${JSON.stringify(begin)}\n`);
    return new Journal(path, begin, nothingYet());
  }

  /** Notes a step, durably. */
  note(found: readonly Found[]): void {
    const fd = openSync(this.#path, 'a', 0o600);
    try {
      const bytes = Buffer.from(`${JSON.stringify({ tally: this.tally, found })}\n`);
      for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
  }

  /** All that was found, in the order of asking. */
  async *found(): AsyncGenerator<Found> {
    for await (const text of linesOf(this.#path)) {
      const line = Line.parse(JSON.parse(text));
      if ('found' in line) yield* line.found;
    }
  }

  /** What was found is written elsewhere: the journal has done its service. */
  remove(): void {
    removeFile(this.#path);
  }
}

const linesOf = (path: string) =>
  createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY });

/** The first line, the last tally, and how many bytes are whole lines. */
async function readBack(path: string) {
  let [bytes, begun, tally]: [number, z.infer<typeof Begun> | undefined, Tally | undefined] = [0, undefined, undefined];
  for await (const text of linesOf(path)) {
    const line = Line.safeParse(parsedJson(text));
    if (!line.success) break;
    bytes += Buffer.byteLength(text) + 1;
    if ('tally' in line.data) tally = line.data.tally;
    else begun = line.data;
  }
  return { begun, tally, bytes };
}
