import { loadKept } from '../mapping/load-mapping.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { type House, seriesOf } from './house.ts';

/** A text of one hash never changes, and every export asks for its mapping several times a run. */
const known = new Map<string, Mapping>();

/** A mapping as it was when an export was taken with it, whatever became of its file since; found by its SHA-256. */
export async function mappingOf(house: Pick<House, 'ledger' | 'config'>, sha256: string): Promise<Mapping> {
  const series = seriesOf(house.config);
  const found = known.get(`${series} ${sha256}`);
  if (found) return found;
  const text = (await house.ledger.mappingText(sha256)) ?? '';
  const { loaded } = loadKept(text, sha256.slice(0, 8), series, house.config.contract);
  if (!loaded) throw new Error(`the mapping ${sha256.slice(0, 8)} in the ledger cannot be read`);
  known.set(`${series} ${sha256}`, loaded.mapping);
  return loaded.mapping;
}
