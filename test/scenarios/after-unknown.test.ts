import { describe, expect, test } from 'vitest';
import { type Act, answer, answerFrom, answerText, bytes, type Exchange, hangs, resets, says, takes } from './acts.ts';
import { type Expected, playOut, type Scenario } from './expected.ts';
import { failsWith } from './held-batches.ts';
import { makeKeys, usualLimits } from './play.ts';
import type { Acts, Script } from './scripted-register.ts';

const page = '<h1>404</h1>';
const hidden = answer(404);
const posted = (it: Exchange) => it.register.countOf('posted', it.reference);

/** The second batch was taken, its answer lost, and it is denied until it comes again; then its loans are there already. */
const shownTooLate = (more: Script = {}): Script => ({
  knowsLoans: true,
  post: { 2: [takes(resets())] },
  ask: { 2: (it) => (posted(it) < 2 ? hidden : undefined) },
  ...more,
});
const lookedUp = (
  title: string,
  getLoan: Script['getLoan'],
  expected: Expected = {},
  more: Partial<Scenario> = {},
): Scenario => ({
  title,
  script: shownTooLate(getLoan ? { getLoan } : {}),
  ...more,
  expected: { posts: 4, outcomes: { 2: ['unknown', 'sent'] }, ...expected },
});
const both = (state: string): Expected => ({ states: { 3: state, 4: state }, appliedToo: [3, 4] });
/** What the register holds of a loan, in another form. */
const heldAs =
  (form: (loan: Record<string, unknown>) => unknown): Script['getLoan'] =>
  () =>
    answerFrom((it) => answerText(200, form({ ...it.register.loans.get(it.reference) })));

describe.concurrent('“already in the register” after an attempt whose answer was lost', () => {
  test.each<Scenario>([
    lookedUp('is that attempt’s work, when the loan agrees: accepted', undefined, {
      also: ({ register }) => expect(register.countOf('askedLoan')).toBe(2),
    }),
    lookedUp(
      'in PascalCase',
      heldAs(({ loanNumber, amountIssued }) => ({ Loans: [{ LoanNumber: loanNumber, AmountIssued: amountIssued }] })),
    ),
    lookedUp(
      'nested',
      heldAs((loan) => ({ statusMessage: 'The request succeeded', result: { loan } })),
    ),
    lookedUp(
      'with members nobody knows',
      heldAs((loan) => ({ loan: { ...loan, balance: 7, guarantors: [] } })),
    ),
    lookedUp(
      'a loan that differs is another one: rejected',
      heldAs((loan) => ({ loan: { ...loan, amountIssued: 7 } })),
      both('rejected'),
    ),
    lookedUp('a loan that is not there: rejected', () => answer(404), both('rejected')),
    lookedUp(
      'a loan that is not there (400): rejected',
      () => answer(400, { errorResponses: [{ fieldName: 'LoanNumber', errorCode: 'E30' }] }),
      both('rejected'),
    ),
    lookedUp('GetLoan down for a while: asked again, nothing is decided before', (it) =>
      it.nth < 6 ? answer(503) : undefined,
    ),
    lookedUp('GetLoan reset for a while', (it) => (it.nth < 6 ? resets() : undefined)),
    lookedUp('GetLoan that answers junk: nobody guesses', () => answer(200, page), {
      ...both('withRegister'),
      end: 'timeUp',
    }),
    lookedUp(
      'GetLoan about another loan: nobody guesses',
      () => answer(200, { loan: { loanNumber: { number: 'x' } } }),
      { ...both('withRegister'), end: 'timeUp' },
    ),
    lookedUp(
      'GetLoan that only gives the number back proves nothing',
      () => answerFrom((it) => answerText(200, { loanNumber: { type: 'Other', number: it.reference } })),
      { ...both('withRegister'), end: 'timeUp' },
    ),
    lookedUp('another error on the same report: rejected', undefined, both('rejected'), {
      script: shownTooLate({
        ask: {
          2: (it) =>
            posted(it) < 2
              ? hidden
              : says({
                  batchStatus: 'FinishedFailed',
                  errors: ['r3', 'r4'].flatMap((reportReference) => [
                    { reportReference, errorCode: 'E99', fieldName: 'LoanNumber' },
                    { reportReference, errorCode: 'D02' },
                  ]),
                }),
        },
      }),
    }),
    lookedUp(
      'the batch fails as a whole, naming nobody: the parts find out',
      undefined,
      { posts: 6 },
      {
        script: shownTooLate({
          ask: { 2: (it) => (posted(it) < 2 ? hidden : says({ batchStatus: 'FinishedFailed', reportCount: 2 })) },
        }),
      },
    ),
    {
      title: 'without an earlier attempt it is a rejection like any other',
      script: {
        post: { 2: [undefined] },
        ask: {
          2: [
            undefined,
            says({
              batchStatus: 'FinishedPartialSuccess',
              errors: [
                {
                  reportReference: 'r3',
                  errorCode: 'E99',
                  fieldName: 'LoanNumber',
                  errorDescription: 'The LoanNumber is already in the register.',
                },
              ],
            }),
          ],
        },
      },
      expected: {
        states: { 3: 'rejected' },
        appliedToo: [3],
        also: ({ register }) => expect(register.countOf('askedLoan')).toBe(0),
      },
    },
  ])('$title', playOut);
});

