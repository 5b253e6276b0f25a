import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { dayInFinland, instantOf, isDay, localTime, utcSeconds } from '../../src/lib/calendar.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { parseDuration, sayDuration } from '../../src/lib/duration.ts';
import { lockState } from '../../src/lib/instance-lock.ts';
import { maskCell, maskText } from '../../src/lib/mask.ts';
import { UsageError } from '../../src/lib/problem.ts';
import { didYouMean, suggest } from '../../src/lib/suggest.ts';
import { checkShape, parseYaml } from '../../src/lib/yaml-file.ts';
import { artificialPerson } from '../sandbox/persons.ts';
import { tempFolder } from './temp-folder.ts';

describe('durations', () => {
  test.each([
    ['500ms', 500],
    ['2s', 2000],
    ['15m', 900_000],
    ['2h', 7_200_000],
    ['7d', 604_800_000],
    ['0s', 0],
  ])('%s is %d ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  test.each(['', '5', 's', '1.5h', '-1s', '1 h', '1w', '1H', '1s ', '1s2m', '1constructor'])('%j is none', (text) => {
    expect(parseDuration(text)).toBeNull();
  });

  test.each([
    [0, '0 ms'],
    [-5, '0 ms'],
    [999, '999 ms'],
    [3000, '3 s'],
    [89_000, '89 s'],
    [720_000, '12 min'],
    [7_500_000, '2 h 5 min'],
    [259_200_000, '3 days'],
  ])('%d ms is said as %s', (ms, words) => {
    expect(sayDuration(ms)).toBe(words);
  });
});

describe('suggestions', () => {
  test('the nearest word is meant, when one is near', () => {
    expect(suggest('loanTyp', ['loanNumber', 'loanType'])).toBe('loanType');
    expect(suggest('LOANTYPE', ['loanType'])).toBe('loanType');
    expect(suggest('abcd', ['abdc'])).toBe('abdc');
    expect(suggest('x', ['yyyy'])).toBeUndefined();
    expect(suggest('amount', [])).toBeUndefined();
    expect(didYouMean('tkaes', ['takes'])).toBe(' (did you mean takes?)');
    expect(didYouMean('zzzzzz', ['takes'])).toBe('');
  });

  test('a known word is its own suggestion', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 1 }), (words) => {
        const [first = ''] = words;
        expect(suggest(first, words)?.toLowerCase()).toBe(first.toLowerCase());
      }),
    );
  });
});

describe('masking', () => {
  test('identity codes and IBANs are taken out, whatever stands around them', () => {
    expect(maskText('IdCode 131052-308T is wrong')).toBe('IdCode ******-**** is wrong');
    expect(maskText('100190y999p,131052A308T')).toBe('******-****,******-****');
    expect(maskText('acct FI2112345600000785.')).toBe('acct FI**….');
    expect(maskText('acct FI21 1234 5600 0007 85.')).toBe('acct FI**….');
    fc.assert(
      fc.property(fc.nat({ max: 100_000 }), fc.constantFrom(' ', ',', '(', '"', ': '), (n, around) => {
        const code = artificialPerson(n);
        expect(maskText(`x${around}${code}${around}y`)).not.toContain(code);
      }),
    );
  });

  test('ordinary text stays', () => {
    for (const text of ['0004100017', '2026-05-20', 'lumpSumLoan.amountPaid', 'Åkerlund & Co'])
      expect(maskText(text)).toBe(text);
  });

  test('a personal cell tells nothing but its length; a long one is cut', () => {
    expect(maskCell('Mäkelä', true)).toBe('(6 characters, hidden)');
    expect([maskCell('', true), maskCell('abc', false)]).toEqual(['', 'abc']);
    expect(maskCell('x'.repeat(61), false)).toBe(`${'x'.repeat(60)}…`);
    expect(maskText('x'.repeat(301))).toHaveLength(301);
  });
});

