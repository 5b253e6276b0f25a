import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { request } from 'undici';
import type { LoadedConfig } from '../config/load-config.ts';

/** A line could not be handed over; `why` names no address and no secret. */
export type Sent = { kind: 'sent' } | { kind: 'failed'; why: string };

const longest = 30_000;

/** Hands one line of JSON to the command and the webhook of the config; both must take it. */
export async function sendAlarm(config: Pick<LoadedConfig, 'alarms' | 'root'>, line: string): Promise<Sent> {
  const { command, webhook } = config.alarms;
  const results = await Promise.all([
    ...(command === undefined ? [] : [toCommand(command, config.root, line)]),
    ...(webhook === undefined ? [] : [toWebhook(webhook, line)]),
  ]);
  return results.find(({ kind }) => kind === 'failed') ?? { kind: 'sent' };
}

/** Without a shell; the line comes on stdin. A command that does not read it has not failed by that alone. */
function toCommand([program = '', ...args]: readonly string[], root: string, line: string): Promise<Sent> {
  const path = /[/\\]/.test(program) ? resolve(root, program) : program;
  return new Promise((done) => {
    const child = spawn(path, args, {
      cwd: root,
      stdio: ['pipe', 'ignore', 'ignore'],
      timeout: longest,
      killSignal: 'SIGKILL',
      windowsHide: true,
    });
    const fail = (why: string) => done({ kind: 'failed', why: `alarms.command ${why}` });
    child.on('error', (error: NodeJS.ErrnoException) => fail(`cannot be started (${error.code ?? 'unknown'})`));
    child.on('close', (status, signal) => {
      if (status === 0) done({ kind: 'sent' });
      else fail(signal === null ? `ended with ${status}` : `was ended by ${signal}; it may take 30 s`);
    });
    child.stdin.on('error', () => {});
    child.stdin.end(line);
  });
}

async function toWebhook(url: string, line: string): Promise<Sent> {
  try {
    const { statusCode, body } = await request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: line,
      signal: AbortSignal.timeout(longest),
    });
    await body.dump();
    if (statusCode >= 200 && statusCode < 300) return { kind: 'sent' };
    return { kind: 'failed', why: `alarms.webhook answered ${statusCode}` };
  } catch (error) {
    const { code, name } = error as NodeJS.ErrnoException;
    return { kind: 'failed', why: `alarms.webhook cannot be reached (${code ?? name})` };
  }
}
