import type { Field } from '../../contract/field-table.ts';
import type { Report } from '../../contract/shapes.ts';
import { maskCell } from '../../lib/mask.ts';
import { didYouMean } from '../../lib/suggest.ts';

type Path = readonly PropertyKey[];

/** Says a difference, at a place within `expect`. */
export type SayDifference = (message: string, path: Path, key?: string) => void;

/** Which column a field comes from, and whether its cells may be shown. */
export type Origins = { columns: ReadonlyMap<string, string>; personal: ReadonlySet<string> };

/** Compares the fields a test names with those of the reports: exactly, in order; fields that are not named are free. */
export function compareReports(
  expected: readonly Record<string, unknown>[],
  got: readonly Report[],
  root: Field,
  origins: Origins,
  say: SayDifference,
): void {
  if (expected.length !== got.length) say(`expected ${reports(expected.length)}, got ${got.length}`, []);
  for (const [i, wanted] of expected.entries()) {
    const report = got[i];
    tellUnknown(wanted, root, [i], say);
    if (report) compare(wanted, report, root, { path: [i], name: '', origins, say });
  }
}

const reports = (count: number) => (count === 1 ? '1 report' : `${count} reports`);

/** A field name the contract does not know would never fail: it is an error of the test. */
function tellUnknown(wanted: unknown, field: Field, path: Path, say: SayDifference): void {
  if (Array.isArray(wanted)) for (const [i, item] of wanted.entries()) tellUnknown(item, field, [...path, i], say);
  else if (typeof wanted === 'object' && wanted !== null)
    for (const [key, value] of Object.entries(wanted)) {
      const child = field.children.get(key);
      if (child) tellUnknown(value, child, [...path, key], say);
      else {
        const known = field.children.size === 0 ? '' : didYouMean(key, field.children.keys());
        say(`${key} is not a field of ${field.path || 'the report'}${known}`, path, key);
      }
    }
}

type Place = { path: Path; name: string; origins: Origins; say: SayDifference };

function compare(wanted: unknown, got: unknown, field: Field, place: Place): void {
  const { path, name, say } = place;
  if (Array.isArray(wanted)) {
    if (Array.isArray(got) && got.length === wanted.length)
      for (const [i, item] of wanted.entries())
        compare(item, got[i], field, { ...place, path: [...path, i], name: `${name}[${i + 1}]` });
    else {
      const found = Array.isArray(got) ? got.length : show(got, field, place);
      say(`${name}: expected ${wanted.length} in the list, got ${found}`, path);
    }
  } else if (typeof wanted === 'object' && wanted !== null) {
    if (typeof got === 'object' && got !== null) compareParts(wanted, got, field, place);
    else say(`${name}: expected parts, got ${show(got, field, place)}`, path);
  } else if (wanted !== (got === undefined ? null : got)) {
    const column = columnOf(field, place);
    const from = column === undefined ? '' : ` (column ${column})`;
    say(`${name}: expected ${show(wanted, field, place)}, got ${show(got, field, place)}${from}`, path);
  }
}

function compareParts(wanted: object, got: object, field: Field, place: Place): void {
  const { path, name } = place;
  for (const [key, value] of Object.entries(wanted)) {
    const child = field.children.get(key);
    const member = Object.hasOwn(got, key) ? (got as Report)[key] : undefined;
    if (child)
      compare(value, member, child, { ...place, path: [...path, key], name: name === '' ? key : `${name}.${key}` });
  }
}

const columnOf = (field: Field, { origins }: Place) => origins.columns.get(field.path.replaceAll('[]', ''));

function show(value: unknown, field: Field, place: Place): string {
  if (value === undefined || value === null) return 'nothing';
  const column = columnOf(field, place);
  const personal =
    field.format === 'personalIdentityCode' || (column !== undefined && place.origins.personal.has(column));
  if (typeof value === 'object') return Array.isArray(value) ? `a list of ${value.length}` : 'parts';
  if (typeof value !== 'string') return personal ? maskCell(String(value), true) : String(value);
  return personal ? maskCell(value, true) : `"${maskCell(value, false)}"`;
}
