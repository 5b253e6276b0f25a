import type { Field } from '../../contract/field-table.ts';
import { didYouMean } from '../../lib/suggest.ts';

/**
 * Checks a value written in a mapping (const, default, a code list's value) against the field it goes to.
 * @returns what is wrong, or undefined
 */
export function constFault(field: Field, value: unknown): string | undefined {
  switch (field.kind) {
    case 'object': {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'expected an object';
      for (const [key, member] of Object.entries(value)) {
        const child = field.children.get(key);
        if (!child) return `${key} is not a field of ${field.path}${didYouMean(key, field.children.keys())}`;
        const fault = constFault(child, member);
        if (fault) return fault;
      }
      for (const child of field.children.values())
        if (child.required && !((child.path.split('.').at(-1) as string) in value)) return `${child.path} is missing`;
      return undefined;
    }
    case 'list': {
      if (!Array.isArray(value)) return 'expected a list';
      for (const item of value) {
        const fault = constFault(field.item ?? { ...field, kind: 'object' }, item);
        if (fault) return fault;
      }
      return undefined;
    }
    case 'decimal':
      return typeof value === 'number' && Number.isFinite(value) ? undefined : 'expected a number';
    case 'integer':
      return Number.isInteger(value) && (value as number) >= (field.minimum ?? 0)
        ? undefined
        : 'expected a whole number';
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'expected true or false';
    case 'date':
      return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)
        ? undefined
        : 'expected a day such as "2026-01-31"';
    case 'dateTime':
      return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value)
        ? undefined
        : 'expected a time such as "2026-01-31T12:00:00Z"';
    case 'text':
      if (typeof value !== 'string') return 'expected text, in quotes';
      return textFault(field, value);
  }
}

/** Checks a text against the values or the pattern its field allows. */
export function textFault(field: Field, value: string): string | undefined {
  if (field.values && !field.values.includes(value))
    return `expected one of ${field.values.join(', ')}${didYouMean(value, field.values)}`;
  if (field.pattern && !field.pattern.test(value))
    return field.format === 'currencyCode'
      ? 'expected three capital letters such as EUR'
      : `expected the form ${field.pattern.source}`;
  return undefined;
}
