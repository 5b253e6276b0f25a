import type { CertificateEnd } from '../config/certificate-ends.ts';
import { dayInFinland } from '../lib/calendar.ts';
import type { UsageError } from '../lib/problem.ts';
import type { Alarm } from './alarm.ts';

/** A new certificate takes its time to be ordered; each of these days before the end raises the alarm anew. */
const warnAt = [1, 7, 14, 30, 60];

/** Alarms about certificates near their end; none for others. Pure. */
export function certificateAlarms(ends: readonly CertificateEnd[]): Alarm[] {
  return ends.flatMap(({ kind, validTo, daysLeft }) => {
    const level = warnAt.find((days) => daysLeft <= days);
    // What is over is told as what cannot be used.
    if (level === undefined || daysLeft < 0) return [];
    const left = daysLeft < 1 ? 'within a day' : `in ${daysLeft} day${daysLeft === 1 ? '' : 's'}`;
    return [
      {
        kind: 'certificateEnds' as const,
        id: `certificateEnds:${kind}`,
        level: String(level),
        text: `The ${kind} certificate ends ${left}, on ${dayInFinland(validTo)}; nothing can be sent without it. Order a new one from the Tax Administration’s certificate service.`,
      },
    ];
  });
}

/** Alarms about certificates that cannot be used as they stand in the config's files. Pure. */
export function unusableAlarms(unusable: readonly { kind: CertificateEnd['kind']; why: UsageError }[]): Alarm[] {
  return unusable.map(({ kind, why }) => ({
    kind: 'certificateUnusable' as const,
    id: `certificateUnusable:${kind}`,
    level: '',
    text: `The certificate for ${kind} cannot be used: ${why.message}. What is on its way goes on with the one that was in use, if that is still valid; otherwise nothing is sent until this is mended. \`luottoputki check\` says what to do.`,
  }));
}
