import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DemoLoan } from '../src/demo/loans.ts';
import { seeded } from '../src/demo/random.ts';
import { sampleExports } from '../src/demo/sample-exports.ts';
import type { Fault } from '../src/sandbox/faults.ts';
import {
  loansText,
  paymentsText,
  shippedMapping,
  shippedMappings,
  soundLoans,
  today,
  Workspace,
  type WorkspaceOptions,
} from '../test/pipeline/workspace.ts';

/** The kinds of nights that are disturbed. */
export const shapes = ['small', 'mixed', 'sample', 'correction', 'blocks', 'load'] as const;
export type Shape = (typeof shapes)[number];

/** One night of a lender: the same exports, batches and pace for the same shape and seed. */
export type Night = { shape: Shape; seed: number };

/** A night as it is written in a case: `sample/3`. */
export const nameOf = ({ shape, seed }: Night) => `${shape}/${seed}`;

/** Opens a workspace with the night's exports in the inbox; `calm` leaves out what the register does wrong in it. */
export async function openNight({ shape, seed }: Night, calm = false): Promise<Workspace> {
  const chance = seeded(seed * 7919 + shapes.indexOf(shape));
  const options = nights[shape](chance.between);
  const { inFlight = 4, marked = false, ...rest } = options;
  const workspace = await Workspace.make({
    ...rest,
    // Long enough that some batch is asked about before it has its verdict.
    sandbox: { processing: chance.between(100, 200), faults: calm ? [] : (options.faults ?? []) },
    config: (text) =>
      `${marked ? text.replace('0ms', '0ms, readyMarker: "{name}.ready"') : text}  inFlight: ${inFlight}\n`,
  });
  if (shape === 'correction') await dropCorrection(workspace);
  return workspace;
}

type Between = (low: number, high: number) => number;
type NightOptions = Omit<WorkspaceOptions, 'sandbox' | 'config'> & {
  inFlight?: number;
  marked?: boolean;
  faults?: Fault[];
};

const wrongDay = '2026-01-02';
const two = () => ({ 'new-loans': shippedMapping('new-loans'), repayments: shippedMapping('repayments') });
/** However many rows of it are wrong, it is not refused whole. */
const tolerant = (name: 'new-loans' | 'repayments') => shippedMapping(name).replace(/^refuseFileWhen.*$/m, '');
const samples = () => Object.fromEntries(sampleExports(today).map(({ name, bytes }) => [name, bytes]));

const nights: Record<Shape, (between: Between) => NightOptions> = {
  /** A few loans and a payment on each; nothing is wrong. */
  small(between) {
    const loans = soundLoans(between(4, 9));
    return {
      mappings: two(),
      exports: { 'NEWLOANS_1.csv': loansText(loans), 'REPAYMENTS_1.csv': paymentsText(loans) },
      maxReportsPerBatch: between(1, 3),
      inFlight: between(1, 4),
    };
  },
  /** One loan is wrong and its payment is held; the same bytes come twice; one export is refused, another taken by nothing; two have markers. */
  mixed(between) {
    const loans = soundLoans(between(4, 7));
    const wrong = between(0, 3);
    const text = loansText(loans, (cells, at) => (at === wrong ? { ...cells, SOPIMUSPVM: wrongDay } : cells));
    return {
      mappings: { 'new-loans': tolerant('new-loans'), repayments: tolerant('repayments') },
      exports: {
        'NEWLOANS_1.csv': text,
        'NEWLOANS_1.csv.ready': '',
        'NEWLOANS_2.csv': text,
        'NEWLOANS_3.csv': text.replace('SOPIMUSPVM', 'SOPIMUS'),
        'REPAYMENTS_1.csv': paymentsText(loans),
        'REPAYMENTS_1.csv.ready': '',
        'OTHER.csv': text,
      },
      marked: true,
      maxReportsPerBatch: between(1, 3),
      inFlight: between(1, 4),
    };
  },
  /** The five sample exports, with everything that is wrong in them. */
  sample: (between) => ({
    mappings: shippedMappings(),
    exports: samples(),
    maxReportsPerBatch: between(10, 40),
    inFlight: between(1, 6),
  }),
  /** What was wrong the night before comes back corrected. */
  correction(between) {
    const wrong = between(1, 3);
    return {
      mappings: { 'new-loans': tolerant('new-loans') },
      exports: {
        'NEWLOANS_1.csv': loansText(soundLoans(6), (cells, at) =>
          at <= wrong ? { ...cells, SOPIMUSPVM: wrongDay } : cells,
        ),
      },
      maxReportsPerBatch: 2,
    };
  },
  /** So many loans that they are staged in several blocks. */
  blocks(between) {
    const known = soundLoans(40);
    const many = Array.from({ length: between(1600, 2400) }, (_, at): DemoLoan[] => {
      const loan = known[at % known.length];
      return loan ? [{ ...loan, number: String(5_000_000_000 + at) }] : [];
    }).flat();
    return {
      mappings: two(),
      exports: { 'NEWLOANS_1.csv': loansText(many), 'REPAYMENTS_1.csv': paymentsText(many.slice(0, 20)) },
      maxReportsPerBatch: 500,
    };
  },
  /** The sample exports in small batches, several in flight, and a register that answers badly in every way. */
  load: (between) => ({
    mappings: shippedMappings(),
    exports: samples(),
    maxReportsPerBatch: between(4, 8),
    inFlight: 6,
    faults: loadFaults(between),
  }),
};

/** Faults that repeat all night long, none of them later than what the run waits before it sends again. */
function loadFaults(between: Between): Fault[] {
  const every = (count: number, fault: (after: number) => Fault) =>
    Array.from({ length: count }, (_, at) => fault(at * between(5, 11) + between(0, 4)));
  return [
    ...every(4, (after) => ({ kind: 'cutAfter', api: 'AddLoans', after })),
    ...every(2, (after) => ({ kind: 'cutAfter', api: 'Repayments', after })),
    ...every(3, (after) => ({ kind: 'status', status: 500, applied: true, after })),
    ...every(2, (after) => ({ kind: 'status', status: 503, after })),
    ...every(2, (after) => ({ kind: 'cutBefore', api: 'UpdateLoans', after })),
    ...every(2, (after) => ({ kind: 'hang', ms: 100, applied: true, after })),
    ...every(2, (after) => ({ kind: 'junk', applied: true, after })),
    ...every(6, (after) => ({ kind: 'slow', ms: 80, after })),
    ...every(6, (after) => ({ kind: 'cutAfter', api: 'GetBatchStatus', after })),
  ];
}

/** Runs the night before to its end, and drops what it could not send as people would: corrected. */
async function dropCorrection(workspace: Workspace): Promise<void> {
  await workspace.run();
  const { folder } = workspace.toldOf('NEWLOANS_1--');
  const toFix = readFileSync(join(folder, 'restricted', 'to-fix.csv'), 'latin1');
  const rightDay = loansText(soundLoans(1)).split('\r\n')[1]?.split(';')[3] ?? '';
  workspace.drop('korjattu.csv', Buffer.from(toFix.replaceAll(wrongDay, rightDay), 'latin1'));
}
