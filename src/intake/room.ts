import { statfsSync } from 'node:fs';

/** The copy, what the ledger keeps of it, and the scratch of rows that lie apart come to less than so many times an export. */
const timesItsSize = 3;
/** The ledger's own work, and the outbox where it is on the same disk. */
const reserve = 32 * 1024 * 1024;

/** Says, in words, that a folder's disk has too little room left to take an export of so many bytes; nothing when it has enough. */
export function whyNoRoom(size: number, folder: string): string | undefined {
  const { bavail, bsize, blocks } = statfsSync(folder);
  const needed = size * timesItsSize + reserve;
  // Some network disks do not tell.
  if (blocks === 0 || bavail * bsize >= needed) return undefined;
  return `the disk of ${folder} has ${inMegabytes(bavail * bsize)} left, and taking it needs ${inMegabytes(needed)}: make room on it`;
}

const inMegabytes = (bytes: number) => `${Math.floor(bytes / 1_000_000)} MB`;
