import { z } from 'zod';
import { column, name, role, scalar } from './key.ts';

const operators = {
  is: scalar.optional().describe('the value is this one, such as "Y"'),
  isNot: scalar.optional().describe('the value is another one; an empty cell is another one too'),
  in: z.array(scalar).min(1).optional().describe('the value is one of these, such as ["10", "11"]'),
  notIn: z.array(scalar).min(1).optional().describe('the value is none of these; an empty cell is none of them too'),
  empty: z.literal(true).optional().describe('there is no value: empty: true'),
  filled: z.literal(true).optional().describe('there is a value: filled: true'),
  matches: z.string().min(1).optional().describe('the whole value has this form, a pattern such as "EUR(01|03|12)"'),
  before: z.string().optional().describe('the day is earlier than this one, such as "2026-01-01"'),
  after: z.string().optional().describe('the day is later than this one, such as "2025-12-31"'),
  lessThan: z.number().optional().describe('the number is smaller than this one'),
  moreThan: z.number().optional().describe('the number is larger than this one'),
  atLeast: z.number().optional().describe('the number is this one or larger'),
  atMost: z.number().optional().describe('the number is this one or smaller'),
};

/** A condition on a cell or on a field already built. */
export const Predicate: z.ZodType<Predicate> = z.lazy(() =>
  z.strictObject({
    column: column.optional().describe('the column whose cell is looked at'),
    field: z
      .string()
      .optional()
      .describe('the field of the report that is looked at, such as lumpSumLoan.balance')
      .meta(role('field')),
    as: name
      .optional()
      .describe('how the cell is written, before numbers or days are compared: a format, such as money')
      .meta(role('format')),
    ...operators,
    all: z.array(Predicate).min(1).optional().describe('every one of these conditions holds'),
    any: z.array(Predicate).min(1).optional().describe('one or more of these conditions hold'),
    not: Predicate.optional().describe('this condition does not hold'),
  }),
) as z.ZodType<Predicate>;
export type Predicate = {
  column?: string;
  field?: string;
  as?: string;
  is?: string | number | boolean;
  isNot?: string | number | boolean;
  in?: (string | number | boolean)[];
  notIn?: (string | number | boolean)[];
  empty?: true;
  filled?: true;
  matches?: string;
  before?: string;
  after?: string;
  lessThan?: number;
  moreThan?: number;
  atLeast?: number;
  atMost?: number;
  all?: Predicate[];
  any?: Predicate[];
  not?: Predicate;
};
