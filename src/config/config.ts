import { z } from 'zod';
import { environments } from '../contract/environments.ts';
import { Owner } from '../contract/shapes.ts';
import { parseDuration } from '../lib/duration.ts';
import { languages } from '../lib/language.ts';

/** A written duration, read as milliseconds. */
const duration = (standard: string) =>
  z
    .string()
    .default(standard)
    .transform((text, context) => {
      const ms = parseDuration(text);
      if (ms !== null) return ms;
      context.addIssue({ code: 'custom', message: 'expected a duration such as 500ms, 2s, 15m, 2h or 7d' });
      return z.NEVER;
    });

const Secret = z.union([z.strictObject({ env: z.string().min(1) }), z.strictObject({ file: z.string().min(1) })]);

const Certificate = z
  .strictObject({
    cert: z.string().min(1).optional(),
    key: z.string().min(1).optional(),
    pfx: z.string().min(1).optional(),
    passphrase: Secret.optional(),
  })
  .refine(
    (it) =>
      (it.pfx === undefined) === (it.cert !== undefined && it.key !== undefined) &&
      (it.pfx === undefined || (it.cert ?? it.key) === undefined),
    {
      message: 'expected cert and key (PEM files), or pfx (a PKCS#12 file)',
    },
  );
export type Certificate = z.infer<typeof Certificate>;

/** Encrypted, or never leaving the machine. */
function isSafe(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || ['127.0.0.1', '[::1]', 'localhost'].includes(hostname);
}

const localTime = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/, 'expected a local time such as 2026-05-20T07:00');

/** `pipeline.config.yaml` (design section 3.3). Unknown keys and wrong types are errors; durations become milliseconds. */
export const Config = z.strictObject({
  owner: Owner,
  /** The language of what people read in the outbox. */
  language: z.enum(languages).default('en'),
  register: z
    .strictObject({
      environment: z.enum(environments).default('sandbox'),
      url: z
        .url({ protocol: /^https$/, error: 'expected an https address: plain http would send personal data in clear' })
        .optional(),
      ca: z.string().min(1).optional(),
      keyCase: z.enum(['camelCase', 'PascalCase']).default('camelCase'),
      contract: z.string().min(1).optional(),
      /** How the question of an extract is written; which way the register wants it is not known (register-contract.md section 8). */
      extractForm: z.enum(['flat', 'nested']).default('flat'),
      schemas: z.string().min(1).optional(),
      certificates: z.strictObject({ reporting: Certificate.optional(), dataUse: Certificate.optional() }).default({}),
      certificateService: z
        .strictObject({
          url: z.url({ protocol: /^https$/, error: 'expected an https address' }),
          ca: z.string().min(1).optional(),
          /** The name of the customer as the Tax Administration knows it. */
          customerName: z.string().min(1),
          /** How long the service takes to make a certificate. */
          wait: duration('30s'),
        })
        .optional(),
      serviceBreaks: z.array(z.strictObject({ from: localTime, to: localTime })).default([]),
    })
    .prefault({}),
  folders: z
    .strictObject({
      inbox: z.string().min(1).default('inbox'),
      outbox: z.string().min(1).default('outbox'),
      mappings: z.string().min(1).default('mappings'),
      state: z.string().min(1).default('state'),
    })
    .prefault({}),
  intake: z
    .strictObject({
      quietTime: duration('10s'),
      readyMarker: z
        .string()
        .regex(/\{name\}/, 'expected a pattern with {name}, such as "{name}.ready"')
        .optional(),
      scanEvery: duration('30s'),
    })
    .prefault({}),
  submission: z
    .strictObject({
      maxReportsPerBatch: z.int().min(1).default(500),
      maxBytesPerBatch: z.int().min(1000).default(1_000_000),
      batchesPerMinute: z.int().min(1).default(60),
      /** Not a number of the register’s, which names none: two a second is what a person at a screen might do. */
      inquiriesPerMinute: z.int().min(1).default(120),
      inFlight: z.int().min(1).max(64).default(4),
      stock: z
        .strictObject({
          mappings: z.array(z.string().min(1)).min(1),
          batchesPerMinute: z.int().min(1).default(30),
          maxReportsPerBatch: z.int().min(1).default(500),
        })
        .optional(),
      statusInquiry: z
        .strictObject({ first: duration('2s'), every: duration('10s'), alarmAfter: duration('4h') })
        .prefault({}),
      resendUnknown: z.strictObject({ after: duration('2h'), notFoundAnswers: z.int().min(1).default(3) }).prefault({}),
    })
    .prefault({}),
  alarms: z
    .strictObject({
      command: z.array(z.string().min(1)).min(1).optional(),
      webhook: z
        .url({ protocol: /^https?$/, error: 'expected an https address' })
        .refine(isSafe, { error: 'expected an https address; http only to this machine (127.0.0.1, ::1, localhost)' })
        .optional(),
    })
    .prefault({}),
});
export type Config = z.infer<typeof Config>;
