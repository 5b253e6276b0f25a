import { randomUUID } from 'node:crypto';

/** One error as the register words it (register-contract.md section 3): field names in PascalCase. */
export type ErrorResponse = { fieldName: string; errorCode: string; errorDescription: string };

/** An answer before it is written to the wire. */
export type Reply = { status: number; body: Record<string, unknown>; headers?: Record<string, string> };

/** An error about a field, named by the last part of its path. */
export function errorAt(path: string, errorCode: string, errorDescription: string): ErrorResponse {
  const leaf = path.slice(path.lastIndexOf('.') + 1).replace(/\[\d+\]$/, '');
  return { fieldName: leaf.charAt(0).toUpperCase() + leaf.slice(1), errorCode, errorDescription };
}

/** A refused request. */
export function refused(status: number, ...errorResponses: ErrorResponse[]): Reply {
  return {
    status,
    body: { statusMessage: 'Failed to process the request.', correlationId: randomUUID(), errorResponses },
  };
}

/** An answered question, or with status 202 a batch that was taken. */
export function answered(status: 200 | 202, members: Record<string, unknown> = {}): Reply {
  return { status, body: { statusMessage: 'The request succeeded.', correlationId: randomUUID(), ...members } };
}
