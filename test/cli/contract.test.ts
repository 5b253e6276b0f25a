import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { artificialIdentityCode } from '../../src/lib/identity-code.ts';
import { contractWith, loanFields } from '../contract/body-of.ts';
import { openWorkspace } from '../pipeline/open-workspace.ts';

const overlay = {
  source: 'API description 9.9',
  adds: [
    {
      apis: ['AddLoans'],
      fields: {
        guarantors: { type: 'list', meaning: { en: 'Persons who stand surety.' } },
        'guarantors[].idCode': { type: 'text', format: 'personalIdentityCode', required: true },
        lenderMarketingName: { max: 5 },
      },
    },
  ],
};
const mapping = stringify({
  mapping: 'new-loans',
  api: 'AddLoans',
  takes: 'NEWLOANS_*.csv',
  fields: {
    ...loanFields,
    borrowers: { each: 'rows', fields: { idCodeType: { const: 'PersonalIdentityCode' }, idCode: { from: 'HETU' } } },
    lenderMarketingName: { from: 'NIMI' },
    guarantors: {
      each: 'columns',
      numbered: '1..2',
      presentWhen: 'TAKAAJA{n}',
      fields: { idCode: { from: 'TAKAAJA{n}' } },
    },
  },
});
const [borrower, guarantor] = [artificialIdentityCode(1), artificialIdentityCode(2)];
const rows = `NO;HETU;NIMI;TAKAAJA1;TAKAAJA2\n100;${borrower};Laina;${guarantor};\n101;${borrower};Pankki;;\n`;

const named = (text: string) =>
  text.replace('  environment: test\n', '  environment: test\n  contract: contract.yaml\n');

test('an overlay goes with a loan all the way: checked, sent, accepted, kept when it is gone', async () => {
  const workspace = await openWorkspace({
    mappings: { 'new-loans': mapping },
    exports: { 'NEWLOANS_1.csv': rows },
    sandbox: { contract: contractWith({ overlay }).contract },
    config: named,
  });
  writeFileSync(join(workspace.folder, 'contract.yaml'), stringify(overlay));

  const checked = await workspace.tool('check', '--write-schema', 'mine.schema.json');
  expect(checked.status, checked.stdout).toBe(0);
  const schema = readFileSync(join(workspace.folder, 'mine.schema.json'), 'utf8');
  expect(schema).toContain('Persons who stand surety.');

  const { status, stderr } = await workspace.run();
  expect(status, stderr).toBe(1);
  const { loans } = workspace.sandbox.snapshot();
  expect(loans).toMatchObject([{ record: { guarantors: [{ idCode: guarantor }] } }]);
  const [told] = workspace.told();
  expect(told?.receipt.counts).toMatchObject({ accepted: 1, invalid: 1 });
  expect(told?.receipt.findingsByCode.map(({ code }) => code)).toContain('CONTRACT_OVERLAY');

  // The export was taken with the overlay: what becomes of the overlay later changes nothing of it.
  writeFileSync(
    workspace.configPath,
    readFileSync(workspace.configPath, 'utf8').replace('  contract: contract.yaml\n', ''),
  );
  const explained = await workspace.tool('explain', 'NEWLOANS_1.csv:2');
  expect(explained.status, explained.stderr).toBe(0);
  expect(explained.stdout).toContain('guarantors[0].idCode');
});

test('a mistake in an overlay is told with its place, and stops whatever needs the config', async () => {
  const workspace = await openWorkspace({ mappings: { 'new-loans': mapping }, config: named });
  writeFileSync(
    join(workspace.folder, 'contract.yaml'),
    'adds:\n  - apis: [AddLoans]\n    fields: { loanTyp: { values: [X] } }\n',
  );
  const checked = await workspace.tool('check');
  expect(checked.status).toBe(2);
  expect(checked.stdout).toContain(
    'contract.yaml:3:15 OVERLAY_KEY loanTyp is no key of AddLoans that is known: say its type (did you mean loanType?)',
  );
  expect((await workspace.run()).status).toBe(2);
});
