import { z } from 'zod';
import { type Api, apis } from './apis.ts';
import { Condition } from './condition.ts';
import type { Knowledge } from './contract-overlay.ts';
import { fieldTables, type ReportSchema, reportSchemas, tablesOf } from './field-table.ts';
import { type CodeTable, ownCodes } from './register-codes.ts';
import { judgeOf } from './report-judge.ts';
import type { ReportJudge } from './rules.ts';

/** What the register takes, as far as this lender knows: built once from the config, and carried by every mapping. */
export type Contract = {
  /** The fields of one report of each API. */
  fields: typeof fieldTables;
  /** What `fields` is read from. */
  knowledge: Knowledge;
  /** The register's error codes. */
  codes: CodeTable;
  /** By API, what an overlay has against a report. */
  overlayJudges: Partial<Record<Api, ReportJudge>>;
  /** By API, what the register's own schemas have against a report. */
  schemaJudges: Partial<Record<Api, ReportJudge>>;
};

/** What is known without anything of the lender's own. */
export const ownContract: Contract = {
  fields: fieldTables,
  knowledge: Object.fromEntries(
    apis.map((api) => [api, { schema: reportSchemas[api], needed: [], overlaid: false }]),
  ) as unknown as Knowledge,
  codes: ownCodes,
  overlayJudges: {},
  schemaJudges: {},
};

/** The contract that follows from what is known. */
export function contractOf(
  knowledge: Knowledge,
  { codes, schemaJudges }: Pick<Contract, 'codes' | 'schemaJudges'>,
): Contract {
  const schemas = Object.fromEntries(apis.map((api) => [api, knowledge[api].schema]));
  const overlaid = apis.filter((api) => knowledge[api].overlaid);
  return {
    fields: tablesOf(schemas as Record<Api, ReportSchema>),
    knowledge,
    codes,
    overlayJudges: Object.fromEntries(overlaid.map((api) => [api, judgeOf(knowledge[api])])),
    schemaJudges,
  };
}

const Kept = z.strictObject({
  api: z.enum(apis),
  schema: z.custom<ReportSchema>((it) => typeof it === 'object' && it !== null),
  needed: z.array(z.strictObject({ path: z.string(), when: Condition })),
  overlaid: z.boolean(),
});

/** What must be kept beside a mapping so that it reads the same for ever; null when that is nothing but our own contract. */
export function toKeep({ knowledge }: Contract, api: Api): string | null {
  const { schema } = knowledge[api];
  return schema === reportSchemas[api] ? null : JSON.stringify({ api, ...knowledge[api] });
}

/**
 * The contract as it was when a mapping was kept.
 * @param now gives what does not change how a mapping is read: codes, and the register's own schemas
 */
export function fromKept(text: string | null, now: Contract): Contract {
  if (text === null) return { ...ownContract, codes: now.codes, schemaJudges: now.schemaJudges };
  const { api, ...known } = Kept.parse(JSON.parse(text));
  return contractOf({ ...ownContract.knowledge, [api]: known }, now);
}
