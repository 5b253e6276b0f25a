import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { beginningOf } from '../../src/intake/open-file.ts';
import { type InboxFile, scanInbox, staleFiles } from '../../src/intake/scan-inbox.ts';
import { SettledFiles } from '../../src/intake/settled-files.ts';
import { removeFromInbox, spoolExport } from '../../src/intake/take-export.ts';
import { tempFolder } from '../lib/temp-folder.ts';

function inbox(files: Record<string, string> = {}) {
  const folder = tempFolder();
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  for (const [name, text] of Object.entries(files)) write(name, text);
  const scan = () => scanInbox(folder).files;
  const file = (name: string): InboxFile => {
    const found = scan().find((each) => each.name === name);
    if (!found) throw new Error(`no ${name} in the inbox`);
    return found;
  };
  return { folder, write, scan, file };
}

/** Does something without the rights of root, who may read everything. */
function asNobodySpecial<T>(work: () => T): T {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(65534);
  try {
    return work();
  } finally {
    process.seteuid?.(0);
  }
}

describe('looking at the inbox', () => {
  test('finds plain files, in the order of their names', () => {
    const { folder } = inbox({ 'b.csv': '12', 'a.csv': '1', 'Ä ö.csv': '' });
    const { files, odd } = scanInbox(folder);
    expect(files.map(({ name, size }) => [name, size])).toEqual([
      ['a.csv', 1],
      ['b.csv', 2],
      ['Ä ö.csv', 0],
    ]);
    expect(files[0]?.path.toString()).toBe(join(folder, 'a.csv'));
    expect(odd).toEqual([]);
  });

  test('leaves hidden and half-copied files alone, without a word', () => {
    const { folder } = inbox({
      '.a.csv': '',
      'a.csv~': '',
      'a.csv.part': '',
      'b.filepart': '',
      'c.TMP': '',
      'd.crdownload': '',
      'parts.csv': '',
    });
    expect(scanInbox(folder)).toMatchObject({ files: [{ name: 'parts.csv' }], odd: [] });
  });

  test('leaves links, folders and pipes alone, and tells of them', () => {
    const { folder } = inbox({ 'real.csv': 'x' });
    symlinkSync(join(folder, 'real.csv'), join(folder, 'link.csv'));
    symlinkSync(join(folder, 'nowhere'), join(folder, 'dangling.csv'));
    mkdirSync(join(folder, 'folder.csv'));
    execFileSync('mkfifo', [join(folder, 'pipe.csv')]);
    const { files, odd } = scanInbox(folder);
    expect(files.map(({ name }) => name)).toEqual(['real.csv']);
    expect(odd.toSorted((a, b) => (a.name < b.name ? -1 : 1))).toEqual([
      { name: 'dangling.csv', why: 'it is a link' },
      { name: 'folder.csv', why: 'it is a folder' },
      { name: 'link.csv', why: 'it is a link' },
      { name: 'pipe.csv', why: 'it is not a plain file' },
    ]);
  });

  test('finds a file whose name is not UTF-8, under its name as it is shown', () => {
    const { folder } = inbox();
    const bytes = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from('M\xc4RZ.csv', 'latin1')]);
    writeFileSync(bytes, 'x');
    const [file] = scanInbox(folder).files;
    expect(file?.name).toBe('M\\xC4RZ.csv');
    expect(file?.path).toEqual(bytes);
    if (file) expect(spoolExport(file, tempFolder(), 0)).toMatchObject({ kind: 'spooled', size: 1 });
    if (file) removeFromInbox(folder, file);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('leaves a file alone that has a second name, through which it may still be written', () => {
    const { folder } = inbox({ 'a.csv': 'x' });
    linkSync(join(folder, 'a.csv'), join(folder, 'b.csv'));
    const why = expect.stringContaining('hard link');
    expect(scanInbox(folder)).toMatchObject({
      files: [],
      odd: [
        { name: 'a.csv', why },
        { name: 'b.csv', why },
      ],
    });
    rmSync(join(folder, 'b.csv'));
    expect(scanInbox(folder)).toMatchObject({ files: [{ name: 'a.csv' }], odd: [] });
  });

  test('tells of half-copied files and lonely markers that nobody has touched for a day; empty ones only keep a folder', () => {
    const { folder } = inbox({
      'a.csv.part': 'x',
      '.gitkeep': '',
      '.DS_Store': 'x',
      '.b.csv.Xy12': 'x',
      'c.csv.ready': '',
    });
    const { files, passing } = scanInbox(folder);
    const { orphans } = new SettledFiles(0, '{name}.ready').sort(files, Date.now());
    const stale = (hours: number) => staleFiles([...passing, ...orphans], Date.now() + hours * 3_600_000);
    expect(stale(23)).toEqual([]);
    expect(stale(25)).toEqual([
      { name: '.b.csv.Xy12', why: expect.stringMatching(/more than a day.*copying cut short/) },
      { name: 'a.csv.part', why: expect.stringMatching(/copying cut short/) },
      { name: 'c.csv.ready', why: expect.stringMatching(/marker of an export that has not come/) },
    ]);
  });

  test('tells one version of a file from the next, and from another file of the same name', () => {
    const { folder, file, write } = inbox({ 'a.csv': '1' });
    const first = file('a.csv').identity;
    expect(file('a.csv').identity).toBe(first);
    write('b.csv', '1');
    renameSync(join(folder, 'b.csv'), join(folder, 'a.csv'));
    expect(file('a.csv').identity).not.toBe(first);
  });
});

