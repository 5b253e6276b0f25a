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

/** Our world is not as it must be; `hint` says what to do. Thrown, and shown without a stack trace. */
export class UsageError extends Error {
  readonly hint: string;
  constructor(message: string, { hint, cause }: { hint: string; cause?: unknown }) {
    super(message, cause === undefined ? {} : { cause });
    this.name = 'UsageError';
    this.hint = hint;
  }
}
