import type { Field } from '../../contract/field-table.ts';
import { loanOf } from '../../contract/report-keys.ts';
import type { PersonSeries } from '../../lib/identity-code.ts';
import type { Row } from '../../reading/rows.ts';
import type { Fields } from '../language/source.ts';
import type { Mapping } from '../mapping.ts';
import { compileFields, type Fill } from './compile-fields.ts';
import { newMoment } from './moment.ts';
import { Scope } from './scope.ts';

type Path = readonly PropertyKey[];

/** Compiles the report on a loan that no row names any more; it has only what is known without a row. */
export function compileGone(mapping: Mapping, root: Field, scope: Scope): Fill | undefined {
  const { snapshot, whenGone } = mapping;
  if (snapshot && !whenGone)
    scope.tell(
      ['snapshot'],
      'SNAPSHOT',
      'snapshot: full needs whenGone: { fields: … }, what is reported of a missing loan',
    );
  if (!whenGone) return undefined;
  if (!snapshot)
    scope.tell(['whenGone'], 'SNAPSHOT', 'whenGone needs snapshot: full: only then a loan that is missing is gone');
  const { fields } = whenGone;
  const path = ['whenGone', 'fields'];
  tellRowSources(fields, scope, path);
  for (const key of Object.keys(fields))
    if (key === 'loanNumber' || key.startsWith('loanNumber.'))
      scope.tell([...path, key], 'WHEN_GONE', `leave ${key} out: it is that of the earlier report`);
  // Stands for the loan number of the earlier report, so that the rest is held against what the register needs.
  const rest = Object.entries(fields).filter(([key]) => !key.startsWith('loanNumber'));
  return compileFields(
    { ...Object.fromEntries(rest), loanNumber: { const: { type: 'Other', number: '0' } } },
    root,
    scope,
    path,
  );
}

function tellRowSources(fields: Fields, scope: Scope, path: Path): void {
  for (const [key, spec] of Object.entries(fields)) {
    const at = [...path, key];
    if (!('each' in spec) && 'fields' in spec) tellRowSources(spec.fields, scope, [...at, 'fields']);
    else if (!('const' in spec || 'meta' in spec))
      scope.tell(at, 'WHEN_GONE', `${key}: a loan that is gone has no row to read; say const or meta`);
    else if ('meta' in spec && spec.meta === 'line')
      scope.tell([...at, 'meta'], 'WHEN_GONE', `${key}: a loan that is gone has no line`);
    if (spec.when !== undefined)
      scope.tell([...at, 'when'], 'WHEN_GONE', `${key}: a loan that is gone has no row that a condition could look at`);
  }
}

/** Compiles which loan a row is about, by the lines of the mapping that make its loan number. */
export function compileLoanOf(
  mapping: Mapping,
  root: Field,
  series: PersonSeries,
  index: ReadonlyMap<string, number> | undefined,
): (row: Row) => string | null {
  const key = 'loanNumber';
  const own = Object.entries(mapping.fields).filter(([path]) => path === key || path.startsWith(`${key}.`));
  const field = root.children.get(key);
  if (!field) return () => null;
  const owner = { ...root, required: false, children: new Map([[key, field]]) };
  const fill = compileFields(Object.fromEntries(own), owner, new Scope(mapping, root, series, () => {}, index), []);
  return (row) => {
    const report = {};
    fill(Object.assign(newMoment(), { row, rows: [row], report }), report);
    return loanOf(report);
  };
}
