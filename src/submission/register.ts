import type { BatchApi } from '../contract/apis.ts';
import type { Observation } from './outcome.ts';
import type { StatusAnswer } from './verdict.ts';

/** What came of a question: an answer, or no answer at all. */
export type Asked = ({ kind: 'answered'; retryAfter: string | null } & StatusAnswer) | { kind: 'failed'; code: string };

/** What came of an inquiry: the answer as it came, or no answer at all. */
export type AskedLoan =
  | { kind: 'answered'; status: number; text: string; retryAfter: string | null }
  | { kind: 'failed'; code: string };

/** The register as the pipeline sees it. Nothing here is ever tried again by itself. */
export interface Register extends AsyncDisposable {
  /** Sends the bytes of a batch, once. */
  post(api: BatchApi, reference: string, body: Uint8Array): Promise<{ seen: Observation; text: string }>;
  /** Asks GetBatchStatus. */
  ask(question: string): Promise<Asked>;
  /** Asks GetLoan. */
  getLoan(question: string): Promise<AskedLoan>;
  /** Asks GetCreditRegisterExtract. */
  getExtract(question: string): Promise<AskedLoan>;
}
