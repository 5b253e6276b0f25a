import { type Field, findField } from '../../contract/field-table.ts';
import type { Problem } from '../../lib/problem.ts';
import { constFault } from '../compile/const-value.ts';
import type { Tell } from '../compile/scope.ts';
import type { Source } from '../language/source.ts';
import type { LoadedMapping } from '../load-mapping.ts';
import type { Mapping } from '../mapping.ts';
import { type FieldLine, linesOf } from './field-lines.ts';

/**
 * Warns of the register's values that a field can never have, though its code list or its cases are there to choose among
 * them: a code may have been forgotten. `never` says which are left out on purpose.
 */
export function neverProduced({ mapping, yaml }: LoadedMapping): Problem[] {
  return linesOf(mapping.fields).flatMap((line) => {
    const { values, produced, never } = valuesOf(line, mapping.contract.fields[mapping.api], mapping);
    const missing = produced ? values.filter((value) => !produced.has(value) && !never.includes(value)) : [];
    if (missing.length === 0) return [];
    const list = missing.join(', ');
    const part = 'codes' in line.spec ? 'the code list never gives' : 'the cases never give';
    return yaml.problem(
      line.at,
      'VALUES_NEVER_PRODUCED',
      `${line.path}: ${part} ${list}; if that is right, say never: [${list}]`,
      { severity: 'warning' },
    );
  });
}

/** Tells of a `never` that names what is no value of the register; that the line gives it all the same is only a warning. */
export function tellNever(mapping: Mapping, root: Field, tell: Tell): void {
  for (const line of linesOf(mapping.fields)) {
    const { field, values, produced, never } = valuesOf(line, root, mapping);
    if (!field || never.length === 0) continue;
    const at = [...line.at, 'never'];
    if (values.length === 0) tell(at, 'NEVER', `${line.path} may have any value: there is nothing to leave out`);
    else
      for (const [i, value] of never.entries()) {
        const fault = constFault(field, value);
        if (fault) tell([...at, i], 'NEVER', `${line.path}: ${fault}`);
        else if (produced?.has(value))
          tell([...at, i], 'NEVER', `${line.path}: ${value} is given by this very line`, { severity: 'warning' });
      }
  }
}

/** The values of the register for a line's field, those it can give (undefined: any), and those it leaves out on purpose. */
function valuesOf({ path, spec }: FieldLine, root: Field, mapping: Mapping) {
  const field = findField(root, path);
  return {
    field,
    values: field?.values ?? [],
    produced: 'const' in spec ? undefined : producedBy(spec, mapping),
    never: ('never' in spec && spec.never) || [],
  };
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
  const values = 'codes' in spec && spec.codes !== undefined ? valuesOfList(spec.codes, mapping) : undefined;
  if (!values) return undefined;
  return new Set([...values, ...('default' in spec && spec.default !== undefined ? [spec.default] : [])]);
}

/** The values of a code list, wherever it stands. */
function valuesOfList(name: string, { codes, lists }: Mapping): unknown[] | undefined {
  if (Object.hasOwn(codes, name)) return Object.values(codes[name] ?? {});
  if (Object.hasOwn(lists, name)) return lists[name]?.codes.map(({ value }) => value);
  return undefined;
}
