// Writes the files that are made from the definition of the language: `npm run generate`.
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { packageRoot } from '../../src/cli/tool.ts';
import { generatedFiles } from './generated-files.ts';

for (const [path, text] of await generatedFiles()) {
  writeFileSync(resolve(packageRoot, path), text);
  console.log(path);
}
