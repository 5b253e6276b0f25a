import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { packageRoot } from '../../src/cli/tool.ts';

/** The committed schema of mapping files. */
export const editorSchema = JSON.parse(readFileSync(join(packageRoot, 'schemas', 'mapping.schema.json'), 'utf8'));

const ajv = new Ajv({ formats: { date: true }, allErrors: true, strictTypes: false, strictRequired: false });
ajv.addKeyword('markdownEnumDescriptions');
const accepts = ajv.compile(editorSchema);

/** What the schema says of a mapping: `[]` when an editor would underline nothing. */
export function underlined(mapping: unknown): string[] {
  accepts(mapping);
  return (accepts.errors ?? []).map(({ instancePath, message, params }) =>
    `${instancePath} ${message} ${JSON.stringify(params)}`.trim(),
  );
}
