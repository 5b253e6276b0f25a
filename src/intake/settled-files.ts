import { type InboxFile, stillness } from './scan-inbox.ts';

/** Remembers when each inbox file was last seen to change, to tell which have come to rest. */
export class SettledFiles {
  readonly #seen = new Map<string, { still: string; since: number }>();
  readonly #quietTime: number;
  readonly #marker: string | undefined;

  /**
   * @param quietTime ms a file must stay unchanged
   * @param readyMarker pattern of a file whose appearance makes its export ready at once, `{name}` standing for the export's name
   */
  constructor(quietTime: number, readyMarker?: string) {
    this.#quietTime = quietTime;
    this.#marker = readyMarker;
  }

  /** Splits the files of a scan into those at rest, with their markers, and those to wait for; tells how long, in ms, and which markers have no export. */
  sort(
    files: readonly InboxFile[],
    now: number,
  ): {
    ready: { file: InboxFile; marker: InboxFile | undefined }[];
    waiting: InboxFile[];
    wait: number;
    orphans: InboxFile[];
  } {
    const byName = new Map(files.map((file) => [file.name, file]));
    const markers = new Map<string, InboxFile>();
    for (const { name } of files) {
      const marker = this.#marker === undefined ? undefined : byName.get(this.#marker.replace('{name}', () => name));
      if (marker) markers.set(name, marker);
    }
    const markerNames = new Set([...markers.values()].map(({ name }) => name));
    const exports = files.filter(({ name }) => !markerNames.has(name) && !this.#isMarker(name));
    const left = new Map(
      exports.map((file) => [file.name, markers.has(file.name) ? 0 : this.#quietLeft(file, now)] as const),
    );
    for (const name of this.#seen.keys()) if (!byName.has(name)) this.#seen.delete(name);
    const waiting = exports.filter(({ name }) => (left.get(name) ?? 0) > 0);
    return {
      ready: exports
        .filter(({ name }) => left.get(name) === 0)
        .map((file) => ({ file, marker: markers.get(file.name) })),
      waiting,
      wait: Math.min(...waiting.map(({ name }) => left.get(name) ?? 0)),
      orphans: files.filter(({ name }) => !markerNames.has(name) && this.#isMarker(name)),
    };
  }

  /** A marker whose export has not come yet is no export either. */
  #isMarker(name: string): boolean {
    const [before = '', after = ''] = this.#marker?.split('{name}') ?? [];
    return before + after !== '' && name.startsWith(before) && name.endsWith(after);
  }

  #quietLeft(file: InboxFile, now: number): number {
    const still = stillness(file.stat);
    const known = this.#seen.get(file.name);
    if (known?.still === still) return Math.max(0, known.since + this.#quietTime - now);
    // The change time is the system's own word: a file changed long ago is at rest already. One from the future is not believed.
    const since = Math.min(Number(file.stat.ctimeMs), now);
    this.#seen.set(file.name, { still, since });
    return Math.max(0, since + this.#quietTime - now);
  }
}
