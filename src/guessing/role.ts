import type { Concept } from './concepts.ts';

/** What the cells of a column must be like to play a role. */
type RoleKind =
  | 'key'
  | 'date'
  | 'amount'
  | 'percent'
  | 'integer'
  | 'yesNo'
  | 'codes'
  | 'identityCode'
  | 'businessId'
  | 'currency'
  | 'text'
  | 'any';

/**
 * What a column can be to a mapping. `names` are the meanings a column's name may have, the likeliest first: words of
 * `concepts.ts` that must all be there, with a weight from 0 to 1 when it is not 1.
 */
export type Role = {
  id: string;
  kind: RoleKind;
  names: readonly string[];
  /** Words that say it is something else. */
  not?: readonly Concept[];
  /** Whatever else stands in the name: a note on a payment is a note. */
  whatever?: true;
};

/** A role that fills no field, but claims columns that would else be taken for one that does. */
export type SideRole = Role & { use: 'personal' | 'carry' | 'customerKind' | 'role' | 'none' };
