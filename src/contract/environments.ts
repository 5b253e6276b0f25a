import type { TargetEnvironment } from './shapes.ts';

/** Where a message may go. `sandbox` is our own stand-in. */
export const environments = ['sandbox', 'test', 'futureTest', 'production'] as const;
export type Environment = (typeof environments)[number];

/**
 * The register's own addresses (official: TECH, STEST; the host of futureTest is inferred from its name,
 * register-contract.md section 1).
 */
export const registerAddress: Record<Exclude<Environment, 'sandbox'>, string> = {
  production: 'https://api.positiivinenluottotietorekisteri.fi',
  test: 'https://api-testi.positiivinenluottotietorekisteri.fi',
  futureTest: 'https://api-testi2.positiivinenluottotietorekisteri.fi',
};

/** What messages say of the environment: `Production` in production, `Test` everywhere else. */
export function targetEnvironment(environment: Environment): TargetEnvironment {
  return environment === 'production' ? 'Production' : 'Test';
}
