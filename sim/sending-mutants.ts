import { type Mutant, mutant } from './mutant.ts';

const step = 'src/submission/batch-step.ts';
const resend = 'src/submission/resend.ts';
const settle = 'src/submission/settle-batch.ts';
const verdict = 'src/submission/verdict.ts';
const outcome = 'src/submission/outcome.ts';

/** Ways of breaking how batches are sent, asked about and settled. */
export const sendingMutants: readonly Mutant[] = [
  {
    name: 'no write-ahead: sending is recorded after the POST',
    edits: [
      {
        file: step,
        from: `    await ledger.beginPost(batch.id, begun);
    posted(begun);
    reached('post.writtenAhead');
    const { seen, text } = await register.post(batch.api, batch.reference, body);`,
        to: `    const { seen, text } = await register.post(batch.api, batch.reference, body);
    await ledger.beginPost(batch.id, begun);
    posted(begun);`,
      },
    ],
  },
  mutant(
    'blind resend: unknown is planned again at once',
    step,
    `        await end('unknown', now + Math.max(pause, limits.statusInquiry.first));`,
    `        await end('planned', now);`,
  ),
  mutant(
    'no grace period before a resend',
    resend,
    `&& now - batch.sentAt >= after;`,
    `&& now - batch.sentAt >= after - after;`,
  ),
  mutant(
    'one denial is enough',
    resend,
    `return batch.notFound + 1 >= notFoundAnswers &&`,
    `return notFoundAnswers > 0 &&`,
  ),
  mutant(
    'an unclear answer counts as a denial',
    step,
    `        await note(batch.state, 'same');
        if (asked.kind`,
    `        await note(batch.state, 'counts');
        if (asked.kind`,
  ),
  mutant(
    'an unclear answer is taken for a denial',
    step,
    `    if (asked.kind === 'failed') return { kind: 'unclear', why: asked.code };`,
    `    if (asked.kind === 'failed') return { kind: 'notFound' };`,
  ),
  mutant(
    'random batch references',
    'src/submission/batch-reference.ts',
    `const parts = [environment,`,
    `const parts = [Math.random(), environment,`,
  ),
  mutant(
    'a new generation on every timeout',
    step,
    `        await end('unknown', now + Math.max(pause, limits.statusInquiry.first));`,
    `        await end('unknown', now + Math.max(pause, limits.statusInquiry.first));
        await ledger.settle(
          batch.id,
          refusal(
            await this.#context(batch, await ledger.batchReports(batch.id), {
              registerStatus: null,
              reported: null,
              correlationId: null,
            }),
            await this.#body(batch),
            'refused',
            new Map(),
            [],
          ),
          now,
        );
        return { kind: 'settled' };`,
  ),
  mutant(
    'the register is not asked before the first POST',
    step,
    `    const verdict = await this.#verdict(asked, batch);
    if (verdict.kind !== 'notFound' && verdict.kind !== 'unclear') {`,
    `    const verdict = { kind: 'notFound' } as Verdict;
    if (verdict.kind !== 'notFound' && verdict.kind !== 'unclear') {`,
  ),
  mutant(
    'whatever failed was not sent',
    outcome,
    `    return seen.headersSent`,
    `    return seen.headersSent && seen.code === ''`,
  ),
  mutant(
    'a server error is a refusal',
    outcome,
    `  if (status === 400 || status === 415 || status === 422) return { kind: 'refused' };`,
    `  if (status === 400 || status >= 500) return { kind: 'refused' };`,
  ),
  mutant(
    'a refused batch is sent for good',
    outcome,
    `  if (status === 413) return { kind: 'tooLarge' };
  if (status === 400`,
    `  if (status === 413 || status === 400) return { kind: 'sent' };
  if (status === 400`,
  ),
  mutant('Retry-After is not obeyed', outcome, `  return Math.min(ms, longestWait);`, `  return Math.min(ms, 0);`),
  mutant(
    'the rate is not kept',
    'src/submission/pace.ts',
    `  return Math.max(pause, token);`,
    `  return Math.max(pause, token - token);`,
  ),
  mutant(
    'batches under way take no token of the rate',
    'src/submission/submit.ts',
    `[...posts, ...reserved]`,
    `[...posts, ...reserved.slice(0, 0)]`,
  ),
  {
    name: 'more requests than inFlight',
    edits: [
      { file: 'src/submission/submit.ts', from: `? 1 : limits.inFlight;`, to: `? 1 : 9;` },
      { file: 'src/pipeline/send-and-ask.ts', from: `pLimit(config.submission.inFlight)`, to: `pLimit(9)` },
    ],
  },
  mutant(
    'a partial success is taken for a success',
    verdict,
    `      return { kind: 'settled', rejected: guilty };
    case 'FinishedFailed':`,
    `      return { kind: 'settled', rejected: new Map() };
    case 'FinishedFailed':`,
  ),
  mutant(
    'counts are not compared',
    verdict,
    `  if (answer.reportCount !== null && answer.reportCount !== count)`,
    `  if (answer.reportCount !== null && answer.reportCount > count)`,
  ),
  mutant(
    'FinishedFailed is taken for accepted',
    verdict,
    `      return { kind: 'split', guilty, errors: untied };`,
    `      return { kind: 'settled', rejected: guilty };`,
  ),
  mutant(
    'Processed is taken for accepted',
    verdict,
    `  if (word === 'Processed') return { kind: 'processing' };`,
    `  if (word === 'Processed') return { kind: 'settled', rejected: new Map() };`,
  ),
  mutant(
    'the batch an answer is about is not looked at',
    verdict,
    `  if (answer.batchReference !== null && answer.batchReference !== reference)`,
    `  if (answer.batchReference !== null && reference === '')`,
  ),
  mutant(
    'the guilty of a refused batch are lost',
    settle,
    `!guilty.has(reference) && !accepted.has(reference));
  const middle`,
    `!guilty.has(reference) && !accepted.has(reference));
  guilty = new Map();
  const middle`,
  ),
  mutant(
    'the innocent of a refused batch are rejected',
    settle,
    `    parts: pieces.filter((piece) => piece.length > 0)`,
    `    parts: pieces.filter((piece) => piece.length > 1)`,
  ),
  mutant(
    'a deferred report goes again at once',
    settle,
    `    resendAt: again ? context.now + days * dayMs : null,`,
    `    resendAt: again ? context.now + days : null,`,
  ),
  mutant(
    'a deferred report is rejected',
    settle,
    `every(({ remedy }) => remedy === 'resend') && report.deferrals === 0;`,
    `every(({ remedy }) => remedy === 'resend') && report.deferrals > 0;`,
  ),
  mutant(
    'a message is written into the log',
    step,
    `    reached('post.answered');`,
    `    log.info('batch.answered', { why: body.toString() });`,
  ),
];
