import { expect, test } from 'vitest';
import { countLines, labelMeasure, longestToken, textEms, titleMeasure } from './measure.ts';

/** Where a title breaks when set greedily in a measure. */
function lines(title: string, ems: number): readonly string[] {
  const broken = [''];
  for (const character of title) {
    if (textEms((broken.at(-1) ?? '') + character) > ems) broken.push('');
    broken[broken.length - 1] += character;
  }
  return broken;
}

test.each([
  [
    '2024-四类-保基本民生-城乡居民医保本级财政配套补助资金部门评价报告',
    ['2024-四类-保基本民生-城乡居民医保', '本级财政配套补助资金部门评价报告'],
  ],
  [
    '某某县2023年度城乡居民基本医疗保险财政补助资金部门评价报告',
    ['某某县2023年度城乡居民基本医疗保险', '财政补助资金部门评价报告'],
  ],
  ['项目支出绩效自评表', undefined],
])('%s breaks between words and into even lines', (title, broken) => {
  const measure = titleMeasure(title, 20.1);
  if (broken === undefined) expect(measure).toBeUndefined();
  else expect(lines(title, measure!)).toEqual(broken);
});

test('a number is one piece, a label breaks evenly, a long text takes the lines it needs', () => {
  expect(longestToken('预算2,109.07万元')).toBeGreaterThan(textEms('2,109.07'));
  expect(labelMeasure('成本指标', 3.4)).toBe(2);
  expect(labelMeasure('满意度指标', 3.4)).toBeUndefined();
  expect(labelMeasure('数量指标', 4.2)).toBeUndefined();
  expect(countLines('一二三四五六七八九十', 5)).toBe(2);
  expect(countLines('123456789012345678901234567890', 5)).toBeGreaterThan(2);
});
