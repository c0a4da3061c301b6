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

  it('reads a score table between sentences by its columns: subtotals and page numbers are no rows', () => {
    const text = `某县河道整治项目评价报告
综合得分91分，资金全部到位，支出96%。

表1 河道整治项目评价得分情况
一级指标 | 二级指标 | 三级指标 | 分值 | 得分 | 扣分原因 |
决策(14分) | 项目立项 | 立项依据充分性 | 5 | 5 | |
 | | 立项程序规范性 | 5 | 5 | |
 | 绩效目标 | 绩效目标合理性 | 4 | 3 | 目标偏笼统 |
小计 | | | 14 | 13 | |
— 3 —
效益(16分) | 项目效益 | 实施效益 | 10 | 9 | 岸线仍有缺口 |
 | | 满意度 | 6 | 5.4 | 满意度90% |
小计 | | | 16 | 14.4 | |
合计 | | | 30 | 27.4 | |

四、问题
台账不全。`;
    expect(rowsOf(text)).toEqual([
      '立项依据充分性|||5|5',
      '立项程序规范性|||5|5',
      '绩效目标合理性|||4|3',
      '实施效益|||10|9',
      '满意度|||6|5.4',
    ]);
    const [table] = auditText(text).tables;
    expect(table?.indicators.map((row) => row.level2)).toEqual([
      '项目立项',
      '项目立项',
      '绩效目标',
      '项目效益',
      '项目效益',
    ]);
    expect(table?.stated.scoreTotal?.text).toBe('27.4');
  });

  it('reads the scores of the sections as a list of its own', () => {
    const text = `二、评价结论
综合得分92分。
表2 各类得分
指标 分值 得分
项目决策 15 14
项目过程 25 23
项目产出 30 28.5
项目效益 30 26.5
合计 100 92
三、做法
一是按月比对。`;
    expect(rowsOf(text)).toEqual(['项目决策|||15|14', '项目过程|||25|23', '项目产出|||30|28.5', '项目效益|||30|26.5']);
  });

  it('leaves the columns behind the likelihood out, and the notes below the rows', () => {
    const text = `河道项目绩效运行监控表
(2024年1—6月)
项目资金(万元) | 年初预算数 | 1-6月执行数 | 1-6月执行率 | 全年预计执行数 |
资金总额 | 150 | 60 | 40% | 150 |
绩效指标 | 一级指标 | 指标名称 | 年度指标值 | 1-6月执行情况 | 完成目标可能性 | 偏差或不能完成原因 | 建议或举措 |
产出指标 | 管网巡查次数 | ≥36次 | 14次 | 有可能 | 汛期前人手不足 | 7月起加派一组 |
 | 新建泵站 | 3座 | 0座 | 有可能 | | |
 | 水质达标比例 | ≥90% | 93.5% | 确定能 | | |
满意度指标 | 沿线群众满意度 | ≥88% | 年末调查 | 确定能 | | |
备注 | 上半年巡查14次均有记录。 |
填表说明:1.完成目标可能性填“确定能”“有可能”。2.执行率=1-6月执行数/年初预算数。`;
    expect(rowsOf(text)).toEqual([
      '管网巡查次数|≥36次|14次',
      '新建泵站|3座|0座',
      '水质达标比例|≥90%|93.5%',
      '沿线群众满意度|≥88%|年末调查',
    ]);
  });

  it('reads the period and the year side by side as rows of their own', () => {
    const text = `项目绩效目标申报表 |
绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 二级指标 | 三级指标 | 指标值 |
产出指标 | 数量指标 | 改水户数 | ≥9000户 | 数量指标 | 改水户数 | ≥3100户 |
质量指标 | 水质达标比例 | ≥95% | 质量指标 | 水质达标比例 | ≥95% |
满意度指标 | 服务对象满意度指标 | 村民满意度 | ≥90% | 服务对象满意度指标 | 村民满意度 | ≥88% |
`;
    expect(rowsOf(text)).toEqual([
      '改水户数|≥9000户',
      '改水户数|≥3100户',
      '水质达标比例|≥95%',
      '水质达标比例|≥95%',
      '村民满意度|≥90%',
      '村民满意度|≥88%',
    ]);
  });

  it('drops the second line of heads of a monitoring form, and takes a stroke for an empty cell', () => {
    const text = `项目支出绩效运行监控表 |
绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 1-7月执行情况 | 全年预计完成情况 | 偏差原因分析 | 完成目标可能性 | 备注 |
| | | | | | | 经费保障 | 人员保障 | 其他 | 原因说明 | 确定能 | 有可能 | 完全不可能 | |
产出指标 | 数量指标 | 改水户数 | ≥3100户 | 1820户 | 3100户 | | | | | √ | | | |
| 质量指标 | 水质达标比例 | ≥95% | 96% | 96% | | | | | √ | | | |
满意度指标 | 服务对象满意度 | 村民满意度 | ≥90% | / | 90% | | | | | √ | | | |
`;
    expect(rowsOf(text)).toEqual(['改水户数|≥3100户|1820户', '水质达标比例|≥95%|96%', '村民满意度|≥90%']);
  });

  it('begins a row whose target and result are the same words behind a row without an explanation', () => {
    const text = `绩效自评表 一级指标 二级指标 三级指标 指标值 全年实际完成值 未完成原因和改进措施 产出指标 数量指标 改水户数 ≥3100户 3165户 质量指标 水质达标比例 ≥95% 96% 投诉件数 较上年减少 较上年减少 时效指标 按期完工率 100% 100% 满意度指标 服务对象满意度指标 村民满意度 ≥85% 92.4%`;
    expect(rowsOf(text)).toEqual([
      '改水户数|≥3100户|3165户',
      '水质达标比例|≥95%|96%',
      '投诉件数|较上年减少|较上年减少',
      '按期完工率|100%|100%',
      '村民满意度|≥85%|92.4%',
    ]);
  });

  it('takes the sign from under 性质', () => {
    const text = `绩效目标表
一级指标 | 二级指标 | 三级指标 | 性质 | 指标值 | 单位 | 权重 |
产出指标 | 数量指标 | 改水户数 | ≥ | 3100 | 户 | 20 |
质量指标 | 漏损比例 | ≤ | 12 | % | 20 |
满意度指标 | 服务对象满意度 | 村民满意度 | ≥ | 90 | % | 10 |
`;
    expect(rowsOf(text)).toEqual(['改水户数|≥3100户||20', '漏损比例|≤12%||20', '村民满意度|≥90%||10']);
  });

  it('reads a short list of works, and makes no table of sentences with blanks in them', () => {
    const list = `2022年完成情况
项目 计划数 完成数 完成比例
发放补贴户数 860户 848户 98.6%
发放补贴金额 412万元 403.2万元 97.9%
动态核查次数 2次 2次 100%
`;
    expect(rowsOf(list)).toEqual([
      '发放补贴户数|860户|848户',
      '发放补贴金额|412万元|403.2万元',
      '动态核查次数|2次|2次',
    ]);
    const told = `1. 数量指标
（1）参训人数：目标值 1200 人，实际值 1236 人，分值 10 分，得分 10 分。
（2）新建水池：目标值 3 座，实际值 2 座，分值 10 分，得分 6.67 分。
2. 质量指标
（1）验收合格比例：目标值 100%，实际值 100%，分值 10 分，得分 10 分。
`;
    expect(rowsOf(told)).toEqual([]);
    expect(auditText(told).proseRows.map((row) => [row.name?.text, row.score?.text])).toEqual([
      ['参训人数', '10'],
      ['新建水池', '6.67'],
      ['验收合格比例', '10'],
    ]);
  });
});