describe('days and times', () => {
  test('the day is the day in Finland, in winter and in summer', () => {
    const days = ['2026-01-15T21:59:59Z', '2026-01-15T22:00:00Z', '2026-07-15T20:59:59Z', '2026-07-15T21:00:00Z'];
    expect(days.map((instant) => dayInFinland(new Date(instant)))).toEqual([
      '2026-01-15',
      '2026-01-16',
      '2026-07-15',
      '2026-07-16',
    ]);
  });

  test('clocks are changed when Finland changes them', () => {
    expect(localTime(new Date('2026-03-29T00:59:59Z'))).toBe('2026-03-29 02:59:59');
    expect(localTime(new Date('2026-03-29T01:00:00Z'))).toBe('2026-03-29 04:00:00');
    expect(localTime(new Date('2026-10-25T00:59:59Z'))).toBe('2026-10-25 03:59:59');
    expect(localTime(new Date('2026-10-25T01:00:00Z'))).toBe('2026-10-25 03:00:00');
    expect(localTime(new Date('2026-01-01T22:00:00Z'))).toBe('2026-01-02 00:00:00');
  });

  test('a local time is found again, unless the clocks show it never or twice', () => {
    const first = Date.parse('2020-01-01T00:00:00Z') / 1000;
    fc.assert(
      fc.property(fc.integer({ min: first, max: first + 400_000_000 }), (seconds) => {
        const local = localTime(new Date(seconds * 1000));
        const found = instantOf(local.replace(' ', 'T'), 'Europe/Helsinki');
        const twice =
          localTime(new Date((seconds - 3600) * 1000)) === local ||
          localTime(new Date((seconds + 3600) * 1000)) === local;
        expect(found?.getTime() ?? 'twice').toBe(twice ? 'twice' : seconds * 1000);
      }),
    );
    expect(instantOf('2026-03-29T03:30:00', 'Europe/Helsinki')).toBeNull();
    expect(instantOf('2026-10-25T03:30:00', 'Europe/Helsinki')).toBeNull();
    expect(instantOf('junk', 'Europe/Helsinki')).toBeNull();
  });

  test('a zone that does not exist shows no time', () => {
    expect(instantOf('2026-05-20T12:00:00', 'Europe/Nowhere')).toBeNull();
  });

  test('zones off the full hour are zones too', () => {
    expect(instantOf('2026-05-20T12:00:00', 'Asia/Kolkata')?.toISOString()).toBe('2026-05-20T06:30:00.000Z');
  });

  test('a day exists when the calendar has it, from 1800 to 2199', () => {
    expect([isDay(2024, 2, 29), isDay(2000, 2, 29), isDay(1800, 1, 1), isDay(2199, 12, 31)]).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect([
      isDay(2026, 2, 29),
      isDay(1900, 2, 29),
      isDay(1799, 12, 31),
      isDay(2200, 1, 1),
      isDay(2026, 4, 31),
      isDay(2026, 13, 1),
      isDay(2026, 0, 1),
      isDay(2026, 1, 0),
    ]).toEqual(Array(8).fill(false));
  });

  test('an instant is written in UTC to the second', () => {
    expect(utcSeconds(new Date('2026-05-20T10:00:00.999+03:00'))).toBe('2026-05-20T07:00:00Z');
  });
});

describe('the clock', () => {
  test('a sleep ends early, without an error, when it is told to', async () => {
    const stop = new AbortController();
    const asleep = systemClock.sleep(60_000, stop.signal);
    stop.abort();
    await asleep;
    await systemClock.sleep(60_000, stop.signal);
    expect(stop.signal.aborted).toBe(true);
  });

  test('a sleep longer than a timer can hold does not end at once', async () => {
    const stop = new AbortController();
    let ended = false;
    const asleep = systemClock.sleep(2 ** 31 + 5, stop.signal).then(() => {
      ended = true;
    });
    await systemClock.sleep(20);
    expect(ended).toBe(false);
    stop.abort();
    await asleep;
  });
});

test('a state folder is worked on by one process at a time', () => {
  const folder = join(tempFolder(), 'state');
  {
    using _ = lockState(folder);
    expect(() => lockState(folder)).toThrow(UsageError);
  }
  lockState(folder)[Symbol.dispose]();
});

describe('YAML files', () => {
  const Shape = z.strictObject({ name: z.string(), list: z.array(z.strictObject({ size: z.number() })).optional() });
  const problems = (text: string) => {
    const yaml = parseYaml(text, 'f.yaml');
    if (yaml.problems.length === 0) checkShape(yaml, Shape);
    return yaml.problems.map(({ line, col, code, message }) => `${line}:${col} ${code} ${message}`);
  };

  test('a good file has its value', () => {
    const yaml = parseYaml('name: x\nlist:\n  - size: 1\n', 'f.yaml');
    expect(checkShape(yaml, Shape)).toEqual({ name: 'x', list: [{ size: 1 }] });
    expect(yaml.problems).toEqual([]);
  });

  test.each([
    [
      'name: x\nlist:\n  - siez: 1\n',
      ['3:5 WRONG_VALUE list.size: is missing', '3:5 UNKNOWN_KEY list: unknown key siez (did you mean size?)'],
    ],
    ['name: 5\n', ['1:7 WRONG_VALUE name: expected text: write "5", in quotes']],
    ['name: x\nlist: []\nname: y\n', ['3:1 YAML_KEY_TWICE name stands here twice; only one of them could count']],
    [
      'name: x\nlist: &a []\nmore: *a\n',
      [
        '2:7 YAML_ANCHOR anchors (&name) are not allowed; write the value plainly',
        '3:7 YAML_ALIAS *a is an alias, which is not allowed; write the value out, or put a text that begins with * in quotes: "*a"',
      ],
    ],
    [`name: ${'x'.repeat(300_000)}\n`, ['1:1 YAML_TOO_LARGE the file is larger than 256 KiB']],
  ])('problems have their place: %#', (text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  test('norway, octals and dates stay what they are in YAML 1.2', () => {
    expect(parseYaml('[no, 0o10, 010, 2026-05-20, on]', 'f').value).toEqual(['no', 8, 10, '2026-05-20', 'on']);
  });

  test('a bomb of aliases is refused, not unfolded', () => {
    const bomb = [
      'a: &a [x,x]',
      ...'bcdefghij'.split('').map((name, i) => `${name}: &${name} [${`*${'abcdefghi'[i]},`.repeat(9)}]`),
    ].join('\n');
    const yaml = parseYaml(bomb, 'f');
    expect([yaml.value, yaml.problems.length > 0]).toEqual([undefined, true]);
  });
});
