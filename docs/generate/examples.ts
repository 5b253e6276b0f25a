import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isNode, isPair, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import { packageRoot } from '../../src/cli/tool.ts';
import { allKeys, type Entry, type Key, type Use, usesIn } from './keys.ts';

/** A mapping of `docs/examples`: whole, and tested. */
export type Example = { name: string; text: string; uses: Use[]; formats: Set<string> };

/** A part of an example, as it is shown. */
export type Snippet = { from: string; text: string };

const folder = join(packageRoot, 'docs', 'examples');
/** Longer parts are cut. */
const mostLines = 12;

/** The examples, by name. */
export const examples: readonly Example[] = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .sort()
  .map((name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    const { contents } = parseDocument(text);
    const uses = contents ? usesIn(contents) : [];
    const formats = new Set([...text.matchAll(/\bas: (\w+)/g)].map(([, format]) => format ?? ''));
    return { name, text, uses, formats };
  });

/** The example of a name. */
export function exampleNamed(name: string): Example {
  const found = examples.find((example) => example.name === name);
  if (!found) throw new Error(`no docs/examples/${name}`);
  return found;
}

/** Keys that no example uses. A key that means the same with several sources needs one with any of them. */
export function keysWithoutExample(): Key[] {
  const nameOf = ({ section, key, schema }: Key) =>
    section.startsWith('field ') ? `${key}: ${String(schema.description)}` : `${section} ${key}`;
  const keys = allKeys();
  const used = new Set(examples.flatMap(({ uses }) => uses.map(({ section, key }) => `${section} ${key}`)));
  const shown = new Set(keys.filter(({ section, key }) => used.has(`${section} ${key}`)).map(nameOf));
  return keys.filter((key) => !shown.has(nameOf(key)));
}

/** The fewest parts of examples that show these keys of the sections; of two that show the same, the one with more in it. */
export function snippetsFor(inSections: (section: string) => boolean, keys: readonly string[]): Snippet[] {
  const left = new Set(keys);
  const shown = new Map<Entry, { snippet: Snippet; keys: Set<string> }>();
  for (const { name, text, uses } of examples)
    for (const use of uses.filter(({ section }) => inSections(section))) {
      const known = shown.get(use.shown) ?? { snippet: { from: name, text: cut(text, use.shown) }, keys: new Set() };
      shown.set(use.shown, { ...known, keys: known.keys.add(use.key) });
    }
  const chosen: Snippet[] = [];
  while (left.size > 0) {
    const gain = ({ keys: has }: { keys: Set<string> }) => [...has].filter((key) => left.has(key)).length;
    // A line with its key says more than an item of a list.
    const line = ({ snippet: { text } }: { snippet: Snippet }) => Number(!text.startsWith('- '));
    const [best] = [...shown.values()].toSorted(
      (a, b) =>
        gain(b) - gain(a) ||
        line(b) - line(a) ||
        b.keys.size - a.keys.size ||
        a.snippet.text.length - b.snippet.text.length,
    );
    if (!best || gain(best) === 0) break;
    chosen.push(best.snippet);
    for (const key of best.keys) left.delete(key);
  }
  return chosen;
}

/** The lines of a top-level key of an example. */
export function partOf({ text }: Example, key: string): string {
  const doc = parseDocument(text);
  const pair = 'items' in (doc.contents ?? {}) ? pairNamed(doc.contents, key) : undefined;
  if (!pair) throw new Error(`no key ${key} in the example`);
  return text.slice(...rangeOf(pair)).trimEnd();
}

function pairNamed(contents: unknown, key: string) {
  const { items } = contents as { items: unknown[] };
  return items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === key) as Entry | undefined;
}

function rangeOf(entry: Entry): [number, number] {
  const [first, last] = isPair(entry) ? [entry.key, entry.value ?? entry.key] : [entry, entry];
  const start = isNode(first) ? first.range?.[0] : undefined;
  const end = isNode(last) ? (last as Node).range?.[1] : undefined;
  return [start ?? 0, end ?? 0];
}

/** The text of a part of a file, moved to the left edge, and cut when it is long. */
function cut(text: string, entry: Entry): string {
  const [start, end] = rangeOf(entry);
  const counter = new LineCounter();
  parseDocument(text, { lineCounter: counter });
  const { col } = counter.linePos(start);
  const [first = '', ...others] = text.slice(start, end).trimEnd().split('\n');
  const lines = [first, ...others.map((line) => line.slice(Math.min(col - 1, line.length - line.trimStart().length)))];
  const short = lines.length > mostLines ? [...lines.slice(0, mostLines), '# …'] : lines;
  return isPair(entry) ? short.join('\n') : `- ${short.join('\n  ')}`;
}
