import { type Field, findField } from '../contract/field-table.ts';
import type { YamlFile } from '../lib/yaml-file.ts';
import { constFault } from './const-value.ts';
import { linesOf } from './field-lines.ts';
import type { Mapping, Source } from './mapping.ts';

/**
 * Warns of the register's values that a field can never have, though its code list or its cases are there to choose among
 * them: a code may have been forgotten. `never` says which are left out on purpose.
 */
export function tellNeverProduced(mapping: Mapping, root: Field, yaml: YamlFile): void {
  for (const { path, spec, at } of linesOf(mapping.fields)) {
    const field = findField(root, path);
    const never = ('never' in spec && spec.never) || [];
    if (!field?.values) {
      if (never.length > 0)
        yaml.problems.push(
          yaml.problem([...at, 'never'], 'NEVER', `${path} may have any value: there is nothing to leave out`),
        );
      continue;
    }
    const produced = 'const' in spec ? undefined : producedBy(spec, mapping);
    tellNever(never, field, produced, at, yaml);
    if (!produced) continue;
    const missing = field.values.filter((value) => !produced.has(value) && !never.includes(value));
    if (missing.length === 0) continue;
    const part = 'codes' in spec ? 'the code list' : 'the cases';
    const list = missing.join(', ');
    yaml.problems.push(
      yaml.problem(
        at,
        'VALUES_NEVER_PRODUCED',
        `${path}: ${part} never gives ${list}; if that is right, say never: [${list}]`.replace(
          'the cases never gives',
          'the cases never give',
        ),
        { severity: 'warning' },
      ),
    );
  }
}

function tellNever(
  never: readonly string[],
  field: Field,
  produced: ReadonlySet<unknown> | undefined,
  at: readonly PropertyKey[],
  yaml: YamlFile,
): void {
  for (const [i, value] of never.entries()) {
    const fault =
      constFault(field, value) ?? (produced?.has(value) ? `${value} is given by this very line` : undefined);
    if (fault) yaml.problems.push(yaml.problem([...at, 'never', i], 'NEVER', `${field.path}: ${fault}`));
  }
}

/** The values a source can give; undefined when they come from the cells as they are. */
function producedBy(spec: Source, mapping: Mapping): Set<unknown> | undefined {
  if ('const' in spec) return new Set([spec.const]);
  if ('case' in spec) {
    const sources = spec.case.map(({ when: _, ...source }) => source as Source);
    if (typeof spec.else !== 'string') sources.push(spec.else);
    const values = sources.map((source) => producedBy(source, mapping));
    return values.includes(undefined) ? undefined : new Set(values.flatMap((known) => [...(known ?? [])]));
  }
  if (!('codes' in spec) || typeof spec.codes !== 'string' || !Object.hasOwn(mapping.codes, spec.codes))
    return undefined;
  const list = mapping.codes[spec.codes] ?? {};
  return new Set([...Object.values(list), ...(spec.default === undefined ? [] : [spec.default])]);
}