describe('files at rest', () => {
  const names = (sorted: ReturnType<SettledFiles['sort']>) => sorted.ready.map(({ file }) => file.name);
  const changed = (file: InboxFile) => Number(file.stat.ctimeMs);

  test('a file is ready when nothing has changed for the quiet time', () => {
    const { scan, file } = inbox({ 'a.csv': '1' });
    const settled = new SettledFiles(10_000);
    const at = changed(file('a.csv'));
    expect(settled.sort(scan(), at + 4000)).toMatchObject({
      ready: [],
      waiting: [{ name: 'a.csv' }],
      wait: expect.closeTo(6000, -1),
    });
    expect(names(settled.sort(scan(), at + 9990))).toEqual([]);
    expect(names(settled.sort(scan(), at + 10_010))).toEqual(['a.csv']);
  });

  test('a file that changed long ago is ready at first sight', () => {
    const { scan, file } = inbox({ 'a.csv': '1' });
    expect(names(new SettledFiles(10_000).sort(scan(), changed(file('a.csv')) + 10_010))).toEqual(['a.csv']);
  });

  test('any change starts the quiet time again', () => {
    const { folder, scan, file } = inbox({ 'a.csv': '1' });
    const settled = new SettledFiles(10_000);
    const at = changed(file('a.csv'));
    settled.sort(scan(), at + 5000);
    appendFileSync(join(folder, 'a.csv'), '2');
    const later = at + 10_010;
    expect(names(settled.sort(scan(), Math.min(later, changed(file('a.csv')) + 9000)))).toEqual([]);
    expect(names(settled.sort(scan(), changed(file('a.csv')) + 10_010))).toEqual(['a.csv']);
  });

  test('a change time from the future is not believed: the wait begins now', () => {
    const { scan, file } = inbox({ 'a.csv': '1' });
    const settled = new SettledFiles(10_000);
    const now = changed(file('a.csv')) - 3_600_000;
    expect(settled.sort(scan(), now).wait).toBe(10_000);
    expect(names(settled.sort(scan(), now + 10_000))).toEqual(['a.csv']);
  });

  test('a file that went and came back waits anew', () => {
    const { folder, scan, file, write } = inbox({ 'a.csv': '1' });
    const settled = new SettledFiles(10_000);
    const now = changed(file('a.csv')) - 3_600_000;
    settled.sort(scan(), now);
    rmSync(join(folder, 'a.csv'));
    settled.sort(scan(), now + 5000);
    write('a.csv', '1');
    expect(names(settled.sort(scan(), now + 10_000))).toEqual([]);
  });

  test('with a marker a file is ready at once, and the marker goes with it', () => {
    const { scan, file } = inbox({ 'a.csv': '1', 'a.csv.ready': '', 'b.csv': '1', 'c.csv.ready': '' });
    const sorted = new SettledFiles(10_000, '{name}.ready').sort(scan(), changed(file('a.csv')));
    expect(sorted.ready.map(({ file, marker }) => [file.name, marker?.name])).toEqual([['a.csv', 'a.csv.ready']]);
    expect(sorted.waiting.map(({ name }) => name)).toEqual(['b.csv']);
    expect(sorted.orphans.map(({ name }) => name)).toEqual(['c.csv.ready']);
  });

  test('a name that reads like a pattern has a marker like any other', () => {
    const { scan } = inbox({ "$&$'.csv": '1', "$&$'.csv.ready": '' });
    const [only] = new SettledFiles(10_000, '{name}.ready').sort(scan(), Date.now()).ready;
    expect([only?.file.name, only?.marker?.name]).toEqual(["$&$'.csv", "$&$'.csv.ready"]);
  });

  test('with nothing to wait for there is no wait', () => {
    expect(new SettledFiles(10_000).sort([], 0)).toEqual({
      ready: [],
      waiting: [],
      wait: Number.POSITIVE_INFINITY,
      orphans: [],
    });
  });
});

