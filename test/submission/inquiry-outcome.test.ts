import { expect, test } from 'vitest';
import { inquiryOutcome } from '../../src/submission/inquiry-outcome.ts';

const answered = (status: number, body: unknown) =>
  inquiryOutcome({
    kind: 'answered',
    status,
    text: typeof body === 'string' ? body : JSON.stringify(body),
    retryAfter: null,
  });
const no = { errorResponses: [{ fieldName: 'LoanNumber', errorCode: 'X1', errorDescription: 'not there' }] };

test.each<[string, string, number, unknown]>([
  ['an answer', 'answered', 200, { loan: { balance: 1 } }],
  ['a no that comes with 200', 'refused', 200, no],
  ['a no', 'refused', 400, no],
  ['a no without a reason', 'refused', 400, ''],
  ['a loan that is not known', 'refused', 404, no],
  ['a 404 of an address with nothing behind it', 'halt', 404, '<h1>not found</h1>'],
  ['a page instead of an answer', 'unclear', 200, '<h1>service break</h1>'],
  ['a list instead of an answer', 'unclear', 200, []],
  ['a redirection', 'halt', 302, ''],
  ['a certificate that is not taken', 'halt', 403, no],
  ['too many questions', 'unclear', 429, no],
  ['a break', 'unclear', 503, no],
  ['a success nobody has heard of', 'unclear', 202, {}],
])('%s is %s', (_, kind, status, body) => {
  expect(answered(status, body).kind).toBe(kind);
});

test.each([
  ['no connection', 'unreachable', 'ECONNREFUSED'],
  ['a certificate that the handshake refuses', 'halt', 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA'],
  ['a handshake that fails', 'unreachable', 'ERR_SSL_WRONG_VERSION_NUMBER'],
  ['an answer that does not come', 'unclear', 'UND_ERR_HEADERS_TIMEOUT'],
])('%s is %s', (_, kind, code) => {
  expect(inquiryOutcome({ kind: 'failed', code }).kind).toBe(kind);
});
