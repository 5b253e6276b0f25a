import { existsSync, linkSync, lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Receipt } from '../src/reports/receipt.ts';

/** Splits the lines of a CSV of the outbox; quotes as RFC 4180. */
export function csvRows(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = text.charCodeAt(0) === 0xfeff ? 1 : 0; at < text.length; at++) {
    const char = text[at];
    if (quoted) {
      if (char !== '"') cell += char;
      else if (text[at + 1] === '"') cell += text[++at];
      else quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === ';') {
      row.push(cell);
      cell = '';
    } else if (char === '\n') {
      row.push(cell);
      rows.push(row);
      row = [];
      cell = '';
    } else if (char !== '\r') cell += char;
  }
  if (quoted || cell !== '' || row.length > 0) rows.push([...row, cell, 'no line end']);
  return rows;
}

/** Says what is not whole about a visible file of the outbox; nothing when it is. */
function notWhole(name: string, text: string): string | undefined {
  if (name === 'DONE') return text === '' ? undefined : 'DONE is not empty';
  if (/^receipt(\.\d+)?\.json$/.test(name)) {
    try {
      Receipt.parse(JSON.parse(text));
      return undefined;
    } catch {
      return `${name} is not a receipt`;
    }
  }
  if (name.endsWith('.html')) return text.trimEnd().endsWith('</html>') ? undefined : `${name} has no end`;
  if (!name.endsWith('.csv')) return `${name} is no file of the outbox`;
  const rows = csvRows(text);
  const width = rows[0]?.length ?? 0;
  if (width < 5) return `${name} has no header`;
  return rows.every((row) => row.length === width) ? undefined : `${name} has a row of another width`;
}

/** A visible file of the outbox, or one that is still being written. */
export type OutboxFile = { path: string; name: string; temp: boolean };

/** Every file below a folder. */
export function filesBelow(folder: string): OutboxFile[] {
  const found: OutboxFile[] = [];
  const walk = (at: string) => {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      const path = join(at, entry.name);
      if (entry.isDirectory()) walk(path);
      else found.push({ path, name: entry.name, temp: entry.name.startsWith('.') });
    }
  };
  if (existsSync(folder)) walk(folder);
  return found;
}

/** Looks at the files of an outbox whenever a process has died; only at those that changed since the last look. */
export class WholeFiles {
  readonly #seen = new Map<string, string>();
  readonly #outbox: string;
  readonly #archive: string;
  readonly #keep: string;
  #kept: { path: string; copy: string }[] = [];

  /** @param keep a folder on the same filesystem, for what a kill would leave behind */
  constructor(outbox: string, archive: string, keep: string) {
    this.#outbox = outbox;
    this.#archive = archive;
    this.#keep = keep;
    mkdirSync(keep, { recursive: true });
  }

  /** Says which visible files are not whole, and keeps hold of the unfinished ones: a killed process does not tidy up. */
  look(): string[] {
    const wrong: string[] = [];
    const unfinished: string[] = [];
    for (const { path, name, temp } of filesBelow(this.#outbox)) {
      if (temp) unfinished.push(path);
      else wrong.push(...this.#lookAt(path, name));
    }
    if (existsSync(this.#archive))
      for (const name of readdirSync(this.#archive))
        if (/^(incoming|\..*)$/.test(name)) unfinished.push(join(this.#archive, name));
    this.#kept = unfinished.map((path, at) => {
      const copy = join(this.#keep, String(at));
      rmSync(copy, { force: true });
      linkSync(path, copy);
      return { path, copy };
    });
    return wrong;
  }

  #lookAt(path: string, name: string): string[] {
    const { ino, size, mtimeMs } = lstatSync(path);
    const version = `${ino} ${size} ${mtimeMs}`;
    if (this.#seen.get(path) === version) return [];
    const wrong = notWhole(name, readFileSync(path, 'utf8'));
    if (wrong === undefined) this.#seen.set(path, version);
    return wrong === undefined ? [] : [wrong];
  }

  /** Puts back what the dead process tidied up while its stack was unwound. */
  putBack(): void {
    for (const { path, copy } of this.#kept) {
      if (existsSync(path)) rmSync(copy);
      else renameSync(copy, path);
    }
    this.#kept = [];
  }
}
