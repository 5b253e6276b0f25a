import { stringify } from 'yaml';

/** A value of a mapping as it is written in YAML, on one line. */
export const sayYaml = (value: unknown): string =>
  stringify(value, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: true }).trim();

/** Keys there are no words for yet: as YAML, so that nothing of a mapping is passed over in silence. */
export function sayRest(spec: object, told: readonly string[]): string[] {
  return Object.entries(spec)
    .filter(([key, value]) => !told.includes(key) && value !== undefined)
    .map(([key, value]) => sayYaml({ [key]: value }).replace(/^\{ | \}$/g, ''));
}
