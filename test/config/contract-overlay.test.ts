import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadContract } from '../../src/config/load-contract.ts';
import { findField } from '../../src/contract/field-table.ts';
import { meaningOf } from '../../src/contract/meanings.ts';
import { sayProblem } from '../../src/lib/problem.ts';
import { tempFolder } from '../lib/temp-folder.ts';

/** Loads an overlay as the config names it. */
function load(text: string) {
  const root = tempFolder();
  writeFileSync(join(root, 'contract.yaml'), text);
  const register = { keyCase: 'camelCase', contract: 'contract.yaml' } as const;
  const { contract, problems } = loadContract(register, root);
  return { contract, told: problems.map((problem) => sayProblem(problem).replace(/^.*contract\.yaml:/, '')) };
}

const ofNewLoans = (lines: string) => `adds:\n  - apis: [AddLoans]\n    fields:\n${lines.replace(/^/gm, '      ')}\n`;

it('a key of the overlay is a field like any other, with its kind, its need and its words', () => {
  const { contract, told } = load(
    ofNewLoans(`guarantors: { type: list }
guarantors[].idCode: { type: text, format: personalIdentityCode, required: true, meaning: { fi: Takaajan tunnus } }
leasingContract.monthlyInstalment: { type: decimal, min: 0.01, source: "API description 2.1" }
loanType: { values: [CreditFacility] }
collateralType: { type: list, of: text, values: [ApartmentOrRealEstate, OtherCollateral] }`),
  );
  expect(told).toEqual([]);
  const field = (path: string) =>
    findField(contract?.fields.AddLoans as never, path) as never as { [key: string]: unknown };
  expect(field('guarantors')).toMatchObject({ kind: 'list', required: false });
  expect(field('guarantors.idCode')).toMatchObject({ kind: 'text', required: true, format: 'personalIdentityCode' });
  expect(meaningOf(field('guarantors.idCode') as never)).toBe('Takaajan tunnus');
  expect(field('leasingContract.monthlyInstalment')).toMatchObject({ kind: 'decimal', source: 'API description 2.1' });
  expect(field('loanType')['values']).toEqual([
    'LumpSumLoan',
    'RunningAccountLoan',
    'Leasing',
    'GuaranteeReceivable',
    'CreditFacility',
  ]);
  expect(field('loanType')['required']).toBe(true);
  expect(field('collateralType')['item']).toMatchObject({
    kind: 'text',
    values: ['ApartmentOrRealEstate', 'OtherCollateral'],
  });
  // What no line of the overlay is about stays as it was.
  expect(findField(contract?.fields.UpdateLoans as never, 'guarantors')).toBeUndefined();
});

it.each([
  [
    'guarantor[].idCode: { type: text }',
    '4:7 OVERLAY_KEY guarantor[].idCode: guarantor is no key of AddLoans that is known: give it a line of its own',
  ],
  [
    'borrower[].x: { type: text }',
    '4:7 OVERLAY_KEY borrower[].x: borrower is no key of AddLoans that is known: give it a line of its own (did you mean borrowers?)',
  ],
  ['borrowers.x: { type: text }', '4:7 OVERLAY_KEY borrowers.x: borrowers is a list: write borrowers[]'],
  ['interest[].x: { type: text }', '4:7 OVERLAY_KEY interest[].x: interest is no list'],
  [
    'loanTyp: { values: [X] }',
    '4:7 OVERLAY_KEY loanTyp is no key of AddLoans that is known: say its type (did you mean loanType?)',
  ],
  ['borrowersCount: { values: [X] }', '4:7 OVERLAY_KEY borrowersCount: values, pattern and format go with text'],
  ['x: { type: boolean, min: 1 }', '4:7 OVERLAY_KEY x: min and max go with numbers, texts and lists'],
  ['x: { type: decimal, min: 3, max: 2 }', '4:7 OVERLAY_KEY x: min is 3, more than max'],
  ['x: { type: text, of: text }', '4:7 OVERLAY_KEY x: of goes with type: list'],
  [
    'x: { type: text, requiredWhen: { field: loanTipe, is: Leasing } }',
    '4:38 OVERLAY_KEY x: requiredWhen looks at loanTipe, which is no field of AddLoans outside lists (did you mean loanType?)',
  ],
])('%s is told with its place', (line, problem) => {
  const { contract, told } = load(ofNewLoans(line));
  expect(told).toEqual([problem]);
  expect(contract).toBeUndefined();
});

it.each([
  ['x: { typ: text }', 'unknown key typ (did you mean type?)'],
  ['x: { type: string }', 'type: expected'],
  ['X: { type: text }', 'expected a key in camelCase'],
  ['x: { type: text, requiredWhen: { is: Leasing } }', 'say a field and what is asked of it'],
  ['x: { type: text, pattern: "(" }', 'expected a regular expression'],
  ['x: {}', 'x is no key of AddLoans that is known: say its type'],
])('%s is no line of an overlay', (line, words) => {
  const { told } = load(ofNewLoans(line));
  expect(told).toEqual([expect.stringContaining(words)]);
  expect(told[0]).toEqual(expect.stringMatching(/^4:/));
});

it.each([
  ['adds:\n  - apis: [AddLoan]\n    fields: {}\n', 'AddLoans'],
  ['codes: { D55: { meaning: late, remedy: resend } }\n', 'days go with remedy: resend'],
  ['codes: { D55: { meaning: late, days: 3 } }\n', 'days go with remedy: resend'],
  ['add: []\n', 'unknown key add (did you mean adds?)'],
])('%j is refused', (text, words) => {
  expect(load(text).told).toEqual([expect.stringContaining(words)]);
});

it('codes of the overlay come beside those that are known', () => {
  const { contract } = load('codes:\n  D55: { meaning: { en: Too late }, remedy: resend, days: 2 }\n');
  expect(contract?.codes.get('D55')).toMatchObject({
    text: { en: 'Too late', fi: 'Too late' },
    remedy: 'resend',
    days: 2,
  });
  expect(contract?.codes.get('E20')).toMatchObject({ days: 7 });
});

it('a config that names an overlay that is not there says so', () => {
  const register = { keyCase: 'camelCase', contract: 'nowhere.yaml' } as const;
  const { problems } = loadContract(register, tempFolder());
  expect(problems.map(({ message }) => message)).toEqual([
    'the contract overlay cannot be read (ENOENT): correct register.contract in the config',
  ]);
});
