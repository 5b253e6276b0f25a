import { steps } from '../src/lib/step.ts';
import type { Chance } from './chance.ts';
import type { Fates } from './life.ts';
import type { Doom } from './process.ts';

const [first, ...others] = steps.map((step) => `step ${step}`);
const names = [first ?? '', 'register took', 'register post before', 'register post after', ...others] as const;

/** Crashes as they come: some soon after a start, some late, some just where it hurts. */
export const manyCrashes = (): Fates => {
  let left = 0;
  return (_night, start, chance) => {
    if (start === 0) left = chance.between(7, 19);
    return left-- > 0 ? doom(chance) : undefined;
  };
};

function doom(chance: Chance): Doom {
  const kind = chance.next();
  if (kind < 0.35) return { name: chance.pick(names), nth: 1 + Math.floor(chance.next() ** 3 * 8) };
  if (kind < 0.5) return { after: chance.between(1, 40) };
  return { after: Math.round(20 + chance.next() ** 2 * 700) };
}
