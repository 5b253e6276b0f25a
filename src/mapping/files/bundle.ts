import { z } from 'zod';
import { sha256 } from '../../lib/sha256.ts';

/** A file that belongs to a mapping: its parent, a code list, a function. */
export type Part = {
  /** Path from the folder of the mapping file, with `/`. */
  name: string;
  text: string;
};

/** What a receipt says of a file of a mapping. */
export type PartHash = { name: string; sha256: string };

const format = 'luottoputki/mapping/1';
const beginning = `{"bundle":"${format}",`;

const Bundle = z.strictObject({
  bundle: z.literal(format),
  mapping: z.string(),
  parts: z.array(z.strictObject({ name: z.string(), sha256: z.string(), text: z.string() })).min(1),
});

/**
 * The one text that is hashed and kept of a mapping: its own when it is a file by itself, otherwise all its files together,
 * so that it behaves for ever as when it was read, whatever becomes of the files.
 */
export function bundle(mapping: string, parts: readonly Part[]): string {
  if (parts.length === 0) return mapping;
  const whole: z.infer<typeof Bundle> = {
    bundle: format,
    mapping,
    parts: parts.map(({ name, text }) => ({ name, sha256: sha256(text), text })),
  };
  return JSON.stringify(whole);
}

/** Takes a kept text apart again; one that is no bundle is the mapping itself. */
export function unbundle(text: string): { mapping: string; parts: readonly Part[] } {
  return text.startsWith(beginning) ? Bundle.parse(JSON.parse(text)) : { mapping: text, parts: [] };
}
