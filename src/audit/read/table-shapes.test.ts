import { describe, expect, it } from 'vitest';
import { auditText } from '../audit-document.ts';

function rowsOf(text: string): string[] {
  return auditText(text)
    .tables.flatMap((table) => table.indicators)
    .map((row) => [row.name, row.target, row.actual, row.weight, row.score].map((cell) => cell?.text ?? '').join('|'));
}

describe('tables of words', () => {
  it('keeps a number and its unit together, and dates with blanks inside', () => {
    const text = `某县自评表 填报日期:2023 年 4 月 9 日
一级指标 二级指标 三级指标 年初目标值(A) 实际完成值(B) 分值 自评分 复核分
产出指标(40分) 数量指标 新建水池数 4 座 4 座 10 10 10
铺设管道 ≥12.5 公里 12.6 公里 10 10 10
质量指标 验收合格率 100% 100% 10 10 10
时效指标 完工时间 9 月底 10 月中旬 10 8 8
效益指标(30分) 社会效益 供水保证率 ≥95% 96% 30 30 30`;
    expect(rowsOf(text)).toEqual([
      '新建水池数|4座|4座|10|10',
      '铺设管道|≥12.5公里|12.6公里|10|10',
      '验收合格率|100%|100%|10|10',
      '完工时间|9月底|10月中旬|10|8',
      '供水保证率|≥95%|96%|30|30',
    ]);
  });

  it('reads a table of management scores without targets, and the indicators behind it', () => {
    const text = `某市财政项目绩效自评表
项目权重 评价内容 分值 自评分 复核分 评价标准及依据
项目决策 3 分 立项依据 3 3 有文件计 3 分,没有不得分。
项目管理 12 分 会计核算 5 4 有制度 2 分;有账册 2 分;按时 1 分。
检查记录 7 7 有检查记录 4 分,有整改记录 3 分。
一级指标 二级指标 指标名称 年初指标值 年终完成值 分值 自评分 复核分 评价标准
产出指标 50 分 数量指标 20 分 修建水渠 15 公里 14 公里 20 18 按比例得分。
质量指标 30 分 合格率 100% 100% 30 30
效益指标 35 分 社会效益 灌溉条件 改善 改善 35 33`;
    expect(rowsOf(text)).toEqual([
      '立项依据|||3|3',
      '会计核算|||5|4',
      '检查记录|||7|7',
      '修建水渠|15公里|14公里|20|18',
      '合格率|100%|100%|30|30',
      '灌溉条件|改善|改善|35|33',
    ]);
    expect(auditText(text).findings.filter((finding) => finding.severity === 'error')).toEqual([]);
  });

  it('finds the weight whose head was lost, and lets nothing certain stand on it', () => {
    const text = `某县卫生院自评表 二级指标 三级指标 年度指标值 实际完成值 得分 指标1:建立档案数 900人 940人 3 3 指标2:随访人数 210人 198人 4 3.5 指标3:接种率 95.00% 96.20% 5 5 指标4:讲座次数 12次 12次 2 2 指标5:体检人数 560人 565人 6 6 指标6:规范管理率 80% 81% 4 4`;
    const [table] = auditText(text).tables;
    expect(rowsOf(text).slice(0, 3)).toEqual([
      '指标1:建立档案数|900人|940人|3|3',
      '指标2:随访人数|210人|198人|4|3.5',
      '指标3:接种率|95.00%|96.20%|5|5',
    ]);
    expect(table?.indicators.some((row) => row.together)).toBe(false);
    expect(table?.complete).toBe(false);
  });

  it('takes a rate with figures behind it for an indicator', () => {
    const text = `某局自评表 三级指标 年初目标值(A) 实际完成值(B) 得分 走访企业数 40 42 10 企业评价 较好 评价较好 10 资金执行率 90% 97% 10 拨付及时性 98%以上 100% 10`;
    expect(rowsOf(text)).toEqual([
      '走访企业数|40|42||10',
      '企业评价|较好|评价较好||10',
      '资金执行率|90%|97%||10',
      '拨付及时性|98%以上|100%||10',
    ]);
  });

  it('takes the satisfaction of a list without levels for an indicator', () => {
    const text = [
      '指标名称 |\n计量单位 |\n指标性质 |\n指标值 |\n协管人员 |\n人 |\n= |\n206 |\n人员费用 |\n万元 |\n≤ |\n850 |',
      '巡查里程 |\n公里 |\n≥ |\n1200 |\n服务对象满意度 |\n% |\n≥ |\n90 |\n(四)职能职责。内设科室9个。',
    ].join('\n');
    expect(rowsOf(text)).toEqual([
      '协管人员|=206人|||',
      '人员费用|≤850万元|||',
      '巡查里程|≥1200公里|||',
      '服务对象满意度|≥90%|||',
    ]);
  });

  it('reads answers of the official form and questions in a text without white space', () => {
    const text =
      '某局项目自评表一级指标二级指标三级指标年初目标值实际完成值未完成原因及改进措施产出指标产出数量水泵完好率100%12台达成预期指标产出质量险情查明率不低于96%达成预期指标产出时效险情4小时内处置率不低于92%部分达成预期指标效益指标社会效益重大险情0起达成预期指标群众知晓度是否提高是达成预期指标';
    expect(rowsOf(text)).toEqual([
      '水泵完好率|100%|12台达成预期指标||',
      '险情查明率|不低于96%|达成预期指标||',
      '险情4小时内处置率|不低于92%|部分达成预期指标||',
      '重大险情|0起|达成预期指标||',
      '群众知晓度是否提高|是|达成预期指标||',
    ]);
  });

  it('reads units, ten-day dates and dated names in a text without white space', () => {
    const text =
      '一级指标二级指标三级指标分值年度指标值全年实际值得分产出指标(60分)数量指标指标1发放鱼苗20315万粒315万粒20指标2修复古籍20≥1200卷1250卷20时效指标指标12023年10月31日前完成发放10100%100%10成本指标指标1价格不高于市场价10是是10';
    expect(rowsOf(text)).toEqual([
      '指标1发放鱼苗|315万粒|315万粒|20|20',
      '指标2修复古籍|≥1200卷|1250卷|20|20',
      '2023年10月31日前完成发放|100%|100%|10|10',
      '指标1价格不高于市场价|是|是|10|10',
    ]);
  });

  it('reads a list headed by unit and sign that lost its white space', () => {
    const text =
      '某局整体自评表绩效指标指标名称计量单位指标性质指标值指标权重(分)全年完成值指标得分(分)巡护任务完成率%≥951510015湿地保护面积万亩≥36153615草原改良面积万亩≥41154115天窗修缮面积平方米≥52155215';
    expect(rowsOf(text)).toEqual([
      '巡护任务完成率%|≥95|100|15|15',
      '湿地保护面积万亩|≥36|36|15|15',
      '草原改良面积万亩|≥41|41|15|15',
      '天窗修缮面积平方米|≥52|52|15|15',
    ]);
  });

  it('finds the score whose head was lost in a form of one cell a line', () => {
    const cells = [
      '某县补助资金绩效目标自评表 专项名称 某补助资金 年度绩效指标完成情况 一级指标 二级指标 三级指标 年度指标值 实际完成指标值 50',
      '产出指标 质量指标 指标1:人员轮训 已完成 已完成 6 指标2:案件办结率 100% 100% 4 指标3:抽查覆盖率 95% 97% 5',
      '时效指标 指标1:完成时间 2022年11月30日 2022年11月30日 5 效益指标 社会效益指标 指标1:重大事故数 0次 0次 3',
    ];
    const text = cells.join(' ').split(' ').join('\n\n');
    expect(rowsOf(text)).toEqual([
      '指标1:人员轮训|已完成|已完成||6',
      '指标2:案件办结率|100%|100%||4',
      '指标3:抽查覆盖率|95%|97%||5',
      '指标1:完成时间|2022年11月30日|2022年11月30日||5',
      '指标1:重大事故数|0次|0次||3',
    ]);
    expect(auditText(text).findings.filter((finding) => finding.severity === 'error')).toEqual([]);
  });

  it('reads targets in words where the blank sign and unit fell into the seam of two lines', () => {
    const text = [
      '| 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因 | 一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 产出指标 | 数量指标 | 设备检修 | ≥ | 24 | 台 | 25 | 40 | 40 |',
      '| 抽检次数 | ≥ | 8 | 次 | 9 | 20 | 20 |',
      '| 效益指标 | 社会效益指标 | 病害发生 |',
      '| 减轻 |',
      '| 减轻 | 20 | 20 |',
      '| 满意度指标 | 服务对象满意度 | 农户满意率 | ≥ | 90 | % | 95% | 20 | 20 |',
    ].join('\n');
    expect(rowsOf(text)).toEqual([
      '设备检修|≥24台|25|40|40',
      '抽检次数|≥8次|9|20|20',
      '病害发生|减轻|减轻|20|20',
      '农户满意率|≥90%|95%|20|20',
    ]);
  });
});
