import { seeded } from '../src/demo/random.ts';
import { type Step, steps } from '../src/lib/step.ts';
import type { Blow, Case } from './case.ts';
import { type Night, nameOf, type Shape } from './night.ts';
import { undisturbed } from './undisturbed.ts';

/** Nights whose runs are struck at steps; the last comes to the step that the others do not come to. */
const shapes = ['small', 'mixed', 'sample', 'correction', 'blocks'] as const satisfies readonly Shape[];
/** So many rounds go over the same nights, at other hits; then come other nights. */
const roundsPerSeed = 3;
/** Steps that lie this far apart are struck in the same night, one after the other. */
const stride = 5;

type Between = (low: number, high: number) => number;
type Which = 'first' | 'any' | 'last';

/**
 * Cases without end, the same for the same seed. Each round kills at every step: at its first hit and at any, several
 * kills to a night, then at its last hit, one kill to a night. Between them come stops by SIGTERM, kills at steps in any
 * order, and kills at random moments while the register answers badly.
 */
export async function* planCases(seed: number): AsyncGenerator<Case> {
  const { between } = seeded(seed);
  for (let round = 0; ; round++) {
    const night = (shape: Shape): Night => ({ shape, seed: seed + Math.floor(round / roundsPerSeed) });
    const which: Which = (['first', 'any', 'last'] as const)[round % 3] ?? 'first';
    const groups =
      which === 'last'
        ? steps.map((step) => [step])
        : Array.from({ length: stride }, (_, from) => steps.filter((_, at) => at % stride === from));
    for (const [at, group] of groups.entries()) yield await struckAt(group, which, round + at, night, between);
    for (const at of [0, 1]) {
      const stopped = steps[(round * 2 + at) % steps.length] ?? 'page.written';
      const { night: place, blows } = await struckAt([stopped], 'any', round + at, night, between);
      yield { night: place, blows: blows.map((blow) => ({ ...blow, signal: 'SIGTERM' })) };
    }
    for (const at of [0, 1, 2]) yield await inAnyOrder(night(shapes[(round + at) % 4] ?? 'small'), between);
    for (const _ of [0, 1]) yield await atMoments(night('load'), between);
  }
}

/** Kills at these steps, a run each, in the first shape from the given one on that comes to all of them. */
async function struckAt(
  group: readonly Step[],
  which: Which,
  from: number,
  night: (shape: Shape) => Night,
  between: Between,
): Promise<Case> {
  for (let at = 0; at < shapes.length; at++) {
    const place = night(shapes[(from + at) % shapes.length] ?? 'small');
    const { hits } = await undisturbed(place);
    if (!group.every((step) => (hits[step] ?? 0) > 0)) continue;
    const blows = group.map((step): Blow => {
      const all = hits[step] ?? 1;
      // What was done before a kill is not done again: a hit of the first half is still to come.
      const hit = which === 'first' ? 1 : which === 'last' ? all : between(1, Math.ceil(all / 2));
      return { kind: 'step', step, hit, signal: 'SIGKILL' };
    });
    return { night: place, blows };
  }
  throw new Error(`no night like ${nameOf(night('small'))} comes to ${group.join(' and ')}: make one that does`);
}

async function inAnyOrder(night: Night, between: Between): Promise<Case> {
  const { hits } = await undisturbed(night);
  const reached = steps.filter((step) => (hits[step] ?? 0) > 0);
  const blow = (): Blow => {
    const step = reached[between(0, reached.length - 1)] ?? 'page.written';
    return { kind: 'step', step, hit: between(1, Math.ceil((hits[step] ?? 1) / 2)), signal: 'SIGKILL' };
  };
  return { night, blows: Array.from({ length: between(2, 5) }, blow) };
}

async function atMoments(night: Night, between: Between): Promise<Case> {
  const { ms } = await undisturbed(night);
  const moment = (): Blow => ({ kind: 'moment', ms: between(Math.round(ms / 5), Math.round(ms)) });
  return { night, blows: Array.from({ length: 8 }, moment) };
}
