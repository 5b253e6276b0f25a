import { certificateEnds, unusableCertificates } from '../config/certificate-ends.ts';
import type { Alarm } from './alarm.ts';
import { certificateAlarms, unusableAlarms } from './certificate-alarms.ts';
import { missingAlarms } from './expected-exports.ts';
import type { House } from './house.ts';
import { overdueAlarm } from './overdue.ts';

/** The alarms that anybody can see from the ledger, the config and the clock, without a round over inbox and register. */
export async function alarmsToSee(house: Pick<House, 'ledger' | 'config' | 'clock'>): Promise<Alarm[]> {
  return [
    ...(await overdueAlarm(house)),
    ...(await missingAlarms(house)),
    ...certificateAlarms(certificateEnds(house.config, house.clock.now())),
    ...unusableAlarms(unusableCertificates(house.config, house.clock.now())),
  ];
}
