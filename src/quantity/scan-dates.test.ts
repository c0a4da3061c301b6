import { describe, expect, it } from 'vitest';
import { parseDate, scanDates } from './index.ts';

function brief(text: string): string[] {
  return scanDates(text).map((date) => `${date.text} ${date.precision} ${date.first ?? '?'}..${date.last ?? '?'}`);
}

describe('dates in prose', () => {
  it.each([
    ['2024年12月31日', 'day 2024-12-31..2024-12-31'],
    ['2024年 12 月 31日', 'day 2024-12-31..2024-12-31'],
    ['2023-12-31', 'day 2023-12-31..2023-12-31'],
    ['2023.1.5', 'day 2023-01-05..2023-01-05'],
    ['2024 年度', 'year 2024-01-01..2024-12-31'],
    ['2024年2月', 'month 2024-02-01..2024-02-29'],
    ['2024年1-9月', 'months 2024-01-01..2024-09-30'],
    ['2024年上半年', 'half 2024-01-01..2024-06-30'],
    ['2024年第三季度', 'quarter 2024-07-01..2024-09-30'],
    ['2022—2024年', 'years 2022-01-01..2024-12-31'],
    ['二〇二四年五月', 'month 2024-05-01..2024-05-31'],
    ['12月31日', 'day ?..?'],
    ['23年5月', 'month 2023-05-01..2023-05-31'],
  ])('%s', (text, expected) => {
    expect(brief(text)).toEqual([`${text} ${expected}`]);
  });

  it('is not misled', () => {
    expect(brief('国办发〔2024〕38号')).toEqual([]);
    expect(brief('2023年2月30日')).toEqual(['2023年2月 month 2023-02-01..2023-02-28']);
    expect(brief('历时3个月，2000元')).toEqual([]);
    expect(brief('1.2023年完成')).toEqual(['2023年 year 2023-01-01..2023-12-31']);
  });

  it('knows the financial year', () => {
    expect(scanDates('2024年度')[0]?.fiscal).toBe(true);
    expect(scanDates('2024年')[0]?.fiscal).toBe(false);
  });

  it('reads a cell', () => {
    expect(parseDate('2024年1月1日')).toBe('2024-01-01');
    expect(parseDate(' 2024/1/1 ')).toBe('2024-01-01');
    expect(parseDate('２０２４－０１－０１')).toBe('2024-01-01');
    expect(parseDate('20240131')).toBe('2024-01-31');
    expect(parseDate('20240231')).toBeUndefined();
    expect(parseDate('2024年1月')).toBeUndefined();
    expect(parseDate('2024-01-01前')).toBeUndefined();
  });
});
