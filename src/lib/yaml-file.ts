import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml';
import type { z } from 'zod';
import type { Problem } from './problem.ts';
import { sayIssue } from './say-issue.ts';
import { didYouMean } from './suggest.ts';
import { derails, sayYamlError } from './yaml-words.ts';

type Path = readonly PropertyKey[];

/** Where in a value a problem points: at one of its keys, or at a line (from 1) of a text that goes over several. */
export type PlaceOptions = { key?: string; row?: number; severity?: 'warning' };

/** A YAML file parsed once, with the places of its parts. */
export type YamlFile = {
  file: string;
  value: unknown;
  problems: Problem[];
  /** Builds a problem that points at a value, at a key within it, or at a line of a text over several lines. */
  problem(path: Path, code: string, message: string, options?: PlaceOptions): Problem;
  /** How the scalar at a path, or a key, was written: `PLAIN`, `QUOTE_DOUBLE` …; undefined when it is not a scalar. */
  styleOf(path: Path, key?: string): string | undefined;
  /** The text of the scalar at a path as it stands in the file. */
  sourceOf(path: Path, key?: string): string | undefined;
};

const largest = 256 * 1024;
const deepest = 30;
const reserved: readonly unknown[] = ['__proto__', 'constructor', 'prototype'];

/**
 * Parses YAML 1.2 strictly: double keys, tags, anchors, aliases, merge keys and names that reach into a program are problems
 * (reliability: nothing in a mapping is guessed).
 * @param file the name shown in problems
 * @returns `value` is undefined when the file cannot be read as it was meant
 */
export function parseYaml(text: string, file: string): YamlFile {
  const lines = new LineCounter();
  const doc = parseDocument(text.length > largest ? '' : text, {
    version: '1.2',
    schema: 'core',
    strict: true,
    uniqueKeys: true,
    merge: false,
    lineCounter: lines,
  });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    // A byte order mark is no column.
    return { line: Math.max(1, line), col: Math.max(1, line <= 1 && text.startsWith('\uFEFF') ? col - 1 : col) };
  };
  const problems: Problem[] = [];
  const add = (offset: number, code: string, message: string) =>
    problems.push({ file, ...at(offset), code, message, severity: 'error' });
  const tooLarge = text.length > largest;
  if (tooLarge) add(0, 'YAML_TOO_LARGE', `the file is larger than ${largest / 1024} KiB`);
  const unread = tellErrors(doc, text, add) || tellStrange(doc, text, add) || tooLarge;
  if (!unread && doc.contents === null) add(0, 'YAML_EMPTY', 'nothing stands in the file but perhaps comments');
  const nodeAt = (path: Path, key?: string): Node | undefined => {
    let node: unknown = doc.contents;
    let place = node as Node | undefined;
    for (const part of path) {
      const pair = isMap(node) ? node.items.find((item) => textOf(item.key) === String(part)) : undefined;
      node = pair
        ? pair.value
        : isMap(node)
          ? undefined
          : (node as { items?: unknown[] } | undefined)?.items?.[Number(part)];
      if (isPair(node)) node = node.value;
      if (node === undefined || node === null) return (pair?.key as Node | undefined) ?? place;
      place = node as Node;
    }
    if (key === undefined || !isMap(node)) return place;
    const pair = node.items.find((item) => textOf(item.key) === key);
    return (pair?.key as Node | undefined) ?? place;
  };
  const placeOf = (node: Node | undefined, row: number | undefined) => {
    const start = at(node?.range?.[0] ?? 0);
    if (row === undefined || !isScalar(node) || node.type !== 'BLOCK_LITERAL') return start;
    const line = start.line + row;
    const from = lines.lineStarts[line - 1] ?? 0;
    return { line, col: (/^ */.exec(text.slice(from))?.[0].length ?? 0) + 1 };
  };
  return {
    file,
    value: unread ? undefined : doc.toJS(),
    problems,
    problem: (path, code, message, options = {}) => ({
      file,
      ...placeOf(nodeAt(path, options.key), options.row),
      code,
      message,
      severity: options.severity ?? 'error',
    }),
    styleOf: (path, key) => {
      const node = nodeAt(path, key);
      return isScalar(node) ? node.type : undefined;
    },
    sourceOf: (path, key) => {
      const node = nodeAt(path, key);
      return isScalar(node) ? node.source : undefined;
    },
  };
}

/** A key as the value has it; `~` is the key ''. */
const textOf = (key: unknown) => String(isScalar(key) ? (key.value ?? '') : key);

type Add = (offset: number, code: string, message: string) => void;

