import 'reflect-metadata';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';
import { describe, expect, onTestFinished, test } from 'vitest';
import { certificateFiles, putInPlace } from '../../src/certificates/certificate-files.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { startCertificateService, type Transfer } from '../../src/sandbox/certificate-service.ts';
import { makeCertificate } from '../config/make-certificate.ts';
import { tempFolder } from '../lib/temp-folder.ts';
import { runTool } from '../pipeline/workspace.ts';

const owner = { idCode: '1572860-0' };
const transfers: Transfer[] = [
  { id: 'T1', password: 'once', kind: 'reporting' },
  { id: 'T2', password: 'twice', kind: 'dataUse' },
];

type Setting = { certificates?: string; wait?: string; serviceWait?: number };

/** A lender that has no certificate yet, and a certificate service. */
async function openLender({ certificates = '', wait = '50ms', serviceWait = 50 }: Setting = {}) {
  const folder = tempFolder();
  const stateFolder = join(folder, 'sandbox');
  const service = await startCertificateService({ stateFolder, owner, transfers, wait: serviceWait });
  onTestFinished(() => service[Symbol.asyncDispose]());
  writeFileSync(
    join(folder, 'pipeline.config.yaml'),
    `owner: { idCodeType: BusinessId, idCode: "${owner.idCode}" }
register:
  environment: test
  url: https://localhost:1
  certificateService: { url: "${service.url}", ca: sandbox/keys/ca.pem, customerName: Esimerkkirahoitus Oy, wait: ${wait} }
${certificates}`,
  );
  writeFileSync(join(folder, 'password.txt'), 'once\n');
  const tool = (verb: string, ...args: string[]) => runTool(['certificate', verb, ...args], { cwd: folder });
  const fetch = (...more: string[]) =>
    tool('fetch', '--kind', 'reporting', '--transfer-id', 'T1', '--transfer-password-file', 'password.txt', ...more);
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const names = () => readdirSync(join(folder, 'certificates')).sort();
  return { folder, tool, fetch, read, names, caKey: () => read('sandbox/keys/ca-key.pem') };
}

const named =
  '  certificates: { reporting: { cert: certificates/reporting.pem, key: certificates/reporting-key.pem } }\n';

/** Puts a certificate that the sandbox's authority issued for days in the place of the lender's. */
async function age(lender: Awaited<ReturnType<typeof openLender>>, to: number) {
  const { folder, read } = lender;
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const der = createPrivateKey(lender.caKey()).export({ type: 'pkcs8', format: 'der' });
  const issuer = {
    cert: read('sandbox/keys/ca.pem'),
    key: await crypto.subtle.importKey('pkcs8', der, algorithm, true, ['sign']),
  };
  const subject = [{ C: ['FI'] }, { O: ['luottoputki sandbox'] }, { OU: ['reporting'] }, { CN: [owner.idCode] }];
  const made = await makeCertificate({ subject, from: -600, to, issuer, rsa: true });
  mkdirSync(join(folder, 'certificates'), { recursive: true });
  writeFileSync(join(folder, 'certificates', 'reporting.pem'), made.cert);
  writeFileSync(join(folder, 'certificates', 'reporting-key.pem'), made.key, { mode: 0o600 });
  return made;
}

const today = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

describe('certificate request', () => {
  test('makes a private RSA key of 3072 bits and a request for the owner, once, and sends nothing', async () => {
    const { folder, tool, names, read } = await openLender();
    const first = await tool('request', '--kind', 'reporting');
    expect(first).toMatchObject({ status: 0, stdout: expect.stringContaining('What to do next:') });
    expect(names()).toEqual(['reporting.new-key.pem', 'reporting.new-request.pem']);
    const path = join(folder, 'certificates', 'reporting.new-key.pem');
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
    const key = createPrivateKey(readFileSync(path));
    expect(key.asymmetricKeyDetails).toMatchObject({ modulusLength: 3072 });
    const request = new x509.Pkcs10CertificateRequest(read('certificates/reporting.new-request.pem'));
    expect(request.subject).toBe('C=FI, CN=1572860-0');
    expect(await request.verify()).toBe(true);
    const before = read('certificates/reporting.new-key.pem');
    expect(await tool('request', '--kind', 'reporting')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('there already'),
    });
    expect(read('certificates/reporting.new-key.pem')).toBe(before);
    rmSync(join(folder, 'certificates', 'reporting.new-request.pem'));
    expect(await tool('request', '--kind', 'reporting')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('never overwritten'),
    });
    expect(read('certificates/reporting.new-key.pem')).toBe(before);
  });
});

