import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Exact, parseChineseNumeral, toChineseDigits, toChineseNumeral } from './index.ts';

describe('Chinese numerals', () => {
  it.each([
    [0n, '零', '零'],
    [10n, '十', '壹拾'],
    [15n, '十五', '壹拾伍'],
    [105n, '一百零五', '壹佰零伍'],
    [3600n, '三千六百', '叁仟陆佰'],
    [10_010n, '一万零一十', '壹万零壹拾'],
    [158_000n, '十五万八千', '壹拾伍万捌仟'],
    [100_000_000n, '一亿', '壹亿'],
    [100_000_001n, '一亿零一', '壹亿零壹'],
    [1_0000_0000_0000n, '一万亿', '壹万亿'],
    [1_2345_0001_0000n, '一万二千三百四十五亿零一万', '壹万贰仟叁佰肆拾伍亿零壹万'],
  ])('writes %s', (value, plain, financial) => {
    expect(toChineseNumeral(Exact.of(value))).toBe(plain);
    expect(toChineseNumeral(Exact.of(value), 'financial')).toBe(financial);
  });

  it('reads the 零 of skipped ten-thousands before a thousand', () => {
    expect(parseChineseNumeral('一亿零一千')?.value.toString()).toBe('100001000');
    expect(parseChineseNumeral('六千零五十七万九千八百零一亿零一千')?.value.toString()).toBe('6057980100001000');
    expect(parseChineseNumeral('零一千')).toBeUndefined();
  });

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 16n - 1n), fc.constantFrom('plain', 'financial' as const), (value, style) => {
        const written = toChineseNumeral(Exact.of(value), style);
        expect(parseChineseNumeral(written)?.value.toString()).toBe(value.toString());
      }),
      { numRuns: 1000 },
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999 }), (value) => {
        expect(parseChineseNumeral(toChineseNumeral(Exact.of(value)))?.value.toString()).toBe(String(value));
      }),
      { numRuns: 1000 },
    );
  });

  it('refuses what cannot be written', () => {
    for (const value of ['-1', '0.5', '10000000000000000']) expect(() => toChineseNumeral(Exact.of(value))).toThrow();
  });

  it('writes a year digit by digit', () => {
    expect(toChineseDigits('2024')).toBe('二〇二四');
  });
});
