import { describe, expect, test } from 'vitest';
import { sayProblem } from '../../src/lib/problem.ts';
import { tellRivals } from '../../src/mapping/advice/tell-rivals.ts';
import { isActive, mappingsFor, versionOn, whyNotTaken } from '../../src/mapping/mappings-for.ts';
import { payments, type Spec } from './builders.ts';
import { loadFile, problemsOf, usableFile } from './with-files.ts';

/** Versions of one mapping, in files v0.yaml, v1.yaml …. */
const versions = (...all: Spec[]) =>
  all.map((more, at) => usableFile({ [`v${at}.yaml`]: payments({}, more) }, `v${at}.yaml`));
const rivals = (...all: Spec[]) => tellRivals(versions(...all)).map(sayProblem);
const filesFor = (day: string, ...all: Spec[]) =>
  mappingsFor('x.csv', versions(...all), day).map(({ file }) => file.replace('mappings/', ''));

const before = { activeUntil: '2026-10-06' };
const after = { activeFrom: '2026-10-07' };

describe('the days of a mapping', () => {
  test.each([
    ['2026-10-06', ['v0.yaml']],
    ['2026-10-07', ['v1.yaml']],
  ])('on %s its version of that day takes the exports', (day, files) => {
    expect(filesFor(day, before, after)).toEqual(files);
  });

  test('versions that follow each other are no rivals, though name and files are the same', () => {
    expect(rivals(before, after)).toEqual([]);
    expect(rivals(after, before)).toEqual([]);
  });

  test('a day that belongs to two versions is told with both names', () => {
    expect(rivals({ activeUntil: '2026-10-07' }, after)).toEqual([
      expect.stringMatching(
        /^mappings\/v1\.yaml:.* MAPPING_TWICE mappings\/v0\.yaml has the name m already from 2026-10-07 on until 2026-10-07/,
      ),
      expect.stringMatching(/^mappings\/v1\.yaml:.* TAKES_TWICE .* from 2026-10-07 on until 2026-10-07; make/),
    ]);
    expect(rivals({}, after)).toHaveLength(2);
    expect(rivals({}, {})).toEqual([
      expect.stringMatching(/MAPPING_TWICE .* has the name m already$/),
      expect.stringMatching(/TAKES_TWICE .* too; make/),
    ]);
  });

  test('days between two versions are told', () => {
    expect(rivals({ activeUntil: '2026-10-04' }, after)).toEqual([
      expect.stringMatching(
        /^mappings\/v1\.yaml:1:\d+ ACTIVE_GAP warning: no version of m takes exports from 2026-10-05 to 2026-10-06/,
      ),
    ]);
    expect(rivals(after, { activeUntil: '2026-10-04' })).toEqual([
      expect.stringMatching(/^mappings\/v0\.yaml:.* ACTIVE_GAP/),
    ]);
  });

  test('days that end before they begin, or are no days, are a problem', () => {
    expect(problemsOf({ 'm.yaml': payments({}, { activeFrom: '2026-10-07', activeUntil: '2026-10-06' }) })).toEqual([
      expect.stringMatching(/ACTIVE_DAYS the mapping ends on 2026-10-06/),
    ]);
    expect(problemsOf({ 'm.yaml': payments({}, { activeFrom: '7.10.2026' }) })).toEqual([
      expect.stringMatching(/WRONG_VALUE activeFrom/),
    ]);
  });

  test('an export goes by the day it was taken, also when that was another day than today', () => {
    const all = versions(before, after);
    const [first, second] = all;
    if (!first || !second) throw new Error('two versions');
    expect(versionOn('2026-10-06', second, all)).toBe(first);
    expect(versionOn('2026-10-07', second, all)).toBe(second);
    expect(versionOn('2026-10-06', second, [second])).toBe(second);
  });

  test('a file that is not taken today is told why', () => {
    const why = (...all: Spec[]) => whyNotTaken('x.csv', versions(...all), '2026-10-01');
    expect(why(after)).toBe('the mapping m takes it only from 2026-10-07');
    expect(why({ activeUntil: '2026-09-01' })).toBe('the mapping m takes it only until 2026-09-01');
    expect(why({ draft: true })).toMatch(/^the mapping m would take it, but is a draft/);
    expect(why({ takes: 'y.csv' }, { takes: 'z.csv', draft: true })).toBe(
      'no mapping takes a file of this name; the mappings take y.csv',
    );
  });
});

describe('a draft', () => {
  test('takes nothing, and is no rival of what it drafts', () => {
    expect(filesFor('2026-10-07', { draft: true })).toEqual([]);
    expect(rivals({}, { draft: true })).toEqual([]);
    expect(isActive({ draft: true, activeFrom: undefined, activeUntil: undefined }, '2026-10-07')).toBe(false);
  });

  test('is known as one even when it cannot be used yet', () => {
    expect(loadFile({ 'm.yaml': { draft: true, mapping: 'm' } })).toMatchObject({ isDraft: true });
    expect(loadFile({ 'm.yaml': { draft: false, mapping: 'm' } })).toMatchObject({ isDraft: false });
    expect(loadFile({ 'm.yaml': { extends: '_b.yaml', mapping: 'm' }, '_b.yaml': { draft: true } })).toMatchObject({
      isDraft: true,
    });
  });
});
