import { addDays } from '../../lib/banking-days.ts';
import type { Problem } from '../../lib/problem.ts';
import type { LoadedMapping } from '../load-mapping.ts';
import { patternsMeet } from '../name-pattern.ts';

/**
 * On one day two mappings must have different names, and no file name may belong to both; drafts take nothing. Versions of one
 * mapping should follow each other without a day between them.
 */
export function tellRivals(mappings: readonly LoadedMapping[]): Problem[] {
  const working = mappings.filter(({ mapping }) => !mapping.draft);
  const problems = working.flatMap((later, i) => working.slice(0, i).flatMap((earlier) => tellPair(earlier, later)));
  return [...problems, ...tellGaps(working)];
}

function tellPair(earlier: LoadedMapping, later: LoadedMapping): Problem[] {
  const days = commonDays(earlier, later);
  if (days === undefined) return [];
  const problems: Problem[] = [];
  const { mapping: name } = later.mapping;
  if (earlier.mapping.mapping === name)
    problems.push(
      later.yaml.problem(['mapping'], 'MAPPING_TWICE', `${earlier.file} has the name ${name} already${days}`),
    );
  if ([earlier.mapping.takes].flat().some((a) => [later.mapping.takes].flat().some((b) => patternsMeet(a, b))))
    problems.push(
      later.yaml.problem(
        ['takes'],
        'TAKES_TWICE',
        `a file could be taken by ${earlier.mapping.mapping} (${earlier.file}) too${days}; make the two patterns exclude each other`,
      ),
    );
  return problems;
}

const first = '0000-01-01';
const last = '9999-12-31';

/** The days on which both take exports, in words, '' for all days; undefined when there are none. */
function commonDays({ mapping: a }: LoadedMapping, { mapping: b }: LoadedMapping): string | undefined {
  const [from = first] = [a.activeFrom ?? first, b.activeFrom ?? first].sort().reverse();
  const [until = last] = [a.activeUntil ?? last, b.activeUntil ?? last].sort();
  if (from > until) return undefined;
  return `${from === first ? '' : ` from ${from} on`}${until === last ? '' : ` until ${until}`}`;
}

function tellGaps(mappings: readonly LoadedMapping[]): Problem[] {
  const versions = Map.groupBy(mappings, ({ mapping }) => mapping.mapping);
  return [...versions.values()].flatMap((all) => {
    const inOrder = all.toSorted((a, b) =>
      (a.mapping.activeFrom ?? first).localeCompare(b.mapping.activeFrom ?? first),
    );
    return inOrder.flatMap((later, i) => {
      const until = inOrder[i - 1]?.mapping.activeUntil;
      const { mapping, activeFrom } = later.mapping;
      if (until === undefined || activeFrom === undefined || activeFrom <= addDays(until, 1)) return [];
      const message = `no version of ${mapping} takes exports from ${addDays(until, 1)} to ${addDays(activeFrom, -1)}`;
      return [later.yaml.problem(['activeFrom'], 'ACTIVE_GAP', message, { severity: 'warning' })];
    });
  });
}
