import { describe, expect, it } from 'vitest';
import { auditText } from '../audit-document.ts';

function rowsOf(text: string): string[] {
  return auditText(text)
    .tables.flatMap((table) => table.indicators)
    .map((row) => [row.name, row.target, row.actual, row.weight, row.score].map((cell) => cell?.text ?? '').join('|'));
}

const HEADS = '一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分'.split(' ');

describe('heads', () => {
  it('goes on behind the heads of the next page, however few rows the page before had', () => {
    const heads = '一级指标 二级指标 三级指标 预期指标值(包含数字及文字描述) 实际完成指标值(包含数字及文字描述)';
    const text = `某县技能培训绩效目标完成情况表
${heads}
项目完成指标 数量指标 培训人数 120人 125人
— 12 —
${heads}
质量指标 培训合格率 ≥90% 93%
时效指标 完成时间 2022年12月前 2022年11月
满意度指标 满意度指标 参训人员满意度 ≥95% 97%`;
    expect(rowsOf(text)).toEqual([
      '培训人数|120人|125人||',
      '培训合格率|≥90%|93%||',
      '完成时间|2022年12月前|2022年11月||',
      '参训人员满意度|≥95%|97%||',
    ]);
  });

  it('takes a word among the heads that nobody knows for the column its figures speak for', () => {
    const heads = HEADS.map((head) => (head === '分值' ? '考值参分' : head));
    const cells = [
      '产出指标',
      '数量指标',
      '新建水窖',
      '≥5座',
      '6座',
      '30',
      '30',
      '质量指标',
      '抽检合格率',
      '98%',
      '100%',
      '30',
      '30',
    ];
    const rows = ['新建水窖|≥5座|6座|30|30', '抽检合格率|98%|100%|30|30'];
    expect(rowsOf([...heads, ...cells].join('\n\n'))).toEqual(rows);
    expect(
      rowsOf(`${heads.join(' | ')} |\n${cells.slice(0, 7).join(' | ')} |\n${cells.slice(7).join(' | ')} |`),
    ).toEqual(rows);
  });

  it('reads a score in parts under its title, and a unit called by name', () => {
    const text = `一级指标 | 二级指标 | 三级指标 | 预期指标值 | 单项指标实际完成值 | 单项指标完成情况 | 自评得分 |
符号 | 值 | 单位(文字描述) | 单项指标得分 | 权重占比(%) | 单项指标折算得分 |
产出指标 | 质量指标 | 名册核对率 | >= | 98 | %(百分比) | 100% | 完成 | 40.00 | 40.00 | 16.00 |
时效指标 | 按月发放率 | >= | 99 | %(百分比) | 97% | 完成 | 30.00 | 60.00 | 18.00 |`;
    expect(rowsOf(text)).toEqual(['名册核对率|>=98%|100%|40.00|40.00', '按月发放率|>=99%|97%|60.00|30.00']);
  });

  it('takes goals and results between the heads of a list for its columns', () => {
    const text = `三级指标 | 年度目标 | 实际完成情况 | 分值 | 得分 |
种树棵数 | 200棵 | 210棵 | 60 | 60 |
成活率 | 90% | 95% | 40 | 40 |`;
    expect(rowsOf(text)).toEqual(['种树棵数|200棵|210棵|60|60', '成活率|90%|95%|40|40']);
  });

  it('knows the short heads of a list, and those of the money above it, by what stands beside them', () => {
    const text = `某区养护资金自评情况
资金性质      预算      执行      比例      权重    评分
区级财政      320.00    320.00    100.0%    10      10
指标                计划              实际              权重  评分  差异说明
[产出]
养护里程            ≥92公里           95公里            40    40
[效益]
出行条件            改善              改善              30    30
养护机制            可持续            可持续            10    10
[满意度]
沿线群众满意度      ≥90%              91%               10    9.5   个别路段扬尘`;
    expect(rowsOf(text)).toEqual([
      '养护里程|≥92公里|95公里|40|40',
      '出行条件|改善|改善|30|30',
      '养护机制|可持续|可持续|10|10',
      '沿线群众满意度|≥90%|91%|10|9.5',
    ]);
    const half = `绩效指标 | 年度指标值 | 1-6月执行情况 | 全年预计完成情况 | 偏差原因 | 完成目标可能性 | 备注 |
宣传场次 | 80场 | 46场 | 80场 | | 确定能 | |
比对次数 | 10次 | 7次 | 10次 | | 有可能 | |`;
    expect(rowsOf(half)).toEqual(['宣传场次|80场|46场||', '比对次数|10次|7次||']);
  });

  it('reads the target before the result when the heads were torn, and finds bare names for figures without', () => {
    const text = `某县补助自评表.xlsx
一级 指标 二级指标 三级指标 数量指标 补助牧户户数 绩 效 指 标 产出 指标 (50分 ) 实际 年度 完成值 指标值 分值 得分 偏差原因及改进措 施 1200户 1180户 20 19 部分牧户迁出 质量指标 名册准确率 ≥99% 99.6% 15 15 300元 300元 15 15 ≥95% 96.1% 30 30 ≥85% 88.3% 10 10 100 99 成本指标 户均补助标准 效益指 标(30 分) 社会效益 草场承包覆盖率 满意度 指标 服务对象满 受助牧户满意度 (10分 意度指标 ) 总分`;
    expect(rowsOf(text)).toEqual([
      '补助牧户户数|1200户|1180户|20|19',
      '名册准确率|≥99%|99.6%|15|15',
      '户均补助标准|300元|300元|15|15',
      '草场承包覆盖率|≥95%|96.1%|30|30',
      '受助牧户满意度|≥85%|88.3%|10|10',
    ]);
  });

  it('reads targets and weights of a form nobody filled in', () => {
    const text =
      '绩效指标(90分)一级指标二级指标三级指标指标性质指标值度量单位完成值权重得分未完成原因分析产出指标数量指标足额发放率=100% 22.5 调整次数≤10次 22.5 时效指标按月发放率=100% 45 合计100';
    expect(rowsOf(text)).toEqual(['足额发放率|=100%||22.5|', '调整次数|≤10次||22.5|', '按月发放率|=100%||45|']);
  });
});

