import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LoadedConfig } from '../config/load-config.ts';
import { reportNoun } from '../contract/apis.ts';
import type { ExportRecord, Ledger } from '../ledger/ledger.ts';
import { UsageError } from '../lib/problem.ts';
import { type Decision, decide, noteOf, thisMinute } from './decide.ts';

/** `luottoputki approve EXPORT`: lets a stopped export go: one that awaits approval, that was withdrawn, or that was given up. */
export async function approve(word: string, options: { config: string }): Promise<number> {
  return await decide({ ...options, export: word }, approval);
}

const approval: Decision = {
  async groups(ledger) {
    const exports = await ledger.exports();
    return [
      exports.filter(({ stage }) => stage === 'awaitingApproval'),
      exports.filter(({ stage }) => stage === 'withdrawn' || stage === 'givenUp'),
    ];
  },
  whyNot: (_, state) => `it does not await approval; its state is ${state}`,
  async carryOut(ledger, exported, config) {
    if (exported.stage !== 'awaitingApproval') mustBeArchived(config, exported);
    const before = exported.stage === 'awaitingApproval' ? '' : ' after all';
    const result = await ledger.approve(exported.id, noteOf('APPROVED', `Approved${before} on ${thisMinute()}.`));
    if (result === 'notStopped') return undefined;
    return { event: 'export.approved', say: await whatNext(ledger, exported) };
  },
};

async function whatNext(ledger: Ledger, { id, stage, mapping }: ExportRecord): Promise<string> {
  const next = 'the next `run`, or the `watch` at work,';
  if (stage === 'givenUp') return `${next} tries it again.`;
  if (stage === 'withdrawn') return `approved; ${next} reads it again and sends it.`;
  const { pending } = await ledger.counts(id);
  return `approved; ${next} sends its ${pending} ${reportNoun[mapping.api]}${pending === 1 ? '' : 's'}.`;
}

/** It is mapped anew, from the archive. */
function mustBeArchived({ folders }: LoadedConfig, { name, sha256 }: ExportRecord): void {
  if (existsSync(join(folders.state, 'archive', sha256))) return;
  throw new UsageError(`the bytes of ${name} are not in the archive any more`, {
    hint: 'let the core system write the export again, and drop it into the inbox',
  });
}
