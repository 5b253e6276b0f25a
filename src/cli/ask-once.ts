import { CredentialsInUse } from '../config/credentials-in-use.ts';
import type { LoadedConfig } from '../config/load-config.ts';
import type { RegisterError } from '../contract/answer.ts';
import type { InquiryApi } from '../contract/apis.ts';
import { targetEnvironment } from '../contract/environments.ts';
import { inquiryBody, serialise } from '../contract/message.ts';
import { localTime } from '../lib/calendar.ts';
import { visible } from '../lib/shown-name.ts';
import { breaksOf } from '../pipeline/house.ts';
import { sayNoConnection } from '../submission/connection-words.ts';
import { inquiryOutcome } from '../submission/inquiry-outcome.ts';
import { breakEnds } from '../submission/service-breaks.ts';
import { openRegister } from './open-register.ts';

/** An answer that a person gets; or what to say, and the exit status, when there is none. */
export type AskedOnce = { kind: 'answered'; text: string } | { kind: 'none'; say: string; status: number };

/**
 * Asks the register one question and keeps nothing of it.
 * @param question what is asked besides the envelope
 * @throws UsageError when the certificate cannot be used
 */
export async function askOnce(config: LoadedConfig, api: InquiryApi, question: object): Promise<AskedOnce> {
  const now = new Date();
  const ends = breakEnds(breaksOf(config), now.getTime());
  if (ends !== null)
    return none(`the register has announced a break until ${localTime(new Date(ends)).slice(0, 16)}`, 4);
  const { keyCase, extractForm, environment } = config.register;
  const envelope = { targetEnvironment: targetEnvironment(environment), owner: config.owner };
  const body = inquiryBody(api, envelope, serialise(question, keyCase), keyCase, extractForm);
  const [reporting, dataUse] = [new CredentialsInUse(config, 'reporting'), new CredentialsInUse(config, 'dataUse')];
  await using register = await openRegister(config, reporting, dataUse);
  const asked = api === 'GetLoan' ? await register.getLoan(body) : await register.getExtract(body);
  const outcome = inquiryOutcome(asked);
  switch (outcome.kind) {
    case 'answered':
      return { kind: 'answered', text: asked.kind === 'answered' ? asked.text : '' };
    case 'refused':
      return none(refusal(outcome.errors, asked.kind === 'answered' ? asked.status : 0), 1);
    case 'halt':
      return none(`${outcome.why}; check the certificate, the owner and register.url`, 2);
    case 'unreachable':
      return none(`the register cannot be reached: ${sayNoConnection(outcome.why)}; try again`, 4);
    case 'unclear':
      return none(`the register gave no clear answer (${outcome.why}); try again`, 4);
  }
}

const none = (say: string, status: number): AskedOnce => ({ kind: 'none', say, status });

function refusal(errors: readonly RegisterError[], status: number): string {
  if (errors.length === 0) return `the register did not answer the question (HTTP ${status}), and gave no reason`;
  const told = errors.map(({ code, field, text }) =>
    [code === 'NO_REASON' ? null : code, field, text].filter((part) => part !== null).join(' '),
  );
  return visible(`the register did not answer the question: ${told.join('; ')}`);
}
