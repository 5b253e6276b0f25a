import { type FileEvent, type FileToMap, type MappedReport, mapFile } from './map-file.ts';

export type SideName = 'old' | 'new';

/** What two mappings make of a file, in the order of the file. After `startOver` everything before must be forgotten. */
export type PairEvent =
  /** What they made of the rows that begin on one line; undefined where one of them made nothing of them. */
  | { kind: 'pair'; line: number; old: MappedReport | undefined; new: MappedReport | undefined }
  | { kind: 'startOver' }
  | { kind: 'side'; side: SideName; event: Extract<FileEvent, { kind: 'rows' | 'refused' }> };

/**
 * Maps a file with two mappings at once, and pairs the reports that begin on the same line. Only those are kept that still
 * wait for their other half: memory does not grow with the file, unless rows of its reports lie apart and the mappings
 * disagree about them.
 */
export async function* pairedReports(jobs: Record<SideName, FileToMap>): AsyncGenerator<PairEvent> {
  const apart = new Set<SideName>();
  for (;;) {
    const found = yield* pairs(jobs, apart);
    if (found === undefined) return;
    // Rows lie apart: that side is read in its second way from the beginning on.
    apart.add(found);
    yield { kind: 'startOver' };
  }
}

/** @returns the side whose rows turned out to lie apart */
async function* pairs(
  jobs: Record<SideName, FileToMap>,
  apart: ReadonlySet<SideName>,
): AsyncGenerator<PairEvent, SideName | undefined> {
  const sides = { old: new Side(jobs.old, apart.has('old')), new: new Side(jobs.new, apart.has('new')) };
  try {
    for (;;) {
      const name = sides.new.line < sides.old.line ? 'new' : 'old';
      const side = sides[name];
      if (side.line === Number.POSITIVE_INFINITY) return undefined;
      const event = await side.next();
      if (event === 'apart') return name;
      if (event?.kind === 'rows' || event?.kind === 'refused') yield { kind: 'side', side: name, event };
      else if (event?.kind === 'report') {
        const other = sides[name === 'old' ? 'new' : 'old'];
        const half = other.take(side.line);
        if (half) yield pair(name, side.line, event, half);
        else side.waiting.set(side.line, event);
      }
      for (const [one, two] of [
        ['old', 'new'],
        ['new', 'old'],
      ] as const)
        for (const [line, report] of sides[one].overtakenBy(sides[two])) yield pair(one, line, report, undefined);
    }
  } finally {
    await sides.old.close();
    await sides.new.close();
  }
}

const pair = (name: SideName, line: number, report: MappedReport, half: MappedReport | undefined): PairEvent =>
  name === 'old' ? { kind: 'pair', line, old: report, new: half } : { kind: 'pair', line, old: half, new: report };

/** One of the two readings of the file. */
class Side {
  /** How far it has come: the line of its last report; infinite at the end. */
  line = 0;
  /** Reports without their other half, by the line they begin on. */
  readonly waiting = new Map<number, MappedReport>();
  readonly #events: AsyncGenerator<FileEvent>;
  readonly #apart: boolean;
  #passed: boolean;

  /** @param apart its rows are known to lie apart: what comes before the second reading is passed over */
  constructor(job: FileToMap, apart: boolean) {
    this.#events = mapFile(job);
    this.#apart = apart;
    this.#passed = !apart;
  }

  async next(): Promise<FileEvent | 'apart' | undefined> {
    const { value, done } = await this.#events.next();
    if (done) {
      this.line = Number.POSITIVE_INFINITY;
      return undefined;
    }
    if (value.kind === 'startOver') {
      if (!this.#apart) return 'apart';
      this.#passed = true;
      return undefined;
    }
    if (!this.#passed) return undefined;
    if (value.kind === 'report') this.line = value.built.rows[0]?.line ?? this.line;
    return value;
  }

  take(line: number): MappedReport | undefined {
    const found = this.waiting.get(line);
    this.waiting.delete(line);
    return found;
  }

  /** Reports whose other half can come no more, since the other side has gone past them. */
  *overtakenBy(other: Side): Generator<[number, MappedReport]> {
    if (other.#apart && other.line !== Number.POSITIVE_INFINITY) return;
    for (const [line, report] of this.waiting) {
      if (line >= other.line) continue;
      this.waiting.delete(line);
      yield [line, report];
    }
  }

  close(): Promise<unknown> {
    return this.#events.return(undefined);
  }
}
