import { isBatchApi } from '../contract/apis.ts';
import { isBusinessId } from '../lib/identity-code.ts';
import type { Column } from './column-profile.ts';
import type { Draft } from './draft.ts';
import { bestWord, codesOf } from './guess-codes.ts';

const companyWords =
  'yritys yhteiso oikeushenkilo osakeyhtio oy yht =y foretag juridisk bolag company corporate legal organisation organization business entity';

/** Lines of `skip`: rows of legal persons are not reported. Found by Business IDs, or by the kind of customer. */
export function skipRules(draft: Draft): string[] {
  if (!isBatchApi(draft.api)) return [];
  const rule = legalPersons(draft);
  if (!rule) return [];
  return [
    `  - { id: LEGAL-PERSON, when: { ${rule.when} }, why: "loans to legal persons are not reported" } # ${rule.why}`,
  ];
}

function legalPersons(draft: Draft): { when: string; why: string } | undefined {
  const kind = draft.column('customerKind');
  const person = draft.column('idCode');
  const legal = person && !draft.look.numbered.has(person) ? rowsOfCompanies(draft, person) : [];
  const telling = legal.length > 0 ? columnThatTells(draft, legal, kind) : undefined;
  if (telling) {
    const codes = telling.codes.map((code) => JSON.stringify(code)).join(', ');
    return {
      when: `column: ${draft.from(telling.column)}, in: [${codes}]`,
      why: 'guess (sure): where it stands, there is a Business ID or no identity code',
    };
  }
  if (person && legal.some((row) => isBusinessId(draft.look.cell(row, person))))
    return {
      when: `column: ${draft.from(person)}, matches: "[0-9]{7}-[0-9]"`,
      why: 'guess (sure): these are Business IDs',
    };
  const words = kind && codesOf(kind)?.filter(({ code }) => bestWord(code, companyWords) > 0);
  if (kind && words && words.length > 0) {
    const codes = words.map(({ code }) => JSON.stringify(code)).join(', ');
    return { when: `column: ${draft.from(kind)}, in: [${codes}]`, why: 'guess (likely): by the word of the code' };
  }
  if (kind && (kind.distinct?.size ?? 0) > 1)
    draft.left.push(`${kind.name} seems to tell persons from companies: add a skip rule for the companies`);
  return undefined;
}

type Rows = Draft['look']['sample']['rows'];

/** Rows whose identity code is a Business ID or empty, when most have identity codes. */
function rowsOfCompanies(draft: Draft, person: Column): Rows {
  const rows = draft.look.sample.rows.filter((row) => {
    const cell = draft.look.cell(row, person);
    return cell === '' || isBusinessId(cell);
  });
  return rows.length < draft.look.sample.rows.length ? rows : [];
}

/** A column of codes whose values on those rows stand on no other row. */
function columnThatTells(
  draft: Draft,
  legal: Rows,
  kind: Column | undefined,
): { column: Column; codes: string[] } | undefined {
  const some = new Set(legal);
  for (const column of kind ? [kind, ...draft.look.columns] : draft.look.columns) {
    if (!codesOf(column) || (column.distinct?.size ?? 99) > 6 || (column.distinct?.size ?? 0) < 2) continue;
    const on = new Set(legal.map((row) => draft.look.cell(row, column)));
    const off = draft.look.sample.rows.some((row) => !some.has(row) && on.has(draft.look.cell(row, column)));
    if (!off && !on.has('')) return { column, codes: [...on] };
  }
  return undefined;
}
