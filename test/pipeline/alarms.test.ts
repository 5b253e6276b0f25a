import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { type Alarm, compareAlarms, type RaisedAlarm } from '../../src/pipeline/alarm.ts';
import { certificateAlarms } from '../../src/pipeline/certificate-alarms.ts';
import { sendAlarm } from '../../src/pipeline/send-alarm.ts';
import { tempFolder } from '../lib/temp-folder.ts';
import { openWorkspace } from './open-workspace.ts';
import { loansText, shippedMapping, soundLoans, type Workspace } from './workspace.ts';

// Some tests start the tool several times.
vi.setConfig({ testTimeout: 120_000 });
const alarm = (id: string, level = ''): Alarm => ({ kind: 'batchOverdue', id, level, text: `${id}${level}` });
const raised = (id: string, more: Partial<RaisedAlarm> = {}): RaisedAlarm => ({
  ...alarm(id),
  since: '2026-01-01T00:00:00Z',
  told: true,
  ...more,
});
const now = '2026-01-02T00:00:00Z';

describe('what stands now against what stood before', () => {
  test('new alarms are to be told, those that stand on are not, whatever their words; those gone have ended', () => {
    const words = { ...alarm('b'), text: 'two batches' };
    expect(compareAlarms([raised('a'), raised('b')], [words, alarm('c')], now)).toEqual({
      standing: [
        { ...words, since: '2026-01-01T00:00:00Z', told: true },
        { ...alarm('c'), since: now, told: false },
      ],
      ended: [raised('a')],
    });
  });

  test('one that has become worse is told again, and stands since it began', () => {
    expect(compareAlarms([raised('a', { level: '30' })], [alarm('a', '14')], now).standing).toEqual([
      { ...alarm('a', '14'), since: '2026-01-01T00:00:00Z', told: false },
    ]);
  });

  test('one that could not be told stays to be told', () => {
    expect(compareAlarms([raised('a', { told: false })], [alarm('a')], now).standing[0]?.told).toBe(false);
  });
});

test.each([
  [61, undefined],
  [60, '60'],
  [31, '60'],
  [30, '30'],
  [14, '14'],
  [8, '14'],
  [7, '7'],
  [1, '1'],
  [0, '1'],
])('a certificate with %d days left: level %s', (daysLeft, level) => {
  const [told] = certificateAlarms([{ kind: 'reporting', validTo: new Date('2026-03-01T22:30:00Z'), daysLeft }]);
  expect(told?.level).toBe(level);
  if (told) expect(told.text).toContain('2026-03-02');
});

/** A command that writes what it is given into a file; it fails as long as `broken` is there. */
function notifier(folder: string) {
  const path = join(folder, 'notify.sh');
  writeFileSync(path, `#!/bin/sh\n[ -e "${folder}/broken" ] && exit 3\ncat >> "${folder}/$1"\n`);
  chmodSync(path, 0o755);
  return ['./notify.sh', 'told.jsonl'];
}
const linesOf = (folder: string): Record<string, string>[] => {
  const path = join(folder, 'told.jsonl');
  return existsSync(path)
    ? readFileSync(path, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line))
    : [];
};

describe('a command', () => {
  test('gets the line on stdin, without a shell', async () => {
    const folder = tempFolder();
    const command = [...notifier(folder).slice(0, 1), '$(touch x); told.jsonl'];
    expect(await sendAlarm({ alarms: { command }, root: folder }, '{"a":1}\n')).toEqual({ kind: 'sent' });
    expect(readFileSync(join(folder, '$(touch x); told.jsonl'), 'utf8')).toBe('{"a":1}\n');
    expect(existsSync(join(folder, 'x'))).toBe(false);
  });

  test.each([
    [['./none.sh'], /cannot be started \(ENOENT\)/],
    [['sh', '-c', 'exit 3'], /ended with 3/],
    [['sh', '-c', 'kill -9 $$'], /was ended by SIGKILL/],
  ])('%j that fails is told', async (command, why) => {
    expect(await sendAlarm({ alarms: { command }, root: tempFolder() }, '{}\n')).toEqual({
      kind: 'failed',
      why: expect.stringMatching(why),
    });
  });

  test('that does not read its input has not failed by that', async () => {
    const line = `"${'x'.repeat(1_000_000)}"\n`;
    expect(await sendAlarm({ alarms: { command: ['true'] }, root: tempFolder() }, line)).toEqual({ kind: 'sent' });
  });
});

