import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { openSqliteLedger } from '../../src/ledger/sqlite-ledger.ts';
import { missingExport } from '../../src/pipeline/missing-export.ts';
import { errorsOf, load, payments } from '../mapping/builders.ts';
import { openWorkspace } from './open-workspace.ts';
import { loansText, shippedMapping, soundLoans, type Workspace } from './workspace.ts';

/** A time in Finland in summer, as the ledger keeps it. */
const at = (local: string) => Date.parse(`${local}:00+03:00`);
const said = (instant: number | null | undefined) =>
  instant === null || instant === undefined ? instant : new Date(instant + 3 * 3_600_000).toISOString().slice(0, 16);
const long = at('2026-01-01T00:00');

/** What is missing of a mapping whose exports must come by 06:30: `due last`, or `nothing`. */
function missing(now: string, taken: readonly string[], on: 'bankingDays' | 'everyDay' = 'bankingDays', since = long) {
  const found = missingExport({ by: '06:30', on }, at(now), since, taken.map(at));
  return found ? `${said(found.due)} ${said(found.last)}` : 'nothing';
}

// 2026-05-18 is a Monday; the 14th, a Thursday, is Ascension Day.
describe('an export that must come by 06:30 on banking days', () => {
  test.each([
    ['came in time', '2026-05-20T06:31', ['2026-05-19T05:00', '2026-05-20T05:00']],
    ['came the evening before', '2026-05-20T06:31', ['2026-05-19T22:00']],
    ['came late, and is there now', '2026-05-20T09:00', ['2026-05-19T05:00', '2026-05-20T08:00']],
    ['is not due yet', '2026-05-20T06:29', ['2026-05-19T05:00']],
    ['is not due on a Sunday', '2026-05-17T12:00', ['2026-05-15T05:00']],
    ['is not due on a holiday', '2026-05-14T12:00', ['2026-05-13T05:00']],
    ['came on the Saturday before a Monday', '2026-05-18T07:00', ['2026-05-16T03:00']],
  ])('is not missing when it %s', (_, now, taken) => {
    expect(missing(now, taken)).toBe('nothing');
  });

  test.each([
    ['on its day', '2026-05-20T06:30', ['2026-05-19T05:00'], '2026-05-20T06:30 2026-05-19T05:00'],
    [
      'when only a late one of the day before came',
      '2026-05-20T07:00',
      ['2026-05-19T11:00'],
      '2026-05-20T06:30 2026-05-19T11:00',
    ],
    [
      'over the weekend, when Friday’s did not come',
      '2026-05-17T12:00',
      ['2026-05-13T05:00'],
      '2026-05-15T06:30 2026-05-13T05:00',
    ],
    ['after a holiday', '2026-05-15T06:45', ['2026-05-13T05:00'], '2026-05-15T06:30 2026-05-13T05:00'],
    ['when none ever came', '2026-05-20T07:00', [], '2026-05-20T06:30 null'],
  ])('is missing %s', (_, now, taken, found) => {
    expect(missing(now, taken)).toBe(found);
  });

  test('is due on Sundays and holidays too with everyDay', () => {
    expect(missing('2026-05-17T07:00', ['2026-05-16T05:00'], 'everyDay')).toBe('2026-05-17T06:30 2026-05-16T05:00');
    expect(missing('2026-05-14T07:00', ['2026-05-13T05:00'], 'everyDay')).toBe('2026-05-14T06:30 2026-05-13T05:00');
  });

  test('was not due before it was first waited for, unless exports were known before', () => {
    const since = at('2026-05-20T09:00');
    expect(missing('2026-05-20T09:00', [], 'bankingDays', since)).toBe('nothing');
    expect(missing('2026-05-21T06:30', [], 'bankingDays', since)).toBe('2026-05-21T06:30 null');
    expect(missing('2026-05-20T09:00', ['2026-05-18T05:00'], 'bankingDays', since)).toBe(
      '2026-05-20T06:30 2026-05-18T05:00',
    );
  });

  test('is due an hour later when the clocks leave its hour out', () => {
    const expectAt3 = { by: '03:30', on: 'everyDay' } as const;
    // On 29 March 2026 it is never half past three in Finland.
    expect(missingExport(expectAt3, at('2026-03-29T04:29'), long, [at('2026-03-28T03:00')])).toBeUndefined();
    expect(said(missingExport(expectAt3, at('2026-03-29T04:30'), long, [at('2026-03-28T03:00')])?.due)).toBe(
      '2026-03-29T04:30',
    );
  });
});

describe('expect in a mapping', () => {
  test.each([
    [{ by: '6:30' }, 'by'],
    [{ by: '24:00' }, 'by'],
    [{ by: '06:30', on: 'workdays' }, 'on'],
    [{}, 'by'],
  ])('%j is a problem', (spec, key) => {
    expect(errorsOf(load(payments({}, { expect: spec })).problems)[0]?.message).toContain(`expect.${key}`);
  });

  test('means banking days when it does not say which', () => {
    expect(load(payments({}, { expect: { by: '06:30' } })).loaded?.mapping.expect?.on).toBe('bankingDays');
  });
});

describe('a run that waits for exports', () => {
  vi.setConfig({ testTimeout: 120_000 });
  const mapping = `${shippedMapping('new-loans')}\nexpect: { by: "00:00", on: everyDay }\n`;
  const logged = (workspace: Workspace) =>
    readFileSync(join(workspace.state, 'luottoputki.log'), 'utf8')
      .split('\n')
      .filter((line) => line.includes('export.missing'));
  const alarm = /new-loans: no export yet, one was due by \d{4}-\d\d-\d\d 00:00; see whether .* reached /;

  test('says nothing on its first start; tells everywhere when one has not come; and stops when it came', async () => {
    const workspace = await openWorkspace({ mappings: { 'new-loans': mapping } });
    expect((await workspace.run()).status).toBe(0);
    expect(workspace.today()).not.toContain('no export yet');
    expect((await workspace.tool('status')).stdout).not.toContain('no export yet');
    await waitedForever(workspace);
    for (let night = 0; night < 2; night++) expect((await workspace.run()).status).toBe(0);
    expect(workspace.today()).toMatch(alarm);
    expect((await workspace.tool('status')).stdout).toMatch(alarm);
    const { alarms } = JSON.parse((await workspace.tool('status', '--json')).stdout) as { alarms: object[] };
    expect(alarms).toEqual([{ alarm: 'exportMissing', since: expect.any(String), text: expect.stringMatching(alarm) }]);
    expect(logged(workspace)).toEqual([expect.stringContaining('"mapping":"new-loans"')]);
    workspace.drop('NEWLOANS_1.csv', loansText(soundLoans(2)));
    await workspace.run();
    expect(workspace.today()).not.toContain('no export');
    expect(JSON.parse((await workspace.tool('status', '--json')).stdout)).toMatchObject({ alarms: [] });
  });

  test('goes on waiting while a mapping is wrong', async () => {
    const workspace = await openWorkspace({ mappings: { 'new-loans': mapping } });
    await workspace.run();
    await waitedForever(workspace);
    workspace.putMapping('new-loans', mapping.replace('api: AddLoans', 'api: AddLoan'));
    expect((await workspace.run()).status).toBe(2);
    expect(workspace.today()).toMatch(alarm);
  });

  /** As if the first run had been long ago. */
  async function waitedForever({ state }: Workspace) {
    await using ledger = await openSqliteLedger(state);
    const known = await ledger.recall('expectedExports');
    await ledger.remember('expectedExports', String(known).replace(/"since":\d+/, '"since":0'));
  }
});