describe('rows', () => {
  it('takes the points in the names for the weights of a table of scores', () => {
    const text = `2021年某县林业局整体支出绩效评价得分表
| 一级指标 | 二级指标 | 三级指标 | 得分 |
| 部门决策(12分) | 目标任务(7分) | 相关性(4分) | 4 |
|
| 明确性(3分) | 2 |
| ||
| 预算编制(5分) | 测算依据(5分) | 6 |
| ||
| 部门绩效(13分) | 满意度(13分) | 协作部门满意度(6分) | 6 |
|
| 社会公众满意度(7分) | 5 | |
| 合计 | 23 |`;
    expect(rowsOf(text)).toEqual([
      '相关性(4分)|||4|4',
      '明确性(3分)|||3|2',
      '测算依据(5分)|||5|6',
      '协作部门满意度(6分)|||6|6',
      '社会公众满意度(7分)|||7|5',
    ]);
    const errors = auditText(text).findings.filter((finding) => finding.severity === 'error');
    expect(errors.map((finding) => finding.rule)).toEqual(['score-exceeds-weight']);
  });

  it('takes words that are levels elsewhere for names where only scores stand, and no subtotal for a row', () => {
    const text = `评价结论
综合得分89分。
指标 分值 得分
项目决策 15 13
项目过程 25 22
项目产出 30 28
项目效益 30 26
合计 100 89`;
    expect(rowsOf(text)).toEqual(['项目决策|||15|13', '项目过程|||25|22', '项目产出|||30|28', '项目效益|||30|26']);
    const listed = `一级指标 | 二级指标 | 三级指标 | 分值 | 得分 | 扣分原因 |
产出(60分) | 产出数量 | 实际完成率 | 60 | 58 | 少建1处 |
小计 | | | 60 | 58 | |
效益(40分) | 项目效益 | 实施效益 | 30 | 27 | |
 | | 满意度 | 10 | 8.4 | |
小计 | | | 40 | 35.4 | |
合计 | | | 100 | 93.4 | |`;
    expect(rowsOf(listed)).toEqual(['实际完成率|||60|58', '实施效益|||30|27', '满意度|||10|8.4']);
  });

  it('reads cells printed over every part of a merged cell once', () => {
    const text = `绩效指标 | 一级指标 | 二级指标 | 三级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分 | 原因 |
绩效指标 | 产出指标 | 数量指标 | 补助户数 | 补助户数 | 20户 | 20户 | 50 | 50 | |
绩效指标 | 产出指标 | 时效指标 | 到位时限 | 到位时限 | 12月底前 | | 20 | 20 | |
绩效指标 | 满意度指标 | 服务对象满意度指标 | 农户满意度 | 农户满意度 | ≥85% | 91% | 30 | 30 | |`;
    expect(rowsOf(text)).toEqual(['补助户数|20户|20户|50|50', '到位时限|12月底前||20|20', '农户满意度|≥85%|91%|30|30']);
  });

  it('tells the numbers of a list from its figures, a unit from half a word, a repeated figure from a double', () => {
    const text =
      '某县自评表 指标 目标值 完成值 分值 得分 原因 一、产出 1.新增托位 ≥310个 318个 20 20 2.补助标准 6元/人 6元/人 40 40 二、效益 1.常住婴幼儿入托率 ≥8% 8.7% 40 40';
    expect(rowsOf(text)).toEqual([
      '1.新增托位|≥310个|318个|20|20',
      '2.补助标准|6元/人|6元/人|40|40',
      '1.常住婴幼儿入托率|≥8%|8.7%|40|40',
    ]);
    const units = `一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 实际完成值 | 分值 | 得分 |
产出指标 | 数量指标 | 推广技术 | ≥ | 12 | 项 | 9 | 60 | 45 |
效益指标 | 可持续 | 返贫风险 | 定性 | 降低 | | 降低 | 20 | |
满意度指标 | 满意度 | 农户满意度 | ≥ | 90 | % | 95% | 20 | 20 |`;
    expect(rowsOf(units)).toEqual(['推广技术|≥12项|9|60|45', '返贫风险|降低|降低|20|', '农户满意度|≥90%|95%|20|20']);
  });

  it('keeps rows that share the points of the row above, and lets a vanished result be missing, not the score', () => {
    const text = `绩效指标 | 一级 指标 |
二级指标 | 三级指标 | 分值 | 年度指标值 | 全年实际值 | 得分 | 未完成原因及拟采取的改进措施 | ||
产 出 指 标 (50分) |
数量指标 | 补助种植面积 | 40 | 26.5亩 | 26.5亩 | 40 | ||||
其中桃树面积 | 6.5亩 | 6.5亩 | ||||||||
其中大棚面积 | 20亩 | 20亩 | ||||||||
质量指标 | 成活率 | 10 | 95% | 95% | 10 | ||||||
满意度指标(50分) | 服务对象满意度指标 | 农户满意度 | 50 | ≥95% | 98% | 50 | ||||`;
    expect(rowsOf(text)).toEqual([
      '补助种植面积|26.5亩|26.5亩|40|40',
      '其中桃树面积|6.5亩|6.5亩||',
      '其中大棚面积|20亩|20亩||',
      '成活率|95%|95%|10|10',
      '农户满意度|≥95%|98%|50|50',
    ]);
    const vanished = `一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 | ||||
产出指标 | 数量指标 | 建设库房 | ≥1290平方米 | 1290平方米 | 50.7 | 50.7 | ||||||
安装变压器 | 3 | 9.3 | 9.3 | |||||||||
效益指标 | 社会效益指标 | 带动就业 | ≥20人 | 25人 | 40 | 40 | |||||`;
    expect(rowsOf(vanished)).toEqual([
      '建设库房|≥1290平方米|1290平方米|50.7|50.7',
      '安装变压器|3||9.3|9.3',
      '带动就业|≥20人|25人|40|40',
    ]);
  });

  it('puts a table read column by column in rows again, its levels by the numbers of the names', () => {
    const text = `某县补助项目自评表
    一级指标 二级指标 三级指标 绩效目标值 全年完成值 权数 自评分 偏差说明
    产出指标
    (60分)
    满意度指标
    (30分)
    数量指标
    质量指标
    服务对象满意度指标
    指标1:巡护员人数
    指标2:巡护里程
    指标1:巡护记录完整率
    指标1:周边群众满意度
    ≥12人 900公里 ≥95% ≥85%
    12人 880公里 96.5% 90.2%
    20 20 20 30
    20 19.5 20 30
    巡护里程:汛期封路
    总分 90 89.5
    注:各部门根据重要程度确定三级指标分值,得分不能超过分值上限。`;
    expect(rowsOf(text)).toEqual([
      '指标1:巡护员人数|≥12人|12人|20|20',
      '指标2:巡护里程|900公里|880公里|20|19.5',
      '指标1:巡护记录完整率|≥95%|96.5%|20|20',
      '指标1:周边群众满意度|≥85%|90.2%|30|30',
    ]);
    const [table] = auditText(text).tables;
    expect(table?.indicators.map((row) => row.level2)).toEqual([
      '数量指标',
      '数量指标',
      '质量指标',
      '服务对象满意度指标',
    ]);
    expect(table?.indicators.some((row) => row.together)).toBe(false);
  });

  it('joins what a line break tore off a figure', () => {
    const text = `某县自评表 一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 产出指标 数量指标 参保人数 ≥38.6万 人 38.71万 人 20 20 时效指标 集中征缴完成 时间 2023年12 月31日前 2023年12月 28日 30 30 成本指标 低保标 准 ≥530元/ 人*月 583元/人* 月 20 20 效益指标 社会效益指标 救助人 次 ≥5000人 次 5120人次 30 30`;
    expect(rowsOf(text)).toEqual([
      '参保人数|≥38.6万人|38.71万人|20|20',
      '集中征缴完成时间|2023年12月31日前|2023年12月28日|30|30',
      '低保标准|≥530元/人*月|583元/人*月|20|20',
      '救助人次|≥5000人次|5120人次|30|30',
    ]);
  });

  it('ends a row of a monitoring table at what it says of the rest of the year', () => {
    const text = `某局绩效运行监控表 绩效指标 年度指标值 1-7月执行情况 全年预计完成情况 偏差原因 完成目标可能性 宣传场次 160场 92场 160场 确定能 比对次数 12次 7次 12次 有可能 改造面积 350平方米 20平方米 40平方米 完全不可能`;
    expect(rowsOf(text)).toEqual(['宣传场次|160场|92场||', '比对次数|12次|7次||', '改造面积|350平方米|20平方米||']);
  });

  it('ends where the form is signed or a text goes on', () => {
    const text = `绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 实施进度 |
项目决策 | 数量指标 | 巡展次数 | 至少巡展2次 | 已完成100% |
成本指标 | 成本 | 10万元 | 已完成100% |
满意度指标 | 满意度指标 | 观众满意度 | 90% | 已完成100% |
3.分析评价申报内容是否与实际相符,申报目标是否合理可行
评价申报内容与实际相符,申报目标合理可行。`;
    expect(rowsOf(text)).toEqual([
      '巡展次数|至少巡展2次|已完成100%||',
      '成本|10万元|已完成100%||',
      '观众满意度|90%|已完成100%||',
    ]);
    const signed = `绩效指标 一级指标 二级指标 三级指标 指标值 备注
产出指标 数量指标 流转土地 >=60亩
质量指标 *建设质量达标率100% >=98%
满意度指标 服务对象满意度指标 游客满意度(≥**%) >=90%
财政部门支出股室初审意见 (盖章)`;
    expect(rowsOf(signed)).toEqual(['流转土地|>=60亩|||', '*建设质量达标率100%|>=98%|||', '游客满意度(≥**%)|>=90%|||']);
  });

  it('puts names behind their figures together with them, the total standing before its word', () => {
    const text = `某县自评表(定稿).xlsx
一级指标 二级指标 三级指标 年度 指标值 分值 得分 偏差原因分析及 改进措施 实际 完成值 成本 指标 （10分 ） 经济成本 ≤237万元 229万元 10 10 指标1:配套总 额 产出 指标 （60分 ） 数量指标 指标1:配套人数 2029人 2029人 30 30 640元 640元 30 30 指标2:人均补 助标准 满意度 （30分 ） 服务对象满 ≥90% 93.6% 30 30 指标1:对象满 意度 100 100 总分`;
    expect(rowsOf(text)).toEqual([
      '指标1:配套总额|≤237万元|229万元|10|10',
      '指标1:配套人数|2029人|2029人|30|30',
      '指标2:人均补助标准|640元|640元|30|30',
      '指标1:对象满意度|≥90%|93.6%|30|30',
    ]);
  });
});

