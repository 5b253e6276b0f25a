import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { batchApis } from '../../src/contract/apis.ts';
import { sampleExports } from '../../src/demo/sample-exports.ts';
import { encode } from '../../src/reading/encoding.ts';
import { Receipt } from '../../src/reports/receipt.ts';
import { openWorkspace } from './open-workspace.ts';
import {
  type Ended,
  filesOf,
  headerOf,
  loansText,
  paymentsText,
  postsOf,
  readCsv,
  shippedMapping,
  soundLoans,
  today,
  Workspace,
} from './workspace.ts';

const samples = sampleExports(today);
let workspace: Workspace;
let first: Ended;
let failed = false;

beforeAll(async () => {
  workspace = await Workspace.make({
    exports: Object.fromEntries(samples.map(({ name, bytes }) => [name, bytes])),
    maxReportsPerBatch: 40,
  });
  first = await workspace.run();
});
afterAll(() => workspace.close(!failed));

/** A promise about the night that began this file. */
const promise = (title: string, body: () => void | Promise<void>) =>
  test(title, async ({ task, onTestFailed }) => {
    onTestFailed(() => {
      failed = true;
    });
    await body();
    expect(task.name).toBe(title);
  });

const stemOf = (name: string) => name.replace('.csv', '--');

promise('every export leaves the inbox and has a balanced receipt; what is pending decides the exit status', () => {
  expect(first.stderr).not.toMatch(/fault of luottoputki|^ {4}at /m);
  expect(first.status).toBe(4);
  expect(workspace.inboxNames()).toEqual([]);
  expect(workspace.told()).toHaveLength(samples.length);
  for (const { receipt } of workspace.told()) {
    const { counts } = receipt;
    expect(counts).toMatchObject({ balanced: true, unknown: 0 });
    expect(counts.reportsBuilt).toBe(
      counts.invalid + counts.accepted + counts.rejected + counts.pending + counts.unknown + counts.held,
    );
  }
});

promise('held, pending, invalid and rejected are those that were planned, and no others', () => {
  for (const { name, faults } of samples) {
    const { receipt } = workspace.toldOf(stemOf(name));
    const planted = (pattern: RegExp) => faults.filter((fault) => pattern.test(fault)).length;
    expect(receipt.counts, name).toMatchObject({
      held: planted(/held until/),
      pending: planted(/\(E20\): it goes again/),
      rowsInvalid: planted(/\(ROW_WIDTH\)/),
    });
    const { rowsInvalid, invalid, rejected, held, pending, reportsBuilt, accepted } = receipt.counts;
    const warnings = planted(/warning only/);
    expect(faults, name).toHaveLength(invalid + rejected + held + pending + warnings);
    expect(accepted).toBe(reportsBuilt - invalid - rejected - held - pending);
    expect(rowsInvalid).toBeLessThanOrEqual(invalid);
    expect(receipt.counts.held + receipt.counts.pending > 0).toBe(!receipt.final);
  }
});

promise('what the register holds is what the receipts tell: nothing more, nothing less, nothing twice', () => {
  const { applied, loans } = workspace.sandbox.snapshot();
  const sent = applied.map(({ batchReference, reportReference }) => `${batchReference} ${reportReference}`);
  const told = workspace
    .told()
    .flatMap(({ folder }) =>
      readCsv(join(folder, 'accepted.csv')).map((row) => `${row['batchReference']} ${row['reportReference']}`),
    );
  expect(new Set(sent).size).toBe(sent.length);
  expect(told.toSorted()).toEqual(sent.toSorted());
  expect(loans).toHaveLength(workspace.toldOf('NEWLOANS').receipt.counts.accepted);
  for (const { folder, receipt } of workspace.told())
    expect(readCsv(join(folder, 'accepted.csv'))).toHaveLength(receipt.counts.accepted);
  const posted = postsOf(workspace.sandbox).map(({ batchReference }) => batchReference);
  expect(new Set(posted).size).toBe(posted.length);
  const batches = workspace.told().flatMap(({ receipt }) => receipt.batches);
  expect(batches.map(({ reference }) => reference).toSorted()).toEqual(posted.toSorted());
  for (const batch of batches) expect(batch).toMatchObject({ reported: batch.sent, attempts: 1 });
});

