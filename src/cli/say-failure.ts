import { maskText } from '../lib/mask.ts';
import { UsageError } from '../lib/problem.ts';

/** Says what stopped a verb, and what to do, without a stack trace; gives the exit status. */
export function sayFailure(error: unknown): number {
  if (error instanceof UsageError) {
    process.stderr.write(`${maskText(error.message)}\n  ${error.hint}\n`);
    return 2;
  }
  const { code, message, syscall, path } = error as NodeJS.ErrnoException;
  if (code !== undefined && syscall !== undefined) {
    const what =
      {
        ENOSPC: 'the disk is full',
        EACCES: 'access is denied',
        EROFS: 'the disk is read-only',
        EMFILE: 'too many files are open',
      }[code] ?? code;
    process.stderr.write(
      `${what} (${syscall}${path === undefined ? '' : ` ${path}`}): state is kept; mend it and run again\n`,
    );
    return 70;
  }
  process.stderr.write(
    `a fault of luottoputki: ${maskText(message ?? String(error))}\n  state is kept; run again, and report this with the log in the state folder\n`,
  );
  if (process.env['LUOTTOPUTKI_TRACE'] !== undefined)
    process.stderr.write(`${maskText((error as Error).stack ?? '')}\n`);
  return 70;
}
