import type { LoadedConfig } from '../config/load-config.ts';
import type { ExportRecord } from '../ledger/ledger.ts';
import { UsageError } from '../lib/problem.ts';

/**
 * Keeps environments and lenders apart: a ledger knows loans, open batches and verdicts of one register and one lender, and
 * would send what is open, or hold what it takes for known, to another.
 * @throws UsageError when the ledger has exports of another environment or owner than the config says
 */
export function refuseOtherEnvironment(
  exports: readonly Pick<ExportRecord, 'environment' | 'owner'>[],
  { register, owner, file }: Pick<LoadedConfig, 'register' | 'owner' | 'file'>,
): void {
  const other = exports.find(
    (exported) =>
      exported.environment !== register.environment ||
      exported.owner.idCode !== owner.idCode ||
      exported.owner.countryCode !== owner.countryCode,
  );
  if (!other) return;
  const [was, is] =
    other.environment !== register.environment
      ? [`the environment ${other.environment}`, `register.environment: ${register.environment}`]
      : ['another lender', `owner: ${owner.idCode}`];
  throw new UsageError(
    `the state folder holds exports of ${was}, and the config says ${is}; nothing was taken or sent`,
    {
      hint: `put the config ${file} back as it was, or give this one folders of its own (folders.state and folders.outbox)`,
    },
  );
}
