import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { sayProblem } from '../../src/lib/problem.ts';
import { untested } from '../../src/mapping/advice/coverage.ts';
import { loadKept } from '../../src/mapping/load-mapping.ts';
import { testMapping } from '../../src/mapping/testing/test-mapping.ts';
import { payments, type Spec } from './builders.ts';
import { type Files, mapOn, problemsOf, usableFile } from './with-files.ts';

const withoutBranch = `// A loan number of the old core system: 123-4567 is loan 4567 of branch 123.
const form = /^(?<branch>\\d{3})-(\\d+)$/;

export default function withoutBranch(text: string): string | undefined {
  if (text.startsWith('!')) throw new Error(\`cannot read \${text}\`);
  return form.exec(text)?.[2];
}
`;
const file = 'functions/without-branch.ts';
const mapping = (number: Spec = {}, more: Spec = {}): Spec =>
  payments(
    { 'loanNumber.number': { from: 'NO', call: 'withoutBranch', ...number } },
    { functions: { withoutBranch: file }, ...more },
  );
const files = (source = withoutBranch, number: Spec = {}, more: Spec = {}): Files => ({
  'm.yaml': mapping(number, more),
  [file]: source,
});
const numberOf = async (cell: string, all = files()) => {
  const { reports, findings } = await mapOn('2026-05-20', usableFile(all), `REF;NO\nr1;${cell}\n`);
  const loan = reports[0]?.['loanNumber'] as { number?: string } | undefined;
  return loan?.number ?? findings;
};

