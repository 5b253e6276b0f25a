import { constants } from 'node:os';
import { afterEach, expect, test, vi } from 'vitest';
import { sayFailure } from '../../src/cli/say-failure.ts';
import { UsageError } from '../../src/lib/problem.ts';

let said = '';
vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
  said += text;
  return true;
});
afterEach(() => {
  said = '';
});

const failed = (fields: object, message = 'failed') => Object.assign(new Error(message), fields);

test.each([
  ['ENOSPC', /^the disk is full \(write \/out\/a\.csv\)\n {2}nothing is lost: make room on it, and run again\n$/],
  ['EROFS', /read-only.*\n.*make it writable/],
  ['EIO', /reports an error.*\n.*have it checked/],
  ['EACCES', /access is denied/],
  ['EMFILE', /too many files.*\n.*ulimit -n/],
  ['EXDEV', /^EXDEV \(write \/out\/a\.csv\)/],
])('%s of the system is said in words, with what to do: status 70', (code, words) => {
  expect(sayFailure(failed({ code, syscall: 'write', path: '/out/a.csv' }))).toBe(70);
  expect(said).toMatch(words);
  expect(said).toMatch(/run again\n$/);
});

test('a quota, for which Node has no name, is said in words', () => {
  const fields = { code: 'Unknown system error -122', errno: -constants.errno.EDQUOT, syscall: 'fsync' };
  expect(sayFailure(failed(fields))).toBe(70);
  expect(said).toMatch(/^the disk quota is used up \(fsync\)/);
});

test.each([
  [13, /the disk is full \(the state folder\)/],
  [10 | (4 << 8), /the disk reports an error/],
  [14, /cannot be opened/],
  [26, /damaged.*\n.*put back/],
  [8, /read-only/],
])('error %d of SQLite is said in words', (errcode, words) => {
  expect(sayFailure(failed({ code: 'ERR_SQLITE_ERROR', errcode }))).toBe(70);
  expect(said).toMatch(words);
});

test('what came first is said, not what failed while tidying up after it', () => {
  const first = failed({ code: 'ENOSPC', syscall: 'write' });
  expect(sayFailure(new SuppressedError(failed({ code: 'EIO', syscall: 'close' }), first))).toBe(70);
  expect(said).toContain('the disk is full');
});

test('a usage error has its hint and status 2; anything else is a fault of ours, without a stack trace', () => {
  expect(sayFailure(new UsageError('no config', { hint: 'say --config' }))).toBe(2);
  expect(said).toBe('no config\n  say --config\n');
  said = '';
  expect(sayFailure(new TypeError('x of 010190-999P is not a function'))).toBe(70);
  expect(said).toMatch(/^a fault of luottoputki: x of \*{6}-\*{4} is not a function\n/);
  expect(said).not.toContain('    at ');
});
