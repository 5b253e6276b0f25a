import { constants } from 'node:os';
import { maskText } from '../lib/mask.ts';
import { UsageError } from '../lib/problem.ts';
import { visible } from '../lib/shown-name.ts';

type Words = { what: string; todo: string };

const full = { what: 'the disk is full', todo: 'make room on it' };
const readOnly = {
  what: 'the disk is read-only',
  todo: 'make it writable; if it became so by itself, have it checked first',
};
const failing = { what: 'the disk reports an error', todo: 'have it checked' };
const denied = {
  what: 'access is denied',
  todo: 'give the user that runs luottoputki the right to read and write there',
};
const tooMany = { what: 'too many files are open', todo: 'raise the limit of open files (ulimit -n)' };

/** Errors of the system, in words, with what to do. */
const systemWords: Readonly<Record<string, Words>> = {
  ENOSPC: full,
  EDQUOT: { what: 'the disk quota is used up', todo: 'make room, or have the quota raised' },
  EROFS: readOnly,
  EIO: failing,
  EACCES: denied,
  EPERM: denied,
  EMFILE: tooMany,
  ENFILE: tooMany,
};

const damaged = {
  what: 'a database is damaged',
  todo: 'put back the last good copy of the state folder; if lock.sqlite is the one, it may be removed',
};

/** The same for SQLite, by its primary result code; all of its files stand in the state folder. */
const sqliteWords: Readonly<Record<number, Words>> = {
  8: readOnly,
  10: failing,
  11: damaged,
  13: full,
  14: {
    what: 'a file cannot be opened',
    todo: 'look whether the folder is there and writable, its disk has room, and files may still be opened',
  },
  26: damaged,
};

/** Says what stopped a verb, and what to do, without a stack trace; gives the exit status. */
export function sayFailure(thrown: unknown): number {
  const error = cause(thrown);
  const tell = (...lines: string[]) => process.stderr.write(`${lines.join('\n  ')}\n`);
  if (error instanceof UsageError) {
    tell(maskText(error.message), error.hint);
    return 2;
  }
  const world = wordsFor(error);
  if (world) {
    tell(`${world.what} (${maskText(world.where)})`, `nothing is lost: ${world.todo}, and run again`);
    return 70;
  }
  const { message, stack } = error as Error;
  tell(
    `a fault of luottoputki: ${maskText(message ?? String(error))}`,
    'state is kept; run again, and report this with the log in the state folder',
  );
  if (process.env['LUOTTOPUTKI_TRACE'] !== undefined) tell(maskText(stack ?? ''));
  return 70;
}

/** What came first: an error while tidying up after it says less. */
function cause(error: unknown): unknown {
  return error instanceof SuppressedError ? cause(error.suppressed) : error;
}

/** The words for an error of our world; nothing for a fault of our own. */
function wordsFor(error: unknown): (Words & { where: string }) | undefined {
  const { code, errno, syscall, path, errcode } = error as NodeJS.ErrnoException & { errcode?: number };
  if (code === 'ERR_SQLITE_ERROR') {
    const words = sqliteWords[(errcode ?? 0) & 0xff];
    return words && { ...words, where: 'the state folder' };
  }
  if (code === undefined || syscall === undefined) return undefined;
  // Node knows no name for a quota.
  const name = -(errno ?? 0) === constants.errno.EDQUOT ? 'EDQUOT' : code;
  const words = systemWords[name] ?? { what: name, todo: 'mend it' };
  return { ...words, where: path === undefined ? syscall : `${syscall} ${visible(String(path))}` };
}
