import { type RegisterError, readAnswer } from '../contract/answer.ts';
import { neverConnected, refusesCertificate } from './no-answer.ts';
import type { AskedLoan } from './register.ts';

/**
 * What came of a question: `answered` and `refused` are the register's word and end it; `unclear` says nothing of it, so that
 * it is asked again. `halt` is about all questions of the API, `unreachable` about all there are.
 */
export type InquiryOutcome =
  | { kind: 'answered' }
  | { kind: 'refused'; errors: readonly RegisterError[] }
  | { kind: 'unclear'; why: string }
  | { kind: 'unreachable'; why: string }
  | { kind: 'halt'; why: string };

/** Says that something is wrong with how or when it was asked, not with the question. */
const passing = [408, 425, 429];

/**
 * Classifies an answer to a question; total and pure. An answer whose errors say no is a no whatever its status; what cannot
 * be read is never taken for an answer. A loan that is not known may be told by a 404 or by a 400 (the shape of GetLoan's
 * answers is not known: register-contract.md section 8), but an address with nothing behind it answers 404 too.
 */
export function inquiryOutcome(asked: AskedLoan): InquiryOutcome {
  if (asked.kind === 'failed') {
    if (refusesCertificate(asked.code))
      return { kind: 'halt', why: `the register does not take the certificate (${asked.code})` };
    const shut = neverConnected(asked.code) || /^ERR_(SSL|TLS)/.test(asked.code);
    return { kind: shut ? 'unreachable' : 'unclear', why: asked.code };
  }
  const { status, text } = asked;
  if (status === 401 || status === 403)
    return { kind: 'halt', why: `the register refused the certificate or the owner (HTTP ${status})` };
  const { readable, errors } = readAnswer(text);
  if (status === 200) {
    if (!readable) return { kind: 'unclear', why: 'an answer that is not JSON' };
    return errors.length > 0 ? { kind: 'refused', errors } : { kind: 'answered' };
  }
  if (status === 405 || (status === 404 && !readable) || (status >= 300 && status < 400))
    return { kind: 'halt', why: `nothing at the register answers questions at this address (HTTP ${status})` };
  if (status >= 400 && status < 500 && !passing.includes(status)) return { kind: 'refused', errors };
  return { kind: 'unclear', why: `HTTP ${status}` };
}
