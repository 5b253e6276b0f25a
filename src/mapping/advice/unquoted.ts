import type { YamlFile } from '../../lib/yaml-file.ts';

type Path = readonly PropertyKey[];

/** Words that look like text and that other readers of YAML take for true, false or nothing. */
const words = /^(true|false|null|yes|no|on|off|y|n)$/i;

/**
 * Tells of codes that are not in quotes: `010: x` is the key 10 in YAML, `1e3: x` is 1000, and `is: 010` asks for 10. It may not
 * be the code that was meant, and nobody would ever know.
 */
export function tellUnquoted(yaml: YamlFile): void {
  const { codes, ...rest } = (yaml.value ?? {}) as Record<string, unknown>;
  tellKeys(yaml, codes);
  for (const part of ['skip', 'fields', 'checks']) tellCompared(yaml, rest[part], [part]);
}

function tellKeys(yaml: YamlFile, lists: unknown): void {
  if (typeof lists !== 'object' || lists === null) return;
  for (const [name, list] of Object.entries(lists)) {
    if (typeof list !== 'object' || list === null) continue;
    for (const key of Object.keys(list)) {
      if (yaml.styleOf(['codes', name], key) !== 'PLAIN') continue;
      const source = yaml.sourceOf(['codes', name], key) ?? key;
      if (/^[A-Za-zÅÄÖåäö][\wÅÄÖåäö -]*$/.test(source) && !words.test(source)) continue;
      yaml.problems.push(
        yaml.problem(
          ['codes', name],
          'CODE_UNQUOTED',
          `code ${source} of ${name} must be in quotes: "${source}" (${why(source, key)})`,
          { key },
        ),
      );
    }
  }
}

function why(source: string, key: string): string {
  if (source !== key) return `YAML would read it as ${key === '' ? 'nothing' : key}`;
  if (words.test(source)) return 'some readers of YAML take it for true, false or nothing';
  return 'a code that is not in quotes may be read as a number or a day';
}

/** Numbers and yes-or-no words that a cell, which is text, is compared with. */
function tellCompared(yaml: YamlFile, value: unknown, path: Path): void {
  if (Array.isArray(value)) for (const [i, item] of value.entries()) tellCompared(yaml, item, [...path, i]);
  else if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value);
    if ('column' in value && !('as' in value))
      for (const [key, wanted] of members)
        if (['is', 'isNot', 'in', 'notIn'].includes(key)) tellScalars(yaml, wanted, [...path, key]);
    for (const [key, member] of members) if (key !== 'const') tellCompared(yaml, member, [...path, key]);
  }
}

function tellScalars(yaml: YamlFile, wanted: unknown, path: Path): void {
  if (Array.isArray(wanted)) for (const [i, item] of wanted.entries()) tellScalars(yaml, item, [...path, i]);
  if (typeof wanted !== 'number' && typeof wanted !== 'boolean') return;
  const source = yaml.styleOf(path) === 'PLAIN' ? yaml.sourceOf(path) : undefined;
  if (source === undefined || source === String(wanted)) return;
  yaml.problems.push(
    yaml.problem(
      path,
      'CODE_UNQUOTED',
      `YAML reads ${source} as ${wanted}: write "${source}", in quotes, or ${wanted}`,
    ),
  );
}
