import { type Answer, type BatchStatus, batchStatuses, type RegisterError } from '../contract/answer.ts';

/** What one answer of GetBatchStatus means for a batch. Only `settled` ends it. */
export type Verdict =
  | { kind: 'processing' }
  | { kind: 'settled'; rejected: Map<string, RegisterError[]> }
  /** Nothing was stored and nobody in particular is to blame: go on in halves. */
  | { kind: 'split'; guilty: Map<string, RegisterError[]>; errors: RegisterError[] }
  /** The answer contradicts itself or what was sent: never taken for success. */
  | { kind: 'inconsistent'; why: string }
  | { kind: 'notFound' }
  | { kind: 'unclear'; why: string };

/** What came back from a question: the HTTP status and what could be read of the body. */
export type StatusAnswer = { status: number; answer: Answer };

/**
 * Reads the verdict on a batch. Pure and total.
 * @param reference the batch reference that was asked about
 * @param count how many reports were sent
 * @param sent the references of the batch's reports; not needed when the register has accepted all of them
 */
export function readVerdict(
  { status, answer }: StatusAnswer,
  reference: string,
  count: number,
  sent: readonly string[],
): Verdict {
  if (isNotFound(status, answer)) return { kind: 'notFound' };
  if (status < 200 || status > 299) return { kind: 'unclear', why: `HTTP ${status}` };
  if (!answer.readable || answer.batchStatus === null) return { kind: 'unclear', why: 'the answer has no batchStatus' };
  if (answer.batchReference !== null && answer.batchReference !== reference)
    return { kind: 'unclear', why: 'the answer is about another batch' };
  const word = statusWord(answer.batchStatus);
  if (word === undefined) return { kind: 'unclear', why: 'an unknown batchStatus' };
  // `Processed` means *being processed* (register-contract.md section 3).
  if (word === 'Processed') return { kind: 'processing' };
  if (answer.reportCount !== null && answer.reportCount !== count)
    return { kind: 'inconsistent', why: `${count} reports were sent, the register counts ${answer.reportCount}` };
  return judge(word, answer.errors, sent);
}

function judge(
  word: Exclude<BatchStatus, 'Processed'>,
  errors: readonly RegisterError[],
  sent: readonly string[],
): Verdict {
  const ours = new Set(sent);
  const guilty = new Map<string, RegisterError[]>();
  const untied: RegisterError[] = [];
  for (const error of errors) {
    const reference = error.reportReference ?? (sent.length === 1 ? sent[0] : undefined);
    if (reference === undefined) untied.push(error);
    else if (!ours.has(reference))
      return { kind: 'inconsistent', why: 'the answer names a report that was not in the batch' };
    else guilty.set(reference, [...(guilty.get(reference) ?? []), error]);
  }
  switch (word) {
    case 'FinishedSuccess':
      return errors.length === 0
        ? { kind: 'settled', rejected: guilty }
        : { kind: 'inconsistent', why: 'FinishedSuccess with errors' };
    case 'FinishedPartialSuccess':
      if (untied.length > 0) return { kind: 'inconsistent', why: 'errors that name no report' };
      if (guilty.size === 0) return { kind: 'inconsistent', why: 'accepted in part, but no report is named' };
      return { kind: 'settled', rejected: guilty };
    case 'FinishedFailed':
      if (guilty.size === sent.length) return { kind: 'settled', rejected: guilty };
      if (sent.length === 1) return { kind: 'settled', rejected: new Map([[sent[0] ?? '', [...errors]]]) };
      return { kind: 'split', guilty, errors: untied };
  }
}

/** True when an answer can only be understood with the reports of the batch at hand: it names some, or speaks of some. */
export function speaksOfReports({ status, answer }: StatusAnswer): boolean {
  if (status < 200 || status > 299) return false;
  const word = answer.batchStatus === null ? undefined : statusWord(answer.batchStatus);
  return answer.errors.length > 0 || (word !== 'Processed' && word !== 'FinishedSuccess');
}

/** "Never heard of it" is a 404, or a 400 whose errors name the BatchReference; nothing else is. */
function isNotFound(status: number, answer: Answer): boolean {
  if (status === 404) return true;
  return status === 400 && answer.errors.some(({ field }) => field !== null && /(^|\.)batchreference$/i.test(field));
}

function statusWord(text: string): BatchStatus | undefined {
  return batchStatuses.find((word) => word.toLowerCase() === text.toLowerCase());
}
