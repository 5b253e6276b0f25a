/** Without these nothing was asked at all. */
const noConnection = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** The connection stands, but nobody answers in time. */
const timeouts = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'TimeoutError']);
const triesInVain = 6;

/** True when there was no connection: whatever was asked, the register knows nothing of it. */
export function neverConnected(code: string): boolean {
  return noConnection.has(code);
}

/** True when the register ended the connection because it does not take our certificate: a TLS alert that says so. */
export function refusesCertificate(code: string): boolean {
  return /ALERT_(UNKNOWN_CA|BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_[A-Z]+|ACCESS_DENIED)$/.test(code);
}

/**
 * What questions without an answer say of the register: an unclear answer does not stop a first POST, a closed door does.
 * A register that closes the connection before it has ever answered may not take our certificate (TLS 1.3 tells it so late
 * that the request counts as sent): it is tried a few times before.
 */
export class Door {
  #heard = false;
  #vain = 0;

  /** The register has answered something. */
  opened(): void {
    this.#heard = true;
  }

  /** True when a question that failed with this code means that a POST would fail too. */
  isShut(code: string): boolean {
    if (noConnection.has(code) || /^ERR_(SSL|TLS)/.test(code)) return true;
    if (this.#heard || timeouts.has(code)) return false;
    this.#vain++;
    return this.#vain <= triesInVain;
  }
}
