import { chmodSync, copyFileSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { certificateEnds, unusableCertificates } from '../../src/config/certificate-ends.ts';
import { CredentialsInUse } from '../../src/config/credentials-in-use.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { filesOpenToAll } from '../../src/config/read-certificate.ts';
import { readCredentials } from '../../src/config/register-address.ts';
import { UsageError } from '../../src/lib/problem.ts';
import { sandboxKeys } from '../../src/sandbox/keys.ts';
import { tempFolder } from '../lib/temp-folder.ts';
import { type Made, makeCertificate, subjectOf } from './make-certificate.ts';

const owner = '1572860-0';
const day = 86_400_000;
const good = await makeCertificate();
const other = await makeCertificate();
const serverOnly = '1.3.6.1.5.5.7.3.1';

type Setting = { environment?: string; url?: string; reporting?: string; dataUse?: string; idCode?: string };

/** A config with certificates, in a folder with the files given. */
function configOf(files: Record<string, string>, setting: Setting = {}) {
  const root = tempFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text, { mode: 0o600 });
  const { environment = 'test', url, reporting = '{ cert: c.pem, key: k.pem }', dataUse, idCode = owner } = setting;
  const yaml = `owner: { idCodeType: BusinessId, idCode: "${idCode}" }
register:
  environment: ${environment}
${url ? `  url: ${url}\n` : ''}  certificates:
    reporting: ${reporting}
${dataUse ? `    dataUse: ${dataUse}\n` : ''}`;
  writeFileSync(join(root, 'pipeline.config.yaml'), yaml);
  const { config, problems } = loadConfig(join(root, 'pipeline.config.yaml'));
  if (!config) throw new Error(JSON.stringify(problems));
  return config;
}

const pair = ({ cert, key }: Pick<Made, 'cert' | 'key'>) => ({ 'c.pem': cert, 'k.pem': key });

/** A config whose PKCS#12 file is one of the fixtures. */
function pfxConfig(fixture: string, passphrase = 'lupa\n') {
  const config = configOf({ 'word.txt': passphrase }, { reporting: '{ pfx: c.p12, passphrase: { file: word.txt } }' });
  copyFileSync(join(import.meta.dirname, 'fixtures', fixture), join(config.root, 'c.p12'));
  return config;
}

/** The message, and the hint, of what is thrown. */
function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof UsageError) return `${error.message} | ${error.hint}`;
    throw error;
  }
  return 'nothing was thrown';
}

const read = (config: Parameters<typeof readCredentials>[0], now = new Date()) =>
  refusal(() => readCredentials(config, 'reporting', now));

describe('a certificate that cannot be used is told by what is wrong with it', () => {
  test.each<[string, () => Promise<ReturnType<typeof configOf>> | ReturnType<typeof configOf>, string]>([
    [
      'a key of another',
      () => configOf(pair({ cert: good.cert, key: other.key })),
      'the key does not belong to the certificate',
    ],
    [
      'an encrypted key, no passphrase',
      () => configOf({ 'c.pem': good.cert, 'k.pem': good.encryptedKey('lupa') }),
      'protected by a passphrase, and none is given',
    ],
    [
      'a wrong passphrase',
      () =>
        configOf(
          { 'c.pem': good.cert, 'k.pem': good.encryptedKey('lupa'), 'w.txt': 'lapu' },
          { reporting: '{ cert: c.pem, key: k.pem, passphrase: { file: w.txt } }' },
        ),
      'the passphrase is wrong',
    ],
    [
      'a variable that is not set',
      () =>
        configOf(pair(good), { reporting: '{ cert: c.pem, key: k.pem, passphrase: { env: LUOTTOPUTKI_NO_SUCH } }' }),
      'the environment variable LUOTTOPUTKI_NO_SUCH',
    ],
    ['a file that is not there', () => configOf({ 'c.pem': good.cert }), 'k.pem cannot be read (ENOENT)'],
    ['no PEM at all', () => configOf(pair({ cert: 'x', key: 'y' })), 'certificate or key cannot be read'],
    [
      'expired',
      async () => configOf(pair(await makeCertificate({ from: -400, to: -1 }))),
      'the reporting certificate expired on ',
    ],
    [
      'not yet valid',
      async () => configOf(pair(await makeCertificate({ from: 1 }))),
      'the reporting certificate is not valid before ',
    ],
    [
      'for servers only',
      async () => configOf(pair(await makeCertificate({ purposes: [serverOnly] }))),
      'not made for client authentication',
    ],
    [
      'of another owner',
      async () => configOf(pair(await makeCertificate({ subject: subjectOf('0111027-9') }))),
      'belongs to 0111027-9, and owner.idCode is 1572860-0',
    ],
    [
      'of another owner, by its organization identifier',
      async () =>
        configOf(pair(await makeCertificate({ subject: [{ '2.5.4.97': ['VATFI-01110279'] }, { CN: ['Oy Ab'] }] }))),
      'belongs to 0111027-9',
    ],
    [
      'of the sandbox, at the test environment',
      async () => configOf(pair((await sandboxKeys(tempFolder(), { idCode: owner }, new Date())).reporting)),
      'one of the sandbox, and the environment is test',
    ],
    [
      'of the sandbox, in production',
      async () =>
        configOf(pair((await sandboxKeys(tempFolder(), { idCode: owner }, new Date())).reporting), {
          environment: 'production',
          url: 'https://localhost:1',
        }),
      'one of the sandbox, and the environment is production',
    ],
    [
      'the other kind',
      async () =>
        configOf(pair((await sandboxKeys(tempFolder(), { idCode: owner }, new Date())).dataUse), {
          url: 'https://localhost:1',
        }),
      'is a certificate for dataUse',
    ],
    ['PKCS#12, wrong passphrase', () => pfxConfig('good.p12', 'lapu'), 'the passphrase is wrong'],
    ['PKCS#12 without a key', () => pfxConfig('no-key.p12'), 'no private key'],
    ['PKCS#12 encrypted in the old way', () => pfxConfig('legacy.p12'), 'encrypted in an old way'],
  ])('%s', async (_, config, words) => {
    const told = read(await config());
    expect(told).toContain(words);
    expect(told).not.toMatch(/lapu|lupa|BEGIN/);
  });

  test('PKCS#12 without a passphrase', () => {
    const config = configOf({}, { reporting: '{ pfx: c.p12 }' });
    copyFileSync(join(import.meta.dirname, 'fixtures', 'good.p12'), join(config.root, 'c.p12'));
    expect(read(config)).toContain('protected by a passphrase, and none is given');
  });
});

