import { posix } from 'node:path';
import type { Part } from './bundle.ts';

/** Gives the text of a file beside a mapping, of at most so many bytes, or says why it cannot. */
export type ReadPart = (name: string, most: number) => { text: string } | { why: string };

/** The most bytes of the files a mapping may name. */
export const mostBytes = { yaml: 256 * 1024, list: 2 * 1024 * 1024, function: 256 * 1024 };

/** The files a mapping names: each is read once, and remembered. */
export class Parts {
  readonly #read: ReadPart;
  readonly #known = new Map<string, Part>();

  constructor(read: ReadPart) {
    this.#read = read;
  }

  /** Those that were read, in the order in which they were asked for. */
  get all(): Part[] {
    return [...this.#known.values()];
  }

  /**
   * @param name as it is written, from the folder of the file that names it
   * @param namedIn that file: a part, or '' for the mapping itself
   */
  take(name: string, namedIn: string, most: number): Part | { why: string } {
    if (!insideFolder(name))
      return { why: `${name} must be a path inside the folder of the file that names it: no "..", no "/" at its head` };
    const full = posix.join(posix.dirname(namedIn), name);
    const known = this.#known.get(full);
    if (known) return known;
    const found = this.#read(full, most);
    if ('why' in found) return { why: `${full} ${found.why}` };
    const part = { name: full, text: found.text };
    this.#known.set(full, part);
    return part;
  }
}

/** Parts with `/` between them, none of them empty, `.` or `..`; nothing a file system could take for another place. */
const insideFolder = (name: string) =>
  /^[^\\:\0]+$/.test(name) && name.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
