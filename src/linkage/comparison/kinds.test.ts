import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identityCheckCharacter, readIdentityNumber } from '../../register/index.ts';
import { KINDS, type KindName } from './kinds.ts';
import { placesOf } from './region-path.ts';
import { jaroWinkler, levenshtein } from './string-distance.ts';

function levelName(kind: KindName, left: string, right: string, thresholds: readonly number[] = []): string {
  const of = KINDS[kind];
  const a = of.clean(left);
  const b = of.clean(right);
  if (a === undefined || b === undefined) return 'missing';
  if (a === b) return 'equal';
  const level = of.levelOf(of.features([a, b]), thresholds)(0, 1);
  expect(of.levelOf(of.features([a, b]), thresholds)(1, 0)).toBe(level);
  return of.levels(thresholds)[level - 1]?.name ?? '?';
}

const made = (first17: string): string => first17 + identityCheckCharacter(first17);

describe('names', () => {
  it.each([
    ['张伟', '張偉', 'variant'],
    ['李静', '李婧', 'homophone'],
    ['张乐', '张月', 'homophone'],
    ['陈兰英', '成兰英', 'near-homophone'],
    ['王晴', '王睛', 'lookalike'],
    ['刘建国', '刘国建', 'transposed'],
    ['刘建国', '刘建平', 'one-character'],
    ['刘建国', '刘国', 'one-character'],
    ['欧阳建国', '欧阳建', 'one-character'],
    ['欧阳娜', '欧阳志强', 'surname'],
    ['欧阳娜', '欧冠强', 'different'],
    ['王伟', '王芳', 'surname'],
    ['王伟', '李芳', 'different'],
    ['阿依古丽·买买提', '阿依古丽•买买提', 'equal'],
    ['阿依古丽·买买提', '阿依古丽买买提', 'variant'],
    ['阿依古丽·买买提', '阿依古丽', 'one-character'],
    [' 张 伟 ', '张伟', 'equal'],
    ['张伟', '不详', 'missing'],
    ['𠮷田', '𠮷田', 'equal'],
  ])('%s and %s: %s', (left, right, level) => {
    expect(levelName('chinese-name', left, right)).toBe(level);
  });
});

describe('identity numbers', () => {
  const number = made('52033019800101123');
  it.each([
    [number, number.toLowerCase(), 'equal'],
    [number, `${number.slice(0, 6)}${number.slice(8, 17)}`, 'upgraded'],
    [number, `${number.slice(0, 17)}${number[17] === '1' ? '2' : '1'}`, 'check-digit'],
    [number, `${number.slice(0, 9)}7${number.slice(10)}`, 'one-digit'],
    [number, `${number.slice(0, 15)}${number[16]}${number[15]}${number[17]}`, 'transposed'],
    [number, number.slice(0, 10) + number.slice(11), 'one-digit'],
    [number, made('52033019800101125'), 'two-valid-same-birth'],
    [number, made('52033019750317402'), 'two-valid'],
    [number, '520330197503174029', 'different'],
    [number, '5.2033E+17', 'missing'],
    [number, '000000000000000000', 'missing'],
    [number, '520330********1234', 'missing'],
    [number, '111111111111111111', 'missing'],
  ])('%s and %s: %s', (left, right, level) => {
    expect(levelName('identity-number', left, right)).toBe(level);
  });

  it('judges validity on bytes as the register does', () => {
    const digits = fc.integer({ min: 0, max: 9 });
    fc.assert(
      fc.property(
        fc.integer({ min: 1850, max: 2020 }),
        fc.integer({ min: 1, max: 13 }),
        fc.integer({ min: 1, max: 32 }),
        digits,
        (year, month, day, last) => {
          const birth = `${year}${String(month).padStart(2, '0')}${String(day).padStart(2, '0')}`;
          const first = `520330${birth}12${last}`;
          const second = `520330${birth}34${last}`;
          const valid = readIdentityNumber(made(first)).ok;
          const expected = valid ? 'two-valid-same-birth' : 'birth-date';
          expect(levelName('identity-number', made(first), made(second))).toBe(expected);
        },
      ),
    );
  });
});

describe('dates', () => {
  it.each([
    ['1980-01-02', '19800102', 'equal'],
    ['1980年1月2日', '1980/1/2', 'equal'],
    ['1980-01-02 00:00:00', '29222', 'equal'],
    ['1980-01-02', '1980-02-01', 'swapped'],
    ['1980-01-02', '1980-01-03', 'one-digit'],
    ['1980-01-12', '1980-01-29', 'year-month'],
    ['1980-01-12', '1994-01-12', 'month-day'],
    ['1980-01-12', '1980-12-30', 'year'],
    ['1980-01-12', '1975-03-30', 'different'],
    ['1980-01-12', '', 'missing'],
  ])('%s and %s: %s', (left, right, level) => {
    expect(levelName('date', left, right)).toBe(level);
  });
});

describe('places', () => {
  it('cuts paths and codes', () => {
    expect(placesOf('520330101203')).toEqual(['52', '03', '30', '101', '203']);
    expect(placesOf('贵州省遵义市习水县土城镇水狮坝村')).toEqual(['贵州省', '遵义市', '习水县', '土城镇', '水狮坝村']);
    expect(placesOf('土城镇/水狮坝村')).toEqual(['土城镇', '水狮坝村']);
  });
  it.each([
    ['贵州省遵义市习水县土城镇水狮坝村', '土城镇水狮坝村', 'within'],
    ['贵州省/遵义市/习水县/土城镇', '贵州省/遵义市/习水县', 'within'],
    ['习水县土城镇水狮坝村', '习水县土城镇水师坝村', 'similar'],
    ['习水县土城镇水狮坝村', '习水县土城镇红花村', 'parent'],
    ['520330101203', '520330101204', 'parent'],
    ['习水县土城镇水狮坝村', '习水县官店镇红花村', 'grandparent'],
    ['土城镇水狮坝村民委员会', '土城镇水狮坝村', 'equal'],
    ['土城镇水狮坝村', '官店镇红花村', 'different'],
  ])('%s and %s: %s', (left, right, level) => {
    expect(levelName('region-path', left, right)).toBe(level);
  });
});

describe('distances count characters, not bytes', () => {
  it('levenshtein and jaro-winkler', () => {
    expect(levenshtein('张三', '张山')).toBe(1);
    expect(levenshtein('kitten', 'sitting')).toBe(3);
    expect(levenshtein('kitten', 'sitting', 1)).toBe(2);
    expect(jaroWinkler('张三', '王五')).toBe(0);
    expect(jaroWinkler('MARTHA', 'MARHTA')).toBeCloseTo(0.9611, 4);
    expect(jaroWinkler('DIXON', 'DICKSONX')).toBeCloseTo(0.8133, 4);
    expect(levelName('levenshtein', 'abcd', 'abxy', [1, 2])).toBe('within-2');
    expect(levelName('jaro-winkler', 'martha', 'marhta', [0.95, 0.8])).toBe('above-0.95');
  });
  it('levenshtein is a metric', () => {
    const word = fc.string({ maxLength: 8, unit: fc.constantFrom('张', '王', '伟', 'a') });
    fc.assert(
      fc.property(word, word, word, (a, b, c) => {
        expect(levenshtein(a, c)).toBeLessThanOrEqual(levenshtein(a, b) + levenshtein(b, c));
        expect(levenshtein(a, b)).toBe(levenshtein(b, a));
        expect(levenshtein(a, b) === 0).toBe(a === b);
      }),
    );
  });
});
