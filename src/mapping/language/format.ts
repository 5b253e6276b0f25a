import { z } from 'zod';

const groupWords = 'what may stand between groups of three digits, such as " " or [" ", "\\u00A0"]';

const sign = z
  .enum(['leading', 'trailing', 'brackets'])
  .default('leading')
  .describe('how numbers below zero are written: leading is -1,50, trailing is 1,50-, brackets is (1,50)');
const pivot = z
  .int()
  .min(1800)
  .max(2100)
  .optional()
  .describe('for years of two digits, yy: the first of the hundred years they stand for; 1950 means 1950–2049');

const DecimalFormat = z.strictObject({
  type: z.literal('decimal').describe('an amount or a rate, read exactly and never rounded'),
  decimal: z.string().length(1).default('.').describe('the mark before the decimals, such as ","'),
  group: z
    .union([z.string().length(1), z.array(z.string().length(1))])
    .default([])
    .describe(groupWords),
  scale: z.int().min(0).max(6).optional().describe('the most decimals a value may have, such as 2; more are a finding'),
  sign,
});
const DateFormat = z.strictObject({
  type: z.literal('date').describe('a day of the calendar'),
  format: z.string().min(1).describe('how the day is written, such as dd.MM.yyyy; a time in it is read and dropped'),
  pivot,
});
const DateTimeFormat = z.strictObject({
  type: z.literal('dateTime').describe('a day and a time; the register gets it in UTC'),
  format: z.string().min(1).describe('how the time is written, such as dd.MM.yyyy HH:mm'),
  zone: z.string().default('Europe/Helsinki').describe('whose clocks show it, such as Europe/Helsinki or UTC'),
  pivot,
});
const BooleanFormat = z.strictObject({
  type: z.literal('boolean').describe('yes or no'),
  true: z.array(z.string()).min(1).describe('every way yes is written, such as ["K", "1"]; write the key in quotes'),
  false: z.array(z.string()).min(1).describe('every way no is written, such as ["E", "0"]; write the key in quotes'),
});
const IntegerFormat = z.strictObject({
  type: z.literal('integer').describe('a whole number'),
  group: z
    .union([z.string().length(1), z.array(z.string().length(1))])
    .default([])
    .describe(groupWords),
  sign,
});

/** A named way of writing values in the export. */
export const Format = z.discriminatedUnion('type', [
  DecimalFormat,
  DateFormat,
  DateTimeFormat,
  BooleanFormat,
  IntegerFormat,
]);
export type Format = z.infer<typeof Format>;
