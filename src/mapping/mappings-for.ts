import type { Mapping } from './mapping.ts';
import { matchesName } from './name-pattern.ts';

type Version = Pick<Mapping, 'mapping' | 'takes' | 'draft' | 'activeFrom' | 'activeUntil'>;

/** Whether a mapping takes exports on a day: no draft, and within its days. */
export function isActive({ draft, activeFrom, activeUntil }: Omit<Version, 'mapping' | 'takes'>, day: string): boolean {
  return !draft && (activeFrom ?? day) <= day && day <= (activeUntil ?? day);
}

/** Whether a file of this name is one of those a mapping takes, on whatever day. */
export const takesName = ({ takes }: Pick<Version, 'takes'>, name: string): boolean =>
  [takes].flat().some((pattern) => matchesName(pattern, name));

/** Which of the mappings take a file of this name on a day. */
export function mappingsFor<T extends { mapping: Version }>(name: string, mappings: readonly T[], day: string): T[] {
  return mappings.filter(({ mapping }) => isActive(mapping, day) && takesName(mapping, name));
}

/** The version of a mapping that takes exports on a day; itself when there is none. */
export function versionOn<T extends { mapping: Version }>(day: string, chosen: T, mappings: readonly T[]): T {
  if (isActive(chosen.mapping, day)) return chosen;
  const { mapping: name } = chosen.mapping;
  return mappings.find(({ mapping }) => mapping.mapping === name && isActive(mapping, day)) ?? chosen;
}

/** Why no mapping takes a file of this name on a day. */
export function whyNotTaken(name: string, mappings: readonly { mapping: Version }[], day: string): string {
  const idle = mappings.filter(({ mapping }) => takesName(mapping, name) && !isActive(mapping, day));
  if (idle.length > 0) return idle.map(({ mapping }) => whyIdle(mapping)).join('; ');
  const takes = mappings.filter(({ mapping }) => isActive(mapping, day)).flatMap(({ mapping }) => mapping.takes);
  return `no mapping takes a file of this name; the mappings take ${takes.join(', ') || 'nothing'}`;
}

/** Why a mapping takes nothing on a day that is not one of its own. */
export function whyIdle({ mapping, draft, activeFrom, activeUntil }: Version): string {
  if (draft)
    return `the mapping ${mapping} would take it, but is a draft: take out its line draft: true once it is right`;
  const days = [
    activeFrom === undefined ? '' : ` from ${activeFrom}`,
    activeUntil === undefined ? '' : ` until ${activeUntil}`,
  ];
  return `the mapping ${mapping} takes it only${days.join('')}`;
}