test('a webhook gets the line by POST; anything but a 2xx has failed, and its address is not told', async () => {
  const got: string[] = [];
  const server = createServer((incoming, answer) => {
    let text = '';
    incoming.on('data', (chunk: Buffer) => {
      text += chunk;
    });
    incoming.on('end', () => {
      got.push(`${incoming.method} ${incoming.headers['content-type']} ${text}`);
      answer.writeHead(incoming.url === '/sad?secret' ? 500 : 204).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const send = (webhook: string) => sendAlarm({ alarms: { webhook }, root: '/' }, '{"a":1}\n');
  expect(await send(`${base}/`)).toEqual({ kind: 'sent' });
  expect(got).toEqual(['POST application/json {"a":1}\n']);
  expect(await send(`${base}/sad?secret`)).toEqual({ kind: 'failed', why: 'alarms.webhook answered 500' });
  expect(await send('http://127.0.0.1:1/')).toMatchObject({ kind: 'failed', why: expect.stringMatching(/reached/) });
});

const mapping = shippedMapping('new-loans').replace(/^refuseFileWhen.*$/m, 'approveWhen: { reportsOver: 3 }');
const withNotifier = async (exports: Record<string, string>) => {
  const workspace: Workspace = await openWorkspace({
    mappings: { 'new-loans': mapping },
    exports,
    config: (text) => `${text}alarms: { command: ["./notify.sh", "told.jsonl"] }\n`,
  });
  notifier(workspace.folder);
  return workspace;
};

test('an alarm is told once when it is raised and once when it has ended, and status tells it in between', async () => {
  const workspace = await withNotifier({ 'NEWLOANS_1.csv': loansText(soundLoans(2)) });
  await workspace.closeRegister();
  for (const _ of [1, 2]) expect(await workspace.run('--wait', '1s')).toMatchObject({ status: 4 });
  expect(linesOf(workspace.folder)).toEqual([
    {
      alarm: 'registerUnreachable',
      state: 'raised',
      since: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]+Z$/),
      text: expect.stringMatching(/cannot be reached/),
      environment: 'test',
    },
  ]);
  expect((await workspace.tool('status')).stdout).toMatch(/^Alarm since [\d-]{10} [\d:]{5}: The register cannot/m);
  expect(JSON.parse((await workspace.tool('status', '--json')).stdout).alarms).toMatchObject([
    { alarm: 'registerUnreachable' },
  ]);
  await workspace.reopenRegister();
  for (const _ of [1, 2]) expect(await workspace.run()).toMatchObject({ status: 0 });
  expect(linesOf(workspace.folder).map((line) => `${line['alarm']} ${line['state']}`)).toEqual([
    'registerUnreachable raised',
    'registerUnreachable cleared',
  ]);
  expect((await workspace.tool('status')).stdout).not.toContain('Alarm');
});

test('what cannot be told stops nothing, and is told when it can be; no name and no cell is in it', async () => {
  const workspace = await withNotifier({ 'NEWLOANS_1.csv': loansText(soundLoans(4)) });
  writeFileSync(join(workspace.folder, 'broken'), '');
  const ended = await workspace.run();
  expect(ended).toMatchObject({
    status: 3,
    stderr: expect.stringMatching(/an alarm could not be told: alarms\.command ended with 3/),
  });
  expect((await workspace.run()).stderr).not.toContain('could not be told');
  expect(readFileSync(join(workspace.state, 'luottoputki.log'), 'utf8')).toContain('alarm.untold');
  writeFileSync(
    join(workspace.folder, 'notify.sh'),
    readFileSync(join(workspace.folder, 'notify.sh'), 'utf8').replace('broken', 'mended'),
  );
  expect(await workspace.run()).toMatchObject({ status: 3 });
  const [told, ...more] = linesOf(workspace.folder);
  expect(more).toEqual([]);
  expect(told).toMatchObject({ alarm: 'exportStopped', state: 'raised' });
  expect(told?.['text']).toContain('TOO_MANY_REPORTS');
  expect(JSON.stringify(told)).not.toContain('NEWLOANS_1');
  await workspace.tool('withdraw', 'NEWLOANS_1.csv');
  await workspace.run();
  expect(linesOf(workspace.folder).at(-1)).toMatchObject({ alarm: 'exportStopped', state: 'cleared' });
});

test.each([
  ['webhook: "http://alarms.example/"', /alarms\.webhook.*https/],
  ['webhook: "ftp://alarms.example/"', /alarms\.webhook.*https/],
  ['command: []', /alarms\.command/],
  ['command: "./notify.sh"', /alarms\.command/],
])('alarms: { %s } is a mistake of the config', async (text, said) => {
  const workspace = await openWorkspace({ mappings: {}, config: (config) => `${config}alarms: { ${text} }\n` });
  expect(await workspace.tool('check')).toMatchObject({ status: 2, stdout: expect.stringMatching(said) });
});
