import { expect, test } from 'vitest';
import { addDays } from '../../src/lib/banking-days.ts';
import { openWorkspace } from './open-workspace.ts';
import { loansText, shippedMapping, soundLoans, today } from './workspace.ts';

const version = (lines: string, prefix: string) =>
  shippedMapping('new-loans').replace('api: AddLoans', `api: AddLoans\n${lines}`).replace('"new-"', `"${prefix}-"`);

test('the version of the day takes an export; drafts take nothing, and what is wrong with them stops nothing', async () => {
  const loans = soundLoans(4);
  const workspace = await openWorkspace({
    mappings: {
      old: version(`activeUntil: ${addDays(today, -1)}`, 'old'),
      now: version(`activeFrom: ${today}`, 'now'),
      draft: version('draft: true', 'draft')
        .replace('mapping: new-loans', 'mapping: drafted')
        .replace('NEWLOANS', 'DRAFT'),
      unfinished: 'mapping: unfinished\ndraft: true\n',
    },
    exports: { 'NEWLOANS_1.csv': loansText(loans.slice(0, 2)), 'DRAFT_1.csv': loansText(loans.slice(2)) },
  });
  const { status, stderr } = await workspace.run();
  expect({ status, stderr }).toMatchObject({
    status: 3,
    stderr: expect.stringMatching(/DRAFT_1\.csv.*the mapping drafted would take it, but is a draft/),
  });
  expect(workspace.inboxNames()).toEqual(['DRAFT_1.csv']);
  expect(JSON.stringify(workspace.sandbox.snapshot().applied)).toContain('now-');
  expect(workspace.toldOf('NEWLOANS_1--').receipt.counts).toMatchObject({ accepted: 2 });

  const checked = await workspace.tool('check');
  expect(checked.status).toBe(2);
  expect(checked.stdout).toMatch(/unfinished\.yaml:1:1 WRONG_VALUE api: is missing/);
  expect(checked.stdout).toMatch(/drafted \[draft\]/);

  const preview = await workspace.tool('preview', 'inbox/DRAFT_1.csv', '--rows', '1');
  expect(preview).toMatchObject({ status: 0, stderr: expect.stringMatching(/not taken today: .*draft/) });
  expect(preview.stdout).toMatch(/draft-/);
});
