import { type Field, fieldsOfSchema, type ReportSchema } from './field-table.ts';

/** Where two schemas of one report differ, in sentences: paths, kinds, values, what is required. */
export function schemaDifferences(ours: ReportSchema, theirs: ReportSchema): string[] {
  const [mine, other] = [leaves(fieldsOfSchema(ours)), leaves(fieldsOfSchema(theirs))];
  const only = (a: Map<string, Field>, b: Map<string, Field>) =>
    [...a.keys()].filter((path) => !b.has(path) && !b.has(above(path)));
  const told = [
    ['only the register’s schema has', only(other, mine)],
    ['only our contract has', only(mine, other)],
  ] as const;
  const lines = told.flatMap(([words, paths]) => (paths.length > 0 ? [`${words} ${paths.join(', ')}`] : []));
  for (const [path, field] of mine) {
    const their = other.get(path);
    if (their) lines.push(...fieldDifferences(path, field, their));
  }
  return lines;
}

const above = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('.')));

/** Every field below, by its path. */
function leaves(field: Field): Map<string, Field> {
  const found = new Map<string, Field>();
  for (const child of field.children.values()) {
    found.set(child.path, child);
    for (const [path, inner] of leaves(child)) found.set(path, inner);
  }
  return found;
}

function fieldDifferences(path: string, ours: Field, theirs: Field): string[] {
  const lines: string[] = [];
  if (ours.kind !== theirs.kind && !(ours.kind === 'decimal' && theirs.kind === 'integer'))
    lines.push(`${path} is ${theirs.kind} in the register’s schema, ${ours.kind} in our contract`);
  const [a = [], b = []] = [ours.values ?? ours.item?.values, theirs.values ?? theirs.item?.values];
  const [lost, gained] = [a.filter((value) => !b.includes(value)), b.filter((value) => !a.includes(value))];
  if (b.length > 0 && lost.length > 0) lines.push(`${path}: the register’s schema does not have ${lost.join(', ')}`);
  if (gained.length > 0) lines.push(`${path}: the register’s schema also has ${gained.join(', ')}`);
  if (ours.required !== theirs.required)
    lines.push(`${path} is ${theirs.required ? '' : 'not '}required by the register’s schema`);
  return lines;
}
