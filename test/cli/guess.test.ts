import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filled } from '../guessing/draft-of.ts';
import { foreignExports } from '../guessing/foreign-exports.ts';
import { tempFolder } from '../lib/temp-folder.ts';
import { openWorkspace } from '../pipeline/open-workspace.ts';
import { runTool } from '../pipeline/workspace.ts';

/** A folder with one sample in it. */
function sampleIn(make = foreignExports.harbour) {
  const sample = make();
  const folder = tempFolder();
  writeFileSync(join(folder, sample.fileName), sample.bytes);
  const guess = (...args: string[]) => runTool(['guess', sample.fileName, ...args], { cwd: folder });
  return { sample, folder, guess };
}

test('guess writes the draft to stdout and what is left to stderr, in order; no cell of the file is on stderr', async () => {
  const { guess } = sampleIn();
  const { status, stdout, stderr } = await guess('--api', 'AddLoans');
  expect(status).toBe(0);
  expect(stdout).toMatch(/^draft: true$/m);
  expect(stdout).toMatch(/^api: AddLoans$/m);
  const steps = [...stderr.matchAll(/^ ?(\d+)\. (.*)$/gm)];
  expect(steps.map(([, n]) => Number(n))).toEqual(steps.map((_, i) => i + 1));
  expect(stderr).toMatch(/1\. fill 1 code that says TODO/);
  expect(stderr).toMatch(/luottoputki check\n.*luottoputki preview \S+ --mapping harbour-loans-new\n$/);
  expect(stderr).not.toMatch(/HB90|ANNUITY|X1|Harbour|\d{6}-9/);
});

test('from a foreign export to a mapping that check and preview have nothing against: guess, fill, take draft out', async () => {
  const { sample, folder, guess } = sampleIn();
  const out = join(folder, 'harbour.yaml');
  expect((await guess('--api', 'AddLoans', '--out', out)).stdout).toBe('');
  const draft = readFileSync(out, 'utf8');
  const workspace = await openWorkspace({ mappings: { harbour: draft }, exports: { [sample.fileName]: sample.bytes } });
  expect(await workspace.tool('check')).toMatchObject({
    status: 2,
    stdout: expect.stringMatching(
      /harbour\.yaml:\d+:\d+ CODE_VALUE .*"X1" is left to fill, expected one of FixedSizeAmortizations/,
    ),
  });
  workspace.putMapping('harbour', filled(draft, sample.fills));
  expect(await workspace.tool('check')).toMatchObject({ status: 0, stdout: expect.stringMatching(/^no errors/m) });
  workspace.putMapping('harbour', filled(draft, sample.fills).replace(/^draft: true\n/m, ''));
  const { status, stdout } = await workspace.tool('preview', `inbox/${sample.fileName}`, '--json');
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ findings: [], counts: { reportsBuilt: 50, invalid: 0 } });
});

test('guess proposes the API when it is not told, and says why', async () => {
  const { guess } = sampleIn(foreignExports.vanha);
  expect((await guess()).stdout).toMatch(/^api: Repayments # guess: it has .*LYHENNYS/m);
});

test('guess does not overwrite a file unless it is told to', async () => {
  const { folder, guess } = sampleIn();
  const out = join(folder, 'mine.yaml');
  writeFileSync(out, 'mine');
  expect(await guess('--out', out)).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/is there already[\s\S]*--force/),
  });
  expect(readFileSync(out, 'utf8')).toBe('mine');
  expect((await guess('--out', out, '--force')).status).toBe(0);
  expect(readFileSync(out, 'utf8')).toMatch(/^mapping: /m);
});

test('guess looks at no more rows than it is told, and says that the file goes on', async () => {
  const { guess } = sampleIn();
  const { stdout, stderr } = await guess('--rows', '5');
  expect(stdout).toMatch(/5 rows, 25 columns \(only the beginning/);
  expect(stderr).toMatch(/the file goes on/);
});

test.each<[string, Buffer | undefined, RegExp]>([
  ['a file that is not there', undefined, /there is no file/],
  ['an empty file', Buffer.alloc(0), /the file is empty/],
  ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0, 0xff]), /no text/],
  ['a file without a header', Buffer.from('0000012345;100190-999P\n0000012346;100190-999P\n'), /names of columns/],
])('%s is told in words, without a cell of it: status 2', async (_, content, words) => {
  const folder = tempFolder();
  if (content) writeFileSync(join(folder, 'x.csv'), content);
  const { status, stdout, stderr } = await runTool(['guess', 'x.csv', '--out', 'draft.yaml'], { cwd: folder });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(words);
  expect(stderr).not.toMatch(/^ {4}at |0000012345|100190/m);
  expect(existsSync(join(folder, 'draft.yaml'))).toBe(false);
});

test('an API that is none is a usage error, with the nearest one', async () => {
  const { guess } = sampleIn();
  expect(await guess('--api', 'AddLoan')).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/did you mean AddLoans/),
  });
});
