import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { DurableFile, durableFolder, durableWrite } from '../../src/lib/durable-write.ts';
import { tempFolder } from './temp-folder.ts';

/** How the disk behaves: how many bytes it takes at a time, how many it has, and what is fsynced. */
const disk = vi.hoisted(() => ({ atOnce: Infinity, room: Infinity, loses: 0, synced: 0 }));

vi.mock('node:fs', async (original) => {
  const real = await original<typeof fs>();
  const writeSync = (fd: number, bytes: Uint8Array, from = 0) => {
    if (disk.room <= 0) throw Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' });
    const count = Math.min(bytes.length - from, disk.atOnce, disk.room);
    disk.room -= count;
    real.writeSync(fd, bytes, from, Math.max(0, count - disk.loses));
    return count;
  };
  const fsyncSync = (fd: number) => {
    disk.synced++;
    real.fsyncSync(fd);
  };
  return { ...real, writeSync, fsyncSync };
});

afterEach(() => Object.assign(disk, { atOnce: Infinity, room: Infinity, loses: 0 }));

const target = () => {
  const folder = tempFolder();
  return { folder, path: join(folder, 'receipt.json') };
};

test('a file appears whole, with the rights it was given, and nothing beside it', () => {
  const { folder, path } = target();
  durableWrite(path, 'åäö');
  expect(fs.readFileSync(path, 'utf8')).toBe('åäö');
  expect(fs.statSync(path).mode & 0o777).toBe(0o600);
  durableWrite(path, Buffer.from('new'), 0o640);
  expect([fs.readFileSync(path, 'utf8'), fs.statSync(path).mode & 0o777]).toEqual(['new', 0o640]);
  expect(fs.readdirSync(folder)).toEqual(['receipt.json']);
});

test('the file and its folder are made durable', () => {
  const { path } = target();
  disk.synced = 0;
  durableWrite(path, 'x');
  expect(disk.synced).toBe(2);
});

test('a disk that takes a few bytes at a time gets all of them', () => {
  const { path } = target();
  disk.atOnce = 3;
  durableWrite(path, 'a long text, longer than three bytes');
  expect(fs.readFileSync(path, 'utf8')).toBe('a long text, longer than three bytes');
});

test.each([
  ['a full disk', { room: 4 }, /ENOSPC/],
  ['a disk that says it wrote what it did not', { loses: 1 }, /short write/],
])('%s leaves the file that was there, and no other', (_, fault, message) => {
  const { folder, path } = target();
  durableWrite(path, 'earlier');
  Object.assign(disk, fault);
  expect(() => durableWrite(path, 'later and longer')).toThrow(message);
  expect(fs.readFileSync(path, 'utf8')).toBe('earlier');
  expect(fs.readdirSync(folder)).toEqual(['receipt.json']);
});

test('a file that cannot take its place leaves nothing behind', () => {
  const { folder, path } = target();
  fs.mkdirSync(join(path, 'in the way'), { recursive: true });
  expect(() => durableWrite(path, 'x')).toThrow();
  expect(fs.readdirSync(folder)).toEqual(['receipt.json']);
});

test('what is not published does not appear; what is published takes no more', () => {
  const { folder, path } = target();
  {
    using file = new DurableFile(path);
    file.write('x');
    expect(fs.existsSync(path)).toBe(false);
  }
  expect(fs.readdirSync(folder)).toEqual([]);
  using file = new DurableFile(path);
  file.publish();
  expect(() => file.write('x')).toThrow(/closed/);
  expect(() => file.publish()).toThrow(/closed/);
  expect(fs.readFileSync(path, 'utf8')).toBe('');
});

test('a temporary file left by a crash, or a link in its place, is no hindrance and is not followed', () => {
  const { folder, path } = target();
  const other = join(folder, 'other');
  fs.writeFileSync(other, 'untouched');
  fs.symlinkSync(other, join(folder, `.receipt.json.${process.pid}.tmp`));
  durableWrite(path, 'x');
  expect([fs.readFileSync(other, 'utf8'), fs.lstatSync(path).isFile()]).toEqual(['untouched', true]);
});

test('folders are made private, and being there is as good', () => {
  const path = join(tempFolder(), 'a', 'b');
  durableFolder(path);
  durableFolder(path);
  expect(fs.statSync(path).mode & 0o777).toBe(0o700);
});
