import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/cli/tool.ts';
import { sayProblem } from '../../src/lib/problem.ts';
import { builtInFormats } from '../../src/mapping/compile/formats.ts';
import { loadMapping } from '../../src/mapping/load-mapping.ts';
import type { Schema } from '../../src/mapping/schema/plain-schemas.ts';
import { testMapping } from '../../src/mapping/testing/test-mapping.ts';
import { exampleNamed, examples, partOf, type Snippet, snippetsFor } from './examples.ts';
import { allKeys, type Key } from './keys.ts';
import { sayValue } from './say-value.ts';

/** What the built-in formats read. */
const builtIn: Record<(typeof builtInFormats)[number], string> = {
  text: 'text, the default: blanks around it are cut off, letters are put into one form (Unicode NFC)',
  integer: 'a whole number such as `12`',
  decimal: 'a number such as `1234.50`, with a decimal point',
  date: 'a day such as `2026-01-31`',
  dateTime: 'a time such as `2026-01-31T12:00:00Z`, with its zone',
  boolean: '`true` or `false`',
  personalIdentityCode: 'a Finnish personal identity code; its check character must be right',
  businessId: 'a Finnish Business ID; its check digit must be right',
  iban: 'an IBAN; its check digits must be right, blanks are taken out',
};

/** Writes the page of the language: prose from the template, keys from the definition, examples from `docs/examples`. */
export async function mappingPage(): Promise<string> {
  const template = readFileSync(join(packageRoot, 'docs', 'generate', 'mapping.template.md'), 'utf8');
  const sections = Map.groupBy(allKeys(), ({ section }) => section);
  const placed = new Set([...template.matchAll(/<!-- keys: (.+?) -->/g)].map(([, name]) => name ?? ''));
  const below = new Map<string, string[]>();
  for (const name of sections.keys()) {
    const place = placeOf(name, placed);
    below.set(place, [...(below.get(place) ?? []), name]);
  }
  const write = async (command: string): Promise<string> => {
    const [, verb = command, rest = ''] = /^([a-z ]+): (.+)$/.exec(command) ?? [];
    switch (verb) {
      case 'keys':
      case 'other keys':
      case 'other forms':
        return (below.get(rest === '' ? verb : rest) ?? [])
          .map((name) => section(name, sections.get(name) ?? [], name !== rest || name.startsWith('field ')))
          .join('\n');
      case 'common keys':
        return commonTable();
      case 'as':
        return table(
          ['`as`', 'reads'],
          builtInFormats.map((name) => [`\`${name}\``, builtIn[name]]),
        );
      case 'lines':
        return yaml(lines(rest));
      case 'section': {
        const [name = '', ...keys] = rest.split(' ');
        return yaml(keys.map((key) => partOf(exampleNamed(name), key)).join('\n\n'));
      }
      case 'text': {
        const [name = '', language = ''] = rest.split(' ');
        const text = readFileSync(join(packageRoot, 'docs', 'examples', name), 'utf8');
        return `\`\`\`${language}\n${text}\`\`\`\n`;
      }
      case 'problem':
        return problemOf(rest);
      default:
        throw new Error(`the template asks for ${command}`);
    }
  };
  const parts = template.split(/<!-- (.+?) -->\n/);
  const written = await Promise.all(parts.map((part, i) => (i % 2 === 0 ? part : write(part))));
  return `${written
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}

/** Where a section stands: its own place in the template, its parent's, or among the others. */
function placeOf(name: string, placed: ReadonlySet<string>): string {
  for (let at = name; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.'), at.lastIndexOf(' '))))
    if (placed.has(at)) return at;
  return name.startsWith('field ') ? 'other forms' : 'other keys';
}

/** Keys that mean the same with several sources are told once. */
function common(): Map<string, { key: Key; sources: string[] }> {
  const found = new Map<string, { key: Key; sources: string[] }>();
  for (const key of allKeys()) {
    if (!key.section.startsWith('field ') || key.schema.role === 'fields') continue;
    const told = `${key.key}: ${String(key.schema.description)}`;
    const sources = [...(found.get(told)?.sources ?? []), key.section.slice('field '.length)];
    found.set(told, { key, sources });
  }
  return new Map([...found].filter(([, { sources }]) => sources.length > 1));
}

function section(name: string, keys: readonly Key[], titled: boolean): string {
  const shared = common();
  const isShared = ({ key, schema }: Key) => shared.has(`${key}: ${String(schema.description)}`);
  const field = name.startsWith('field ');
  const own = field ? keys.filter((key) => !isShared(key)) : keys;
  const also = field ? keys.filter(isShared).map(({ key }) => `\`${key}\``) : [];
  const shown = snippetsFor(
    (one) => one === name,
    own.map(({ key }) => key),
  );
  // Long keys of the whole file are shown where they are told.
  const snippets = name === 'mapping' ? shown.filter(({ text }) => !text.includes('\n')) : shown;
  return [
    titled ? `### ${titleOf(name)}\n` : '',
    table(
      ['key', 'what it does', 'value'],
      own.map(({ key, schema, required }) => [`\`${key}\`${required ? ' *' : ''}`, prose(schema), sayValue(schema)]),
    ),
    own.some(({ required }) => required) ? '\\* must be there\n' : '',
    also.length > 0 ? `Also: ${also.join(', ')} ([told below](#keys-that-several-sources-share)).\n` : '',
    shownFrom(snippets),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

/** `csv.columns`, `from`, or `formats` with `type: date`. */
function titleOf(name: string): string {
  const [first = '', ...others] = name.replace(/^field /, '').split(' ');
  return others.length > 0 ? `\`${first}\` with \`type: ${others.join(' ')}\`` : `\`${first}\``;
}

function shownFrom(snippets: readonly Snippet[]): string {
  if (snippets.length === 0) return '';
  const from = [...new Set(snippets.map((snippet) => `[${snippet.from}](examples/${snippet.from})`))];
  return `${yaml(snippets.map(({ text }) => text).join('\n\n'))}\nFrom ${from.join(', ')}.\n`;
}

function commonTable(): string {
  const keys = [...common().values()].map(({ key }) => key.key);
  const snippets = snippetsFor((section) => section.startsWith('field '), keys);
  const rows = table(
    ['key', 'what it does', 'value', 'with'],
    [...common().values()].map(({ key: { key, schema }, sources }) => [
      `\`${key}\``,
      prose(schema),
      sayValue(schema),
      sources.map((source) => `\`${source}\``).join(', '),
    ]),
  );
  return `${rows}\n${shownFrom(snippets)}`;
}

function lines(rest: string): string {
  const [, name = '', from = '', to = ''] = /^(\S+) (\d+)-(\d+)$/.exec(rest) ?? [];
  return exampleNamed(name)
    .text.split('\n')
    .slice(Number(from) - 1, Number(to))
    .join('\n');
}

/** What is told of an example once a piece of it is replaced. */
async function problemOf(rest: string): Promise<string> {
  const [name = '', before = '', after = ''] = rest.split(' | ');
  const { text } = exampleNamed(name);
  if (!text.includes(before)) throw new Error(`no "${before}" in docs/examples/${name}`);
  const { loaded, problems } = loadMapping(text.replace(before, after), `mappings/${name}`, 'artificial');
  const tested = loaded ? (await testMapping(loaded, new Date(0))).problems : [];
  const told = [...problems, ...tested];
  if (told.length === 0) throw new Error(`nothing is told of docs/examples/${name} with "${after}"`);
  return `\`${after}\` for \`${before}\`:\n\n\`\`\`\n${told.map(sayProblem).join('\n')}\n\`\`\`\n\n`;
}

/** Built-in formats that no example uses. */
export const formatsWithoutExample = (): string[] =>
  builtInFormats.filter((name) => !examples.some(({ formats }) => formats.has(name)));

const yaml = (text: string) => `\`\`\`yaml\n${text}\n\`\`\`\n`;
/** A description, with nothing in it that Markdown would take for a sign of its own. */
const prose = ({ description }: Schema) => String(description ?? '').replaceAll('*', '\\*');
const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return `${[line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n')}\n`;
}
