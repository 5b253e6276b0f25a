import type { Draft } from './draft.ts';
import { type DraftLine, quoted } from './draft-lines.ts';

/** The lines of a question for an extract: whose, and what for. */
export function extractLines(draft: Draft): DraftLine[] {
  draft.supposed.push('creditRegisterExtractPurpose: [NewLoan]');
  return [...personLines(draft), purposeLine];
}

function personLines(draft: Draft): DraftLine[] {
  const column = draft.column('idCode');
  if (!column) {
    draft.left.push('idCode: no column holds personal identity codes');
    return [{ kind: 'remark', text: 'idCode: TODO, no column holds personal identity codes' }];
  }
  draft.used.add(column.name);
  return [
    { kind: 'source', key: 'idCodeType', source: 'const: PersonalIdentityCode', note: '' },
    {
      kind: 'source',
      key: 'idCode',
      source: `from: ${quoted(column.name)}, as: personalIdentityCode`,
      note: draft.why('idCode'),
    },
  ];
}

const purposeLine: DraftLine = {
  kind: 'source',
  key: 'creditRegisterExtractPurpose',
  source: 'const: [NewLoan]',
  note: 'guess, to be confirmed: the purpose your data permission covers, or from a column with codes',
};
