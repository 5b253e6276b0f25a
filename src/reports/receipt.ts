import { z } from 'zod';

const count = z.int().min(0);
const time = z.iso.datetime().nullable();

const exportStates = [
  'refused',
  'awaitingApproval',
  'sending',
  'withRegister',
  'outcomeUnknown',
  'needsFixing',
  'waiting',
  'complete',
] as const;
export type ExportState = (typeof exportStates)[number];

/** `receipt.json` (design section 3.5): all keys always present; null = not known, 0 = none. */
export const Receipt = z.strictObject({
  schema: z.literal('luottoputki/receipt/1'),
  final: z.boolean(),
  state: z.enum(exportStates),
  nextStep: z.string(),
  file: z.strictObject({ name: z.string(), size: count, sha256: z.string(), rows: count.nullable() }),
  mapping: z.strictObject({
    name: z.string(),
    api: z.string(),
    sha256: z.string(),
    /** Every file of a mapping that is more than one; none otherwise. */
    /** Every file of a mapping that is more than one. */
    parts: z.array(z.strictObject({ name: z.string(), sha256: z.string() })).optional(),
  }),
  environment: z.string(),
  owner: z.strictObject({ idCodeType: z.string(), idCode: z.string(), countryCode: z.string().optional() }),
  tool: z.string(),
  counts: z.strictObject({
    rowsRead: count,
    rowsSkipped: count,
    rowsInvalid: count,
    reportsBuilt: count,
    invalid: count,
    accepted: count,
    rejected: count,
    pending: count,
    unknown: count,
    held: count,
    balanced: z.boolean(),
  }),
  batches: z.array(
    z.strictObject({
      reference: z.string(),
      api: z.string(),
      sent: count,
      reported: count.nullable(),
      status: z.string(),
      attempts: count,
      sentAt: time,
      verdictAt: time,
      correlationId: z.string().nullable(),
    }),
  ),
  findingsByCode: z.array(
    z.strictObject({ code: z.string(), count, firstLines: z.array(count), text: z.string(), howToFix: z.string() }),
  ),
  deadlines: z.strictObject({ met: count, late: count, earliestDue: z.iso.date().nullable() }),
  correctionOf: z.strictObject({ name: z.string(), sha256: z.string() }).nullable(),
  correctedBy: z.array(z.strictObject({ name: z.string(), sha256: z.string() })),
});
export type Receipt = z.infer<typeof Receipt>;

/** Whether a person took the export back: refused, and nobody has anything to do. */
export function isWithdrawn({ state, findingsByCode }: Pick<Receipt, 'state' | 'findingsByCode'>): boolean {
  return state === 'refused' && findingsByCode.some(({ code }) => code === 'WITHDRAWN');
}
