import { expect, test } from 'vitest';
import { openSqliteLedger } from '../../src/ledger/sqlite-ledger.ts';
import { tempFolder } from '../lib/temp-folder.ts';
import { all, Driver, invalidReport, newExport, report } from './builders.ts';

const api = 'DelayedRepayments';
const gone = (reference: string) => report(reference, { loan: `Other:${reference}`, gone: true });

/** The numbers of the loans that stand when an export of a mapping is mapped. */
const standing = async (night: Driver, exportId: number) =>
  (await all(night.ledger.loansStanding(exportId))).map((loan) => loan.replace('Other:', '')).join(' ');

test('loans stand by their last report that was made of a row, and is accepted or on its way', async () => {
  await using ledger = await openSqliteLedger(tempFolder());
  const night = new Driver(ledger);
  await night.mapped('UpdateLoans', [report('9')]);
  await night.mapped(api, [report('1'), report('2'), report('3'), report('4'), invalidReport('5')]);
  const second = await night.mapped(api, [invalidReport('1'), gone('2'), gone('3')]);
  expect(await standing(night, second)).toBe('1 2 3 4');
  const third = await night.mapped(api, [report('3')]);
  const today = await night.take(newExport(api));
  expect(await standing(night, today)).toBe('1 3 4');
  // What is known of an export that came later counts more.
  expect(await standing(night, third)).toBe('1 4');
  await ledger.finishMapping(today);
  expect(await standing(night, third)).toBe('');
});

test('a loan that was gone is not reported again when the register refused it, but when it was never sent', async () => {
  await using ledger = await openSqliteLedger(tempFolder());
  const night = new Driver(ledger);
  await night.pass(await night.mapped(api, [report('1'), report('2')]));
  const second = await night.mapped(api, [gone('1'), { ...gone('2'), text: null }]);
  const [batch] = await night.plan(second);
  if (!batch) throw new Error('nothing was planned');
  await night.send(batch);
  await night.reject(batch, ['1']);
  expect(await standing(night, await night.take(newExport(api)))).toBe('2');
});

test('exports that were stopped or taken back, and those of other mappings, say nothing of a loan', async () => {
  await using ledger = await openSqliteLedger(tempFolder());
  const night = new Driver(ledger);
  for (const stop of ['refuseExport', 'awaitApproval', 'giveUp'] as const) {
    const id = await night.take(newExport(api));
    await ledger.addReports(id, { rowsRead: 1, rowsInvalid: 0, skipped: {}, reports: [report(stop)], findings: [] });
    await ledger[stop](id, []);
  }
  await night.mapped(api, [report('other')], {
    mapping: { ...newExport(api).mapping, name: 'others', sha256: 'b'.repeat(64) },
  });
  expect(await standing(night, await night.take(newExport(api)))).toBe('');
});

test('a report without a row is in no sum of rows and in no list of rows to correct', async () => {
  await using ledger = await openSqliteLedger(tempFolder());
  const night = new Driver(ledger);
  const id = await night.mapped(api, [report('1'), { ...gone('2'), text: null }, gone('3')]);
  expect(await ledger.rowsInReports(id)).toBe(1);
  expect(await all(ledger.toFix(id))).toEqual([]);
  expect(await ledger.counts(id)).toMatchObject({ reportsBuilt: 3, invalid: 1, withoutRow: 1 });
  const [batch] = await night.plan(id);
  expect(await ledger.batchReports(batch?.id ?? 0)).toMatchObject([
    { reference: '1', line: 2 },
    { reference: '3', line: null, lastLine: null },
  ]);
  expect((await all(ledger.openReports())).map(({ line, gone: without }) => `${line} ${without}`)).toEqual([
    '2 false',
    'null true',
    'null true',
  ]);
});
