import { stringify as csv } from 'csv-stringify/sync';
import { stringify as yaml } from 'yaml';
import type { BatchApi } from '../contract/apis.ts';
import type { Field } from '../contract/field-table.ts';
import type { Report } from '../contract/shapes.ts';

/** An export that corrects what was found, and the mapping that takes it; nothing of either is sent before people have looked. */
export type Draft = { csv: string; mapping: string };

/** A column of the draft: its name is the path of the field, the items of lists numbered from 1. */
type Column = { name: string; field: Field; value: (report: Report) => unknown };

/** How a cell of the draft becomes the value of a field. */
const from = (name: string, { kind, format }: Field) => ({
  from: name,
  ...(format === 'personalIdentityCode' ? { as: format } : kind === 'text' ? {} : { as: kind }),
});

/**
 * Writes reports as an export of one row each, whose columns are named like the register's fields, with a mapping made for
 * just these columns.
 * @param name the export's file name: the mapping takes it and no other
 * @param fields the fields of a report of the API
 */
export function draftExport(api: BatchApi, reports: readonly Report[], name: string, fields: Field): Draft {
  const longest = longestLists(reports, fields);
  const columns: Column[] = [];
  const mapped = mapFields(fields, '', (report) => report);
  const rows = reports.map((report) => columns.map(({ value }) => cell(value(report))));
  return {
    csv: csv([columns.map((column) => column.name), ...rows], { delimiter: ';', record_delimiter: '\r\n' }),
    mapping: yaml(
      {
        mapping: name
          .replace(/\.csv$/, '')
          .toLowerCase()
          .replaceAll('_', '-'),
        api,
        takes: name,
        csv: {
          encoding: 'utf-8',
          delimiter: ';',
          columns: {
            missing: 'refuseFile',
            unknown: 'warn',
            personal: columns.filter(isPersonal).map((column) => column.name),
          },
        },
        fields: mapped,
      },
      { lineWidth: 0 },
    ),
  };

  /** The mapping of the fields below one; their columns are added on the way. */
  function mapFields(owner: Field, above: string, part: (report: Report) => unknown): Record<string, unknown> {
    const found: Record<string, unknown> = {};
    for (const [key, field] of owner.children) {
      const path = above + key;
      const value = (report: Report) => (part(report) as Report | undefined)?.[key];
      if (!reports.some((report) => value(report) !== undefined)) continue;
      if (field.kind === 'object') found[key] = { fields: mapFields(field, `${path}.`, value) };
      else if (field.kind === 'list') found[key] = mapList(field, path, value);
      else found[key] = from(add({ name: path, field, value }), field);
    }
    return found;
  }

  function mapList(field: Field, path: string, part: (report: Report) => unknown): unknown {
    const count = longest.get(field) ?? 0;
    const keys = [...field.children].filter(([, item]) => item.kind !== 'object' && item.kind !== 'list');
    const item = (n: number) => (report: Report) => (part(report) as Report[] | undefined)?.[n - 1];
    const told = keys.filter(([key]) =>
      reports.some((report) => (part(report) as Report[] | undefined)?.some((each) => each[key] !== undefined)),
    );
    const [first] = told.find(([, { required }]) => required) ?? told[0] ?? [];
    for (let n = 1; n <= count; n++)
      for (const [key, inner] of told)
        add({
          name: `${path}[${n}].${key}`,
          field: inner,
          value: (report) => (item(n)(report) as Report | undefined)?.[key],
        });
    return {
      each: 'columns',
      numbered: `1..${count}`,
      presentWhen: `${path}[{n}].${first}`,
      fields: Object.fromEntries(told.map(([key, inner]) => [key, from(`${path}[{n}].${key}`, inner)])),
    };
  }

  function add(column: Column): string {
    columns.push(column);
    return column.name;
  }
}

const isPersonal = ({ field }: Column) => field.format === 'personalIdentityCode';

/** The most items each list of the reports has. */
function longestLists(reports: readonly Report[], fields: Field): Map<Field, number> {
  const longest = new Map<Field, number>();
  const look = (owner: Field, value: unknown): void => {
    for (const [key, field] of owner.children) {
      const member = (value as Report | undefined)?.[key];
      if (field.kind === 'object') look(field, member);
      else if (Array.isArray(member)) longest.set(field, Math.max(longest.get(field) ?? 0, member.length));
    }
  };
  for (const report of reports) look(fields, report);
  return longest;
}

function cell(value: unknown): string {
  return value === undefined || value === null ? '' : String(value);
}
