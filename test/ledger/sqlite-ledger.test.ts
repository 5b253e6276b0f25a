import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test, vi } from 'vitest';
import { openSqliteLedger } from '../../src/ledger/sqlite-ledger.ts';
import { UsageError } from '../../src/lib/problem.ts';
import { tempFolder } from '../lib/temp-folder.ts';
import { Driver, newExport, report } from './builders.ts';
import { keeperSuite } from './keeper-suite.ts';

keeperSuite('the SQLite ledger', openSqliteLedger);

/** A ledger with one planned batch, closed; its file opened by hand. */
async function plannedFile(): Promise<DatabaseSync> {
  const folder = tempFolder();
  await using ledger = await openSqliteLedger(folder);
  const night = new Driver(ledger);
  await night.plan(await night.mapped('AddLoans', [report('1')]));
  return new DatabaseSync(join(folder, 'ledger.sqlite'));
}

describe('the SQLite file', () => {
  test.each(['head', 'tail', 'reference', 'body_sha256', 'count', 'api'])(
    'the database itself forbids a change of a batch’s %s',
    async (column) => {
      using db = await plannedFile();
      expect(() => db.exec(`UPDATE batch SET ${column} = '7'`)).toThrow(/never change/);
      expect(() => db.exec(`UPDATE batch SET state = 'sent'`)).not.toThrow();
    },
  );

  test('the database itself forbids a change of a report’s text', async () => {
    using db = await plannedFile();
    expect(() => db.exec(`UPDATE body SET texts = x'00'`)).toThrow(/never change/);
  });

  test('the database itself forbids a change of what happened, and of a receipt', async () => {
    const folder = tempFolder();
    {
      await using ledger = await openSqliteLedger(folder);
      const id = await new Driver(ledger).mapped('AddLoans', [report('1')]);
      await ledger.keepReceipt(id, '{}', {});
    }
    using db = new DatabaseSync(join(folder, 'ledger.sqlite'));
    expect(() => db.exec(`UPDATE event SET detail = ''`)).toThrow(/never changes/);
    expect(() => db.exec('DELETE FROM event')).toThrow(/never changes/);
    expect(() => db.exec(`UPDATE revision SET receipt = ''`)).toThrow(/never changes/);
  });

  test('one reference never stands for two batches', async () => {
    using db = await plannedFile();
    const columns =
      'export_id, api, number, generation, reference, count, first_report, last_report, head, tail, body_sha256, bytes, state, planned_at, next_at';
    expect(() => db.exec(`INSERT INTO batch (${columns}) SELECT ${columns} FROM batch`)).toThrow(/UNIQUE/);
  });

  test('a file that is no database is told, not overwritten', async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'ledger.sqlite'), 'this is not a database, however long it may be'.repeat(100));
    await expect(openSqliteLedger(folder)).rejects.toThrow(UsageError);
    await expect(openSqliteLedger(folder)).rejects.toThrow(/damaged/);
  });

  test('a ledger of a newer version is left alone', async () => {
    const folder = tempFolder();
    await (await openSqliteLedger(folder))[Symbol.asyncDispose]();
    {
      using db = new DatabaseSync(join(folder, 'ledger.sqlite'));
      db.exec('PRAGMA user_version=99');
    }
    await expect(openSqliteLedger(folder)).rejects.toThrow(/version 99/);
  });

  test('a ledger of the version before is brought up to date by its writer, and a reader says so until then', async () => {
    const folder = tempFolder();
    {
      await using ledger = await openSqliteLedger(folder);
      await ledger.takeExport(newExport('AddLoans'));
    }
    {
      using db = new DatabaseSync(join(folder, 'ledger.sqlite'));
      db.exec(
        'ALTER TABLE mapping DROP COLUMN parts; ALTER TABLE report DROP COLUMN gone; DROP TABLE retold; DROP TABLE event; DROP TABLE revision; DROP TABLE answer; DROP INDEX report_unaccepted; DROP INDEX batch_unsettled; DROP INDEX finding_of_no_report; PRAGMA user_version=2',
      );
    }
    await expect(openSqliteLedger(folder, { readOnly: true })).rejects.toThrow(/earlier luottoputki/);
    await using ledger = await openSqliteLedger(folder);
    expect(await ledger.exports()).toMatchObject([{ mapping: { name: 'AddLoans', parts: [] } }]);
    await using reader = await openSqliteLedger(folder, { readOnly: true });
    expect(await reader.exports()).toHaveLength(1);
  });

  test('what is open is found over indexes: no table that grows with the years is read from end to end', async () => {
    const folder = tempFolder();
    await using ledger = await openSqliteLedger(folder);
    const asked = vi.spyOn(DatabaseSync.prototype, 'prepare');
    expect(await Array.fromAsync(ledger.openReports())).toEqual([]);
    const statements = asked.mock.calls.map(([sql]) => sql);
    asked.mockRestore();
    using db = new DatabaseSync(join(folder, 'ledger.sqlite'));
    const steps = statements.flatMap((sql) => db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all());
    const scans = steps.map(({ detail }) => String(detail)).filter((detail) => /SCAN|AUTOMATIC/.test(detail));
    expect(scans).not.toEqual([]);
    for (const scan of scans)
      expect(scan).toMatch(/^SCAN (ox$|ob USING INDEX batch_unsettled|f USING INDEX finding_of_no_report)/);
  });

  test('a reader sees what a writer has committed, and can write nothing', async () => {
    const folder = tempFolder();
    await using ledger = await openSqliteLedger(folder);
    await ledger.takeExport(newExport('AddLoans'));
    await using reader = await openSqliteLedger(folder, { readOnly: true });
    expect(await reader.exports()).toHaveLength(1);
    await expect(reader.takeExport(newExport('AddLoans'))).rejects.toThrow(/readonly/);
  });
});
