import { mappingSchemaText } from '../../src/mapping/schema/json-schema.ts';
import { findingsPage } from './findings-page.ts';
import { mappingPage } from './mapping-page.ts';

/** The files made from the definition of the language: path from the root of the repository, and text. */
export async function generatedFiles(): Promise<Map<string, string>> {
  return new Map([
    ['schemas/mapping.schema.json', mappingSchemaText()],
    ['docs/mapping.md', await mappingPage()],
    ['docs/findings.md', findingsPage()],
  ]);
}
