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
 * @throws UsageError when the certificate cannot be used
 */
export async function openRegister(config: LoadedConfig, inUse: CredentialsInUse): Promise<Register> {
  const { inFlight } = config.submission;
  if (config.register.environment !== 'sandbox') {
    const { validTo: _, ...address } = inUse.now(new Date());
    return openHttpsRegister({ ...address, inFlight });
  }
  // Loaded only here: it makes every start slower, and a real register needs none of it.
  const [{ startSandbox }, { sandboxKeys }] = await Promise.all([
    import('../sandbox/start-sandbox.ts'),
    import('../sandbox/keys.ts'),
  ]);
  const embedded = config.register.url === undefined;
  const sandbox = embedded
    ? await startSandbox({ stateFolder: sandboxFolder(config), owner: config.owner })
    : undefined;
  const keys = sandbox?.keys ?? (await sandboxKeys(join(sandboxFolder(config), 'keys'), config.owner, new Date()));
  const { cert, key } = keys.reporting;
  const register = openHttpsRegister({
    url: sandbox?.url ?? config.register.url ?? '',
    ca: keys.ca.pem,
    cert,
    key,
    inFlight,
  });
  return {
    post: register.post,
    ask: register.ask,
    getLoan: register.getLoan,
    async [Symbol.asyncDispose]() {
      await register[Symbol.asyncDispose]();
      await sandbox?.close();
    },
  };
}