/** Tells what the parser found; true when what stands in the file cannot be trusted. */
function tellErrors(doc: Document.Parsed, text: string, add: Add): boolean {
  const opened = (before: number) => {
    let start = before;
    visit(doc, (_, node) => {
      const from = isNode(node) ? (node.range?.[0] ?? before) : before;
      const opens = (isCollection(node) && node.flow) || (isScalar(node) && node.type?.startsWith('QUOTE'));
      if (opens && from < before) start = from;
    });
    return start;
  };
  for (const error of [...doc.errors, ...doc.warnings]) {
    // An alias or tag is told below, as what it is.
    if (error.code === 'TAG_RESOLVE_FAILED' || error.code === 'BAD_ALIAS') continue;
    const { message, at } = sayYamlError(error, text, opened);
    add(at, error.code === 'DUPLICATE_KEY' ? 'YAML_KEY_TWICE' : 'YAML_SYNTAX', message);
    if (derails(error)) return true;
  }
  return false;
}

/** Tells what is YAML, but has no place in a file of ours; true when its value would not be what it seems. */
function tellStrange(doc: Document.Parsed, text: string, add: Add): boolean {
  let unread = false;
  const tell: Add = (offset, code, message) => {
    unread = true;
    add(offset, code, message);
  };
  visit(doc, {
    Alias: (_, node) => {
      const word = `*${node.source}`;
      tell(
        node.range?.[0] ?? 0,
        'YAML_ALIAS',
        `${word} is an alias, which is not allowed; write the value out, or put a text that begins with * in quotes: "${word}"`,
      );
    },
    Pair: (_, { key }) => {
      if (!isScalar(key)) return;
      const start = key.range?.[0] ?? 0;
      const path = String(key.value).split('.');
      const odd = path.find((part) => reserved.includes(part));
      if (odd !== undefined) tell(start, 'KEY_RESERVED', `${odd} may not be a key`);
      if (key.value === '<<' && key.type === 'PLAIN')
        tell(start, 'YAML_MERGE', 'merge keys (<<) are not allowed; write the keys out');
    },
    Node: (_, node, path) => {
      const start = node.range?.[0] ?? 0;
      if (path.filter(isCollection).length === deepest && isCollection(node)) {
        tell(start, 'YAML_TOO_DEEP', `more than ${deepest} things inside one another`);
        return visit.SKIP;
      }
      if (isAlias(node)) return undefined;
      if (node.anchor !== undefined)
        tell(before(text, start, '&'), 'YAML_ANCHOR', 'anchors (&name) are not allowed; write the value plainly');
      if (node.tag !== undefined)
        tell(before(text, start, '!'), 'YAML_TAG', 'tags (!name) are not allowed; write the value plainly');
      return undefined;
    },
  });
  return unread;
}

/** Where the anchor or tag of a value begins. */
function before(text: string, start: number, mark: '&' | '!'): number {
  const found = text.lastIndexOf(mark, start);
  return mark === '!' && text[found - 1] === '!' ? found - 1 : Math.max(0, found);
}

/** Checks a parsed file against a zod schema; the problems name what was expected and the nearest known key. */
export function checkShape<T>(
  yaml: YamlFile,
  schema: z.ZodType<T>,
  value: unknown = yaml.value,
  base: Path = [],
): T | undefined {
  const known = new Map<string, string[]>();
  const result = schema.safeParse(value, {
    error: (issue) => {
      if (issue.code === 'unrecognized_keys') {
        const shape = (issue.inst as unknown as { shape?: object } | undefined)?.shape ?? {};
        for (const key of issue.keys) known.set(key, Object.keys(shape));
      }
      return undefined;
    },
  });
  if (result.success) return result.data;
  for (const issue of result.error.issues) {
    const path = [...base, ...issue.path];
    // The line is told: which entry of a list it is goes without saying.
    const names = path.filter((part) => typeof part !== 'number');
    const where = names.length > 0 ? `${names.join('.')}: ` : '';
    if (issue.code === 'unrecognized_keys')
      for (const key of issue.keys) {
        const keys = known.get(key) ?? [];
        const allowed = keys.length > 0 ? `; known here: ${keys.join(', ')}` : '';
        yaml.problems.push(
          yaml.problem(path, 'UNKNOWN_KEY', `${where}unknown key ${key}${didYouMean(key, keys) || allowed}`, { key }),
        );
      }
    else if (issue.code === 'invalid_key') {
      const key = String(path.at(-1));
      const [why] = issue.issues;
      yaml.problems.push(yaml.problem(path.slice(0, -1), 'WRONG_VALUE', `${where}${why?.message}`, { key }));
    } else {
      const given = valueAt(value, issue.path);
      const source = yaml.styleOf(path) === 'PLAIN' && given !== undefined ? yaml.sourceOf(path) : undefined;
      yaml.problems.push(yaml.problem(path, 'WRONG_VALUE', where + sayIssue(issue, given, source)));
    }
  }
  return undefined;
}

function valueAt(value: unknown, path: Path): unknown {
  let found = value;
  for (const part of path) found = (found as Record<PropertyKey, unknown> | null | undefined)?.[part];
  return found;
}
