import { z } from 'zod';
import { role, scalar } from './key.ts';

const Operand = z.union([
  z.string().meta(role('field')),
  z.number(),
  z.strictObject({
    count: z.string().describe('the list whose items are counted, such as borrowers').meta(role('list')),
  }),
  z.strictObject({ const: scalar.describe('a value written out, such as 2026-01-01') }),
]);
export type Operand = z.infer<typeof Operand>;
const pair = z.tuple([Operand, Operand]);

/** What a house check demands of a report. */
export const Requirement: z.ZodType<Requirement> = z.lazy(() =>
  z.strictObject({
    atLeast: pair.optional().describe('the first is the second or larger'),
    atMost: pair.optional().describe('the first is the second or smaller'),
    moreThan: pair.optional().describe('the first is larger than the second'),
    lessThan: pair.optional().describe('the first is smaller than the second'),
    equals: pair.optional().describe('the two are the same'),
    differs: pair.optional().describe('the two are not the same'),
    before: pair.optional().describe('the first day is earlier than the second'),
    after: pair.optional().describe('the first day is later than the second'),
    notBefore: pair.optional().describe('the first day is the second or later'),
    notAfter: pair.optional().describe('the first day is the second or earlier'),
    filled: z.string().optional().describe('the report has this field').meta(role('field')),
    empty: z.string().optional().describe('the report does not have this field').meta(role('field')),
    all: z.array(Requirement).min(1).optional().describe('every one of these is met'),
    any: z.array(Requirement).min(1).optional().describe('one or more of these are met'),
    not: Requirement.optional().describe('this is not met'),
  }),
) as z.ZodType<Requirement>;
type Pair = [Operand, Operand];
export type Requirement = {
  [Op in
    | 'atLeast'
    | 'atMost'
    | 'moreThan'
    | 'lessThan'
    | 'equals'
    | 'differs'
    | 'before'
    | 'after'
    | 'notBefore'
    | 'notAfter']?: Pair;
} & { filled?: string; empty?: string; all?: Requirement[]; any?: Requirement[]; not?: Requirement };
