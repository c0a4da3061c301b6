import { expect, test } from 'vitest';
import { measureText, measureUnit, readMeasure } from './measure.ts';

function brief(text: string, unit = ''): string {
  const { operator, value } = readMeasure(text, unit);
  return `${operator ?? ''} ${value.kind} ${measureText(value)} ${measureUnit(value)}`;
}

test.each([
  ['≥2次', '', '≥ number 2 次'],
  ['不少于90%', '', '≥ number 90 %'],
  ['≤2109.07万元', '', '≤ number 2109.07 万元'],
  ['177297', '人', ' number 177297 人'],
  ['百分之九十', '', ' number 90 %'],
  ['20—30人', '', ' range 20..30 人'],
  ['2024-12-31前', '', '≤ date 2024-12-31 '],
  ['2024年12月31日前完成', '', '≤ date 2024-12-31 '],
  ['2024年12月底前', '', '≤ date 2024-12-31 '],
  ['2024年底前完成', '', '≤ date 2024-12-31 '],
  ['20241231', '', '≤ date 2024-12-31 '],
  ['优', '', '定性 grade 优 '],
  ['基本达成目标', '', '定性 text 基本达成目标 '],
  ['', '', ' none null '],
  ['=100%', '', '= number 100 %'],
  ['12辆次', '', '定性 text 12辆次 '],
])('%s %s is %s', (text, unit, expected) => {
  expect(brief(text, unit)).toBe(expected);
});
