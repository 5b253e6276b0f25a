import type { BatchApi } from '../src/contract/apis.ts';
import { type LoadedMapping, loadMapping } from '../src/mapping/load-mapping.ts';

/** Columns of every export of the simulation. */
export const columns = ['REF', 'LOAN', 'KIND', 'PERSON', 'AMOUNT', 'DAY', 'OFFICE'] as const;
export type Column = (typeof columns)[number];

/** More bad reports than this, in percent, and an export of new loans is refused whole. */
export const rejectedOver = 60;

const csv = `csv: { encoding: utf-8, delimiter: ";", columns: { missing: refuseFile, unknown: ignore, personal: [PERSON], carry: [OFFICE] } }
formats: { money: { type: decimal, decimal: ".", scale: 2 } }
skip: [{ id: COMPANY, when: { column: KIND, is: "Y" }, why: "loans to companies are not reported" }]`;
const loan = `  reportReference: { from: REF }
  loanNumber.type: { const: Other }
  loanNumber.number: { from: LOAN, shape: "[0-9]{10}" }`;
const record = `  loanType: { const: LumpSumLoan }
  borrowers:
    each: rows
    fields: { idCodeType: { const: PersonalIdentityCode }, idCode: { from: PERSON, as: personalIdentityCode } }
  lumpSumLoan: { fields: { amountIssued: { from: AMOUNT, as: money } } }`;

/** The name of the mapping of each API, and the beginning of the names of the files it takes. */
export const kinds = {
  AddLoans: { mapping: 'new-loans', file: 'NEWLOANS' },
  UpdateLoans: { mapping: 'changes', file: 'CHANGES' },
  Repayments: { mapping: 'repayments', file: 'REPAYMENTS' },
  DelayedRepayments: { mapping: 'delays', file: 'DELAYS' },
  TerminateLoans: { mapping: 'endings', file: 'ENDINGS' },
} as const satisfies Record<BatchApi, { mapping: string; file: string }>;

const text = (api: BatchApi, rest: string) =>
  `mapping: ${kinds[api].mapping}\napi: ${api}\ntakes: "${kinds[api].file}_*.csv"\n${csv}\n${rest}\n`;

const texts = [
  text(
    'AddLoans',
    `records: { groupBy: LOAN, mayDiffer: [PERSON] }\nfields:\n${loan}\n${record}\nrefuseFileWhen: { rejectedOver: ${rejectedOver}% }`,
  ),
  text('UpdateLoans', `fields:\n${loan}\n  reportType: { const: NewReport }\n${record}`),
  text(
    'Repayments',
    `fields:\n${loan}
  reportType: { const: NewReport }
  reportCreationTimeUtc: { meta: takenAt }
  lumpSumLoanRepayment: { fields: { amortizationPaid: { from: AMOUNT, as: money }, paymentDate: { from: DAY, as: date } } }`,
  ),
  text(
    'DelayedRepayments',
    `fields:\n${loan}
  reportType: { const: NewReport }
  isDelay: { const: true }
  delayedAmounts:
    each: rows
    fields: { delayedInstalment: { from: AMOUNT, as: money }, originalDueDate: { from: DAY, as: date } }`,
  ),
  text(
    'TerminateLoans',
    `fields:\n${loan}
  reportType: { const: NewReport }
  termination: { fields: { isTerminated: { const: true }, endDate: { from: DAY, as: date } } }`,
  ),
];

/** The five mappings of the simulation: as small as they can be, since every start of the pipeline reads them. */
export const mappings: readonly LoadedMapping[] = texts.map((it) => {
  const { loaded, problems } = loadMapping(it, 'sim.yaml', 'artificial');
  const wrong = problems.find(({ severity }) => severity === 'error');
  if (!loaded || wrong) throw new Error(`a mapping of the simulation is wrong: ${wrong?.message}`);
  return loaded;
});
