import { mappingSchema } from '../../src/mapping/schema/json-schema.ts';
import { findingsPage } from './findings-page.ts';
import { mappingPage } from './mapping-page.ts';

/** The files made from the definition of the language: path from the root of the repository, and text. */
export async function generatedFiles(): Promise<Map<string, string>> {
  return new Map([
    ['schemas/mapping.schema.json', schemaText()],
    ['docs/mapping.md', await mappingPage()],
    ['docs/findings.md', findingsPage()],
  ]);
}

/** One definition a line: small, and a change shows in the definitions it touches. */
function schemaText(): string {
  const { definitions, ...schema } = mappingSchema();
  const head = Object.entries(schema).map(([key, value]) => `"${key}": ${JSON.stringify(value)}`);
  const lines = Object.entries(definitions ?? {}).map(([name, value]) => `"${name}": ${JSON.stringify(value)}`);
  return `{\n${head.join(',\n')},\n"definitions": {\n${lines.join(',\n')}\n}\n}\n`;
}
