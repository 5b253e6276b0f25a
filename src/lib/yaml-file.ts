import { isAlias, isMap, isPair, isScalar, LineCounter, type Node, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import type { Problem } from './problem.ts';
import { didYouMean } from './suggest.ts';

type Path = readonly PropertyKey[];

/** A YAML file parsed once, with the places of its parts. */
export type YamlFile = {
  file: string;
  value: unknown;
  problems: Problem[];
  /** Builds a problem that points at a value, or at a key within it. */
  problem(path: Path, code: string, message: string, options?: { key?: string; severity?: 'warning' }): Problem;
  /** How the scalar at a path, or a key, was written: `PLAIN`, `QUOTE_DOUBLE` …; undefined when it is not a scalar. */
  styleOf(path: Path, key?: string): string | undefined;
  /** The text of the scalar at a path as it stands in the file. */
  sourceOf(path: Path, key?: string): string | undefined;
};

const largest = 256 * 1024;

/**
 * Parses YAML 1.2 strictly: double keys, tags, aliases and warnings are problems (reliability: nothing in a mapping is guessed).
 * @param file the name shown in problems
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
    return { line: Math.max(1, line), col: Math.max(1, col) };
  };
  const problems: Problem[] = [];
  const add = (offset: number, code: string, message: string) =>
    problems.push({ file, ...at(offset), code, message, severity: 'error' });
  if (text.length > largest) add(0, 'YAML_TOO_LARGE', `the file is larger than ${largest / 1024} KiB`);
  for (const found of [...doc.errors, ...doc.warnings])
    add(found.pos[0], found.code === 'DUPLICATE_KEY' ? 'YAML_KEY_TWICE' : 'YAML_SYNTAX', firstLine(found.message));
  visit(doc, {
    Alias: (_, node) => add(node.range?.[0] ?? 0, 'YAML_ALIAS', 'aliases (*name) are not allowed; write the value out'),
    Node: (_, node) => {
      if (isAlias(node) || (node as Node).tag === undefined) return;
      const tag = text.lastIndexOf('!', node.range?.[0] ?? 0);
      const start = text.lastIndexOf(' ', tag) + 1;
      add(text[start] === '!' ? start : tag, 'YAML_TAG', 'tags (!name) are not allowed; write the value plainly');
    },
  });
  const nodeAt = (path: Path, key?: string): Node | undefined => {
    let node: unknown = doc.contents;
    let place = node as Node | undefined;
    for (const part of path) {
      const pair = isMap(node)
        ? node.items.find((item) => String(isScalar(item.key) ? item.key.value : item.key) === String(part))
        : undefined;
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
    const pair = node.items.find((item) => String(isScalar(item.key) ? item.key.value : item.key) === key);
    return (pair?.key as Node | undefined) ?? place;
  };
  return {
    file,
    value: problems.length > 0 ? undefined : doc.toJS(),
    problems,
    problem: (path, code, message, options = {}) => ({
      file,
      ...at(nodeAt(path, options.key)?.range?.[0] ?? 0),
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
    const where = path.length > 0 ? `${path.join('.')}: ` : '';
    if (issue.code === 'unrecognized_keys')
      for (const key of issue.keys) {
        const keys = known.get(key) ?? [];
        const allowed = keys.length > 0 ? `; known here: ${keys.join(', ')}` : '';
        yaml.problems.push(
          yaml.problem(path, 'UNKNOWN_KEY', `${where}unknown key ${key}${didYouMean(key, keys) || allowed}`, { key }),
        );
      }
    else yaml.problems.push(yaml.problem(path, 'WRONG_VALUE', where + sayIssue(issue, valueAt(value, issue.path))));
  }
  return undefined;
}

function valueAt(value: unknown, path: Path): unknown {
  let found = value;
  for (const part of path) found = (found as Record<PropertyKey, unknown> | null | undefined)?.[part];
  return found;
}

function sayIssue(issue: z.core.$ZodIssue, given: unknown): string {
  if (given === undefined && issue.code !== 'custom') return 'is missing';
  if (issue.code === 'invalid_value') {
    const values = issue.values.map(String);
    return `expected one of ${values.join(', ')}${didYouMean(String(given), values)}`;
  }
  if (issue.code === 'invalid_type')
    return `expected ${issue.expected}${issue.expected === 'string' ? ', put the value in quotes' : ''}`;
  return firstLine(issue.message);
}

const firstLine = (text: string) => (text.split('\n')[0] ?? text).replace(/ at line \d+, column \d+:?$/, '');
