import { z } from 'zod';
import { Predicate } from './predicate.ts';
import { FirstOfField, fieldWhen } from './source.ts';

const column = z.string().min(1);
const { as, codes, default: fallback, emptyAs, never, prefix, shape, suffix } = FirstOfField.shape;

const where = Predicate.optional().describe('the rows of the report that are looked at; without it, every one');
const overRows = { as, default: fallback, emptyAs, where, when: fieldWhen };

const By = z.union([
  column,
  z.strictObject({
    column: column.describe('the column that puts the rows in order'),
    as: z.string().min(1).describe('how its cells are written: a format of this mapping, or a built-in one'),
  }),
]);
const picked = {
  ...overRows,
  codes,
  never,
  prefix,
  suffix,
  shape,
  by: By.optional().describe(
    'what puts the rows in order, such as { column: MAKSUAIKA, as: time }; a column alone when its cells are whole numbers, or written like 2026-01-31 or 23:59; without it, the order of the file counts',
  ),
};

/** Values taken over all rows of one report; cells that are empty are left out. */
export const aggregateSpecs = {
  sum: z.strictObject({ sum: column.describe('the column whose cells are added up, exactly'), ...overRows }),
  min: z.strictObject({ min: column.describe('the column whose smallest value counts'), ...overRows }),
  max: z.strictObject({ max: column.describe('the column whose largest value counts'), ...overRows }),
  first: z.strictObject({ first: column.describe('the column whose first filled cell counts'), ...picked }),
  last: z.strictObject({ last: column.describe('the column whose last filled cell counts'), ...picked }),
  count: z.strictObject({
    count: column.describe('rows: how many rows the report has; a column: how many of its cells are filled'),
    emptyAs,
    where,
    when: fieldWhen,
  }),
};

/** The ways to make one value out of the rows of a report. */
export const aggregateForms = ['sum', 'min', 'max', 'first', 'last', 'count'] as const;

type Specs = typeof aggregateSpecs;
/** A value taken over all rows of one report. */
export type AggregateField = z.infer<Specs[keyof Specs]>;
/** One that picks the cell of a single row. */
export type PickedField = z.infer<Specs['first'] | Specs['last']>;
export type By = z.infer<typeof By>;
