import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Problem, sayProblem } from '../../../src/lib/problem.ts';
import { yamlText } from '../../../src/lib/yaml-text.ts';
import { loadMapping } from '../../../src/mapping/load-mapping.ts';
import { testMapping } from '../../../src/mapping/testing/test-mapping.ts';
import { tempFolder } from '../../lib/temp-folder.ts';
import { runTool } from '../../pipeline/workspace.ts';
import { type Broken, broken, brokenLists, sound, soundLoans } from './broken-mappings.ts';

/** All that `check` says of a mapping file, its tests included. */
async function told(content: string | Uint8Array): Promise<Problem[]> {
  const decoded = yamlText(typeof content === 'string' ? Buffer.from(content) : content, 'm.yaml');
  if ('problem' in decoded) return [decoded.problem];
  const { loaded, problems } = loadMapping(decoded.text, 'm.yaml', 'artificial');
  return loaded ? [...problems, ...(await testMapping(loaded, new Date('2026-05-20T10:00:00Z'))).problems] : problems;
}

const errors = (problems: readonly Problem[]) =>
  problems.filter(({ severity }) => severity === 'error').map(sayProblem);

/** The broken text, and where it must be told: `line:col CODE`. */
function breakIt(base: string, [what, from, to, code]: Broken): { text: string; place: string } {
  if (base.split(from).length < 2) throw new Error(`${what}: the mapping has no ${from}`);
  const marked = base.replace(from, () => to);
  const at = marked.indexOf('»');
  if (at < 0) return { text: marked, place: code };
  const lines = marked.slice(0, at).split('\n');
  return { text: marked.replace('»', ''), place: `${lines.length}:${(lines.at(-1)?.length ?? 0) + 1} ${code}` };
}

const startsAndHas = (place: string, words: string) =>
  expect.arrayContaining([
    expect.stringMatching(new RegExp(`^m\\.yaml:${place} .*${words.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}`)),
  ]);

test('the mappings that are broken below are sound before', async () => {
  expect(errors(await told(sound))).toEqual([]);
  expect(errors(await told(soundLoans))).toEqual([]);
});

test.each(broken)('%s is told with its line, column and words', async (...made) => {
  const { text, place } = breakIt(sound, made);
  expect(errors(await told(text))).toEqual(startsAndHas(place, made[4]));
});

test.each(brokenLists)('%s is told with its line, column and words', async (...made) => {
  const { text, place } = breakIt(soundLoans, made);
  expect(errors(await told(text))).toEqual(startsAndHas(place, made[4]));
});