describe('a certificate that can be used', () => {
  test.each<[string, Parameters<typeof makeCertificate>[0]]>([
    ['names the owner', {}],
    ['names the owner as VAT number', { subject: [{ '2.5.4.97': ['VATFI-15728600'] }, { CN: ['Oy Ab'] }] }],
    ['names no Business ID: nothing is concluded', { subject: [{ CN: ['Oy Ab 1234567-8'] }] }],
    ['names the owner among others', { subject: [{ '2.5.4.5': ['0111027-9'] }, { CN: [owner] }] }],
    ['names no purpose', { purposes: null }],
    ['has any purpose', { purposes: ['2.5.29.37.0'] }],
  ])('%s', async (_, wanted) => {
    expect(read(configOf(pair(await makeCertificate(wanted))))).toBe('nothing was thrown');
  });

  test('its end is known, of PEM and of PKCS#12', () => {
    const now = Date.now();
    expect(certificateEnds(configOf(pair(good)), now)).toMatchObject([{ kind: 'reporting', daysLeft: 399 }]);
    const [end] = certificateEnds(pfxConfig('good.p12'), now);
    expect(end?.validTo.getUTCFullYear()).toBe(2120);
    expect(certificateEnds(pfxConfig('good.p12', 'wrong'), now)).toEqual([]);
    expect(unusableCertificates(pfxConfig('good.p12', 'wrong'), now)).toMatchObject([{ kind: 'reporting' }]);
  });

  test('is shown to the register, of PKCS#12 with a passphrase too', async () => {
    const { pfx, passphrase } = readCredentials(pfxConfig('good.p12'), 'reporting', new Date());
    const server = createServer(
      { cert: good.cert, key: good.key, requestCert: true, rejectUnauthorized: false },
      (asked, answer) => answer.end((asked.socket as TLSSocket).getPeerCertificate().subject.CN),
    );
    await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const heard = await new Promise<string>((done, fail) => {
      const asked = request({ port, host: '127.0.0.1', pfx, passphrase, rejectUnauthorized: false }, (answer) =>
        answer.setEncoding('utf8').on('data', done),
      );
      asked.on('error', fail).end();
    });
    server.close();
    expect(heard).toBe(owner);
  });

  test.skipIf(process.platform === 'win32')('files that everybody may read are named', () => {
    const config = configOf(pair(good));
    expect(filesOpenToAll(config)).toEqual([]);
    chmodSync(join(config.root, 'k.pem'), 0o644);
    chmodSync(join(config.root, 'c.pem'), 0o644);
    expect(filesOpenToAll(config)).toEqual(['k.pem']);
  });
});

describe('in a long run', () => {
  const write = (root: string, { cert, key }: Pick<Made, 'cert' | 'key'>) => {
    writeFileSync(join(root, 'c.pem'), cert);
    writeFileSync(join(root, 'k.pem'), key);
  };

  test('a renewed certificate is used at once; a broken one does not stop the one before; at its end all stops, until it is renewed', async () => {
    const short = await makeCertificate({ to: 2 });
    const config = configOf(pair(short));
    const inUse = new CredentialsInUse(config, 'reporting');
    const now = new Date();
    expect(inUse.now(now).cert).toBe(short.cert);
    write(config.root, { cert: good.cert, key: short.key });
    expect(inUse.now(now).cert).toBe(short.cert);
    const later = new Date(now.getTime() + 3 * day);
    expect(refusal(() => inUse.now(later))).toContain('the key does not belong');
    write(config.root, good);
    expect(inUse.now(later).cert).toBe(good.cert);
    write(config.root, other);
    expect(inUse.now(later).cert).toBe(other.cert);
  });

  test('a run that begins with a broken certificate has nothing to fall back on', () => {
    const config = configOf(pair({ cert: good.cert, key: other.key }));
    expect(refusal(() => new CredentialsInUse(config, 'reporting').now(new Date()))).toContain('does not belong');
  });
});
