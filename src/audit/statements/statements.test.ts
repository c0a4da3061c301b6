import { describe, expect, it } from 'vitest';
import { auditText } from '../audit-document.ts';

const form = (actual: string, before = '', after = ''): string =>
  [
    '项目支出绩效自评表(2024年度)',
    before,
    '项目资金(万元) | 年初预算数 | 全年预算数(A) | 全年执行数(B) | 分值 | 执行率(B/A) | 得分 |',
    '年度资金总额 | 80 | 80 | 76 | 10 | 95% | 9.5 |',
    '一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |',
    `产出指标 | 数量指标 | 医疗救助人次 | ≥50000人次 | ${actual} | 50 | 50 |  |`,
    '效益指标 | 社会效益指标 | 困难群众就医负担减轻比例 | ≥10% | 12% | 30 | 30 |  |',
    '满意度指标 | 服务对象满意度指标 | 救助对象满意度 | ≥90% | 93% | 10 | 10 |  |',
    '总分 | 100 | 99.5 |',
    after,
  ].join('\n');

function grades(text: string): string[] {
  return auditText(text).quantities.map(({ grade, one, other }) => `${grade} ${one.text} ${other.text}`);
}

describe('the same quantity in two places', () => {
  it('is graded identical, consistent within rounding or contradictory', () => {
    expect(grades(form('55406人次', '', '全年医疗救助惠及55406人次。'))).toEqual(['identical 55406人次 55406人次']);
    expect(grades(form('55406人次', '', '全年医疗救助惠及5.54万人次。'))).toEqual(['consistent 5.54万人次 55406人次']);
    expect(grades(form('55406人次', '', '全年医疗救助惠及56406人次。'))).toEqual(['contradictory 56406人次 55406人次']);
  });

  it('compares totals, rates and amounts of the budget row', () => {
    const found = grades(form('55406人次', '', '综上,本项目自评得分为98分,预算执行率95.0%,年初预算80万元。'));
    expect(found.sort()).toEqual(['consistent 95.0% 95%', 'contradictory 98分 99.5', 'identical 80万元 80']);
  });

  it('takes a truncated figure for the same', () => {
    expect(grades(form('55469人次', '', '全年医疗救助惠及5.54万人次。'))).toEqual(['consistent 5.54万人次 55469人次']);
  });

  it('does not take another period, part, place or estimate for it', () => {
    for (const sentence of [
      '2023年医疗救助惠及48211人次。',
      '截至6月底,医疗救助惠及28211人次。',
      '其中:特困人员医疗救助惠及8211人次。',
      '医疗救助惠及约6万人次。',
      '累计医疗救助惠及158211人次。',
      '预计医疗救助惠及60000人次。',
      '医疗救助惠及21529人。',
      '较上年医疗救助增长1200人次。',
    ])
      expect([sentence, ...grades(form('55406人次', '', sentence)).filter((grade) => /contra/.test(grade))]).toEqual([
        sentence,
      ]);
  });
});