promise('the register’s order is kept: of the APIs, and on every loan', () => {
  const order = new Map<string, number>(batchApis.map((api, at) => [api, at]));
  const firsts = [...new Set(postsOf(workspace.sandbox).map(({ path }) => path.slice(1)))];
  expect(firsts).toEqual([...batchApis]);
  const last = new Map<string, number>();
  for (const { loan, api, reportReference } of workspace.sandbox.snapshot().applied) {
    const at = order.get(api) ?? -1;
    expect(at, `${reportReference} after a later API on its loan`).toBeGreaterThanOrEqual(last.get(loan) ?? 0);
    last.set(loan, at);
  }
});

promise('batch references are short, plain, and begin alike for nobody else', () => {
  for (const { receipt } of workspace.told())
    for (const { reference } of receipt.batches) expect(reference).toMatch(/^[A-Za-z0-9-]{16,34}$/);
});

promise('receipts have exactly the promised keys', () => {
  const item = (keys: string) => keys.split(' ').toSorted();
  for (const { folder } of workspace.told()) {
    const raw = JSON.parse(readFileSync(join(folder, 'receipt.json'), 'utf8')) as Record<string, unknown>;
    const keysOf = (value: unknown) => Object.keys(value as object).toSorted();
    expect(keysOf(raw)).toEqual(
      item(
        'schema final state nextStep file mapping environment owner tool counts batches findingsByCode deadlines correctionOf correctedBy',
      ),
    );
    expect(keysOf(raw['file'])).toEqual(item('name size sha256 rows'));
    expect(keysOf(raw['mapping'])).toEqual(item('name api sha256'));
    expect(keysOf(raw['counts'])).toEqual(
      item('rowsRead rowsSkipped rowsInvalid reportsBuilt invalid accepted rejected pending unknown held balanced'),
    );
    expect(keysOf(raw['deadlines'])).toEqual(item('met late earliestDue'));
    for (const batch of raw['batches'] as unknown[])
      expect(keysOf(batch)).toEqual(item('reference api sent reported status attempts sentAt verdictAt correlationId'));
    for (const finding of raw['findingsByCode'] as unknown[])
      expect(keysOf(finding)).toEqual(item('code count firstLines text howToFix'));
    expect(Receipt.parse(raw)).toMatchObject({
      schema: 'luottoputki/receipt/1',
      environment: 'test',
      correctionOf: null,
    });
  }
});

promise('the tables have exactly the promised columns, and open in Excel', () => {
  const errors =
    '\uFEFFcode;severity;stage;registerCode;line;lastLine;reportReference;column;value;expected;message;howToFix;batchReference;dueDay';
  for (const { folder } of workspace.told()) {
    expect(headerOf(join(folder, 'errors.csv'))).toBe(`${errors};KONTTORI`);
    expect(headerOf(join(folder, 'accepted.csv'))).toBe(
      '\uFEFFline;lastLine;reportReference;batchReference;acceptedAt',
    );
  }
  expect(headerOf(join(workspace.outbox, 'open-items.csv'))).toBe(
    '\uFEFFexport;line;lastLine;reportReference;state;code;column;message;dueDay;nextStep',
  );
});

promise('each folder has what is promised, DONE if and only if its receipt is final, and nothing half written', () => {
  for (const { folder, receipt, done } of workspace.told()) {
    expect(done, folder).toBe(receipt.final);
    const names = ['accepted.csv', 'errors.csv', 'receipt.json', 'restricted', 'summary.html'];
    expect(readdirSync(folder).toSorted()).toEqual((done ? ['DONE', ...names] : names).toSorted());
    expect(existsSync(join(folder, 'restricted', 'to-fix.csv'))).toBe(true);
    expect(folder.endsWith(`--${receipt.file.sha256.slice(0, 8)}`)).toBe(true);
  }
});

