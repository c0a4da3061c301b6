import { describe, expect, it } from 'vitest';
import { auditText } from '../audit-document.ts';

function rowsOf(text: string): string[] {
  return auditText(text)
    .tables.flatMap((table) => table.indicators)
    .map((row) =>
      [row.name, row.target, row.actual, row.weight, row.score]
        .map((cell) => cell?.text ?? '')
        .join('|')
        .replace(/\|+$/, ''),
    );
}

const MONITORED = `2023年绩效运行监控表（1-8月） | | | | | | | |
年初预算数 | 1-8月执行数 | 1-8月执行率 | 全年预计执行数 | | | | |
60.00 | 33.00 | 55% | 60.00 | | | | |
绩效指标 | 年度指标值 | 1-8月执行情况 | 全年预计完成情况 | 偏差原因 | 原因说明 | 完成目标可能性 | 备注 |
水质抽检批次 | 90批 | 61批 | 90批 | | | 确定能 | |
河道巡查次数 | 24次 | 9次 | 20次 | 人员保障 | 汛期抽调,九月补巡 | 有可能 | |
泵站改造座数 | 2座 | 0 | 0 | | | 完全不可能 | |
沿线群众满意度 | ≥88% | 尚未调查 | 88% | | | 确定能 | 年底问卷 |
`;

describe('forms that are not score tables', () => {
  it('reads the results of a monitoring table as interim: none of them need reach its target', () => {
    expect(rowsOf(MONITORED)).toEqual([
      '水质抽检批次|90批|61批',
      '河道巡查次数|24次|9次',
      '泵站改造座数|2座|0',
      '沿线群众满意度|≥88%|尚未调查',
    ]);
    const { tables, findings } = auditText(MONITORED);
    expect(tables.flatMap((table) => table.indicators).every((row) => row.interim === true)).toBe(true);
    expect(findings.filter((finding) => finding.rule === 'missing-deviation-reason')).toEqual([]);
  });

  it('reads a monitoring table flattened to words', () => {
    const text = `绩效监控情况表
    项目资金（万元）
    年初预算数 1-6月执行数 执行率 全年预计执行数
    80 36 45% 80
    指标名称 指标值 半年度执行情况 完成目标可能性 备注
    产出指标
    水质抽检批次 90批 41批 确定能
    巡查按期率 100% 100% 确定能
    效益指标
    节水改造面积 300亩 170亩 有可能 九月集中施工
    满意度指标
    沿线群众满意度 88% 未测评 确定能 年底测评
    偏差或不能完成原因 施工多在下半年
    填报人 李某`;
    expect(rowsOf(text)).toEqual([
      '水质抽检批次|90批|41批',
      '巡查按期率|100%|100%',
      '节水改造面积|300亩|170亩',
      '沿线群众满意度|88%|未测评',
    ]);
  });

  it('takes the level that stands behind the name', () => {
    const text = `自评表 | |
总体目标 | 提升供水和灌溉保障能力。 |
完成情况 | 年初各项任务均按时间节点推进完毕。 |
指标名称 | 指标类型 | 年初指标值 | 全年实际值 | 偏差说明 |
泵站验收合格率 | 质量 | ≥92% | 100% | |
河道巡查覆盖率 | 数量 | =100% | 100% | |
抢修响应时间 | 时效 | ≤40分钟 | 25分钟 | |
沿线群众满意度 | 满意度 | ≥86% | 90% | 抽查80户 |
`;
    expect(rowsOf(text)).toEqual([
      '泵站验收合格率|≥92%|100%',
      '河道巡查覆盖率|=100%|100%',
      '抢修响应时间|≤40分钟|25分钟',
      '沿线群众满意度|≥86%|90%',
    ]);
    expect(auditText(text).tables[0]?.indicators.map((row) => row.level2)).toEqual(['质量', '数量', '时效', '满意度']);
  });

  it('reads a list of indicators inside a narrative', () => {
    const text = `三、完成情况
指标 | 目标值 | 完成值 | 是否完成 |
受益农户数 | ≥900户 | 961户 | 是 |
灌溉保证率 | ≥75% | 73.1% | 否,支渠尚未衬砌 |
农户满意度 | ≥85% | 88% | 是 |
四、总体评价
受益961户。`;
    expect(rowsOf(text)).toEqual(['受益农户数|≥900户|961户', '灌溉保证率|≥75%|73.1%', '农户满意度|≥85%|88%']);
  });
});
