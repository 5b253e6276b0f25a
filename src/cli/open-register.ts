import { join } from 'node:path';
import type { CredentialsInUse } from '../config/credentials-in-use.ts';
import type { LoadedConfig } from '../config/load-config.ts';
import { openHttpsRegister } from '../submission/https-register.ts';
import type { Register } from '../submission/register.ts';

/** Where the sandbox of a workspace keeps its keys and its state. */
export const sandboxFolder = (config: LoadedConfig) => join(config.folders.state, 'sandbox');

/**
 * Opens the register the config names. The sandbox is started within this process, unless the config gives the address of
 * one that was started by hand.
 * @param dataUse the certificate of extracts; read only when one is asked for
 * @throws UsageError when the certificate cannot be used
 */
export async function openRegister(
  config: LoadedConfig,
  reporting: CredentialsInUse,
  dataUse?: CredentialsInUse,
): Promise<Register> {
  const { inFlight } = config.submission;
  if (config.register.environment !== 'sandbox') {
    const { validTo: _, ...address } = reporting.now(new Date());
    const extracts = dataUse ? { dataUse: () => dataUse.now(new Date()) } : {};
    return openHttpsRegister({ ...address, inFlight, ...extracts });
  }
  // Loaded only here: it makes every start slower, and a real register needs none of it.
  const [{ startSandbox }, { sandboxKeys }] = await Promise.all([
    import('../sandbox/start-sandbox.ts'),
    import('../sandbox/keys.ts'),
  ]);
  const embedded = config.register.url === undefined;
  const sandbox = embedded
    ? await startSandbox({ stateFolder: sandboxFolder(config), owner: config.owner, contract: config.contract })
    : undefined;
  const keys = sandbox?.keys ?? (await sandboxKeys(join(sandboxFolder(config), 'keys'), config.owner, new Date()));
  const { cert, key } = keys.reporting;
  const register = openHttpsRegister({
    url: sandbox?.url ?? config.register.url ?? '',
    ca: keys.ca.pem,
    cert,
    key,
    dataUse: () => ({ cert: keys.dataUse.cert, key: keys.dataUse.key }),
    inFlight,
  });
  return {
    post: register.post,
    ask: register.ask,
    getLoan: register.getLoan,
    getExtract: register.getExtract,
    async [Symbol.asyncDispose]() {
      await register[Symbol.asyncDispose]();
      await sandbox?.close();
    },
  };
}