/** How many requests came in the hours in which the register was ill. */
const ill = (title: string, act: Act, more: Partial<Scenario> = {}, minutes = 180): Scenario => {
  const until = Date.parse('2026-05-20T10:00:00Z') + minutes * 60_000;
  const sick = (it: Exchange) => (it.now() < until ? act : undefined);
  return {
    title,
    reports: 12,
    script: { post: sick, ask: sick },
    hours: 12,
    ...more,
    expected: {
      posts: 'any',
      also({ register, alarms }) {
        const during = register.happenings.filter(({ kind, at }) => kind !== 'denied' && at < until);
        // One probe a minute, and what was under way before.
        expect(during.length).toBeLessThan(minutes + 60);
        expect(alarms.join()).toMatch(/register\.(ill|unreachable)/);
      },
    },
  };
};

describe.concurrent('a register that is ill for long is probed once a minute, and everything is accepted after', () => {
  test.each<Scenario>([
    ill('500', answer(500)),
    ill('a page', answer(200, page)),
    ill('resets', resets()),
    // A silence takes a second of real time, however short our patience.
    ill('silence', hangs(), { patience: { headers: 30 } }, 20),
    ill('junk', bytes('220 mail ready\r\n', 'closes')),
  ])('$title', playOut);

  test.each<Scenario>([
    {
      title: 'one ill answer among well ones slows nothing down',
      reports: 40,
      limits: { statusInquiry: { ...usualLimits.statusInquiry, every: 10_000 } },
      script: { ask: (it) => (it.nth % 4 === 0 ? answer(500) : undefined) },
      expected: { atMost: 400 },
    },
  ])('$title', playOut);
});

describe.concurrent('a status service that denies everything has lost its memory: nothing goes again', () => {
  const later = (hours: number) => Date.parse('2026-05-20T10:00:00Z') + hours * 3_600_000;
  /** From ten minutes on it knows nothing of anything, for so many hours; of the second batch it never knew. */
  const forgets =
    (hours: number): Acts =>
    (it) => {
      const now = it.now();
      if (now > later(hours)) return undefined;
      return (it.batch === 2 && it.n > 1) || now > later(1 / 6) ? answer(404, page) : undefined;
    };
  const lost = { 2: [takes(resets())] };
  test.each<Scenario>([
    {
      title: 'it knows no batch any more that it gave a verdict on',
      script: { processing: 0, post: lost, ask: forgets(24) },
      expected: {
        end: 'timeUp',
        states: { 3: 'unknown', 4: 'unknown' },
        appliedToo: [3, 4],
        alarm: /register.forgets/,
      },
    },
    {
      title: 'it remembers after four hours: the verdict of the batch is taken over',
      script: { processing: 0, post: lost, ask: forgets(4) },
      expected: { alarm: /register.forgets/, atLeast: 4 * 3600 },
    },
    {
      title: 'it knows no batch any more that it was processing, before any verdict',
      script: { processing: 5, post: lost, ask: forgets(4) },
      expected: { atLeast: 4 * 3600 },
    },
    {
      title: 'it knows the other batches: the lost one goes again',
      script: { post: { 2: [resets()] } },
      expected: { posts: 4, atLeast: 7200 },
    },
    {
      title: 'there is no other batch to ask about: the lost one goes again by its denials alone',
      reports: 2,
      script: { post: { 1: [resets()] } },
      expected: { posts: 2, atLeast: 7200 },
    },
  ])('$title', playOut);
});

