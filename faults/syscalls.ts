import { parseArgs } from 'node:util';
import { seeded } from '../src/demo/random.ts';
import { Disturbed } from './disturbed.ts';
import { whyNoMounts } from './mounts.ts';
import { type Night, nameOf, openNight, type Shape, shapes } from './night.ts';
import { diskTrials, tryDisk } from './real-disks.ts';
import { type Call, type CallPlace, errorsOf, recordCalls, runWithError, whyNoTrace } from './strace.ts';
import { undisturbed } from './undisturbed.ts';

/** `npm run syscalls`: lets single calls of the system fail in real runs of the tool, and looks whether every promise was kept. */
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    jobs: { type: 'string', default: '2' },
    /** One injection as a violation names it: `small/1 fsync:EIO:2 outbox/today.html`. */
    case: { type: 'string' },
    /** One trial of a real disk, by its name. */
    disk: { type: 'string' },
  },
});

type Injection = { night: Night; place: CallPlace; error: string };

const why = whyNoTrace();
if (why !== undefined) {
  console.error(`syscalls cannot run here: ${why}. It needs Linux, strace 5.3 or later, and the right to trace.`);
  process.exit(2);
}
const began = performance.now();
const seconds = () => Math.round((performance.now() - began) / 1000);
const tally = { injected: 0, missed: 0, stopped: 0, survived: 0, violations: 0, places: new Set<string>() };
const wanted = values.disk === undefined ? Number(values.count) : 0;
const plan = values.case === undefined ? planInjections(Number(values.seed)) : only(read(values.case));
await Promise.all(Array.from({ length: Number(values.jobs) }, work));
if (values.case === undefined) await tryDisks(values.disk === undefined ? Object.keys(diskTrials) : [values.disk]);
console.log(`${tally.stopped} runs stopped with a message, ${tally.survived} went on unharmed`);
console.log(
  `${tally.injected} injected errors at ${tally.places.size} calls, ${tally.violations} violations, ${seconds()} s`,
);
process.exit(tally.violations === 0 ? 0 : 1);

async function work(): Promise<void> {
  while (tally.injected < wanted) {
    const { value: next, done } = await plan.next();
    if (done) return;
    await inject(next);
  }
}

async function inject(injection: Injection): Promise<void> {
  const { night, place, error } = injection;
  const reference = await undisturbed(night);
  const workspace = await openNight(night);
  const disturbed = new Disturbed(workspace, reference);
  const { running, injected } = runWithError(workspace, place, error);
  const { status, stderr } = await disturbed.end(running);
  if (!injected()) {
    tally.missed++;
    return workspace.close(true);
  }
  tally.injected++;
  tally.places.add(`${place.call} ${place.path} ${place.when}`);
  if (status === reference.status) tally.survived++;
  else if (status === 70) tally.stopped++;
  else disturbed.violations.push(`it ended with ${status}, not with 70: ${stderr.trim()}`);
  // SQLite makes nothing of a folder it cannot sync; everything else that may not be durable must end the run.
  if (place.call === 'fsync' && place.path !== 'state' && status !== 70)
    disturbed.violations.push(`it went on after a failed fsync, and ended with ${status}`);
  if (status === 70 && !/run again/.test(stderr)) disturbed.violations.push(`it does not say what to do: ${stderr}`);
  const violations = await disturbed.converge();
  await workspace.close(violations.length === 0);
  tally.violations += violations.length;
  const again = `npm run syscalls -- --case '${say(injection)}'`;
  for (const violation of violations) console.log(`VIOLATION ${violation}\n  again: ${again}`);
  const last = stderr.trim().split('\n').slice(-2).join(' | ').replaceAll(workspace.folder, '…');
  if (values.case !== undefined || tally.injected % 10 === 0)
    console.log(
      `${tally.injected} injected, ${tally.violations} violations, ${seconds()} s: ${say(injection)} → ${status} ${last}`,
    );
}

/** Disks that are full or read-only not only for one call. */
async function tryDisks(names: readonly string[]): Promise<void> {
  const why = whyNoMounts();
  if (why !== undefined) return console.log(`real disks were left out: ${why}`);
  for (const name of names)
    for (const violation of await tryDisk(name)) {
      tally.violations++;
      console.log(`VIOLATION ${violation}\n  again: npm run syscalls -- --disk '${name}'`);
    }
  console.log(`${names.length} real disks: ${names.join(', ')}`);
}

/** Every kind of call first, on every kind of file; then any. */
async function* planInjections(seed: number): AsyncGenerator<Injection> {
  const { between } = seeded(seed);
  const turns = new Map<Call, number>();
  for (let round = 0; ; round++) {
    const night: Night = {
      shape: (['mixed', 'small', 'sample'] as const)[round % 3] ?? 'mixed',
      seed: seed + Math.floor(round / 3),
    };
    const workspace = await openNight(night, true);
    const places = (await recordCalls(workspace)).filter(({ path }) => /^(state|outbox|inbox)(\/|$)/.test(path));
    await workspace.close(true);
    const kinds = Map.groupBy(places, ({ call, path }) => `${call} ${kindOf(path)}`);
    for (const one of kinds.values()) {
      const place = one[between(0, one.length - 1)];
      if (!place) continue;
      const turn = turns.get(place.call) ?? 0;
      turns.set(place.call, turn + 1);
      const errors = errorsOf[place.call];
      yield { night, place, error: errors[turn % errors.length] ?? 'EIO' };
    }
  }
}

/** What a file is, whichever export it belongs to. */
function kindOf(path: string): string {
  return path
    .replace(/\d{4}-\d\d-\d\d(\/[^/]*)?/, 'day')
    .replace(/[0-9a-f]{64}/, 'copy')
    .replace(/[A-Z]+_\d+\.csv/, 'export');
}

function say({ night, place: { call, path, when }, error }: Injection): string {
  return `${nameOf(night)} ${call}:${error}:${when} ${path}`;
}

function read(text: string): Injection {
  const [, shape, seed, call = '', error = '', when, path = ''] =
    /^(\w+)\/(\d+) (\w+):(\w+):(\d+) (.+)$/.exec(text) ?? [];
  if (!shapes.includes(shape as Shape) || !(call in errorsOf))
    throw new Error(`${text} is no injection; expected NIGHT/SEED CALL:ERROR:WHEN PATH`);
  return {
    night: { shape: shape as Shape, seed: Number(seed) },
    place: { call: call as Call, path, when: Number(when) },
    error,
  };
}

async function* only(one: Injection): AsyncGenerator<Injection> {
  yield one;
}
