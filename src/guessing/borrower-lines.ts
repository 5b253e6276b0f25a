import type { Draft } from './draft.ts';
import { type DraftLine, quoted } from './draft-lines.ts';
import { bestWord, codesOf } from './guess-codes.ts';
import { groupKeyOf } from './guess-records.ts';
import { integerLine, target } from './source-lines.ts';

const guarantorWords = 'takaaja takaus borgensman borgen guarantor guarantee surety';

/** The borrowers of a loan and their count: on rows, in numbered columns, or one borrower in one column. */
export function borrowerLines(draft: Draft): DraftLine[] {
  const column = draft.column('idCode');
  if (!column) {
    draft.left.push('borrowers: no column holds personal identity codes');
    return [{ kind: 'remark', text: 'borrowers: TODO, no column holds personal identity codes' }];
  }
  const group = draft.look.numbered.get(column);
  const name = group ? group.pattern : column.name;
  draft.used.add(name);
  const head = group
    ? ['each: columns', `numbered: ${group.from}..${group.to}`, `presentWhen: ${JSON.stringify(name)}`]
    : ['each: rows', ...where(draft)];
  const others = draft.look.columns.filter(
    ({ name: other, identityCodes }) =>
      identityCodes > 0.5 && other !== column.name && !(group && isMember(group.pattern, other)),
  );
  const rivals = others.map(({ name: other }) => other).join(', ');
  if (others.length > 0)
    draft.left.push(`borrowers: ${rivals} hold identity codes too; say in the draft whose they are, or leave them out`);
  const lines: DraftLine[] = [
    { kind: 'source', key: 'idCodeType', source: 'const: PersonalIdentityCode', note: '' },
    {
      kind: 'source',
      key: 'idCode',
      source: `from: ${quoted(name)}, as: personalIdentityCode`,
      note: draft.why('idCode', others.length > 0 ? [`${rivals} hold identity codes too`] : []),
    },
  ];
  return [...countLines(draft), { kind: 'part', key: 'borrowers', head, lines }];
}

function countLines(draft: Draft): DraftLine[] {
  const lines = integerLine(draft, 'borrowersCount', target('borrowersCount'));
  const column = draft.column('idCode');
  if (lines.length > 0 || !column) return lines;
  const number = draft.column('loanNumber');
  const alone = !draft.look.numbered.has(column) && number?.unique === true;
  if (alone) return [draft.constant('borrowersCount', 1, 'one borrower on each row')];
  if (!groupKeyOf(draft))
    return [{ kind: 'remark', text: 'borrowersCount: no column tells how many debtors a loan has' }];
  const filter = where(draft).map((line) => `, ${line.replace(/ #.*$/, '')}`);
  draft.supposed.push('borrowersCount: the rows of the loan');
  const source = `count: ${draft.from(column)}${filter.join('')}`;
  return [{ kind: 'source', key: 'borrowersCount', source, note: 'guess, to be confirmed: every debtor has a row' }];
}

const isMember = (pattern: string, name: string) => {
  const [before = '', after = ''] = pattern.split('{n}');
  return name.startsWith(before) && name.endsWith(after);
};

/** Rows of guarantors are no borrowers. */
function where(draft: Draft): string[] {
  const role = draft.column('borrowerRole');
  const codes = role && codesOf(role)?.filter(({ code }) => bestWord(code, guarantorWords) > 0);
  if (!role || !codes || codes.length === 0) return [];
  const names = codes.map(({ code }) => JSON.stringify(code)).join(', ');
  return [`where: { column: ${draft.from(role)}, notIn: [${names}] } # guess: guarantors are no borrowers`];
}
