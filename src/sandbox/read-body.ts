import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** The most bytes a message may have. */
export const largestBody = 5_000_000;

/** A body as it came: its text is absent when it is too large or not UTF-8. */
type Body = { sha256: string; text: string | undefined; tooLarge: boolean };

/** Reads a body to its end; one that is too large is read too, so that the client hears the answer, but not kept. */
export async function readBody(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    hash.update(chunk);
    if (size <= largestBody) chunks.push(chunk);
  }
  const tooLarge = size > largestBody;
  return { sha256: hash.digest('hex'), text: tooLarge ? undefined : decode(Buffer.concat(chunks)), tooLarge };
}

function decode(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
