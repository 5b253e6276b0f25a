import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { type BatchApi, listKey } from '../../src/contract/apis.ts';
import type { Owner, Report } from '../../src/contract/shapes.ts';
import type { SandboxApi } from '../../src/sandbox/faults.ts';
import type { CertificateKind } from '../../src/sandbox/keys.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/start-sandbox.ts';

export const owner: Owner = { idCodeType: 'BusinessId', idCode: '1572860-0' };

const ErrorResponse = z.strictObject({ fieldName: z.string(), errorCode: z.string(), errorDescription: z.string() });
const Body = z.object({
  batchStatus: z.string().optional(),
  batchReference: z.string().optional(),
  reportCount: z.number().optional(),
  correlationId: z.string(),
  errorResponses: z.array(ErrorResponse).default([]),
  reports: z.array(z.object({ reportReference: z.string(), errorResponses: z.array(ErrorResponse) })).default([]),
  loan: z.record(z.string(), z.unknown()).optional(),
});

/** An answer of the sandbox, read. */
type Answer = { status: number; body: z.infer<typeof Body> };

type Posting = {
  text: string;
  reference?: string;
  kind?: CertificateKind | 'none';
  method?: 'POST' | 'GET';
  contentType?: string;
};

/** A new folder, removed when the test passes. */
export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
  onTestFinished(async ({ task }) => {
    if (task.result?.state === 'pass') await rm(folder, { recursive: true, force: true });
  });
  return folder;
}

/** A sandbox with a client that speaks to it, closed when the test ends. */
export async function openSandbox(options: Partial<SandboxOptions> = {}): Promise<Client> {
  const stateFolder = options.stateFolder ?? (await newFolder());
  const sandbox = await startSandbox({ owner, processing: 0, ...options, stateFolder });
  const client = new Client(sandbox);
  onTestFinished(() => client.close());
  return client;
}

let batches = 0;
/** A batch reference that no other test uses. */
export function newReference(): string {
  batches += 1;
  return `test-${batches}`;
}

/** Speaks to a sandbox as a lender would. */
export class Client {
  readonly sandbox: Sandbox;
  readonly #agents = new Map<string, Agent>();
  readonly envelope: { targetEnvironment: string; owner: Owner };

  constructor(sandbox: Sandbox, as: Owner = owner) {
    this.sandbox = sandbox;
    this.envelope = { targetEnvironment: 'Test', owner: as };
  }

  async raw(path: string, posting: Posting): Promise<{ status: number; text: string; retryAfter: string | undefined }> {
    const {
      text,
      reference,
      kind = 'reporting',
      method = 'POST',
      contentType = 'application/json; charset=utf-8',
    } = posting;
    const headers: Record<string, string> = { 'content-type': contentType };
    if (reference !== undefined) headers.BatchReference = reference;
    const answer = await request(`${this.sandbox.url}${path}`, {
      method,
      headers,
      body: method === 'GET' ? null : text,
      dispatcher: this.#agent(kind),
      headersTimeout: 2_000,
    });
    const retryAfter = answer.headers['retry-after'];
    return {
      status: answer.statusCode,
      text: await answer.body.text(),
      retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined,
    };
  }

  async post(api: SandboxApi, posting: Posting): Promise<Answer> {
    const { status, text } = await this.raw(`/${api}`, posting);
    return { status, body: Body.parse(JSON.parse(text)) };
  }

  text(api: BatchApi, reports: Report[]): string {
    return JSON.stringify({ ...this.envelope, [listKey[api]]: reports });
  }

  send(api: BatchApi, reports: Report[], reference = newReference()): Promise<Answer> {
    return this.post(api, { text: this.text(api, reports), reference });
  }

  status(batchReference: string): Promise<Answer> {
    return this.post('GetBatchStatus', { text: JSON.stringify({ ...this.envelope, batchReference }) });
  }

  loan(number: string): Promise<Answer> {
    return this.post('GetLoan', { text: JSON.stringify({ ...this.envelope, loanNumber: { type: 'Other', number } }) });
  }

  /** Asks until the batch is final. */
  async verdict(reference: string): Promise<Answer['body']> {
    for (;;) {
      const { status, body } = await this.status(reference);
      if (status !== 200 || body.batchStatus !== 'Processed') return body;
      await pause(5);
    }
  }

  /** Sends a batch and waits for what becomes of it. */
  async report(api: BatchApi, ...reports: Report[]): Promise<Answer['body']> {
    const reference = newReference();
    const { status, body } = await this.send(api, reports, reference);
    return status === 202 ? this.verdict(reference) : body;
  }

  /** The codes that the only report of a batch gets. */
  async codes(api: BatchApi, report: Report): Promise<string[]> {
    const { reports } = await this.report(api, report);
    return reports.flatMap(({ errorResponses }) => errorResponses.map(({ errorCode }) => errorCode));
  }

  async disconnect(): Promise<void> {
    for (const agent of this.#agents.values()) await agent.destroy();
  }

  async close(): Promise<void> {
    await this.disconnect();
    await this.sandbox.close();
  }

  #agent(kind: CertificateKind | 'none'): Agent {
    const { ca, ...keys } = this.sandbox.keys;
    const { cert, key } = kind === 'none' ? {} : keys[kind];
    const agent = this.#agents.get(kind) ?? new Agent({ allowH2: false, connect: { ca: ca.pem, cert, key } });
    this.#agents.set(kind, agent);
    return agent;
  }
}