/** Known to the register once, and denied for ever after: what took effect stays with it, and a person is told. */
const knownOnce = [undefined, undefined, ...Array.from({ length: 300 }, () => hidden)];
const vanished: Expected = {
  end: 'timeUp',
  states: { 3: 'withRegister', 4: 'withRegister' },
  appliedToo: [3, 4],
  alarm: /batch.vanished/,
};

describe.concurrent('a batch that was taken, and is denied after', () => {
  test.each<Scenario>([
    {
      title: '202 without an effect: it goes again like a lost one, once',
      script: { post: { 2: [answer(202)] } },
      expected: { posts: 4, outcomes: { 2: ['sent', 'sent'] }, atLeast: 7200 },
    },
    {
      title: '409 without an effect: it goes again like a lost one, once',
      script: { post: { 2: [answer(409)] } },
      expected: { posts: 4, outcomes: { 2: ['known', 'sent'] }, atLeast: 7200 },
    },
    {
      title: '`Processed`, then denied for ever: it never goes again, and an alarm is raised',
      script: { ask: { 2: knownOnce } },
      hours: 12,
      expected: vanished,
    },
    {
      title: '`Processed`, then denied for five hours, then known: its verdict counts',
      script: { ask: { 2: (it) => (it.n > 2 && it.now() < Date.parse('2026-05-20T15:00:00Z') ? hidden : undefined) } },
      hours: 12,
      expected: { alarm: /batch.vanished/, atLeast: 5 * 3600 },
    },
    {
      title: 'seen by an unknown attempt as `Processed`, then denied: it never goes again',
      script: {
        post: { 2: [takes(resets())] },
        ask: { 2: knownOnce },
      },
      hours: 12,
      expected: vanished,
    },
    {
      title: 'a part of a split batch, 202 without an effect: it goes again as well',
      script: {
        judge: failsWith(['r3'], 'unnamed'),
        post: (it) => (it.batch === 0 && it.n === 1 ? answer(202) : undefined),
      },
      expected: { states: { 3: 'rejected' }, posts: 3 + 2 + 2, atLeast: 7200 },
    },
  ])('$title', playOut);
});

const { reporting: stranger } = await makeKeys();

describe.concurrent('a register that refuses our certificate after the handshake (TLS 1.3) has not been spoken to', () => {
  const waiting = { 1: 'waiting', 2: 'waiting', 3: 'waiting', 4: 'waiting', 5: 'waiting', 6: 'waiting' };
  test.each<Scenario>([
    // The register says why by a TLS alert: another try would come to the same.
    {
      title: 'because there is none',
      client: { cert: '', key: '' },
      expected: { end: 'halted', why: /none was shown/ },
    },
    // It closes the connection and says nothing.
    {
      title: 'because it does not know its authority',
      client: { cert: stranger.cert, key: stranger.key },
      expected: { end: 'unreachable' },
    },
  ])('$title: nothing is posted, everything waits', async (scenario) => {
    await playOut({ ...scenario, giveUp: true, expected: { ...scenario.expected, posts: 0, states: waiting } });
  });
});
