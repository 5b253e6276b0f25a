import { maskCell } from '../lib/mask.ts';
import { visible } from '../lib/shown-name.ts';
import type { MappedReport } from './map-file.ts';

/** A field that differs between two reports of the same rows; texts are fit to be shown, null where there is no value. */
export type FieldDifference = { field: string; old: string | null; new: string | null };

/** Compares what two mappings made of the same rows, field by field, also of reports that a finding stops. Pure. */
export function reportDifference(old: MappedReport, current: MappedReport, clear: boolean): FieldDifference[] {
  const [before, after] = [valuesOf(old), valuesOf(current)];
  const fields = new Set([...before.keys(), ...after.keys()]);
  return [...fields]
    .filter((field) => before.get(field) !== after.get(field))
    .map((field) => {
      const personal = !clear && [old, current].some((side) => isPersonal(side, field));
      const shown = (value: string | undefined) =>
        value === undefined ? null : visible(clear ? value : maskCell(value, personal));
      return { field, old: shown(before.get(field)), new: shown(after.get(field)) };
    });
}

/** Every value of a report by its path; texts bare, all else as JSON. */
function valuesOf({ built }: MappedReport): Map<string, string> {
  const values = new Map<string, string>();
  const walk = (value: unknown, path: string): void => {
    if (value === undefined) return;
    if (typeof value !== 'object' || value === null)
      values.set(path, typeof value === 'string' ? value : JSON.stringify(value));
    else if (Array.isArray(value)) for (const [at, item] of value.entries()) walk(item, `${path}[${at}]`);
    else for (const [key, member] of Object.entries(value)) walk(member, path === '' ? key : `${path}.${key}`);
  };
  walk(built.partial, '');
  return values;
}

const isPersonal = ({ fields }: MappedReport, path: string) =>
  fields.some(
    ({ field, personal, hasParts }) => personal && !hasParts && (path === field || path.startsWith(`${field}.`)),
  );
