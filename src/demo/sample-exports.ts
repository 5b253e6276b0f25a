import { castLoans } from './cast.ts';
import { changes } from './changes.ts';
import { delays } from './delays.ts';
import { endings } from './endings.ts';
import { demoLoans } from './loans.ts';
import { newLoans } from './new-loans.ts';
import { repayments } from './repayments.ts';

/** One sample export. `faults` says in plain words what was made wrong in it on purpose, one sentence a fault. */
export type SampleExport = { name: string; bytes: Uint8Array; faults: string[] };

/**
 * The exports of one sample night, one for each mapping that is shipped; the same for the same day.
 * @param today the day in Finland, `yyyy-mm-dd`
 */
export function sampleExports(today: string): SampleExport[] {
  const cast = castLoans(demoLoans(today));
  const day = today.replaceAll('-', '');
  const sheets = {
    NEWLOANS: newLoans(cast),
    CHANGES: changes(cast),
    REPAYMENTS: repayments(cast, today),
    DELAYS: delays(cast, today),
    ENDINGS: endings(cast, today),
  };
  return Object.entries(sheets).map(([name, sheet]) => ({
    name: `${name}_${day}.csv`,
    bytes: sheet.bytes(),
    faults: sheet.faults,
  }));
}
