import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { examples, keysWithoutExample } from '../../docs/generate/examples.ts';
import { generatedFiles } from '../../docs/generate/generated-files.ts';
import { allKeys } from '../../docs/generate/keys.ts';
import { formatsWithoutExample } from '../../docs/generate/mapping-page.ts';
import { checkOnce } from '../../src/cli/check.ts';
import { partReader } from '../../src/cli/part-reader.ts';
import { packageRoot } from '../../src/cli/tool.ts';
import { findingWords } from '../../src/contract/finding-codes.ts';
import { sayProblem } from '../../src/lib/problem.ts';
import { loadMapping } from '../../src/mapping/load-mapping.ts';
import { testMapping } from '../../src/mapping/testing/test-mapping.ts';
import { tempFolder } from '../lib/temp-folder.ts';
import { underlined } from '../mapping/editor.ts';

const folder = join(packageRoot, 'docs', 'examples');
const again = 'then run `npm run generate` and commit what it writes';

describe('files made from the definition', async () => {
  it.each([...(await generatedFiles())])('%s is what the definition makes of it now', (path, text) => {
    const committed = readFileSync(join(packageRoot, path), 'utf8');
    expect(committed === text, `${path} is stale: run \`npm run generate\` and commit what it writes`).toBe(true);
  });
});

describe('the language page', () => {
  it('says of every key what it does', () => {
    const silent = allKeys().filter(({ schema }) => typeof schema.description !== 'string');
    expect(
      silent.map(({ section, key }) => `${section}: ${key}`),
      `these keys have no words: add .describe('…') where src/mapping defines them, ${again}`,
    ).toEqual([]);
  });

  it('shows every key in an example', () => {
    expect(
      keysWithoutExample().map(({ section, key }) => `${section}: ${key}`),
      `no example uses these keys: use each of them in a mapping in docs/examples (or in a new one there; it needs a test that passes), ${again}`,
    ).toEqual([]);
  });

  it('shows every built-in format in an example', () => {
    expect(
      formatsWithoutExample(),
      `no example says as: with these: use each of them in a mapping in docs/examples, ${again}`,
    ).toEqual([]);
  });
});

describe.each(examples)('docs/examples/$name', ({ name, text }) => {
  it('has no errors, and its tests pass', async () => {
    const { loaded, problems, isBase } = loadMapping(text, `docs/examples/${name}`, 'artificial', partReader(folder));
    if (isBase) return;
    expect(problems).toEqual([]);
    if (!loaded) throw new Error('problems were told');
    const { passed, problems: failed } = await testMapping(loaded, new Date('2026-05-04T09:00:00Z'));
    expect(failed).toEqual([]);
    expect(passed).toBeGreaterThan(0);
  });

  it('is content with the schema it names', () => {
    expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=../../schemas/mapping.schema.json');
    expect(underlined(parse(text))).toEqual([]);
  });
});

it('check has nothing to say of the examples, not even a warning: they are what people begin with', async () => {
  const workspace = tempFolder();
  cpSync(folder, join(workspace, 'mappings'), { recursive: true });
  const config = join(workspace, 'pipeline.config.yaml');
  writeFileSync(config, 'owner: { idCodeType: BusinessId, idCode: "1572860-0" }\nregister: { environment: sandbox }\n');
  const { problems, mappings } = await checkOnce(config, new Date('2026-05-04T09:00:00Z'));
  expect(problems.map(sayProblem)).toEqual([]);
  expect(mappings.length).toBeGreaterThan(5);
});

it('every finding that the code can make is explained', () => {
  const files = readdirSync(join(packageRoot, 'src'), { recursive: true, encoding: 'utf8' });
  const texts = files
    .filter((name) => /^(contract|mapping|reading|pipeline)\/.*\.ts$/.test(name.replaceAll('\\', '/')))
    .map((name) => readFileSync(join(packageRoot, 'src', name), 'utf8'));
  const codes = texts.flatMap((text) =>
    [...text.matchAll(/(?:new Fault\(\s*|RefusedExport\(\{\s*code: )'([A-Z_]+)'|\bcode: '([A-Z_]+)',\s*severity/g)].map(
      ([, refused, found]) => refused ?? found ?? '',
    ),
  );
  expect(codes.length).toBeGreaterThan(10);
  expect([...new Set(codes)].filter((code) => !Object.hasOwn(findingWords, code))).toEqual([]);
});