describe('a function of a mapping', () => {
  test('gets the trimmed text of a filled cell, and gives the text that is mapped on', async () => {
    expect(await numberOf(' 123-4567 ')).toBe('4567');
    expect(await numberOf('123-4567', files(withoutBranch, { prefix: 'L', shape: '[0-9]{4}' }))).toBe('L4567');
    expect(await numberOf('123-45', files(withoutBranch, { shape: '[0-9]{4}' }))).toMatchObject([{ code: 'SHAPE' }]);
  });

  test('comes before formats and code lists', async () => {
    const fields = (handling: Spec) =>
      payments(
        {
          loanType: { const: 'LumpSumLoan' },
          'lumpSumLoanRepayment.amortizationPaid': { from: 'LYH', call: 'tidy', as: 'decimal' },
          reportType: { from: 'LAJI', call: 'tidy', codes: 'kinds' },
        },
        { functions: { tidy: 'tidy.ts' }, codes: { kinds: { a: 'NewReport' } }, ...handling },
      );
    const all = { 'm.yaml': fields({}), 'tidy.ts': 'export default (text: string) => text.replaceAll("_", "");\n' };
    const { reports } = await mapOn('2026-05-20', usableFile(all), 'REF;NO;LYH;LAJI\nr1;1;1_0.5;_a\n');
    expect(reports).toMatchObject([{ reportType: 'NewReport', lumpSumLoanRepayment: { amortizationPaid: 10.5 } }]);
  });

  test('is not asked about an empty cell', async () => {
    expect(await numberOf('', files('export default () => "9";', { default: 'none' }))).toBe('none');
  });

  test.each([
    ['gives nothing', '1234567'],
    ['throws', '!'],
  ])('that %s makes a finding with its name, and never with what it says', async (_, cell) => {
    const found = await numberOf(cell);
    expect(found).toMatchObject([
      { code: 'FUNCTION', column: 'NO', expected: 'a value that the function withoutBranch of the mapping can read' },
    ]);
    expect(JSON.stringify(found)).not.toContain('cannot read');
  });

  test.each([
    ['a number', 'export default () => 7;'],
    ['an empty text', 'export default () => "";'],
    ['a promise', 'export default async () => "7";'],
    ['something that throws when it is looked at', 'export default () => { throw { get message() { throw 1; } }; };'],
  ])('that gives %s makes a finding', async (_, source) => {
    expect(await numberOf('1', files(source))).toMatchObject([{ code: 'FUNCTION' }]);
  });

  test('knows no clock, no chance, no Node and no eval', async () => {
    for (const odd of ['Date', 'process', 'require', 'console', 'setTimeout', 'fetch'])
      expect(await numberOf('1', files(`export default () => typeof ${odd};`)), odd).toBe('undefined');
    expect(await numberOf('1', files('export default () => typeof Math.random;'))).toBe('undefined');
    expect(await numberOf('1', files('export default () => globalThis["ev" + "al"]("1 + 1") + "";'))).toMatchObject([
      { code: 'FUNCTION' },
    ]);
  });

  test.each([
    ['imports', 'import { x } from "y";\nexport default () => x;', '1:1 FUNCTION_IMPORT'],
    ['imports later', 'export default async () => {\n  await import("node:fs");\n};', '2:1 FUNCTION_IMPORT'],
    ['passes on an export', '\nexport { default } from "y";', '2:1 FUNCTION_IMPORT'],
    ['has no export', 'function a() {}', '1:1 FUNCTION_FORM'],
    ['has another export', 'export default () => "";\nexport const b = 1;', '2:1 FUNCTION_FORM'],
    ['exports no function', 'export default "x";', '1:1 FUNCTION_FORM'],
    ['is no TypeScript', 'export default (text: string) => {\n  return text +;\n};', '2:1 FUNCTION_SYNTAX'],
    ['needs more than types taken out', 'enum A { B }\nexport default () => "";', '1:1 FUNCTION_SYNTAX'],
    ['throws at once', 'throw new Error("x");\nexport default () => "";', '1:1 FUNCTION_SYNTAX'],
    ['throws nothing at all', 'throw null;\nexport default () => "";', '1:1 FUNCTION_SYNTAX'],
    ['never comes to an end', 'for (;;);\nexport default () => "";', '1:1 FUNCTION_SYNTAX'],
  ])('that %s is a problem of its file', (_, source, place) => {
    expect(problemsOf(files(source))).toEqual([expect.stringContaining(`mappings/${file}:${place}`)]);
  });

  test('may speak of imports in its comments', () => {
    expect(
      problemsOf(files('/*\nimport nothing\n*/\n// export nothing else\nexport default () => "1"; // import("x")')),
    ).toEqual([]);
  });

  test('that is not there, or has another name, is told where it is named', () => {
    expect(problemsOf({ 'm.yaml': mapping() })).toEqual([
      expect.stringMatching(/FILE_UNREADABLE functions\.withoutBranch: .* is not there/),
    ]);
    expect(problemsOf(files(withoutBranch, { call: 'withoutBrunch' }))).toEqual([
      expect.stringMatching(/UNKNOWN_FUNCTION no function withoutBrunch \(did you mean withoutBranch\?\)/),
    ]);
  });

  test('must be called by a test of the mapping', async () => {
    const given = (cell: string) => [{ name: 'a', given: `REF;NO\nr1;${cell}\n`, expect: [{ reportReference: 'r1' }] }];
    const told = async (tests: unknown) =>
      (await testMapping(usableFile(files(withoutBranch, { default: '1' }, { tests })), new Date())).problems.map(
        sayProblem,
      );
    expect(await told(given(''))).toEqual([expect.stringMatching(/FUNCTION_UNTESTED no test .* withoutBranch/)]);
    expect(await told(given('123-4'))).toEqual([]);
  });

  test('makes the codes that tests touch', async () => {
    const tests = [
      { name: 'a', given: 'REF;NO;LAJI\nr1;1;_a\n', expect: [{ reportReference: 'r1', reportType: 'NewReport' }] },
    ];
    const fields = { reportType: { from: 'LAJI', call: 'tidy', codes: 'kinds' } };
    const more = { functions: { tidy: 'tidy.ts' }, codes: { kinds: { a: 'NewReport', b: 'Cancellation' } }, tests };
    const loaded = usableFile({
      'm.yaml': payments(fields, more),
      'tidy.ts': 'export default (t: string) => t.slice(1);',
    });
    const told = untested(loaded, await testMapping(loaded, new Date())).map(({ message }) => message);
    expect(told).toContain('no test has code b of kinds where it looks at the field');
  });

  test('is kept with the mapping, and runs from what was kept', async () => {
    const loaded = usableFile(files());
    expect(loaded.parts.map(({ name }) => name)).toEqual(['m.yaml', file]);
    const { loaded: kept } = loadKept(loaded.text, 'kept', 'artificial');
    if (!kept) throw new Error('cannot be read back');
    const { reports } = await mapOn('2026-05-20', kept, 'REF;NO\nr1;123-4567\n');
    expect(reports).toMatchObject([{ loanNumber: { number: '4567' } }]);
  });

  test('is read without a word of warning from Node', () => {
    const module = new URL('../../src/mapping/files/named-function.ts', import.meta.url);
    const code = `const { namedFunction } = await import('${module}'); console.log(namedFunction('export default (a: string) => a')('x'))`;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' });
    expect({ stdout, stderr }).toEqual({ stdout: 'x\n', stderr: '' });
  });
});