test('no message speaks the language of a parser or a program', async () => {
  for (const [base, list] of [
    [sound, broken],
    [soundLoans, brokenLists],
  ] as const)
    for (const made of list)
      for (const said of errors(await told(breakIt(base, made).text)))
        expect(said, made[0]).not.toMatch(
          /Invalid input|Too (small|big)|received|undefined|\bNaN\b|\[object|discriminator|[Ii]mplicit|compact mapping|Flow |token|regex|null\b(?! \()/,
        );
});

test('nothing reaches into the program through a key', async () => {
  for (const made of broken) await told(breakIt(sound, made).text);
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
  expect(Object.keys(Object.prototype)).toEqual([]);
});

describe('whole files', () => {
  const latin1 = Buffer.from(sound.replace('nothing happened', 'väärä'), 'latin1');
  test.each<[string, string | Uint8Array, string]>([
    ['an empty file', '', '1:1 YAML_EMPTY nothing stands in the file'],
    ['a file of comments', '# one\n# two\n', '1:1 YAML_EMPTY nothing stands in the file'],
    ['a file of blanks', '\n\n  \n', '1:1 YAML_EMPTY nothing stands in the file'],
    ['a list', '- a\n- b\n', '1:1 WRONG_VALUE expected keys and values, found a list'],
    ['a word', 'hello\n', '1:1 WRONG_VALUE expected keys and values'],
    ['a file in Windows-1252', latin1, '14:57 YAML_ENCODING a letter here is not UTF-8'],
    ['a file in UTF-16', Buffer.from(`\uFEFF${sound}`, 'utf16le'), '1:1 YAML_ENCODING the file is written in UTF-16'],
    ['a character that is not seen', `a: "\u0000"\n`, '1:5 YAML_CONTROL a character here cannot be seen'],
    [
      'a file of 300 KiB',
      `${sound}# ${'x'.repeat(300 * 1024)}\n`,
      '1:1 YAML_TOO_LARGE the file is larger than 256 KiB',
    ],
    ['lists in lists', `${'['.repeat(31)}${']'.repeat(31)}`, '1:31 YAML_TOO_DEEP more than 30'],
    ['lists in lists without end', '['.repeat(100_000), '1:'],
    [
      'conditions in conditions',
      sound.replace('{ column: SALDO, is: "0" }', `${'{ not: '.repeat(40)}{ column: X, is: "0" }${' }'.repeat(40)}`),
      '14:',
    ],
    [
      'aliases that grow to billions',
      `a: &a [x, x]\n${['b', 'c', 'd', 'e'].map((n, i) => `${n}: &${n} [*${'abcd'[i]}, *${'abcd'[i]}]`).join('\n')}\n`,
      '1:4 YAML_ANCHOR anchors (&name) are not allowed',
    ],
  ])('%s ends with a located message', async (_, content, place) => {
    const said = errors(await told(content));
    expect(said[0]).toMatch(/^m\.yaml:[1-9]\d*:[1-9]\d* [A-Z_]+ \S/);
    expect(said.join('\n')).toContain(`m.yaml:${place}`);
    expect(said.length).toBeLessThan(20);
  });

  test.each<[string, string]>([
    ['a byte order mark', `\uFEFF${sound}`],
    ['lines that end as on Windows', sound.replaceAll('\n', '\r\n')],
    ['a very long text', sound.replace('nothing happened', 'x'.repeat(100_000))],
    ['days, times and yes as plain text', sound.replace('is: "0"', 'in: [2026-01-01, 12:30, yes, NO]')],
    [
      'a number in a condition on a cell read as a number',
      sound.replace('column: SALDO, is: "0"', 'column: SALDO, as: money, is: 0.00'),
    ],
    ['a star in a plain text', sound.replace('"PAY_*.csv"', 'PAY_*.csv')],
  ])('%s is no trouble', async (_, content) => {
    expect(errors(await told(content))).toEqual([]);
  });

  test('a byte order mark moves no column', async () => {
    expect(errors(await told(`\uFEFF${sound.replace('mapping:', 'maping:')}`))).toEqual(
      startsAndHas('1:1 UNKNOWN_KEY', 'did you mean mapping?'),
    );
  });

  test('what is broken in several ways is told in one run', async () => {
    const said = errors(
      await told(
        sound
          .replace('delimiter:', 'delimeter:')
          .replace('  loanType: {', '  reportType: { const: NewReport }\n  loanType: {')
          .replace('"[0-9]+"', '"[0-9+"')
          .replace('20%', '200%'),
      ),
    );
    expect(said.map((line) => line.split(' ')[1])).toEqual(['UNKNOWN_KEY', 'YAML_KEY_TWICE', 'WRONG_VALUE']);
  });

  test('a name that is mistyped once is told once', async () => {
    expect(errors(await told(sound.replace('loanType: {', 'loanTipe: {')))).toHaveLength(1);
    expect(errors(await told(sound.replace('field: loanType, is:', 'field: loanType, iz:')))).toHaveLength(1);
  });

  test('a report that an unexpected finding stops is not missed as well', async () => {
    expect(errors(await told(sound.replace('5,00', '5.00')))).toHaveLength(1);
  });

  test('nothing in a message moves the cursor of a terminal', async () => {
    const named = sound.replace('name: a payment', 'name: "a \\e[31m payment"').replace('balance: 5', 'balance: 6');
    const [said = ''] = errors(await told(named));
    expect(said).toContain('TEST_FAILED test "a \\u001B[31m payment"');
    expect(said).not.toMatch(/\p{Cc}/u);
  });

  test('after a slip of the pen that confuses everything below it, only the slip is told', async () => {
    expect(errors(await told(sound.replace('  reportType:', '\treportType:')))).toHaveLength(1);
    expect(errors(await told(sound.replace('mapping: payments', '- mapping: payments')))).toHaveLength(1);
  });

  test('a pattern that would take for ever elsewhere simply works', async () => {
    const cell = 'a'.repeat(50_000);
    const text = sound
      .replace('"[0-9]+"', '"(a+)+$"')
      .replace('r1;1;01', `r1;${cell}b;01`)
      .replace('expect: [{', 'expectFindings: [{ code: SHAPE, line: 2, column: NO }]\n    expect: []\n#');
    const before = performance.now();
    expect(errors(await told(text))).toEqual([]);
    expect(performance.now() - before).toBeLessThan(20_000);
  });
});

describe('as a user sees it', () => {
  const config = 'owner: { idCodeType: BusinessId, idCode: "1572860-0" }\n';

  async function check(files: Record<string, string | Uint8Array>, conf: string | Uint8Array = config) {
    const folder = tempFolder();
    mkdirSync(join(folder, 'mappings'));
    writeFileSync(join(folder, 'pipeline.config.yaml'), conf);
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, 'mappings', name), content);
    return await runTool(['check'], { cwd: folder });
  }

  test('check tells all broken mappings of a folder at once: places, no stack trace, status 2', async () => {
    const all = [
      ...broken.map((made) => breakIt(sound, made)),
      ...brokenLists.map((made) => breakIt(soundLoans, made)),
    ];
    const files = Object.fromEntries(all.map(({ text }, i) => [`m${i}.yaml`, text]));
    const { status, stdout, stderr } = await check(files);
    expect(status).toBe(2);
    expect(stderr).toBe('');
    expect(stdout).not.toMatch(/^ {4}at /m);
    const lines = stdout.split('\n');
    for (const [i, { place }] of all.entries())
      expect(
        lines.filter((line) => line.startsWith(`mappings/m${i}.yaml:${place} `)),
        `${i} ${place}`,
      ).not.toEqual([]);
  });

  test.each<[string, string | Uint8Array]>([
    ['an empty one', ''],
    ['one in Windows-1252', Buffer.from(sound.replace('nothing', 'ä'), 'latin1')],
    ['one with a tab', sound.replace('  reportType:', '\treportType:')],
    ['one with __proto__', sound.replace('takes:', '__proto__: { x: 1 }\ntakes:')],
    ['one that is deep', '['.repeat(100_000)],
    ['one whose test fails', sound.replace('balance: 5', 'balance: 6')],
    ['one that is random', Buffer.from(Array.from({ length: 3000 }, (_, i) => (i * 7919) % 256))],
  ])('check of a folder with %s: status 2, and a place', async (_, content) => {
    const { status, stdout, stderr } = await check({ 'm.yaml': content });
    expect(status).toBe(2);
    expect(stdout).toMatch(/^mappings\/m\.yaml:[1-9]\d*:[1-9]\d* [A-Z_]+ \S/m);
    expect(stdout + stderr).not.toMatch(/^ {4}at |fault of luottoputki/m);
  });

  test('two mappings for one file, two of one name, and a folder among the files are told', async () => {
    const folder = tempFolder();
    mkdirSync(join(folder, 'mappings', 'z.yaml'), { recursive: true });
    writeFileSync(join(folder, 'pipeline.config.yaml'), config);
    writeFileSync(join(folder, 'mappings', 'a.yaml'), sound);
    writeFileSync(join(folder, 'mappings', 'b.yaml'), sound.replace('PAY_*', '*_1'));
    const { status, stdout } = await runTool(['check'], { cwd: folder });
    expect(status).toBe(2);
    expect(stdout).toContain('mappings/b.yaml:1:10 MAPPING_TWICE mappings/a.yaml has the name payments already');
    expect(stdout).toContain('mappings/b.yaml:3:8 TAKES_TWICE a file could be taken by payments');
    expect(stdout).toContain('mappings/z.yaml:1:1 FILE_UNREADABLE the file cannot be read (it is a folder)');
  });

  test('a config that is not UTF-8 is told in the same way', async () => {
    const { status, stdout, stderr } = await check({}, Buffer.from(`${config}# ä\n`, 'latin1'));
    expect(status).toBe(2);
    expect(stdout + stderr).toContain('pipeline.config.yaml:2:3 YAML_ENCODING');
  });
});
