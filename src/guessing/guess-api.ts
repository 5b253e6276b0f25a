import { type BatchApi, batchApis } from '../contract/apis.ts';
import type { Look } from './look-at-columns.ts';
import { matchColumns } from './match-columns.ts';
import { fold } from './name-words.ts';
import { rolesOf } from './other-roles.ts';
import { sideRoles } from './side-roles.ts';

/** Roles that only exports for one API, or for loans, have columns for; and words of the file's name. */
const signs: Readonly<Record<BatchApi, { roles: readonly string[]; words: RegExp }>> = {
  AddLoans: {
    roles: ['contractDate', 'idCode', 'amountIssued', 'purpose', 'rate', 'creditLimit', 'finalDue', 'collateral'],
    words: /new|uude|uusi|nya|nytt|nyk|add|avatut/,
  },
  UpdateLoans: {
    roles: [
      'contractDate',
      'idCode',
      'amountIssued',
      'purpose',
      'rate',
      'creditLimit',
      'finalDue',
      'collateral',
      'reportType',
    ],
    words: /change|muuto|muutt|andr|update|upd|paivit/,
  },
  Repayments: {
    roles: ['paymentDate', 'amortization', 'interestPaid', 'expenses', 'balance'],
    words: /repay|payment|maksu|lyhenn|suorit|betaln|amort|inbet/,
  },
  DelayedRepayments: {
    roles: ['isDelay', 'delayedInstalment', 'originalDueDate', 'isForeclosed', 'foreclosureDate'],
    words: /delay|arrear|overdue|viiv|eraant|forsen|drojs|rasti/,
  },
  TerminateLoans: {
    roles: ['isTerminated', 'endReason', 'endDate', 'transferredTo'],
    words: /terminat|ending|closed|clos|paatt|lopet|avslut|slut|end/,
  },
};

/** Proposes the API an export is for, by which its columns fit best; the file's name decides between near ones. */
export function guessApi(look: Look, fileName: string): { api: BatchApi; why: string } {
  const scores = batchApis.map((api) => {
    const matches = [...matchColumns([...rolesOf[api], ...sideRoles], look.joined)];
    const { roles, words } = signs[api];
    const telling = matches.filter(([role]) => roles.includes(role.id));
    const sum = telling.reduce((total, [, { score }]) => total + score, 0);
    const named = words.test(fold(fileName));
    return { api, score: sum / Math.sqrt(roles.length) + (named ? 0.5 : 0), telling, named };
  });
  const [best] = scores.toSorted((a, b) => b.score - a.score);
  const columns = (best?.telling ?? []).map(([, { column }]) => column.name).slice(0, 4);
  const why = [
    ...(columns.length > 0 ? [`it has ${columns.join(', ')}`] : ['no column tells']),
    ...(best?.named ? ['the file’s name says so'] : []),
  ].join('; ');
  return { api: best?.api ?? 'AddLoans', why };
}