describe('certificate fetch', () => {
  test('gets the certificate of our own key, tells what to put into the config, and cleans up', async () => {
    const { tool, fetch, names, read } = await openLender();
    await tool('request', '--kind', 'reporting');
    const key = read('certificates/reporting.new-key.pem');
    const { status, stdout } = await fetch();
    expect(status).toBe(0);
    expect(stdout).toContain('cert: certificates/reporting.pem, key: certificates/reporting-key.pem');
    expect(names()).toEqual(['reporting-key.pem', 'reporting.pem']);
    expect(read('certificates/reporting-key.pem')).toBe(key);
    expect(new X509Certificate(read('certificates/reporting.pem')).checkPrivateKey(createPrivateKey(key))).toBe(true);
  });

  test('the transfer password serves once; the wrong one is refused with the code of the service', async () => {
    const { folder, fetch } = await openLender();
    writeFileSync(join(folder, 'password.txt'), 'wrong');
    expect(await fetch()).toMatchObject({ status: 2, stderr: expect.stringMatching(/refused: PKI903/) });
    writeFileSync(join(folder, 'password.txt'), 'once');
    expect((await fetch()).status).toBe(0);
    rmSync(join(folder, 'certificates'), { recursive: true });
    expect(await fetch()).toMatchObject({ status: 2, stderr: expect.stringMatching(/refused: PKI904/) });
  });

  test('an order that is not ready yet is fetched by a later call, without the password', async () => {
    const { fetch, tool, names } = await openLender({ wait: '10ms', serviceWait: 4000 });
    const early = await fetch();
    expect(early).toMatchObject({ status: 4, stderr: expect.stringMatching(/no certificate yet: PKI910/) });
    expect(names()).toEqual(['reporting.new-key.pem', 'reporting.new-order.json', 'reporting.new-request.pem']);
    let late = await tool('fetch', '--kind', 'reporting');
    while (late.status === 4) late = await tool('fetch', '--kind', 'reporting');
    expect(late.status).toBe(0);
    expect(names()).toEqual(['reporting-key.pem', 'reporting.pem']);
  });

  test('without retrieval data, or without the address of the service, it says what is missing', async () => {
    const { folder, tool, fetch, read } = await openLender();
    expect(await tool('fetch', '--kind', 'reporting')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('--transfer-id'),
    });
    writeFileSync(
      join(folder, 'pipeline.config.yaml'),
      read('pipeline.config.yaml').replace(/^ {2}certificateService.*\n/m, ''),
    );
    expect(await fetch()).toMatchObject({ status: 2, stderr: expect.stringContaining('certificateService') });
  });

  test('a service that is not there: status 4, and the key is kept', async () => {
    const { folder, fetch, read, names } = await openLender();
    const text = read('pipeline.config.yaml').replace(/localhost:\d+\/2017/, 'localhost:1/2017');
    writeFileSync(join(folder, 'pipeline.config.yaml'), text);
    expect(await fetch()).toMatchObject({ status: 4, stderr: expect.stringContaining('ECONNREFUSED') });
    expect(names()).toEqual(['reporting.new-key.pem', 'reporting.new-request.pem']);
  });
});

