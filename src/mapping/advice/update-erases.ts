import { findField } from '../../contract/field-table.ts';
import type { Problem } from '../../lib/problem.ts';
import type { LoadedMapping } from '../load-mapping.ts';
import { linesOf } from './field-lines.ts';

/**
 * Warns of mappings of changes that leave out what the mappings of new loans beside them report: a change seems to replace the
 * loan as a whole, so the register would erase it.
 */
export function updateErases(mappings: readonly LoadedMapping[]): Problem[] {
  const pathsOf = ({ mapping }: LoadedMapping) => linesOf(mapping.fields).map(({ path }) => path);
  const [first, ...others] = mappings.filter(({ mapping }) => mapping.api === 'AddLoans').map(pathsOf);
  // With several sources of new loans, only what all of them report is surely known to be there.
  const reported = (first ?? []).filter((path) => others.every((paths) => paths.includes(path)));
  return mappings
    .filter(({ mapping }) => mapping.api === 'UpdateLoans')
    .flatMap((loaded) => {
      const kept = pathsOf(loaded);
      const erased = reported.filter(
        (path) =>
          findField(loaded.mapping.contract.fields.UpdateLoans, path) && !kept.some((other) => meets(path, other)),
      );
      if (erased.length === 0) return [];
      return loaded.yaml.problem(
        [],
        'UPDATE_ERASES',
        `new loans report ${erased.join(', ')}, changes do not: a change replaces the whole loan, so the register would erase it`,
        { key: 'fields', severity: 'warning' },
      );
    });
}

/** One of the two is the other, or a part it stands in. */
const meets = (a: string, b: string) => a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);
