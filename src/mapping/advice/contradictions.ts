import type { YamlFile } from '../../lib/yaml-file.ts';
import type { Mapping } from '../mapping.ts';

/** Tells where a mapping contradicts itself, though each of its parts is well formed. */
export function tellContradictions(mapping: Mapping, yaml: YamlFile): void {
  const tell = (path: readonly PropertyKey[], code: string, message: string) =>
    yaml.problems.push(yaml.problem(path, code, message));
  const ids = [
    ...mapping.skip.map(({ id }, i) => ({ id, path: ['skip', i, 'id'] })),
    ...mapping.checks.map(({ id }, i) => ({ id, path: ['checks', i, 'id'] })),
  ];
  for (const { id, path } of again(ids, (rule) => rule.id))
    tell(path, 'ID_TWICE', `${id} is the id of another rule already; receipts could not tell the two apart`);
  const names = mapping.tests.map(({ name }, i) => ({ name, path: ['tests', i, 'name'] }));
  for (const { name, path } of again(names, (test) => test.name))
    tell(path, 'TEST_TWICE', `another test is named "${name}" already`);
  const { groupBy = [], mayDiffer = [] } = mapping.records ?? {};
  for (const [i, column] of mayDiffer.entries())
    if ([groupBy].flat().includes(column))
      tell(
        ['records', 'mayDiffer', i],
        'GROUP_DIFFERS',
        `${column} tells the reports apart (groupBy), so it is the same on all rows of one; take it out of mayDiffer`,
      );
  for (const [i, pattern] of [mapping.takes].flat().entries())
    if (/[/\\]/.test(pattern))
      tell(
        Array.isArray(mapping.takes) ? ['takes', i] : ['takes'],
        'TAKES',
        `${pattern} matches nothing: say the name of a file, without its folder (* stands for any letters)`,
      );
}

function again<T>(items: readonly T[], key: (item: T) => string): T[] {
  const seen = new Set<string>();
  return items.filter((item) => seen.size === seen.add(key(item)).size);
}
