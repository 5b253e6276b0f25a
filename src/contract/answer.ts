/** The register's words for a batch (register-contract.md section 3). `Processed` means *being processed*. */
export const batchStatuses = ['Processed', 'FinishedSuccess', 'FinishedPartialSuccess', 'FinishedFailed'] as const;
export type BatchStatus = (typeof batchStatuses)[number];

/** One error as the register tells it. `reportReference` is null when it cannot be tied to a report. */
export type RegisterError = {
  reportReference: string | null;
  code: string;
  field: string | null;
  text: string | null;
};

/** What could be read out of an answer, whatever its shape. Unknown members are left alone. */
export type Answer = {
  /** False when the body was not a JSON object; then nothing else is known. */
  readable: boolean;
  /** The status as it came; null when the answer has none. */
  batchStatus: string | null;
  batchReference: string | null;
  reportCount: number | null;
  correlationId: string | null;
  errors: RegisterError[];
  /** References the answer names, with or without errors. */
  references: string[];
};

/**
 * Reads an answer tolerantly: keys in any case, errors flat or nested, `reportReference` beside its errors or above
 * them (register-contract.md 2.0, section 3, and gap 4 of section 10). Never throws.
 */
export function readAnswer(body: string): Answer {
  const answer: Answer = {
    readable: false,
    batchStatus: null,
    batchReference: null,
    reportCount: null,
    correlationId: null,
    errors: [],
    references: [],
  };
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.replace(/^\uFEFF/, ''));
  } catch {
    return answer;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return answer;
  answer.readable = true;
  visit(parsed, null, answer, 0);
  answer.references = [...new Set(answer.references)];
  return answer;
}

const deepest = 12;

function visit(value: unknown, above: string | null, answer: Answer, depth: number): void {
  if (depth > deepest || typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) visit(item, above, answer, depth + 1);
    return;
  }
  const members = new Map(Object.entries(value).map(([key, member]) => [key.toLowerCase(), member]));
  const own = text(members.get('reportreference'));
  if (own !== null) answer.references.push(own);
  const reference = own ?? above;
  answer.batchStatus ??= text(members.get('batchstatus'));
  answer.batchReference ??= text(members.get('batchreference'));
  answer.correlationId ??= text(members.get('correlationid'));
  const count = members.get('reportcount');
  if (answer.reportCount === null && count !== undefined) answer.reportCount = wholeNumber(count);
  const code = text(members.get('errorcode'));
  const words = text(members.get('errordescription')) ?? text(members.get('errormessage'));
  // An error that lacks its code is one all the same: what it is said of is not accepted.
  if (code !== null || (words !== null && words.trim() !== ''))
    answer.errors.push({
      reportReference: reference,
      code: code ?? 'NO_REASON',
      field: text(members.get('fieldname')),
      text: words,
    });
  for (const member of members.values()) visit(member, reference, answer, depth + 1);
}

function text(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : null;
}

function wholeNumber(value: unknown): number | null {
  const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) ? number : null;
}
