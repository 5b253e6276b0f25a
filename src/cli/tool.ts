import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** The folder of the package: this file lies two folders below it, as source and as built. */
export const packageRoot = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(resolve(packageRoot, 'package.json'), 'utf8')));

/** Version of this luottoputki. */
export const toolVersion = version;

/** Name and version, as receipts tell them. */
export const tool = `luottoputki ${version}`;
