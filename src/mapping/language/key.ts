import { z } from 'zod';

/** What a key holds, where the API or the field decides what that may be; editors’ schemas are made from it. */
export type Role =
  | 'value'
  | 'code'
  | 'format'
  | 'affix'
  | 'meta'
  | 'field'
  | 'list'
  | 'fields'
  | 'source'
  | 'report'
  | 'gone';
declare module 'zod' {
  interface GlobalMeta {
    role?: Role;
  }
}
/** Marks a key for the schemas of editors. */
export const role = (name: Role): { role: Role } => ({ role: name });

/** Names of fields, formats and code lists: letters and digits, nothing that could reach a prototype. */
export const name = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]*$/, 'expected a name of letters and digits');
/** The name of a column of the export. */
export const column = z.string().min(1);
/** A value written out. */
export const scalar = z.union([z.string(), z.number(), z.boolean()]);
