import { describe, expect, it } from 'vitest';
import { auditText } from './audit-document.ts';

function errors(text: string): string[] {
  return auditText(text)
    .findings.filter((finding) => finding.severity === 'error')
    .map((finding) => finding.rule);
}

describe('right sentences that tempt to an error', () => {
  it.each([
    ['heads that overlap', '全年支出640万元，其中当年资金600万元，住院救助410万元。'],
    ['a source and a use', '预算总额720万元，其中财政拨款690万元、项目支出480万元。'],
    [
      'an amount in brackets before 其中',
      '安排资金2400万元（含上年结转90万元），其中中央1500万元、省级600万元、县级300万元。',
    ],
    ['an amount beside the shares', '年初结转90万元，中央1500万元、省级600万元、县级300万元。'],
    ['what was spent of the shares', '中央下达80万元、省级下达60万元，实际支出共110万元。'],
    ['a total that holds more', '投入情况：甲类20万元；乙类30万元；丙类25万元，共计95万元（含上年20万元）。'],
    ['a third factor', '培训200人×4天×120元=9.6万元。'],
    ['two projects', '甲项目预算400万元，支出380万元；乙项目预算200万元，支出200万元。项目预算执行率96.67%。'],
    [
      'points taken off',
      '综合得分84分，决策满分20分得18分、过程满分20分得16分、产出满分30分得27分、效益满分30分得26分，因违规使用资金扣减3分。',
    ],
    [
      'the score of another year',
      '2022年评价得分85分。2023年：决策得18分（满分20分），过程得16分（满分20分），产出得27分（满分30分），效益得26分（满分30分）。',
    ],
  ])('%s', (_, text) => expect(errors(text)).toEqual([]));

  it.each([
    ['levels of government', '上年结转资金110万元，其中：中央70万元，省级60万元。'],
    [
      'classes',
      '综合得分90分。其中决策得18分（满分20分），过程得16分（满分20分），产出得27分（满分30分），效益得26分（满分30分）。',
    ],
  ])('%s are still added', (_, text) => expect(errors(text)).toHaveLength(1));

  it('a growth without its noun is no indicator, shares of persons are rounded', () => {
    const told = auditText(
      '基金收入52.3亿元，比上年增长6.1%。基金支出48.7亿元，比上年增长7.4%。户籍人口42.72万人，其中城镇15.85万人，乡村26.86万人。',
    );
    expect(told.findings.filter((finding) => finding.severity === 'warning')).toEqual([]);
  });
});