describe('certificate renew', () => {
  test('a certificate in its last 60 days is renewed with a new key; the old files are kept', async () => {
    const lender = await openLender({ certificates: named });
    const { read, names } = lender;
    const old = await age(lender, 30.5);
    const { status, stdout } = await lender.tool('renew', '--kind', 'reporting');
    expect(status).toBe(0);
    expect(stdout).toContain('is in place');
    const kept = `reporting.until-${today(30.5)}`;
    expect(names()).toEqual(['reporting-key.pem', 'reporting.pem', `${kept}-key.pem`, `${kept}.pem`].sort());
    expect(read(`certificates/${kept}.pem`)).toBe(old.cert);
    expect(read(`certificates/${kept}-key.pem`)).toBe(old.key);
    const certificate = new X509Certificate(read('certificates/reporting.pem'));
    expect(certificate.checkPrivateKey(createPrivateKey(read('certificates/reporting-key.pem')))).toBe(true);
    expect(certificate.checkPrivateKey(createPrivateKey(old.key))).toBe(false);
    expect(certificate.validToDate.getTime()).toBeGreaterThan(Date.now() + 700 * 86_400_000);
  });

  test.each([
    [61.5, /too early/],
    [-1, /expired on .*cannot be renewed/],
  ])('one with %d days left is not renewed', async (days, words) => {
    const lender = await openLender({ certificates: named });
    await age(lender, days);
    expect(await lender.tool('renew', '--kind', 'reporting')).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(words),
    });
    expect(lender.names()).toEqual(['reporting-key.pem', 'reporting.pem']);
  });

  test('a certificate that the service did not issue is no proof', async () => {
    const lender = await openLender({ certificates: named });
    await age(lender, 30);
    const strange = await makeCertificate({ to: 30, rsa: true });
    writeFileSync(join(lender.folder, 'certificates', 'reporting.pem'), strange.cert);
    writeFileSync(join(lender.folder, 'certificates', 'reporting-key.pem'), strange.key);
    expect(await lender.tool('renew', '--kind', 'reporting')).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/refused: PKI905 .*not one of ours/),
    });
  });
});

test('killed while the files were exchanged, the next call finishes it, and the old ones are kept', async () => {
  const lender = await openLender({ certificates: named });
  const { folder, read, names } = lender;
  const old = await age(lender, 30);
  const fresh = await makeCertificate({ rsa: true });
  const { config } = loadConfig(join(folder, 'pipeline.config.yaml'));
  if (!config) throw new Error('the config is wrong');
  const files = certificateFiles(config, 'reporting');
  writeFileSync(files.newCert, fresh.cert);
  writeFileSync(files.newKey, fresh.key);
  const whole = tempFolder();
  for (const name of names()) copyFileSync(join(folder, 'certificates', name), join(whole, name));
  putInPlace(files);
  // As a kill between the two renames leaves it: the key is the new one, the certificate the old one.
  for (const name of ['reporting.pem', 'reporting.new.pem', 'reporting.new-key.pem'])
    copyFileSync(join(whole, name), join(folder, 'certificates', name));
  expect((await lender.tool('renew', '--kind', 'reporting')).status).toBe(0);
  expect(read('certificates/reporting.pem')).toBe(fresh.cert);
  expect(read('certificates/reporting-key.pem')).toBe(fresh.key);
  expect(existsSync(files.newCert)).toBe(false);
  const kept = `reporting.until-${today(30)}`;
  expect(read(`certificates/${kept}.pem`)).toBe(old.cert);
  expect(read(`certificates/${kept}-key.pem`)).toBe(old.key);
});

test('certificate show tells whose it is and how long it is valid, and what is wrong with it', async () => {
  const lender = await openLender({ certificates: named });
  await age(lender, 30.5);
  expect(await lender.tool('show')).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/owner {8}1572860-0\n.*sandbox\n.*\(30 days left\)/),
  });
  const { certificates } = JSON.parse((await lender.tool('show', '--json')).stdout);
  expect(certificates).toEqual([
    {
      kind: 'reporting',
      file: 'certificates/reporting.pem',
      subject: 'C=FI, O=luottoputki sandbox, OU=reporting, CN=1572860-0',
      issuer: 'O=luottoputki sandbox, CN=luottoputki sandbox CA',
      owners: ['1572860-0'],
      environment: 'sandbox',
      validFrom: expect.any(String),
      validTo: expect.stringContaining(today(30.5)),
      daysLeft: 30,
      fingerprint: expect.stringMatching(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/),
      problem: null,
    },
  ]);
  await age(lender, -1);
  expect(await lender.tool('show')).toMatchObject({ status: 2, stdout: expect.stringMatching(/problem .*expired on/) });
});