describe('taking a file', () => {
  const now = Date.parse('2026-05-20T10:00:00Z');
  const sha = (text: string) => createHash('sha256').update(text).digest('hex');

  test('keeps a private copy under its hash; the inbox still has the file', () => {
    const { folder, file } = inbox({ 'a.csv': 'A;B\n1;2\n' });
    const archive = join(tempFolder(), 'state', 'archive');
    const taken = spoolExport(file('a.csv'), archive, now);
    expect(taken).toEqual({
      kind: 'spooled',
      sha256: sha('A;B\n1;2\n'),
      size: 8,
      identity: file('a.csv').identity,
      takenAt: now,
      known: false,
    });
    expect(readdirSync(archive)).toEqual([sha('A;B\n1;2\n')]);
    expect(readFileSync(join(archive, sha('A;B\n1;2\n')), 'utf8')).toBe('A;B\n1;2\n');
    expect(statSync(join(archive, sha('A;B\n1;2\n'))).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['a.csv']);
  });

  test('twice gives the same copy, and one of several MB is whole', () => {
    const text = 'åäö;1234567\n'.repeat(300_000);
    const { file } = inbox({ 'a.csv': text, 'b.csv': text });
    const archive = tempFolder();
    for (const name of ['a.csv', 'b.csv', 'a.csv'])
      expect(spoolExport(file(name), archive, now)).toMatchObject({ sha256: sha(text) });
    expect(readdirSync(archive)).toEqual([sha(text)]);
    expect(readFileSync(join(archive, sha(text)), 'utf8')).toBe(text);
  });

  test('again, even by a pipeline that lost its memory, keeps the time it was first taken', () => {
    const { file } = inbox({ 'a.csv': 'A', 'b.csv': 'A' });
    const archive = tempFolder();
    expect(spoolExport(file('a.csv'), archive, now)).toMatchObject({ takenAt: now });
    expect(spoolExport(file('b.csv'), archive, now + 86_400_000)).toMatchObject({ takenAt: now });
  });

  test('that changed since it was looked at leaves it for the next look', () => {
    const { folder, file, write } = inbox({ 'a.csv': 'old' });
    const archive = tempFolder();
    const seen = file('a.csv');
    appendFileSync(seen.path, 'er');
    expect(spoolExport(seen, archive, now)).toEqual({ kind: 'changed' });
    const again = file('a.csv');
    write('b.csv', 'older');
    renameSync(join(folder, 'b.csv'), again.path);
    expect(spoolExport(again, archive, now)).toEqual({ kind: 'changed' });
    expect(readdirSync(archive)).toEqual([]);
  });

  test('that is gone is gone; a link put in its place is not followed', () => {
    const { folder, file } = inbox({ 'a.csv': 'x', secret: 'y' });
    const seen = file('a.csv');
    rmSync(seen.path);
    expect(spoolExport(seen, tempFolder(), now)).toEqual({ kind: 'gone' });
    symlinkSync(join(folder, 'secret'), seen.path);
    expect(spoolExport(seen, tempFolder(), now)).toEqual({ kind: 'changed' });
    expect(beginningOf(seen)).toBe('changed');
  });

  test('that may not be read is no reason to end', () => {
    const { file } = inbox({ 'a.csv': 'x' });
    chmodSync(file('a.csv').path, 0);
    chmodSync(dirname(file('a.csv').path.toString()), 0o755);
    const seen = file('a.csv');
    const archive = tempFolder();
    const found = asNobodySpecial(() => [beginningOf(seen), spoolExport(seen, archive, now)]);
    expect(found).toEqual(['forbidden', { kind: 'forbidden' }]);
  });

  test('a pipe put in its place does not hang', () => {
    const { file } = inbox({ 'a.csv': 'x' });
    const seen = file('a.csv');
    rmSync(seen.path);
    execFileSync('mkfifo', [seen.path.toString()]);
    expect(spoolExport(seen, tempFolder(), now)).toEqual({ kind: 'changed' });
    expect(beginningOf(seen)).toBe('changed');
  });

  test('begins with a look at its first bytes, whatever its encoding; of other bytes than were seen there is none', () => {
    const { file } = inbox({ 'a.csv': 'A;B\n' });
    const seen = file('a.csv');
    expect(beginningOf(seen)).toEqual({ text: 'A;B\n' });
    writeFileSync(seen.path, 'A;B\n', 'utf16le');
    expect(beginningOf(seen)).toBe('changed');
    expect(beginningOf(file('a.csv'))).toEqual({ text: 'A;B\n' });
    rmSync(seen.path);
    expect(beginningOf(seen)).toBe('gone');
  });

  test('ends with its removal from the inbox; already gone is as good', () => {
    const { folder, file } = inbox({ 'a.csv': 'x', 'b.csv': 'x' });
    const taken = file('a.csv');
    removeFromInbox(folder, taken);
    removeFromInbox(folder, taken);
    expect(readdirSync(folder)).toEqual(['b.csv']);
  });

  test('does not remove another file that has come under its name', () => {
    const { folder, file, write } = inbox({ 'a.csv': 'x' });
    const taken = file('a.csv');
    write('new', 'y');
    renameSync(join(folder, 'new'), join(folder, 'a.csv'));
    removeFromInbox(folder, taken);
    expect(readFileSync(join(folder, 'a.csv'), 'utf8')).toBe('y');
  });
});
