import type { Chance } from './chance.ts';
import type { JudgeError } from './judge.ts';
import { refusal } from './judge.ts';
import type { BatchVerdict, ModelBatch, ModelRegister } from './model-register.ts';
import type { SentReport } from './read-body.ts';
import type { Temper } from './temper.ts';

type Told = { reference: string | null; errors: readonly JudgeError[] };
type Answer = { status: number; text: string; tellsAll: boolean };

const correlation = (chance: Chance) => ({ correlationId: `c-${chance.between(1, 10 ** 9)}` });

/** The body of an answer that a batch was taken; now and then it breaks off. */
export const takenBody = (chance: Chance): string =>
  chance.hits(0.1)
    ? '{"statusMess'
    : JSON.stringify({ statusMessage: 'The request succeeded.', ...correlation(chance) });

/** The body of an answer that a message was refused as it came in. */
export function refusedBody(
  { status, guilty }: { status: number; guilty: readonly SentReport[] },
  temper: Temper,
  chance: Chance,
): string {
  if (status === 413) return '';
  const told: Told[] = temper.names
    ? guilty.map(({ reference }) => ({ reference, errors: [refusal] }))
    : [{ reference: null, errors: [refusal] }];
  return written({ statusMessage: 'Failed to process the request.', ...correlation(chance) }, told, temper);
}

/** The body of an answer that a reference was used before. */
export const usedBody = JSON.stringify({
  errorResponses: [
    { fieldName: 'BatchReference', errorCode: 'E98', errorDescription: 'The BatchReference was used before.' },
  ],
});

/** What GetBatchStatus answers; `tellsAll` when it is the true and last word. */
export function answerStatus(
  register: ModelRegister,
  batch: ModelBatch | undefined,
  reference: string,
  now: number,
  chance: Chance,
): Answer {
  const { temper } = register;
  const part = (status: number, text: string): Answer => ({ status, text, tellsAll: false });
  const take = batch?.takes.findLast(({ visibleAt }) => visibleAt <= now);
  if (chance.hits(temper.ask.junk)) return part(...junk(reference, chance));
  const wronglyDenied =
    batch && batch.denied < temper.wrongDenials && batch.posts > 0 && chance.hits(temper.ask.wrongNotFound);
  if (!batch || !take || wronglyDenied) {
    if (batch) batch.denied++;
    return part(...notFound(temper, chance));
  }
  const head = { ...(chance.hits(0.7) ? { batchReference: reference } : {}), ...correlation(chance) };
  const { verdict } = take;
  if (!verdict) return part(200, JSON.stringify({ ...head, batchStatus: 'Processed' }));
  const count = batch.reports.length;
  // Told too early: everything is well, but not everything is counted.
  if (register.chance('counts', reference).hits(temper.wrongCounts) && batch.miscounted++ === 0)
    return part(200, JSON.stringify({ ...head, batchStatus: 'FinishedSuccess', reportCount: count - 1 }));
  const reportCount = chance.hits(0.8) ? { reportCount: count } : {};
  return { status: 200, text: finished({ ...head, ...reportCount }, verdict, temper), tellsAll: true };
}

function finished(head: object, { status, unnamed, findings }: BatchVerdict, temper: Temper): string {
  const guilty = findings.filter(({ errors }) => errors.length > 0);
  const told: Told[] = unnamed
    ? [{ reference: null, errors: guilty[0]?.errors ?? [] }]
    : guilty.map(({ report, errors }) => ({ reference: report.reference, errors }));
  return written({ ...head, batchStatus: status }, told, temper);
}

/** The three shapes in which errors are known to come. */
function written(head: object, told: readonly Told[], { shape }: Temper): string {
  const named = ({ reference, errors }: Told) =>
    errors.map((error) => ({ ...(reference === null ? {} : { reportReference: reference }), ...error }));
  const flat = { ...head, errorResponses: told.flatMap(named) };
  if (shape === 'flat') return JSON.stringify(flat);
  if (shape === 'pascal')
    return JSON.stringify(flat).replace(
      /"([a-z])(\w*)":/g,
      (_, first: string, rest: string) => `"${first.toUpperCase()}${rest}":`,
    );
  const reports = told.map(({ reference, errors }) => ({
    ...(reference === null ? {} : { reportReference: reference }),
    errorResponses: errors,
  }));
  return JSON.stringify({ ...head, reports });
}

function notFound({ notFoundAs }: Temper, chance: Chance): [number, string] {
  if (notFoundAs === 404 && chance.hits(0.5)) return [404, ''];
  const error = {
    fieldName: 'BatchReference',
    errorCode: 'E99',
    errorDescription: 'No batch has this BatchReference.',
  };
  return [notFoundAs, JSON.stringify({ statusMessage: 'Failed to process the request.', errorResponses: [error] })];
}

/** Answers that say nothing, each in its own way. */
function junk(reference: string, chance: Chance): [number, string] {
  const answers: [[number, string], ...[number, string][]] = [
    [500, ''],
    [200, '<html>captive portal</html>'],
    [200, ''],
    [200, '{"batchStatus":"Sleeping"}'],
    [200, JSON.stringify({ batchStatus: 'FinishedSuccess', batchReference: `${reference}X` })],
    [302, ''],
    [400, '{"errorResponses":[{"fieldName":"Owner","errorCode":"A10","errorDescription":"?"}]}'],
    [502, '{"batchStatus":"FinishedSuccess"}'],
  ];
  return chance.pick(answers);
}
