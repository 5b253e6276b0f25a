import type { Api } from '../contract/apis.ts';
import { Draft } from './draft.ts';
import type { DraftLine } from './draft-lines.ts';
import { type DraftParts, draftText, todo } from './draft-text.ts';
import { delayFields, endingFields, repaymentFields } from './event-fields.ts';
import { firstTests } from './first-tests.ts';
import { guessApi } from './guess-api.ts';
import { guessRecords } from './guess-records.ts';
import { loanFields } from './loan-fields.ts';
import { lookAtColumns } from './look-at-columns.ts';
import { matchColumns } from './match-columns.ts';
import { numberLines } from './number-lines.ts';
import { membersOf } from './numbered-columns.ts';
import { rolesOf } from './other-roles.ts';
import { extractLines } from './question-lines.ts';
import type { Sample } from './read-sample.ts';
import { sideRoles } from './side-roles.ts';
import { skipRules } from './skip-rules.ts';

/** A draft as it is written, and what its author still has to do, in order. No cell of the file is in `left`. */
export type GuessedMapping = {
  api: Api;
  text: string;
  name: string;
  left: string[];
  todos: number;
  supposed: string[];
};

/**
 * Drafts a mapping for a sample export.
 * @param asked the API; undefined to have it proposed
 * @param today the day the draft is made, for its tests
 */
export async function guessMapping(
  sample: Sample,
  fileName: string,
  asked: Api | undefined,
  today: string,
): Promise<GuessedMapping> {
  const look = lookAtColumns(sample);
  const proposed = asked === undefined ? guessApi(look, fileName) : undefined;
  const api = asked ?? proposed?.api ?? 'AddLoans';
  const matches = new Map(
    [...matchColumns([...rolesOf[api], ...sideRoles], look.joined)].map(([role, match]) => [role.id, match]),
  );
  const draft = new Draft(api, look, matches);
  const fields = fieldsOf(draft);
  const records = guessRecords(draft);
  if (records) draft.used.add(records.groupBy.name);
  const parts: DraftParts = {
    name: nameFrom(fileName),
    takes:
      fileName
        .replace(/[\\/]/g, '?')
        .replace(/\d+/g, '*')
        .replace(/\*(?:[-_.T]?\*)+/g, '*') || '*',
    fileName,
    apiWhy: proposed?.why,
    records,
    skip: skipRules(draft),
    fields: [...numberLines(draft, records), ...fields],
    ...columnLists(draft),
    tests: '',
  };
  parts.tests = await firstTests(draft, (fill) => draftText(draft, parts, fill), records, today);
  const todos = [...draft.codes.values()]
    .flatMap(({ entries }) => entries)
    .filter(({ value }) => value === undefined).length;
  return {
    api,
    text: draftText(draft, parts, () => todo),
    name: parts.name,
    left: draft.left,
    todos,
    supposed: draft.supposed,
  };
}

function fieldsOf(draft: Draft): DraftLine[] {
  switch (draft.api) {
    case 'AddLoans':
    case 'UpdateLoans':
      return loanFields(draft);
    case 'Repayments':
      return repaymentFields(draft);
    case 'DelayedRepayments':
      return delayFields(draft);
    case 'TerminateLoans':
      return endingFields(draft);
    case 'GetLoan':
      return [];
    case 'GetCreditRegisterExtract':
      return extractLines(draft);
  }
}

/** Which columns hold what must not be shown, which go along into errors.csv, and which nobody reads. */
function columnLists(draft: Draft): Pick<DraftParts, 'personal' | 'carry' | 'unread'> {
  const { look, matches } = draft;
  const idCode = draft.column('idCode');
  const group = idCode && look.numbered.get(idCode);
  const personal = new Set<string>(group ? membersOf(group) : idCode ? [idCode.name] : []);
  const carry = new Set<string>();
  for (const role of sideRoles) {
    const column = matches.get(role.id)?.column;
    if (!column || draft.used.has(column.name)) continue;
    const numbered = look.numbered.get(column);
    const names = numbered ? membersOf(numbered) : [column.name];
    if (role.use === 'personal') for (const name of names) personal.add(name);
    else if (role.use === 'carry') carry.add(column.name);
  }
  for (const column of look.columns) if (column.identityCodes > 0 || column.ibans > 0.5) personal.add(column.name);
  const number = draft.column('loanNumber');
  if (number) personal.delete(number.name);
  const read = new Set([...draft.used, ...personal, ...carry]);
  if (group) for (const name of membersOf(group)) read.add(name);
  return {
    personal: look.columns.map(({ name }) => name).filter((name) => personal.has(name)),
    carry: [...carry],
    unread: look.columns.map(({ name }) => name).filter((name) => !read.has(name) && name !== ''),
  };
}

/** `NEW_LOANS_20260103.csv` becomes `new-loans`. */
function nameFrom(fileName: string): string {
  const plain = fileName
    .normalize('NFD')
    .replace(/\.[A-Za-z0-9]{1,5}$/, '')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9]+|\d{4,}/g, '-')
    .replace(/-+/g, '-')
    .replace(/^[-\d]+|-$/g, '')
    .toLowerCase();
  return /^[a-z]/.test(plain) ? plain.slice(0, 60) : 'draft';
}
