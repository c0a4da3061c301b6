import { describe, expect, it } from 'vitest';
import { codePointOffsets, scanNumbers } from './index.ts';

function quantities(text: string): string[] {
  return scanNumbers(text)
    .filter((number) => number.kind === 'quantity')
    .map((number) => number.text);
}

function kinds(text: string): string[] {
  return scanNumbers(text).map((number) => `${number.kind} ${number.text}`);
}

describe('numbers in prose', () => {
  it('reads a paragraph of a real report', () => {
    const text =
      '截至2024年1月1日，我县完成2024年度城乡居民医保参保人数458507人，居全市第三，任务完成率91.38%。救助44730人次，人数为21529人，' +
      '支出2836.73万元，其中救助款688714.32元，覆盖近九成、约三千六百户，超过预期5个百分点。';
    expect(quantities(text)).toEqual([
      '458507人',
      '91.38%',
      '44730人次',
      '21529人',
      '2836.73万元',
      '688714.32元',
      '近九成',
      '约三千六百户',
      '5个百分点',
    ]);
  });

  it('accounts for the digits that are not quantities', () => {
    expect(kinds('（九医保发〔2024〕4号）')).toEqual(['document-number 〔2024〕4号']);
    expect(kinds('联系电话：0753-6888310')).toEqual(['phone 0753-6888310']);
    expect(kinds('居全市第三，第2季度')).toEqual(['ordinal 第三', 'ordinal 第2']);
    expect(kinds('（一）决策\n1. 目标\n二、过程')).toEqual([
      'list-number （一）',
      'list-number 1.',
      'list-number 二、',
    ]);
    expect(kinds('附件1；指标2：A1')).toEqual(['label 附件1', 'label 指标2', 'label A1']);
    expect(kinds('证号360403199001011234。')).toEqual(['identifier 360403199001011234']);
  });

  it('leaves dates to scanDates', () => {
    expect(kinds('2024年12月31日前、2023-12-31、2024 年度、1-9月、2022—2024年、二〇二四年')).toEqual([]);
  });

  it('does not hear numbers in words', () => {
    for (const text of [
      '一站式',
      '两定机构',
      '进一步',
      '统一',
      '十四五',
      '四类',
      '一起',
      '十分重视',
      '完成',
      '万一',
      '几十人',
      '数百家',
    ])
      expect(quantities(`我局${text}做好工作`), text).toEqual([]);
    expect(quantities('由省与县按6：4分担')).toEqual(['6', '4']);
    expect(quantities('三部门联合')).toEqual([]);
  });

  it('keeps neighbours apart', () => {
    expect(quantities('得分 10 100 10')).toEqual(['10', '100', '10']);
    expect(quantities('人数100，200')).toEqual(['100', '200']);
    expect(quantities('经费2,109.07万元')).toEqual(['2,109.07万元']);
    expect(quantities('3359.62万元，占80%至90%')).toEqual(['3359.62万元', '80%至90%']);
    expect(quantities('宣传 ≥ 1 次，不少于两次以上')).toEqual(['≥ 1 次', '不少于两次以上']);
    expect(quantities('65.66 65.07 — 99% — 上年')).toEqual(['65.66', '65.07', '99%']);
    expect(quantities('每月一至两次，未超过5天')).toEqual(['一至两次', '未超过5天']);
    expect(quantities('调整-80.62万元；差额：-3人；A-3')).toEqual(['80.62万元', '-3人']);
  });

  it('gives positions in UTF-16, which codePointOffsets turns into code points', () => {
    const text = '𠮷村参保12人';
    const [number] = scanNumbers(text);
    expect(number?.start).toBe(5);
    expect(codePointOffsets(text)(number?.start ?? 0)).toBe(4);
    expect(Array.from(text).slice(4).join('')).toBe('12人');
  });

  it('reads a long text in linear time', () => {
    const text = '2023年支出20万元，完成率91.38%；'.repeat(5_000);
    expect(scanNumbers(text)).toHaveLength(10_000);
  });
});
