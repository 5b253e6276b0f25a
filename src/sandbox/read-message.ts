import { z } from 'zod';
import { type BatchApi, batchApis, listKey } from '../contract/apis.ts';
import { type Contract, ownContract } from '../contract/contract.ts';
import { type Report, reportShapes } from '../contract/shapes.ts';
import { repeatedKey } from './repeated-key.ts';
import { type ErrorResponse, errorAt } from './reply.ts';
import { shapesOf } from './shapes.ts';

const envelope = {
  targetEnvironment: z.enum(['Test', 'Production']),
  // Not the contract's Owner: a missing countryCode is D40, not A10.
  owner: z.strictObject({
    idCodeType: z.enum(['BusinessId', 'ForeignBusinessId', 'PersonalIdentityCode']),
    idCode: z.string().min(1),
    countryCode: z.string().optional(),
  }),
};

const loanNumber = reportShapes.AddLoans.shape.loanNumber;
const StatusQuestion = z.strictObject({ ...envelope, batchReference: z.string().min(1) });
const LoanQuestion = z.strictObject({ ...envelope, loanNumber });
const extractInquiry = reportShapes.GetCreditRegisterExtract;
const FlatExtractQuestion = z.strictObject({ ...envelope, ...extractInquiry.shape });
const NestedExtractQuestion = z.strictObject({ ...envelope, request: extractInquiry });

type JsonSchema = { properties?: Record<string, JsonSchema>; items?: JsonSchema };

function learnKeys(schema: JsonSchema, keys: Map<string, string>): void {
  for (const [key, member] of Object.entries(schema.properties ?? {})) {
    keys.set(key.toLowerCase(), key);
    learnKeys(member, keys);
  }
  if (schema.items) learnKeys(schema.items, keys);
}

const questionKeys = new Map<string, string>();
for (const shape of [StatusQuestion, LoanQuestion, FlatExtractQuestion, NestedExtractQuestion])
  learnKeys(z.toJSONSchema(shape) as JsonSchema, questionKeys);

/** The messages of the batch APIs, and their keys by their lower case: the register reads keys in any case (2.0). */
type Messages = { shapes: ReadonlyMap<BatchApi, z.ZodType<Sender & { [list: string]: unknown }>>; keys: Keys };
type Keys = ReadonlyMap<string, string>;

const known = new WeakMap<Contract, Messages>();

/** Made once for each contract. */
function messagesOf(contract: Contract): Messages {
  const found = known.get(contract);
  if (found) return found;
  const shapes = shapesOf(contract);
  const messages = batchApis.map(
    (api) => [api, z.strictObject({ ...envelope, [listKey[api]]: z.array(shapes[api]).min(1) })] as const,
  );
  const keys = new Map<string, string>();
  for (const [, shape] of messages) learnKeys(z.toJSONSchema(shape) as JsonSchema, keys);
  const made = { shapes: new Map(messages), keys };
  known.set(contract, made);
  return made;
}

/** Whom a message comes from, as it says itself. */
export type Sender = z.infer<z.ZodObject<typeof envelope>>;

/** A message read, or what A10 says about it (register-contract.md section 3). */
export type Read<T> = { kind: 'read'; message: T } | { kind: 'unreadable'; errors: ErrorResponse[] };

/** Reads the message of a batch API. */
export function readBatch(
  api: BatchApi,
  text: string,
  contract: Contract = ownContract,
): Read<Sender & { reports: Report[] }> {
  const { shapes, keys } = messagesOf(contract);
  const shape = shapes.get(api);
  if (!shape) throw new Error(`there is no message of ${api}`);
  const read = readAs(shape, text, keys);
  if (read.kind === 'unreadable') return read;
  const { targetEnvironment, owner, [listKey[api]]: reports } = read.message;
  return { kind: 'read', message: { targetEnvironment, owner, reports: reports as Report[] } };
}

/** Reads the message of GetBatchStatus. */
export const readStatusQuestion = (text: string): Read<z.infer<typeof StatusQuestion>> =>
  readAs(StatusQuestion, text, questionKeys);

/** Reads the message of GetLoan. */
export const readLoanQuestion = (text: string): Read<z.infer<typeof LoanQuestion>> =>
  readAs(LoanQuestion, text, questionKeys);

/** Reads the message of GetCreditRegisterExtract, in either of the forms that sources know (register-contract.md section 8). */
export function readExtractQuestion(text: string): Read<Sender & z.infer<typeof extractInquiry>> {
  if (!/"request"\s*:/i.test(text)) return readAs(FlatExtractQuestion, text, questionKeys);
  const read = readAs(NestedExtractQuestion, text, questionKeys);
  if (read.kind === 'unreadable') return read;
  const { request, ...sender } = read.message;
  return { kind: 'read', message: { ...sender, ...request } };
}

function readAs<T>(shape: z.ZodType<T>, text: string, keys: Keys): Read<T> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    // The parser's own words quote the message, and with it a person's data.
    return unreadable(errorAt('message', 'A10', 'The message is not JSON.'));
  }
  const twice = repeatedKey(text);
  if (twice !== undefined) return unreadable(errorAt(twice, 'A10', `The key ${twice} stands twice in one object.`));
  const checked = shape.safeParse(withOurKeys(parsed, keys));
  if (checked.success) return { kind: 'read', message: checked.data };
  return unreadable(...checked.error.issues.slice(0, mostErrors).map(schemaError));
}

const mostErrors = 50;
const unreadable = (...errors: ErrorResponse[]) => ({ kind: 'unreadable', errors }) as const;

function schemaError(issue: z.core.$ZodIssue): ErrorResponse {
  const unknownKeys = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const parts = [...issue.path, ...unknownKeys].map((part) =>
    typeof part === 'number' ? `[${part}]` : `.${String(part)}`,
  );
  const place = parts.join('').replace(/^\./, '') || 'message';
  return errorAt(place, 'A10', `The message does not conform to the schema at ${place}: ${issue.message}`);
}

function withOurKeys(value: unknown, keys: Keys): unknown {
  if (Array.isArray(value)) return value.map((item) => withOurKeys(item, keys));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [keys.get(key.toLowerCase()) ?? key, withOurKeys(member, keys)]),
  );
}
