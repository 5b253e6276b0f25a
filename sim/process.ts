import type { Log } from '../src/lib/log.ts';
import { ProcessClock, type VirtualTime } from './virtual-time.ts';

/** The end of a process of the simulation, as a kill would end it. */
class Crash extends Error {}

/** When the process dies: at the `after`th point from its start, or at the `nth` time a point of this name comes. */
export type Doom = { after: number } | { name: string; nth: number } | undefined;

/**
 * A process of the simulation. What it does is cut into points, at each of which it may die; once dead, every further point
 * throws, so that nothing it still does takes effect.
 */
export class SimProcess {
  readonly clock: ProcessClock;
  readonly log: Log;
  /** How many points were reached, by name. */
  readonly reached = new Map<string, number>();
  points = 0;
  dead = false;
  /** Where it died. */
  diedAt: string | undefined;
  /** Requests that are open. */
  requests = 0;
  readonly #death = new Crash('the process was killed');
  readonly #doom: Doom;
  readonly #onDeath: () => void;
  readonly #onPoint: ((name: string) => void) | undefined;

  constructor(time: VirtualTime, log: Log, doom: Doom, onDeath: () => void, onPoint?: (name: string) => void) {
    this.#onPoint = onPoint;
    this.clock = new ProcessClock(time);
    this.#doom = doom;
    this.#onDeath = onDeath;
    const write =
      (level: 'info' | 'warn' | 'error'): Log['info'] =>
      (event, fields) => {
        if (!this.dead) log[level](event, fields);
      };
    this.log = { info: write('info'), warn: write('warn'), error: write('error') };
  }

  /** A point at which the process may die; the dead throw. */
  point(name: string): void {
    this.stopIfDead();
    this.points++;
    this.#onPoint?.(name);
    const times = (this.reached.get(name) ?? 0) + 1;
    this.reached.set(name, times);
    const doom = this.#doom;
    if (!doom) return;
    const comes = 'after' in doom ? this.points === doom.after : doom.name === name && doom.nth === times;
    if (comes) this.die(name);
  }

  stopIfDead(): void {
    if (this.dead) throw this.#death;
  }

  die(name: string): never {
    this.dead = true;
    this.diedAt = name;
    this.#onDeath();
    this.clock.die(this.#death);
    throw this.#death;
  }
}
