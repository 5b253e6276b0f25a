import { fieldTables } from './field-table.ts';

/** What the register takes, as far as this lender knows: built once from the config, and carried by every mapping. */
export type Contract = {
  /** The fields of one report of each API. */
  fields: typeof fieldTables;
};

/** What is known without anything of the lender's own. */
export const ownContract: Contract = { fields: fieldTables };
