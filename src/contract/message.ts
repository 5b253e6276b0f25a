import { type BatchApi, type InquiryApi, listKey } from './apis.ts';
import type { Owner, TargetEnvironment } from './shapes.ts';

/** How keys are written in requests; the register's schema is not known to us (register-contract.md 2.0). */
export type KeyCase = 'camelCase' | 'PascalCase';

/** Who sends, and where to: the members every message begins with. */
export type Envelope = { targetEnvironment: TargetEnvironment; owner: Owner };

/**
 * Writes a value as JSON with its keys in the wanted case; members that are `undefined` are left out, nulls never occur
 * (register-contract.md 2.0). This is the only place where keys are written.
 */
export function serialise(value: unknown, keyCase: KeyCase): string {
  return JSON.stringify(keyCase === 'camelCase' ? value : pascal(value));
}

/** The same value with its keys in PascalCase. */
export function pascal(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pascal);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [pascalKey(key), pascal(member)]));
}

const pascalKey = (key: string) => key.charAt(0).toUpperCase() + key.slice(1);

/**
 * The text before and after the reports of one message: `head + reports.join(',') + tail` is the body.
 * @param keyCase the case the reports were serialised in
 */
export function frame(api: BatchApi, envelope: Envelope, keyCase: KeyCase): { head: string; tail: string } {
  const list = keyCase === 'camelCase' ? listKey[api] : pascalKey(listKey[api]);
  return { head: `${serialise(envelope, keyCase).slice(0, -1)},"${list}":[`, tail: ']}' };
}

/** The body of GetBatchStatus (register-contract.md 2.14): the reference goes in the body, not in a header. */
export function statusQuestion(envelope: Envelope, batchReference: string, keyCase: KeyCase): string {
  return serialise({ ...envelope, batchReference }, keyCase);
}

/** How the question of GetCreditRegisterExtract is written: beside the owner, or in a member `request` (register-contract.md section 8: sources differ). */
export type ExtractForm = 'flat' | 'nested';

/**
 * The body of an inquiry.
 * @param question what is asked besides the envelope, as JSON in the wanted case
 */
export function inquiryBody(
  api: InquiryApi,
  envelope: Envelope,
  question: string,
  keyCase: KeyCase,
  extractForm: ExtractForm,
): string {
  const head = serialise(envelope, keyCase).slice(0, -1);
  if (api === 'GetLoan' || extractForm === 'flat') return `${head},${question.slice(1)}`;
  return `${head},"${keyCase === 'camelCase' ? 'request' : 'Request'}":${question}}`;
}

/** The body of GetLoan (register-contract.md 2.14). */
export function loanQuestion(
  envelope: Envelope,
  loanNumber: { type: string; number: string },
  keyCase: KeyCase,
): string {
  return serialise({ ...envelope, loanNumber }, keyCase);
}

/** Characters the register allows in a batch reference (official, delivery report of 2.5.2023); the longest length is not known. */
export const batchReferencePattern = /^[a-zA-Z0-9/\\\-|(){}[\]%'_?!=,*+.:;&@$# ]+$/;