promise('open items are every row that is not accepted, soonest deadline first', () => {
  const items = workspace.openItems();
  const open = workspace
    .told()
    .reduce((sum, { receipt: { counts } }) => sum + counts.reportsBuilt - counts.accepted + counts.rowsInvalid, 0);
  expect(items).toHaveLength(open);
  const days = items.map(({ dueDay }) => dueDay ?? '').filter((day) => day !== '');
  expect(days).toEqual(days.toSorted());
});

promise('a second run sends nothing, and leaves every byte of the outbox as it was', async () => {
  const before = workspace.outboxFiles();
  const requests = postsOf(workspace.sandbox).length;
  const second = await workspace.run();
  expect(second.status).toBe(first.status);
  expect(postsOf(workspace.sandbox)).toHaveLength(requests);
  const after = workspace.outboxFiles();
  expect([...after.keys()].toSorted()).toEqual([...before.keys()].toSorted());
  for (const [path, bytes] of after) expect(bytes === before.get(path), `${path} is as it was`).toBe(true);
});

promise('no identity code and no name of a person is anywhere but in restricted/, the archive and the ledger', () => {
  const texts = samples.map(({ bytes }) => Buffer.from(bytes).toString('latin1'));
  const codes = new Set(texts.flatMap((text) => text.match(/\b\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]\b/g) ?? []));
  const rows = texts[0]?.split('\r\n').map((row) => row.split(';')) ?? [];
  const at = rows[0]?.indexOf('NIMI') ?? -1;
  const names = new Set(
    rows
      .slice(1)
      .map((row) => row[at] ?? '')
      .filter((name) => /^\p{L}+ \p{L}+$/u.test(name)),
  );
  expect(codes.size).toBeGreaterThan(180);
  expect(names.size).toBeGreaterThan(50);
  const secrets = [...codes, ...names, ...[...names].map((name) => encode(name, 'utf-8').toString('latin1'))];
  const places = new Map([
    ...workspace.outboxFiles(),
    ...filesOf(workspace.state),
    ['stdout', first.stdout],
    ['stderr', first.stderr],
  ]);
  expect([...places.keys()]).toContain('luottoputki.log');
  const mayHold = /(^|\/)restricted\/|^archive\/|^ledger\.sqlite/;
  for (const [path, text] of places) {
    const found = secrets.filter((secret) => text.includes(secret));
    if (!mayHold.test(path)) expect(found, path).toEqual([]);
  }
  expect(
    [...places].some(([path, text]) => path.includes('restricted') && [...codes].some((code) => text.includes(code))),
  ).toBe(true);
});

test('when everything is accepted the status is 0; a second run says that there is nothing to do, and asks nobody', async () => {
  const loans = soundLoans(5);
  const sound = await openWorkspace({
    mappings: { 'new-loans': shippedMapping('new-loans'), repayments: shippedMapping('repayments') },
    exports: { 'NEWLOANS_1.csv': loansText(loans), 'REPAYMENTS_1.csv': paymentsText(loans) },
  });
  expect(await sound.run()).toMatchObject({ status: 0 });
  expect(sound.told().map(({ receipt, done }) => [receipt.state, receipt.final, done])).toEqual([
    ['complete', true, true],
    ['complete', true, true],
  ]);
  expect(sound.openItems()).toEqual([]);
  const [before, requests] = [sound.outboxFiles(), sound.sandbox.snapshot().requests.length];
  const second = await sound.run();
  expect(second).toMatchObject({ status: 0, stderr: expect.stringMatching(/nothing to do/) });
  expect(sound.sandbox.snapshot().requests).toHaveLength(requests);
  expect(sound.outboxFiles()).toEqual(before);
});
