import pLimit from 'p-limit';
import { inquiryApis } from '../contract/apis.ts';
import { UsageError } from '../lib/problem.ts';
import { columnsOf } from '../mapping/compile/compile-mapping.ts';
import { inquire } from '../submission/inquire.ts';
import type { Register } from '../submission/register.ts';
import { type SubmitEnd, submit } from '../submission/submit.ts';
import { breaksOf, type House } from './house.ts';
import { mappingOf } from './mapping-of.ts';

export type Patience = {
  signal: AbortSignal;
  /** When to stop waiting for verdicts, ms since 1970; `sent`: as soon as everything that may go has been sent. */
  until: number | 'sent';
  giveUp: boolean;
};

/**
 * Plans, sends and asks until nothing is left to do now: batches and questions side by side, so that neither waits for the
 * other. Opens the register only when there is something to say.
 */
export async function sendAndAsk(house: House, patience: Patience): Promise<SubmitEnd> {
  const { ledger, clock, log, config, random } = house;
  await ledger.releaseDeferred(clock.now());
  const batches = (await ledger.openBatches(1)).length > 0 || (await ledger.toPlan(0)).length > 0;
  const questions = (await ledger.openQuestions(inquiryApis, 1)).length > 0;
  if (!batches && !questions) return { kind: 'idle' };
  const opened = await openIfWeMay(house);
  if ('kind' in opened) return opened;
  await using register = opened;
  // What fails on one side ends the other too, before the register is closed.
  const failed = new AbortController();
  const common = {
    ledger,
    register,
    environment: config.register.environment,
    keyCase: config.register.keyCase,
    slots: pLimit(config.submission.inFlight),
    breaks: breaksOf(config),
    clock,
    log,
    ...patience,
    signal: AbortSignal.any([patience.signal, failed.signal]),
    random,
    columnsOf: columnFinder(house),
    codes: config.contract.codes,
  };
  const onStep = await progressTeller(house);
  const sending = batches && submit({ ...common, owner: config.owner, limits: config.submission, onStep });
  const asking =
    questions &&
    inquire({
      ...common,
      extractForm: config.register.extractForm,
      inquiriesPerMinute: config.submission.inquiriesPerMinute,
      onAnswer: answerTeller(house),
    });
  const ends = await Promise.allSettled(
    [sending, asking].map(async (work) => {
      try {
        return (await work) || nothing;
      } catch (error) {
        failed.abort();
        throw error;
      }
    }),
  );
  return ends.map(endOf).reduce(graver);
}

const nothing: SubmitEnd = { kind: 'idle' };

function endOf(end: PromiseSettledResult<SubmitEnd>): SubmitEnd {
  if (end.status === 'rejected') throw end.reason;
  return end.value;
}

const gravest: readonly SubmitEnd['kind'][] = [
  'noCredentials',
  'halted',
  'unreachable',
  'interrupted',
  'timeUp',
  'idle',
];

/** Of two ends the one that must be told. */
function graver(a: SubmitEnd, b: SubmitEnd): SubmitEnd {
  return gravest.indexOf(a.kind) <= gravest.indexOf(b.kind) ? a : b;
}

/** A certificate that cannot be used now stops the sending only: what came is taken all the same, and goes when it is renewed. */
async function openIfWeMay(house: House): Promise<Register | SubmitEnd> {
  try {
    return await house.openRegister();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    house.log.error('register.noCredentials', { why: error.message });
    return { kind: 'noCredentials', why: error.message };
  }
}

/** The columns behind the fields of a mapping, by its SHA-256; looked up when a verdict first asks. */
function columnFinder(house: House): (mappingSha256: string) => Promise<(field: string) => string | null> {
  const known = new Map<string, Map<string, string>>();
  return async (sha256) => {
    const columns = known.get(sha256) ?? columnsOf((await mappingOf(house, sha256)).fields);
    known.set(sha256, columns);
    return (field) => findColumn(field, columns);
  };
}

/**
 * Finds the column behind a field as the register names it: any case, with or without the path before it. A name that
 * fits fields of different columns points at none; that of a group of fields points at their column when it is just one.
 */
export function findColumn(field: string, columns: ReadonlyMap<string, string>): string | null {
  const wanted = field.toLowerCase().replace(/\[\d*\]/g, '');
  const fits = (path: string) =>
    path === wanted || path.endsWith(`.${wanted}`) || wanted.endsWith(`.${path}`) || `.${path}`.includes(`.${wanted}.`);
  // Numbered columns (`HETU{n}`) are several columns.
  const found = [...columns].filter(([path, column]) => fits(path.toLowerCase()) && !column.includes('{n}'));
  const names = new Set(found.map(([, column]) => column));
  return names.size === 1 ? ([...names][0] ?? null) : null;
}

/** Tells how many answers have come, each time one comes. */
function answerTeller({ progress }: House): () => void {
  let answers = 0;
  return () => progress.step('answers of the register', ++answers, 0);
}

/** Tells how many reports have their verdict, at most twice a second. */
async function progressTeller({ ledger, clock, progress }: House): Promise<() => void> {
  const before = await ledger.settledReports();
  let last = 0;
  let busy = false;
  const tell = async () => {
    const { settled, all } = await ledger.settledReports();
    progress.step('verdicts of the register', settled - before.settled, all - before.settled);
  };
  return () => {
    if (busy || clock.now() - last < 500) return;
    last = clock.now();
    busy = true;
    void tell().finally(() => {
      busy = false;
    });
  };
}
