import { loadMapping } from '../mapping/load-mapping.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { type House, seriesOf } from './house.ts';

/** A mapping as it was when an export was taken with it, whatever became of its file since; found by its SHA-256. */
export async function mappingOf(house: Pick<House, 'ledger' | 'config'>, sha256: string): Promise<Mapping> {
  const text = (await house.ledger.mappingText(sha256)) ?? '';
  const { loaded } = loadMapping(text, sha256.slice(0, 8), seriesOf(house.config));
  if (!loaded) throw new Error(`the mapping ${sha256.slice(0, 8)} in the ledger cannot be read`);
  return loaded.mapping;
}
