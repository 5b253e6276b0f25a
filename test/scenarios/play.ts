import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { expect } from 'vitest';
import type { BatchApi } from '../../src/contract/apis.ts';
import { frame } from '../../src/contract/message.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite-ledger.ts';
import type { Log } from '../../src/lib/log.ts';
import { type SandboxKeys, sandboxKeys } from '../../src/sandbox/keys.ts';
import { openHttpsRegister, type Patience, type RegisterAddress } from '../../src/submission/https-register.ts';
import { planStep } from '../../src/submission/plan.ts';
import { type SubmissionLimits, type SubmitEnd, submit } from '../../src/submission/submit.ts';
import { Driver, envelope, owner, report, start } from '../ledger/builders.ts';
import { JumpingClock } from './jumping-clock.ts';
import { type Script, ScriptedRegister } from './scripted-register.ts';

const api: BatchApi = 'AddLoans';
const hour = 3_600_000;

/** A night with a register that does as its script says. */
export type Night = {
  script?: Script;
  /** How many reports there are, `r1`, `r2` …: 6 when absent. */
  reports?: number;
  /** Bytes of padding in each report. */
  padding?: number;
  limits?: Partial<SubmissionLimits>;
  /** How the client is set up other than it should be. */
  client?: Partial<RegisterAddress>;
  /** Real ms to wait for the headers of an answer and for its next bytes. */
  patience?: Partial<Patience>;
  giveUp?: boolean;
  /** After how many hours of the night waiting ends; 6 when absent. */
  hours?: number;
  /** How many times it is run, each with the ledger opened anew. */
  runs?: number;
  /** How many hours go by before each run from the second on. */
  hoursBetween?: number;
  /** The ledger is lost before the second run, and the export dropped again. */
  ledgerLost?: boolean;
  /** Whether anybody listens at the register's address: asked before each request. Always when absent. */
  listens?(at: { ms: number; run: number; sincePost: number | null }): boolean;
};

/** What came of a night. */
export type Told = {
  ends: SubmitEnd[];
  /** What the ledger says of each report. */
  states: Record<string, string>;
  batchStates: string[];
  /** What the log said at warn and error, `event: why`. */
  alarms: string[];
  events: { event: string; batch?: string; attempts?: number; ms?: number; at: number }[];
  /** Codes and registers' codes of the findings. */
  findings: { code: string; reference: string | null }[];
  register: ScriptedRegister;
  /** The batches as they were planned at first. */
  planned: string[];
  /** Ms of the night that went by. */
  took: number;
};

/** The limits that a config has when it says nothing, but for smaller batches, and fewer questions to keep the nights short. */
export const usualLimits: SubmissionLimits = {
  maxReportsPerBatch: 2,
  maxBytesPerBatch: 1_000_000,
  batchesPerMinute: 60,
  inFlight: 4,
  statusInquiry: { first: 2000, every: 300_000, alarmAfter: 4 * hour },
  resendUnknown: { after: 2 * hour, notFoundAnswers: 3 },
};

/** Plays a night with the real submission, a real ledger and real TLS, and checks what must hold in every night. */
export async function play(night: Night): Promise<Told> {
  const home = mkdtempSync(join(tmpdir(), 'luottoputki-scenario-'));
  let folder = join(home, '1');
  const limits = { ...usualLimits, ...night.limits };
  const clock = new JumpingClock(start);
  const keys = await someKeys();
  const sha256 = (++nights).toString(16).padStart(64, '0');
  let { exportId, planned } = await stage(folder, night, sha256, limits);
  const script = night.script ?? {};
  const register = await ScriptedRegister.start({
    script,
    keys: { ca: keys.ca.pem, cert: keys.server.cert, key: keys.server.key },
    now: () => clock.now(),
    placeOf: (reference) => planned.indexOf(reference) + 1,
  });
  const { port } = register;
  const listen = async (run: number) => {
    const at = register.happenings.findLast(({ kind }) => kind === 'posted')?.at;
    const sincePost = at === undefined ? null : clock.now() - at;
    await register.setListening(night.listens?.({ ms: clock.now() - start, run, sincePost }) ?? true, port);
  };
  const events: (Told['events'][number] & { level: string; why?: string })[] = [];
  const ends: SubmitEnd[] = [];
  try {
    for (let run = 1; run <= (night.runs ?? 1); run++) {
      if (run > 1) await clock.sleep((night.hoursBetween ?? 0) * hour);
      if (run === 2 && night.ledgerLost) {
        folder = join(home, '2');
        ({ exportId, planned } = await stage(folder, night, sha256, limits));
      }
      await using ledger = await openSqliteLedger(folder);
      await ledger.recover(clock.now());
      await using https = openHttpsRegister(
        {
          url: `https://127.0.0.1:${port}`,
          ca: keys.ca.pem,
          cert: keys.reporting.cert,
          key: keys.reporting.key,
          inFlight: limits.inFlight,
          ...night.client,
        },
        night.patience,
      );
      ends.push(
        await submit({
          ledger,
          register: clock.watched(https, () => listen(run)),
          environment: 'sandbox',
          owner,
          keyCase: 'camelCase',
          limits,
          slots: pLimit(limits.inFlight),
          breaks: [],
          clock,
          log: logTo(events, () => clock.now()),
          signal: new AbortController().signal,
          until: clock.now() + (night.hours ?? 6) * hour,
          giveUp: night.giveUp ?? false,
          random: () => 0.5,
          columnsOf: async () => () => null,
          onStep: () => {},
        }),
      );
    }
  } finally {
    await register.close();
  }
  await using ledger = await openSqliteLedger(folder);
  const told: Told = {
    ends,
    states: await statesOf(ledger, exportId),
    batchStates: (await ledger.batches(exportId)).map(({ state }) => state),
    alarms: events.filter(({ level }) => level !== 'info').map(({ event, why }) => `${event}: ${why ?? ''}`),
    events,
    findings: (await Array.fromAsync(ledger.findings(exportId))).map(({ code, reportReference: reference }) => ({
      code,
      reference,
    })),
    register,
    planned,
    took: clock.now() - start,
  };
  // What a failed test leaves behind.
  const happened = [...events, ...register.happenings].sort((a, b) => a.at - b.at);
  writeFileSync(join(home, 'night.jsonl'), happened.map((it) => `${JSON.stringify(it)}\n`).join(''));
  await alwaysHolds(told, ledger, exportId);
  // Nobody remembers a POST that a lost ledger knew of.
  if (!night.ledgerLost) postedAgainOnlyWhenAllowed(register, limits);
  rmSync(home, { recursive: true, force: true });
  return told;
}

