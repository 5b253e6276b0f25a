import { expect, test } from 'vitest';
import type { InquiryApi } from '../../src/contract/apis.ts';
import { artificialIdentityCode } from '../../src/lib/identity-code.ts';
import { checked, draftOf, fieldsOf, previewed } from './draft-of.ts';

const people = [501, 602, 703].map(artificialIdentityCode);

test.each<[InquiryApi, string, Record<string, string>, Record<string, unknown>]>([
  [
    'GetLoan',
    `LAINANRO;KONTTORI\n0004100017;Oulu\n0004100025;Turku\n0004100033;Oulu\n`,
    { 'loanNumber.number': 'LAINANRO' },
    { loanNumber: { type: 'Other', number: '0004100017' } },
  ],
  [
    'GetCreditRegisterExtract',
    `HAKEMUS;HETU\n${people.map((code, at) => `H-${at};${code}\n`).join('')}`,
    { idCode: 'HETU' },
    { idCodeType: 'PersonalIdentityCode', idCode: people[0], creditRegisterExtractPurpose: ['NewLoan'] },
  ],
])(
  'a draft for %s checks, passes its tests, and makes a question of each row',
  async (api, text, columns, question) => {
    const bytes = Buffer.from(text);
    const draft = await draftOf(bytes, 'ASK_1.csv', api);
    for (const person of people) expect(draft.text).not.toContain(person);
    const { errors, warnings, loaded, passed } = await checked(draft.text);
    expect([errors, warnings]).toEqual([[], []]);
    expect(passed).toBeGreaterThan(0);
    expect(fieldsOf(loaded)).toEqual(columns);
    if (!loaded) throw new Error('the draft cannot be used');
    const { reports, findings } = await previewed(loaded, bytes);
    expect(findings).toEqual([]);
    expect(reports).toHaveLength(3);
    expect(reports[0]).toEqual(question);
  },
);
