import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ownContract } from '../../src/contract/contract.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite-ledger.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { openLog } from '../../src/lib/log.ts';
import { UsageError } from '../../src/lib/problem.ts';
import { exitStatus } from '../../src/pipeline/exit-status.ts';
import type { House } from '../../src/pipeline/house.ts';
import { sendAndAsk } from '../../src/pipeline/send-and-ask.ts';
import { openHttpsRegister } from '../../src/submission/https-register.ts';
import { makeCertificate } from '../config/make-certificate.ts';
import { Driver, newExport, owner, report } from '../ledger/builders.ts';
import { tempFolder } from '../lib/temp-folder.ts';
import { openWorkspace, startIn } from './open-workspace.ts';
import { loansText, postsOf, shippedMapping, soundLoans, until } from './workspace.ts';

test('without a certificate that can be used nothing is sent and nothing lost; it goes once there is one', async () => {
  const { sandbox } = await openWorkspace({ mappings: {} });
  const folder = tempFolder();
  await using ledger = await openSqliteLedger(folder);
  const loan = { reportReference: 'r1', loanNumber: { type: 'Other', number: '1' } };
  const { mapping } = newExport('AddLoans');
  const text = shippedMapping('new-loans');
  const reports = [report('r1', { text: JSON.stringify(loan) })];
  const exportId = await new Driver(ledger).mapped('AddLoans', reports, { mapping: { ...mapping, text } });
  let usable = false;
  const { reporting, ca } = sandbox.keys;
  const house = {
    ledger,
    clock: systemClock,
    log: openLog(join(folder, 'log')),
    random: () => 0.5,
    progress: { say() {}, step() {}, stop() {} },
    config: {
      owner,
      contract: ownContract,
      register: { environment: 'test', keyCase: 'camelCase', serviceBreaks: [] },
      submission: {
        maxReportsPerBatch: 10,
        maxBytesPerBatch: 100_000,
        batchesPerMinute: 600,
        inFlight: 1,
        statusInquiry: { first: 20, every: 40, alarmAfter: 60_000 },
        resendUnknown: { after: 60_000, notFoundAnswers: 2 },
      },
    },
    async openRegister() {
      if (!usable) throw new UsageError('the reporting certificate expired on 2026-01-01', { hint: 'renew it' });
      return openHttpsRegister({ url: sandbox.url, ca: ca.pem, cert: reporting.cert, key: reporting.key, inFlight: 1 });
    },
  } as unknown as House;
  const patience = { signal: new AbortController().signal, until: 'sent', giveUp: true } as const;
  const end = await sendAndAsk(house, patience);
  expect(end).toEqual({ kind: 'noCredentials', why: 'the reporting certificate expired on 2026-01-01' });
  const facts = { receipts: [], again: 0, notTaken: 0, noRoom: 0, growing: 0, end, misconfigured: false };
  expect(exitStatus(facts)).toBe(2);
  expect(await ledger.counts(exportId)).toMatchObject({ pending: 1 });
  usable = true;
  await sendAndAsk(house, patience);
  expect(postsOf(sandbox)).toHaveLength(1);
});

test('a broken certificate stops a run before anything is taken; status 2', async () => {
  const workspace = await openWorkspace({
    mappings: { 'new-loans': shippedMapping('new-loans') },
    exports: { 'NEWLOANS_1.csv': loansText(soundLoans(1)) },
  });
  const expired = await makeCertificate({ from: -3, to: -1 });
  writeFileSync(workspace.sandbox.keys.reporting.certPath, expired.cert);
  writeFileSync(workspace.sandbox.keys.reporting.keyPath, expired.key, { mode: 0o600 });
  const { status, stderr } = await workspace.run();
  expect(status).toBe(2);
  expect(stderr).toMatch(/^the reporting certificate expired on [\d-]+\n {2}order a new one .*nothing was sent$/m);
  expect(workspace.inboxNames()).toEqual(['NEWLOANS_1.csv']);
  expect(workspace.sandbox.snapshot().requests).toEqual([]);
  expect(await workspace.tool('check')).toMatchObject({
    status: 2,
    stdout: expect.stringMatching(/CERTIFICATE the reporting certificate expired on/),
  });
});

test('a broken certificate does not stop a watch at work: it goes on with the one before, and an alarm stands until it is mended', async () => {
  const workspace = await openWorkspace({
    mappings: { 'new-loans': shippedMapping('new-loans') },
    config: (text) => text.replace('intake: {', 'intake: { scanEvery: 200ms,'),
  });
  const { certPath } = workspace.sandbox.keys.reporting;
  const loans = soundLoans(2);
  const sent = readFileSync(certPath, 'utf8');
  const watching = startIn(workspace, 'watch');
  let said = '';
  watching.child.stderr?.on('data', (text: string) => {
    said += text;
  });
  await until('it watches', () => said.includes('watching'), watching);
  workspace.drop('NEWLOANS_1.csv', loansText(loans.slice(0, 1)));
  await until('the first is done', () => workspace.told().some(({ done }) => done), watching);
  writeFileSync(certPath, 'half of a certif');
  workspace.drop('NEWLOANS_2.csv', loansText(loans.slice(1)));
  await until('the second is done', () => workspace.told().filter(({ done }) => done).length === 2, watching);
  await until('it is told', () => workspace.today().includes('certificate for reporting cannot be used'), watching);
  expect(workspace.told().map(({ receipt }) => receipt.state)).toEqual(['complete', 'complete']);
  const status = JSON.parse((await workspace.tool('status', '--json')).stdout);
  expect(status.alarms).toMatchObject([{ alarm: 'certificateUnusable' }]);
  writeFileSync(certPath, sent);
  await until('it is over', () => !workspace.today().includes('cannot be used'), watching);
  expect(watching.child.exitCode).toBeNull();
});
