import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Contract, ownContract } from '../contract/contract.ts';
import type { Owner } from '../contract/shapes.ts';
import { durableFolder } from '../lib/durable-write.ts';
import { type Fault, FaultPlan } from './faults.ts';
import { type SandboxKeys, sandboxKeys } from './keys.ts';
import { Register } from './register.ts';
import { RegisterStore } from './register-store.ts';
import { type Door, serveRequest } from './serve-request.ts';
import { type LoggedRequest, type SandboxSnapshot, takeSnapshot } from './snapshot.ts';

/** How a sandbox is set up. */
export type SandboxOptions = {
  /** Keys stand in `keys/`, the register in `register.sqlite`; both survive restarts. */
  stateFolder: string;
  /** Whom the certificates belong to; messages must name the same. */
  owner: Owner;
  /** A free one when absent or 0. */
  port?: number;
  /** Milliseconds a batch stays `Processed`, by the computer's clock; 300 when absent. */
  processing?: number;
  faults?: Fault[];
  /** Which day it is, for the register's rules. */
  now?: () => Date;
  /** Which reports it takes; our own contract when absent. */
  contract?: Contract;
};

/** A running sandbox. */
export type Sandbox = AsyncDisposable & {
  /** `https://localhost:PORT` */
  url: string;
  port: number;
  keys: SandboxKeys;
  /** Puts other faults in place of those there are; counting begins anew. */
  setFaults(faults: Fault[]): void;
  /** What the register holds, and what it was asked since the start. */
  snapshot(): SandboxSnapshot;
  close(): Promise<void>;
};

const mostLogged = 100_000;

/** Starts a stand-in register on this computer: mutual TLS, the register's rules, asynchronous batches. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { stateFolder, owner, port: wantedPort = 0, processing = 300, faults = [], now = () => new Date() } = options;
  const { contract = ownContract } = options;
  durableFolder(stateFolder);
  // TLS goes by the computer's clock, so the certificates do too.
  const keys = await sandboxKeys(join(stateFolder, 'keys'), owner, new Date());
  const store = new RegisterStore(join(stateFolder, 'register.sqlite'));
  const register = new Register(store, now, 'artificial', contract);
  const requests: LoggedRequest[] = [];
  const closing = new AbortController();
  const door: Door = {
    desk: { register, store, owner, processing, contract },
    plan: new FaultPlan(faults),
    closing: closing.signal,
    log(path) {
      const entry: LoggedRequest = {
        at: now().toISOString(),
        path,
        batchReference: null,
        bodySha256: null,
        httpStatus: null,
      };
      if (requests.push(entry) > mostLogged) requests.shift();
      return entry;
    },
  };
  const server = createServer(
    {
      ...keys.server,
      ca: keys.ca.pem,
      requestCert: true,
      rejectUnauthorized: true,
      minVersion: 'TLSv1.2',
      keepAliveTimeout: 60_000,
    },
    (request, response) => void serveRequest(door, request, response),
  );
  try {
    server.listen(wantedPort, '127.0.0.1');
    await once(server, 'listening');
  } catch (error) {
    store.close();
    throw new Error(`the sandbox cannot listen on port ${wantedPort}: is another one running there?`, { cause: error });
  }
  const { port } = server.address() as AddressInfo;

  const close = async () => {
    if (closing.signal.aborted) return;
    closing.abort();
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
    store.close();
  };
  return {
    url: `https://localhost:${port}`,
    port,
    keys,
    setFaults(faults) {
      door.plan = new FaultPlan(faults);
    },
    snapshot() {
      register.settle();
      return takeSnapshot(store, requests);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