describe('figures run together', () => {
  const head = '某县项目自评表一级指标二级指标三级指标分值年度指标值全年实际值得分未完成原因及拟采取的改进措施产出指标';

  it('parts points from the date behind them', () => {
    const text = `${head}时效指标完工时间1012月底前12月10设计时间53月底前3月5验收时间352022年10月底前2022年11月35质量指标合格率50100%100%50`;
    expect(rowsOf(text)).toEqual([
      '完工时间|12月底前|12月|10|10',
      '设计时间|3月底前|3月|5|5',
      '验收时间|2022年10月底前|2022年11月|35|35',
      '合格率|100%|100%|50|50',
    ]);
  });

  it('reads 不超 and 达到 with their figure', () => {
    const text =
      '某院自评表一级指标二级指标三级指标目标值(A)完成值(B)自评得分产出 指标数量指标购置设备5台5台15成本指标购置成本不超350万元349.91万元10效益 指标社会效益新增检查能力达到1.2万人次以上1.31万人次20';
    expect(rowsOf(text)).toEqual([
      '购置设备|5台|5台||15',
      '购置成本|不超350万元|349.91万元||10',
      '新增检查能力|达到1.2万人次以上|1.31万人次||20',
    ]);
  });

  it('parts what must not be from what was not', () => {
    const text =
      '某区自评表一级指标二级指标三级指标年初目标值(A)实际完成值(B)得分产出 指标数量指标救助人次≥65人次68人次30效益 指标社会效益规模性返贫现象不发生未发生20满意度指标服务对象满意度对象满意度≥90%92%30';
    expect(rowsOf(text)).toEqual([
      '救助人次|≥65人次|68人次||30',
      '规模性返贫现象|不发生|未发生||20',
      '对象满意度|≥90%|92%||30',
    ]);
  });

  it('reads lists whose heads are the only cells without a gap', () => {
    const text = `某县助学金绩效评价指标表

评价内容指标名称指标说明目标值分值备注
产出数量指标资助人数达到预计值210010
质量指标困难学生全面覆盖100%40
时效指标发放率达到目标值95%50
总分

100`;
    expect(rowsOf(text)).toEqual([
      '资助人数达到预计值|2100||10|',
      '困难学生全面覆盖|100%||40|',
      '发放率达到目标值|95%||50|',
    ]);
  });

  it('takes two figures of ninety points for the totals, and no count behind them', () => {
    const body = '数量指标水窖数10≥5座6座10质量指标合格率80100%100%78';
    const [glued] = auditText(`${head}${body}总分9088`).tables;
    expect([glued?.stated.weightTotal?.text, glued?.stated.scoreTotal?.text]).toEqual(['90', '88']);
    const [told] = auditText(
      '一级指标 二级指标 三级指标 年度指标值 实际完成值 得分 产出指标 数量指标 水窖数 5 6 40 质量指标 合格率 90% 95% 58 总分 98 待定 6 项',
    ).tables;
    expect(told?.stated.scoreTotal?.text).toBe('98');
  });
});
