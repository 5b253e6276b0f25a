import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { loansText, shippedMapping, soundLoans, Workspace } from '../test/pipeline/workspace.ts';

/**
 * `npm run spreadsheet`: `errors.csv` and `to-fix.csv` go through LibreOffice Calc itself: opened, a cell changed, saved as CSV,
 * and dropped back. Opened with all columns as text the correction must be accepted; opened carelessly, what Calc did to the
 * cells must be named, and nothing of it sent. Needs `soffice` on the path.
 */
const wrongDay = '31.02.2026';
const loans = soundLoans(3);
const rightDay = loansText(loans).split('\r\n')[1]?.split(';')[3] ?? '';
/** How Calc numbers the encodings in the options of its CSV filters. */
const encodings = { 'windows-1252': 1, 'utf-8': 76 } as const;
type Encoding = keyof typeof encodings;

let failures = 0;
for (const encoding of ['windows-1252', 'utf-8'] as const) {
  failures += Number(!(await comesBack(encoding, 'text')));
  failures += Number(!(await comesBack(encoding, 'general')));
}
console.log(`4 corrections through LibreOffice Calc, ${failures} failures`);
process.exit(failures === 0 ? 0 : 1);

/** A night with a faulty loan whose correction is opened and saved by Calc. @returns whether what must come of it came */
async function comesBack(savedAs: Encoding, columns: 'text' | 'general'): Promise<boolean> {
  const workspace = await Workspace.make({
    mappings: { 'new-loans': shippedMapping('new-loans').replace(/^refuseFileWhen.*$/m, '') },
    exports: {
      'NEWLOANS_1.csv': loansText(loans, (cells, at) =>
        at === 0 ? { ...cells, SOPIMUSPVM: wrongDay, KONTTORI: 'Åbo' } : cells,
      ),
    },
  });
  await workspace.run();
  const { folder } = workspace.toldOf('NEWLOANS_1--');
  const errors = sheetOf(join(folder, 'errors.csv'), 'utf-8', 'general');
  const change = (sheet: string) => sheet.replaceAll(wrongDay, rightDay);
  const sheet = sheetOf(join(folder, 'restricted', 'to-fix.csv'), 'windows-1252', columns);
  workspace.drop('korjattu.csv', saved(change(sheet), savedAs));
  const { status } = await workspace.run();
  const { receipt } = workspace.toldOf('korjattu--');
  const codes = receipt.findingsByCode.map(({ code }) => code);
  const whole = errors.includes('DATE_FORMAT') && errors.includes('howToFix') && sheet.includes('Åbo');
  const right =
    columns === 'text'
      ? status === 0 && receipt.counts.accepted === 1
      : status === 1 && receipt.counts.accepted === 0 && codes.includes('SPREADSHEET_ZEROS');
  console.log(
    `opened with columns as ${columns}, saved as ${savedAs}: ${receipt.state}, ${codes.join(' ') || 'no finding'}${right && whole ? '' : `  WRONG, see ${workspace.folder}`}`,
  );
  await workspace.close(right && whole);
  return right && whole;
}

/** A CSV as Calc reads it, as the text of a flat sheet (fods). */
function sheetOf(path: string, encoding: Encoding, columns: 'text' | 'general'): string {
  const formats = columns === 'text' ? Array.from({ length: 60 }, (_, at) => `${at + 1}/2`).join('/') : '';
  return convert(path, 'fods', [`--infilter=CSV:59,34,${encodings[encoding]},1,${formats}`]).toString('utf8');
}

/** What Calc saves of a flat sheet: a CSV with semicolons. */
function saved(sheet: string, encoding: Encoding): Buffer {
  const path = join(mkdtempSync(join(tmpdir(), 'luottoputki-sheet-')), 'sheet.fods');
  writeFileSync(path, sheet);
  return convert(path, `csv:Text - txt - csv (StarCalc):59,34,${encodings[encoding]},1`, []);
}

function convert(path: string, to: string, more: readonly string[]): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'luottoputki-sheet-'));
  const profile = `-env:UserInstallation=file://${join(tmpdir(), 'luottoputki-soffice')}`;
  execFileSync('soffice', [profile, '--headless', ...more, '--convert-to', to, '--outdir', folder, path], {
    stdio: 'ignore',
  });
  const [kind = ''] = to.split(':');
  return readFileSync(join(folder, basename(path).replace(/[^.]+$/, kind)));
}
