import { parseDocument } from 'yaml';
import { z } from 'zod';
import { batchApis, inquiryApis, isBatchApi } from '../contract/apis.ts';

/** The paths of the register, without their slash. */
export const sandboxApis = [...batchApis, 'GetBatchStatus', ...inquiryApis] as const;
export type SandboxApi = (typeof sandboxApis)[number];

const ms = z.int().min(0).max(86_400_000);
const when = {
  /** Which API; every one when absent. */
  api: z.enum(['*', ...sandboxApis]).optional(),
  /** How often; once when absent, for ever when 0. */
  times: z.int().min(0).optional(),
  /** How many matching requests pass untouched first. */
  after: z.int().min(0).optional(),
};
/** Whether the request has its effect all the same; it has none when absent. */
const applied = z.boolean().optional();

/** Something that goes wrong on request. */
export const Fault = z.discriminatedUnion('kind', [
  /** The answer is late. */
  z.strictObject({ ...when, kind: z.literal('slow'), ms }),
  /** The answer is this HTTP status. */
  z.strictObject({
    ...when,
    kind: z.literal('status'),
    status: z.int().min(400).max(599),
    retryAfter: z.string().min(1).optional(),
    applied,
  }),
  /** The connection ends before the body is read. */
  z.strictObject({ ...when, kind: z.literal('cutBefore') }),
  /** The request has its effect, then the connection ends without an answer. */
  z.strictObject({ ...when, kind: z.literal('cutAfter') }),
  /** No answer, and the connection stays: for `ms`, or as long as the client waits. */
  z.strictObject({ ...when, kind: z.literal('hang'), ms: ms.optional(), applied }),
  /** HTTP 200 with a page for people instead of JSON. */
  z.strictObject({ ...when, kind: z.literal('junk'), applied }),
  /** The batch stays `Processed`: for `ms`, or for ever. */
  z.strictObject({ ...when, kind: z.literal('stuck'), ms: ms.optional() }),
  /** One rejected report takes the whole batch with it (a bug of the real register, 20.5.–10.6.2026). */
  z.strictObject({ ...when, kind: z.literal('allOrNothing') }),
]);
export type Fault = z.infer<typeof Fault>;

/** Reads the YAML list of faults of `sandbox --faults FILE`; an empty file means none. */
export function readFaults(yamlText: string): Fault[] {
  const document = parseDocument(yamlText);
  const broken = document.errors[0];
  if (broken) throw new Error(`the faults are not YAML: ${broken.message}`, { cause: broken });
  const parsed = z.array(Fault).safeParse(document.toJS() ?? []);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${pathText(issue.path)}: ${issue.message}`);
  throw new Error(`the faults are wrong at ${problems.join('; ')}`);
}

const pathText = (path: PropertyKey[]) =>
  path.map((part, at) => (typeof part === 'number' ? `[${part}]` : `${at > 0 ? '.' : ''}${String(part)}`)).join('') ||
  'the top (a list is expected)';

/** Says which fault, if any, befalls a request: the first in the list whose turn it is. */
export class FaultPlan {
  readonly #faults: { fault: Fault; seen: number; used: number }[];

  constructor(faults: readonly Fault[]) {
    this.#faults = faults.map((fault) => ({ fault, seen: 0, used: 0 }));
  }

  draw(api: SandboxApi): Fault | undefined {
    let drawn: Fault | undefined;
    for (const entry of this.#faults) {
      if (!fits(entry.fault, api)) continue;
      entry.seen += 1;
      const { times = 1, after = 0 } = entry.fault;
      if (drawn || entry.seen <= after || (times > 0 && entry.used >= times)) continue;
      entry.used += 1;
      drawn = entry.fault;
    }
    return drawn;
  }
}

function fits(fault: Fault, api: SandboxApi): boolean {
  const { api: wanted = '*' } = fault;
  const onlyBatches = fault.kind === 'stuck' || fault.kind === 'allOrNothing';
  return (wanted === '*' || wanted === api) && (!onlyBatches || isBatchApi(api));
}
