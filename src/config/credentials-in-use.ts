import { UsageError } from '../lib/problem.ts';
import type { LoadedConfig } from './load-config.ts';
import type { CertificateKind } from './read-certificate.ts';
import { type Credentials, readCredentials } from './register-address.ts';

/**
 * The credentials a long run speaks with: read anew each time, so that a renewed certificate is used without a restart. When
 * what stands in the files cannot be used, those used before serve on as long as they are valid.
 */
export class CredentialsInUse {
  readonly #config: LoadedConfig;
  readonly #kind: CertificateKind;
  #last: Credentials | undefined;

  constructor(config: LoadedConfig, kind: CertificateKind) {
    this.#config = config;
    this.#kind = kind;
  }

  /** @throws UsageError when there are none that can be used now */
  now(now: Date): Credentials {
    try {
      this.#last = readCredentials(this.#config, this.#kind, now);
      return this.#last;
    } catch (error) {
      if (error instanceof UsageError && this.#last && now < this.#last.validTo) return this.#last;
      throw error;
    }
  }
}
