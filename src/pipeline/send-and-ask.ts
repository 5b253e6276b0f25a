import { UsageError } from '../lib/problem.ts';
import { columnsOf } from '../mapping/compile/compile-mapping.ts';
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

/** Plans, sends and asks until nothing is left to do now. Opens the register only when there is something to say. */
export async function sendAndAsk(house: House, { signal, until, giveUp }: Patience): Promise<SubmitEnd> {
  const { ledger, clock, log, config, random } = house;
  await ledger.releaseDeferred(clock.now());
  const idle = (await ledger.openBatches(1)).length === 0 && (await ledger.toPlan(0)).length === 0;
  if (idle) return { kind: 'idle' };
  const opened = await openIfWeMay(house);
  if ('kind' in opened) return opened;
  await using register = opened;
  return await submit({
    ledger,
    register,
    environment: config.register.environment,
    owner: config.owner,
    keyCase: config.register.keyCase,
    limits: config.submission,
    breaks: breaksOf(config),
    clock,
    log,
    signal,
    until,
    giveUp,
    random,
    columnsOf: columnFinder(house),
    onStep: await progressTeller(house),
  });
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
 * fits fields of different columns points at none.
 */
export function findColumn(field: string, columns: ReadonlyMap<string, string>): string | null {
  const wanted = field.toLowerCase().replace(/\[\d*\]/g, '');
  const fits = (path: string) => path === wanted || path.endsWith(`.${wanted}`) || wanted.endsWith(`.${path}`);
  // Numbered columns (`HETU{n}`) are several columns.
  const found = [...columns].filter(([path, column]) => fits(path.toLowerCase()) && !column.includes('{n}'));
  const names = new Set(found.map(([, column]) => column));
  return names.size === 1 ? ([...names][0] ?? null) : null;
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
