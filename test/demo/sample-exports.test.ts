import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { batchApis } from '../../src/contract/apis.ts';
import type { Report } from '../../src/contract/shapes.ts';
import { sampleExports } from '../../src/demo/sample-exports.ts';
import { identityCodeFault } from '../../src/lib/identity-code.ts';
import { Register } from '../../src/sandbox/register.ts';
import { RegisterStore } from '../../src/sandbox/register-store.ts';
import { type Mapped, mapSample } from './map-sample.ts';

const days = ['2026-05-04', '2026-11-22', '2028-03-01'];
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

it('the exports are the same for the same day, and named after it', () => {
  const exports = sampleExports('2026-05-04');
  expect(sampleExports('2026-05-04')).toEqual(exports);
  expect(exports.map(({ name }) => name)).toEqual([
    'NEWLOANS_20260504.csv',
    'CHANGES_20260504.csv',
    'REPAYMENTS_20260504.csv',
    'DELAYS_20260504.csv',
    'ENDINGS_20260504.csv',
  ]);
});

it('they look like a core system’s: CRLF, a final line end, quotes only where needed, Finnish letters of windows-1252', () => {
  for (const { name, bytes } of sampleExports('2026-05-04')) {
    const text = textOf(bytes);
    expect(text.endsWith('\r\n'), name).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(text).toMatch(/[äöå]/i);
    expect(new TextDecoder('windows-1252').decode(bytes)).toBe(text);
  }
  const [newLoans] = sampleExports('2026-05-04');
  const text = textOf(newLoans?.bytes ?? new Uint8Array());
  expect(text).toContain(';"Arkilaina; jousto";');
  expect(text).toContain(';"Kotilaina ""Plus""";');
});

it('every person in them is artificial, and each is one person', () => {
  const [newLoans, ...others] = sampleExports('2026-05-04').map(
    ({ bytes }) => textOf(bytes).match(/\b\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]\b/g) ?? [],
  );
  const wrong = [...(newLoans ?? []), ...others.flat()].filter(
    (code) => identityCodeFault(code, 'artificial') !== null,
  );
  expect(wrong).toHaveLength(1); // the planted check character
  expect(wrong.every((code) => code[7] === '9')).toBe(true);
  expect(newLoans?.length).toBeGreaterThan(180);
});

/** Code and column of each finding the pipeline itself makes, in the order of the lines. */
const planted: Record<string, [code: string, column: string | null][]> = {
  AddLoans: [
    ['DATE_FORMAT', 'SOPIMUSPVM'],
    ['DECIMAL_FORMAT', 'MYONNETTY'],
    ['CODE_UNKNOWN', 'KAYTTOTARKOITUS'],
    ['IDENTITY_CODE', 'HETU'],
    ['AMOUNT_PAID_ABOVE_ISSUED', 'NOSTETTU'],
    ['VALUE_MISSING', 'HETU'],
    ['GROUP_HAS_BROKEN_ROW', null],
    ['ROW_WIDTH', null],
    ['ROWS_DIFFER', 'SALDO'],
    ['BORROWERS_COUNT_TOO_SMALL', 'VELALLISIA'],
  ],
  UpdateLoans: [
    ['CASE_UNMAPPED', 'KORKOSIDOS'],
    ['BOOLEAN_FORMAT', 'VAKUUS'],
  ],
  Repayments: [
    ['SHAPE', 'LAINANRO'],
    ['DECIMALS_TOO_MANY', 'KORKO'],
    ['INTEREST_AND_EXPENSES_TOGETHER', 'KULUT'],
  ],
  DelayedRepayments: [['DELAY_UNDER_60_DAYS', 'ERAPVM']],
  TerminateLoans: [['END_DATE_MISSING', 'PAATTYMISPVM']],
};

it.each(days)(
  'on %s the shipped mappings find exactly what was planted, each on the line its sentence names',
  async (today) => {
    for (const sample of sampleExports(today)) {
      const { api, findings } = await mapSample(sample, today);
      expect(findings.map(({ code, column }) => [code, column])).toEqual(planted[api]);
      const told = sample.faults.join('\n');
      for (const { code, line } of findings)
        if (code === 'GROUP_HAS_BROKEN_ROW')
          expect(told).toMatch(new RegExp(`^Line ${line + 1}: .*\\(${code}\\)`, 'm'));
        else expect(told).toMatch(new RegExp(`^Line ${line}: .*\\(${code}[ )]`, 'm'));
    }
  },
);

