import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { UsageError } from '../lib/problem.ts';
import { startCertificateService, type Transfer } from '../sandbox/certificate-service.ts';
import { readFaults } from '../sandbox/faults.ts';
import { startSandbox } from '../sandbox/start-sandbox.ts';
import { usableConfig } from './open-house.ts';
import { sandboxFolder } from './open-register.ts';
import { listenForStop } from './stop-signals.ts';

/** `luottoputki sandbox`: the stand-in register by hand, with the keys and the state of this workspace. */
export async function sandbox(options: { config: string; port: number; faults?: string }): Promise<number> {
  const config = usableConfig(options.config);
  if (options.faults !== undefined && !existsSync(options.faults))
    throw new UsageError(`there is no file ${options.faults}`, {
      hint: 'say --faults FILE with the path of a YAML list of faults',
    });
  const faults = options.faults === undefined ? [] : readFaults(readFileSync(options.faults, 'utf8'));
  using stop = listenForStop();
  await using register = await startSandbox({
    stateFolder: sandboxFolder(config),
    owner: config.owner,
    port: options.port,
    faults,
    contract: config.contract,
  });
  const { keys } = register;
  const transfers: Transfer[] = (['reporting', 'dataUse'] as const).map((kind) => ({
    id: randomBytes(8).toString('hex'),
    password: randomBytes(6).toString('hex'),
    kind,
  }));
  const { owner } = config;
  await using service = await startCertificateService({ stateFolder: sandboxFolder(config), owner, transfers });
  process.stdout.write(
    `${[
      `sandbox: ${register.url}`,
      `to use it from this workspace: register: { environment: sandbox, url: "${register.url}" }`,
      `authority:  ${keys.ca.path}`,
      `reporting:  ${keys.reporting.certPath}  ${keys.reporting.keyPath}`,
      `data use:   ${keys.dataUse.certPath}  ${keys.dataUse.keyPath}`,
      `certificate service: ${service.url}`,
      ...transfers.map(
        ({ id, password, kind }) => `  retrieval data for ${kind}, usable once: ${id}, password ${password}`,
      ),
      'stop with Ctrl-C; its state is kept',
    ].join('\n')}\n`,
  );
  if (!stop.signal.aborted) await once(stop.signal, 'abort');
  return stop.status ?? 0;
}
