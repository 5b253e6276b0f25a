import { z } from 'zod';
import type { Report } from './shapes.ts';

/** A condition on fields of a report: the form that `when` has in mappings, without columns. */
export type Condition = {
  field?: string | undefined;
  is?: Plain | undefined;
  isNot?: Plain | undefined;
  in?: Plain[] | undefined;
  notIn?: Plain[] | undefined;
  before?: string | undefined;
  after?: string | undefined;
  filled?: true | undefined;
  empty?: true | undefined;
  all?: Condition[] | undefined;
  any?: Condition[] | undefined;
  not?: Condition | undefined;
};
type Plain = string | number | boolean;

const plain = z.union([z.string(), z.number(), z.boolean()]);
const operators = ['is', 'isNot', 'in', 'notIn', 'before', 'after', 'filled', 'empty'] as const;
const day = z.string().regex(/^\d{4}-\d\d-\d\d$/, 'expected a day such as "2026-10-06"');

/** Reads a condition; one that asks nothing, or asks it of no field, is an error. */
export const Condition: z.ZodType<Condition> = z.lazy(() =>
  z
    .strictObject({
      field: z.string().optional(),
      is: plain.optional(),
      isNot: plain.optional(),
      in: z.array(plain).min(1).optional(),
      notIn: z.array(plain).min(1).optional(),
      before: day.optional(),
      after: day.optional(),
      filled: z.literal(true).optional(),
      empty: z.literal(true).optional(),
      all: z.array(Condition).min(1).optional(),
      any: z.array(Condition).min(1).optional(),
      not: Condition.optional(),
    })
    .refine(
      (it) => {
        const asks = operators.some((key) => it[key] !== undefined);
        return asks === (it.field !== undefined) && (asks || (it.all ?? it.any ?? it.not) !== undefined);
      },
      { error: `say a field and what is asked of it (${operators.join(', ')}), or all, any, not` },
    ),
);

/** Whether a report meets a condition; a field that is absent is empty text, as in mappings. */
export function holds(condition: Condition, report: Report): boolean {
  const { field, all, any, not } = condition;
  return (
    (field === undefined || meets(condition, valueAt(report, field))) &&
    (all?.every((each) => holds(each, report)) ?? true) &&
    (any?.some((each) => holds(each, report)) ?? true) &&
    (not === undefined || !holds(not, report))
  );
}

function meets(condition: Condition, value: unknown): boolean {
  const text = value === undefined ? '' : String(value);
  const same = (wanted: Plain) => String(wanted) === text;
  return (
    (condition.is === undefined || same(condition.is)) &&
    (condition.isNot === undefined || !same(condition.isNot)) &&
    (condition.in?.some(same) ?? true) &&
    !condition.notIn?.some(same) &&
    (condition.before === undefined || (text !== '' && text < condition.before)) &&
    (condition.after === undefined || text.slice(0, 10) > condition.after) &&
    (!condition.filled || text !== '') &&
    (!condition.empty || text === '')
  );
}

/** The value at a dotted path outside lists; undefined when there is none. */
function valueAt(report: Report, path: string): unknown {
  let value: unknown = report;
  for (const part of path.split('.')) value = (value as Report | null | undefined)?.[part];
  return value;
}

/** Every field a condition looks at. */
export function fieldsOf({ field, all = [], any = [], not }: Condition): string[] {
  const inner = [...all, ...any, ...(not ? [not] : [])].flatMap(fieldsOf);
  return field === undefined ? inner : [field, ...inner];
}

/** A condition in words: `loanType is Leasing`. */
export function sayCondition({ field, all, any, not, ...asked }: Condition): string {
  const words: string[] = [];
  if (asked.is !== undefined) words.push(`${field} is ${asked.is}`);
  if (asked.isNot !== undefined) words.push(`${field} is not ${asked.isNot}`);
  if (asked.in) words.push(`${field} is ${asked.in.join(' or ')}`);
  if (asked.notIn) words.push(`${field} is none of ${asked.notIn.join(', ')}`);
  if (asked.before !== undefined) words.push(`${field} is before ${asked.before}`);
  if (asked.after !== undefined) words.push(`${field} is after ${asked.after}`);
  if (asked.filled) words.push(`there is a ${field}`);
  if (asked.empty) words.push(`there is no ${field}`);
  if (all) words.push(all.map(sayCondition).join(' and '));
  if (any) words.push(`(${any.map(sayCondition).join(' or ')})`);
  if (not) words.push(`not (${sayCondition(not)})`);
  return words.join(' and ');
}
