import { describe, expect, test } from 'vitest';
import { checked, draftOf, fieldsOf, filled, previewed } from './draft-of.ts';
import { foreignExports } from './foreign-exports.ts';

describe.each(Object.entries(foreignExports))('the export of %s', (_, make) => {
  const sample = make();

  test('is drafted with every field that has a column, and no other; check then tells nothing but the codes left to fill', async () => {
    const { text, todos } = await draftOf(sample.bytes, sample.fileName, sample.api);
    const before = await checked(text);
    expect(before.errors.filter((error) => !error.includes('CODE_VALUE'))).toEqual([]);
    expect(before.errors).toHaveLength(Object.keys(sample.fills).length);
    expect(todos).toBe(Object.keys(sample.fills).length);
    const after = await checked(filled(text, sample.fills));
    expect(after.errors).toEqual([]);
    expect(fieldsOf(after.loaded)).toEqual(sample.truth);
    expect(after.passed).toBeGreaterThan(0);
  });

  test('is previewed without findings once the codes are filled', async () => {
    const { text } = await draftOf(sample.bytes, sample.fileName, sample.api);
    const { loaded } = await checked(filled(text, sample.fills));
    if (!loaded) throw new Error('the draft cannot be used');
    const { reports, findings } = await previewed(loaded, sample.bytes);
    expect(findings).toEqual([]);
    expect(reports.length).toBeGreaterThan(20);
  });

  test('is known for its API without being told', async () => {
    expect((await draftOf(sample.bytes, sample.fileName)).api).toBe(sample.api);
    expect((await draftOf(sample.bytes, 'export.csv')).api).toBe(sample.api);
  });
});
