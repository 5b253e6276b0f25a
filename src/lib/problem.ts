import { visible } from './shown-name.ts';

/** Something wrong with a file of ours (config, mapping), with its place. A value, never thrown. */
export type Problem = {
  file: string;
  /** 1-based; 1:1 when the whole file is meant. */
  line: number;
  col: number;
  code: string;
  message: string;
  severity: 'error' | 'warning';
};

/** One line for people and editors: `file:line:col CODE message`. */
export function sayProblem({ file, line, col, code, message, severity }: Problem): string {
  return visible(`${file}:${line}:${col} ${code} ${severity === 'warning' ? 'warning: ' : ''}${message}`);
}

/** By place; those of one's own file come first. */
export const inOrder = (problems: readonly Problem[], own: string) =>
  problems.toSorted(
    (a, b) =>
      Number(a.file !== own) - Number(b.file !== own) ||
      a.file.localeCompare(b.file) ||
      a.line - b.line ||
      a.col - b.col,
  );

/** Each problem once: that of a parent is found with every mapping that extends it. */
export function withoutDoubles(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter((problem) => {
    const key = `${problem.file}:${problem.line}:${problem.col}:${problem.code}:${problem.message}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** Our world is not as it must be; `hint` says what to do. Thrown, and shown without a stack trace. */
export class UsageError extends Error {
  readonly hint: string;
  constructor(message: string, { hint, cause }: { hint: string; cause?: unknown }) {
    super(message, cause === undefined ? {} : { cause });
    this.name = 'UsageError';
    this.hint = hint;
  }
}