it.each(days)(
  'on %s there is enough of everything, every row is accounted for, and no export is refused whole',
  async (today) => {
    const mapped = await Promise.all(sampleExports(today).map((sample) => mapSample(sample, today)));
    expect(Object.fromEntries(mapped.map((each) => [each.api, counts(each)]))).toEqual({
      AddLoans: { rows: 207, skipped: 6, rowsInvalid: 1, built: 152, invalid: 9 },
      UpdateLoans: { rows: 29, skipped: 0, rowsInvalid: 0, built: 29, invalid: 2 },
      Repayments: { rows: 69, skipped: 1, rowsInvalid: 0, built: 68, invalid: 2 },
      DelayedRepayments: { rows: 28, skipped: 0, rowsInvalid: 0, built: 16, invalid: 1 },
      TerminateLoans: { rows: 18, skipped: 1, rowsInvalid: 0, built: 17, invalid: 1 },
    });
    for (const each of mapped) {
      const { rows, skipped, rowsInvalid, built, invalid } = counts(each);
      expect(skipped + rowsInvalid + each.built.flatMap((report) => report.rows).length).toBe(rows);
      expect(invalid / built).toBeLessThan(0.1); // refuseFileWhen says 20 %
      const references = each.built.map(({ reference }) => reference);
      expect(new Set(references).size).toBe(references.length);
    }
  },
);

it.each(days)('on %s the register says of the rest what the sentences say', async (today) => {
  const verdicts: string[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'luottoputki-demo-'));
  const store = new RegisterStore(join(folder, 'register.sqlite'));
  const register = new Register(store, () => new Date(`${today}T01:00:00Z`));
  const exports = sampleExports(today);
  for (const [i, api] of batchApis.entries()) {
    const sample = exports[i];
    if (!sample) throw new Error(`no export for ${api}`);
    const mapped = await mapSample(sample, today);
    expect(mapped.api).toBe(api);
    const reports = mapped.built.flatMap(({ report }): Report[] => (report ? [report] : []));
    register.take({ api, reference: api, reports, lacksCountryCode: false, allOrNothing: false, processing: 0 });
    register.settle();
    for (const [line, code] of errorsOf(store, api, mapped)) {
      const told = sample.faults.some((fault) => fault.startsWith(`Line ${line}:`));
      verdicts.push(`${api} ${code} ${told ? 'told' : 'not told'}`);
    }
  }
  const unknown = 'Repayments SB-LOAN-UNKNOWN told'; // one is of no loan at all, three are held by the pipeline before they get here
  expect(verdicts).toEqual([
    'AddLoans E20 told',
    'AddLoans E20 told',
    'AddLoans E21 told',
    'AddLoans E21 told',
    'UpdateLoans E20 told',
    'UpdateLoans SB-LOAN-UNKNOWN told',
    unknown,
    'Repayments SB-LOAN-TYPE told',
    unknown,
    unknown,
    unknown,
    'DelayedRepayments SB-DUE-BEFORE-CONTRACT told',
    'TerminateLoans SB-END-BEFORE-CONTRACT told',
  ]);
  store.close();
  rmSync(folder, { recursive: true });
});

function counts({ rowsRead, rowsSkipped, rowsInvalid, built }: Mapped) {
  return {
    rows: rowsRead,
    skipped: rowsSkipped,
    rowsInvalid,
    built: built.length,
    invalid: built.filter(({ report }) => report === null).length,
  };
}

/** Line and code of everything the register had against the reports of a batch. */
function errorsOf(
  store: RegisterStore,
  reference: string,
  { built }: Mapped,
): [line: number | undefined, code: string][] {
  const { reports } = (store.batch(reference)?.verdict ?? {}) as {
    reports?: { reportReference: string; errorResponses: { errorCode: string }[] }[];
  };
  return (reports ?? []).flatMap(({ reportReference, errorResponses }) => {
    const line = built.find((each) => each.reference === reportReference)?.rows[0]?.line;
    return errorResponses.map(({ errorCode }): [number | undefined, string] => [line, errorCode]);
  });
}
