import { isBatchApi } from '../contract/apis.ts';
import type { Contract } from '../contract/contract.ts';
import { batchReferencePattern } from '../contract/message.ts';
import type { Owner } from '../contract/shapes.ts';
import type { Fault, SandboxApi } from './faults.ts';
import { makeExtract } from './make-extract.ts';
import {
  type Read,
  readBatch,
  readExtractQuestion,
  readLoanQuestion,
  readStatusQuestion,
  type Sender,
} from './read-message.ts';
import type { Register } from './register.ts';
import type { RegisterStore } from './register-store.ts';
import { answered, errorAt, type Reply, refused } from './reply.ts';

/** A request whose path and certificate are in order. */
type ApiRequest = { api: SandboxApi; batchReference: string | undefined; text: string };

/** What answers a request. */
export type Desk = { register: Register; store: RegisterStore; owner: Owner; processing: number; contract: Contract };

/** Answers a request; a batch is durable before its answer is made. */
export function answerRequest(desk: Desk, request: ApiRequest, fault: Fault | undefined): Reply {
  desk.register.settle();
  const { api, batchReference } = request;
  if (isBatchApi(api)) return takeBatch(desk, { ...request, api }, fault);
  if (batchReference !== undefined)
    return refused(400, errorAt('batchReference', 'SB-BATCH-REFERENCE', `${api} has no BatchReference header.`));
  if (api === 'GetBatchStatus') return batchStatus(desk, request.text);
  if (api === 'GetLoan') return loan(desk, request.text);
  return extract(desk, request.text);
}

type BatchRequest = ApiRequest & { api: Parameters<typeof readBatch>[0] };

function takeBatch(desk: Desk, { api, batchReference = '', text }: BatchRequest, fault: Fault | undefined): Reply {
  if (!batchReferencePattern.test(batchReference)) {
    const problem = batchReference === '' ? 'is missing' : 'has characters the register does not take';
    return refused(400, errorAt('batchReference', 'SB-BATCH-REFERENCE', `The header BatchReference ${problem}.`));
  }
  return answerTo(desk, readBatch(api, text, desk.contract), ({ reports, ...sender }) => {
    const correlationId = desk.register.take({
      api,
      reference: batchReference,
      reports,
      lacksCountryCode: lacksCountryCode(sender),
      allOrNothing: fault?.kind === 'allOrNothing',
      processing: fault?.kind === 'stuck' ? (fault.ms ?? null) : desk.processing,
    });
    if (correlationId === undefined)
      return refused(
        409,
        errorAt('batchReference', 'SB-BATCH-REFERENCE-USED', 'The BatchReference has been used before.'),
      );
    return answered(202, { correlationId });
  });
}

function batchStatus(desk: Desk, text: string): Reply {
  return answerTo(desk, readStatusQuestion(text), ({ batchReference }) => {
    const batch = desk.store.batch(batchReference);
    if (!batch)
      return refused(404, errorAt('batchReference', 'SB-BATCH-REFERENCE-UNKNOWN', 'No batch has this BatchReference.'));
    const { correlationId, verdict } = batch;
    return answered(200, { batchReference, correlationId, ...(verdict ?? { batchStatus: 'Processed' }) });
  });
}

function loan(desk: Desk, text: string): Reply {
  return answerTo(desk, readLoanQuestion(text), ({ loanNumber }) => {
    const held = desk.store.loan(loanNumber.number);
    if (!held || held.record.loanNumber.type !== loanNumber.type)
      return refused(400, errorAt('loanNumber', 'SB-LOAN-UNKNOWN', 'The LoanNumber is not in the register.'));
    // The shape of the real answer is not known (section 8).
    const { status, record, delay, ending } = held;
    return answered(200, {
      loan: { loanStatus: status, ...record, ...(delay && { delay }), ...(ending && { termination: ending }) },
    });
  });
}

function extract(desk: Desk, text: string): Reply {
  return answerTo(desk, readExtractQuestion(text), ({ idCode, owner }) => {
    const person = desk.register.person(idCode);
    if ('refused' in person) return refused(400, person.refused);
    return answered(200, { creditRegisterExtract: makeExtract({ ...person, owner }) });
  });
}

/** Answers a message that can be read and comes from the certificate's owner; any other is refused. */
function answerTo<T extends Sender>({ owner }: Desk, read: Read<T>, answer: (message: T) => Reply): Reply {
  if (read.kind === 'unreadable') return refused(400, ...read.errors);
  return senderFault(owner, read.message) ?? answer(read.message);
}

/** The sandbox is a test environment, and speaks with its certificate's owner only. */
function senderFault(owner: Owner, { targetEnvironment, owner: sender }: Sender): Reply | undefined {
  if (targetEnvironment !== 'Test')
    return refused(400, errorAt('targetEnvironment', 'SB-TARGET-ENVIRONMENT', 'Expected Test.'));
  const isOwner =
    sender.idCodeType === owner.idCodeType &&
    sender.idCode === owner.idCode &&
    (sender.countryCode === owner.countryCode || lacksCountryCode({ owner: sender }));
  return isOwner
    ? undefined
    : refused(400, errorAt('owner', 'SB-OWNER', 'The owner is not the one of the certificate.'));
}

const lacksCountryCode = ({ owner }: Pick<Sender, 'owner'>) =>
  owner.idCodeType === 'ForeignBusinessId' && owner.countryCode === undefined;
