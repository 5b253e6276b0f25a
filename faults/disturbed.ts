import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Ended, filesOf, postsOf, type Running, type Workspace } from '../test/pipeline/workspace.ts';
import { differences, truthOf } from './truth.ts';
import type { Undisturbed } from './undisturbed.ts';
import {
  brokenLedger,
  doubled,
  identityCodesIn,
  leaks,
  leftovers,
  toldButNotHeld,
  torn,
  unbalanced,
} from './violations.ts';

const longestRun = 120_000;

/** A workspace whose runs are disturbed, and what its runs have said. */
export class Disturbed {
  readonly workspace: Workspace;
  readonly violations: string[] = [];
  readonly #reference: Undisturbed;
  readonly #identityCodes: string[];
  readonly #said: string[] = [];

  constructor(workspace: Workspace, reference: Undisturbed) {
    this.workspace = workspace;
    this.#reference = reference;
    this.#identityCodes = identityCodesIn([...filesOf(workspace.folder).values()].join('\n'));
  }

  /** Lets a run come to its end; what it says must never be a stack trace or the confession of a fault. */
  async end(running: Running): Promise<Ended & { ms: number }> {
    const began = performance.now();
    const hung = setTimeout(() => {
      this.violations.push(`a run had not ended after ${longestRun / 1000} s`);
      running.child.kill('SIGKILL');
    }, longestRun);
    const ended = await running.ended;
    clearTimeout(hung);
    this.#said.push(ended.stdout, ended.stderr);
    if (/a fault of luottoputki|^ {4}at |^Error:/m.test(ended.stderr))
      this.violations.push(`a run said: ${ended.stderr.trim()}`);
    this.violations.push(...torn(this.workspace.outbox));
    return { ...ended, ms: Math.round(performance.now() - began) };
  }

  /** Runs to the end undisturbed, and once more, and looks whether every promise was kept. */
  async converge(): Promise<string[]> {
    const { workspace, violations } = this;
    const last = await this.end(workspace.start('run'));
    if (last.status !== this.#reference.status)
      violations.push(`the last run ended with ${last.status}: ${last.stderr.trim()}`);
    violations.push(...differences(this.#reference.truth, truthOf(workspace)), ...brokenLedger(workspace.state));
    violations.push(...doubled(workspace.sandbox), ...toldButNotHeld(workspace), ...unbalanced(workspace));
    violations.push(...leftovers(workspace));
    await this.#repeat();
    const log = readFileSync(join(workspace.state, 'luottoputki.log'), 'utf8');
    violations.push(...leaks([...this.#said, log], this.#identityCodes));
    return violations;
  }

  /** A run after the end finds nothing to do: it sends nothing and changes no byte of the outbox. */
  async #repeat(): Promise<void> {
    const { workspace, violations } = this;
    const posts = postsOf(workspace.sandbox).length;
    const before = workspace.outboxFiles();
    const { status } = await this.end(workspace.start('run'));
    if (status !== this.#reference.again) violations.push(`a second run ended with ${status}`);
    if (postsOf(workspace.sandbox).length !== posts) violations.push('a second run sent something');
    const after = workspace.outboxFiles();
    for (const name of new Set([...before.keys(), ...after.keys()]))
      if (before.get(name) !== after.get(name)) violations.push(`a second run changed ${name}`);
  }
}
