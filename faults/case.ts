import { type Step, steps } from '../src/lib/step.ts';
import { type Night, nameOf, type Shape, shapes } from './night.ts';

/** What ends a run before its time: a signal at the k-th hit of a step, or a SIGKILL so many ms after the start. */
export type Blow =
  | { kind: 'step'; step: Step; hit: number; signal: 'SIGKILL' | 'SIGTERM' }
  | { kind: 'moment'; ms: number };

/** A night and the blows it gets, one a run. */
export type Case = { night: Night; blows: readonly Blow[] };

/** A case in one line, which `readCase` reads back: `sample/3 plan.committed:2 post.answered:1:SIGTERM +420ms`. */
export function sayCase({ night, blows }: Case): string {
  return [nameOf(night), ...blows.map(sayBlow)].join(' ');
}

function sayBlow(blow: Blow): string {
  if (blow.kind === 'moment') return `+${blow.ms}ms`;
  return `${blow.step}:${blow.hit}${blow.signal === 'SIGKILL' ? '' : `:${blow.signal}`}`;
}

/** Reads a case as `sayCase` writes it. */
export function readCase(text: string): Case {
  const [name = '', ...blows] = text.trim().split(/\s+/);
  const [shape, seed] = name.split('/');
  if (!shapes.includes(shape as Shape) || !Number.isInteger(Number(seed)))
    throw new Error(`${name} is no night; expected one of ${shapes.join(', ')} and a seed: small/1`);
  return { night: { shape: shape as Shape, seed: Number(seed) }, blows: blows.map(readBlow) };
}

function readBlow(text: string): Blow {
  const moment = /^\+(\d+)ms$/.exec(text);
  if (moment) return { kind: 'moment', ms: Number(moment[1]) };
  const [step, hit, signal = 'SIGKILL'] = text.split(':');
  if (!(steps as readonly (string | undefined)[]).includes(step) || (signal !== 'SIGKILL' && signal !== 'SIGTERM'))
    throw new Error(`${text} is no blow; expected STEP:HIT, STEP:HIT:SIGTERM or +MSms`);
  return { kind: 'step', step: step as Step, hit: Number(hit), signal };
}