/** What must hold in every night, whatever the register does. */
async function alwaysHolds(told: Told, ledger: Ledger, exportId: number): Promise<void> {
  const { register } = told;
  expect(register.faults).toEqual([]);
  for (const [reference, bodies] of register.bodies) expect([...bodies], `bodies of ${reference}`).toHaveLength(1);
  const counts = await ledger.counts(exportId);
  const { reportsBuilt, invalid, accepted, rejected, pending, unknown, held } = counts;
  expect(invalid + accepted + rejected + pending + unknown + held, 'the sums of the receipt').toBe(reportsBuilt);
}

/** A batch comes again only when it was denied often enough, for long enough since it last came, or when it was turned away. */
function postedAgainOnlyWhenAllowed({ happenings }: ScriptedRegister, limits: SubmissionLimits): void {
  const { after, notFoundAnswers } = limits.resendUnknown;
  const last = new Map<string, { at: number; denials: number; stopped: boolean }>();
  for (const { kind, reference, at } of happenings) {
    const known = last.get(reference);
    if (kind === 'denied' && known) known.denials++;
    if (kind === 'stopped' && known) known.stopped = true;
    if (kind !== 'posted') continue;
    if (known && !known.stopped) {
      expect(known.denials, `denials before ${reference} came again`).toBeGreaterThanOrEqual(notFoundAnswers);
      // The register's time of a POST is a little later than the ledger's.
      expect(at - known.at, `ms before ${reference} came again`).toBeGreaterThanOrEqual(after - 1000);
    }
    last.set(reference, { at, denials: 0, stopped: false });
  }
}

/** Nights at a time have batches of their own: what left the process is told by their references. */
let nights = 0;

async function stage(folder: string, { reports = 6, padding = 0 }: Night, sha256: string, limits: SubmissionLimits) {
  await using ledger = await openSqliteLedger(folder);
  const staged = Array.from({ length: reports }, (_, i) => {
    const reference = `r${i + 1}`;
    const loanNumber = { type: 'Other', number: reference };
    const more = padding > 0 ? { padding: 'x'.repeat(padding) } : {};
    return report(reference, {
      line: i + 2,
      lastLine: i + 2,
      text: JSON.stringify({ reportReference: reference, loanNumber, amountIssued: 1000 + i, ...more }),
    });
  });
  const exportId = await new Driver(ledger).mapped(api, staged, { sha256 });
  return { exportId, planned: await plannedReferences(ledger, exportId, limits) };
}

/** The references the first batches will have: they follow from what the batches are. */
async function plannedReferences(ledger: Ledger, exportId: number, limits: SubmissionLimits): Promise<string[]> {
  const [planning] = await ledger.toPlan(3);
  if (!planning) throw new Error('nothing is to be planned');
  const found = await ledger.candidates(exportId, 10_000);
  const step = planStep(planning, found, true, frame(api, envelope, 'camelCase'), limits);
  return step.batches.map(({ reference }) => reference);
}

async function statesOf(ledger: Ledger, exportId: number): Promise<Record<string, string>> {
  const states: Record<string, string> = {};
  for await (const { reference } of ledger.accepted(exportId)) states[reference ?? ''] = 'accepted';
  for await (const { reference, state } of ledger.openReports()) if (reference !== null) states[reference] = state;
  return states;
}

function logTo(events: object[], now: () => number): Log {
  const write =
    (level: string) =>
    (event: string, fields: object = {}) =>
      void events.push({ level, event, at: now(), ...fields });
  return { info: write('info'), warn: write('warn'), error: write('error') };
}

let made: Promise<SandboxKeys> | undefined;

/** Keys of an authority, a register and a lender, made once for a file of scenarios. */
const someKeys = (): Promise<SandboxKeys> => (made ??= makeKeys());

/** Keys of another authority, with a register and a lender of its own. */
export async function makeKeys(now = new Date()): Promise<SandboxKeys> {
  const folder = mkdtempSync(join(tmpdir(), 'luottoputki-keys-'));
  const keys = await sandboxKeys(folder, owner, now);
  rmSync(folder, { recursive: true, force: true });
  return keys;
}
