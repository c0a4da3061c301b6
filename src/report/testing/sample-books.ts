import type { ProjectBook } from '../../ledger/index.ts';
import { buildBook, type Typed } from '../../ledger/testing/book-builder.ts';

const REASON = '部分外出务工人员联系困难，集中参保期内进度偏慢；已按村建立未参保名单，逐户上门动员。';
const MANAGEMENT = [
  ['分配科学性', '按参保人数和救助需求因素法分配', ''],
  ['下达及时性', '收到文件后22日内分解下达', ''],
  ['拨付合规性', '国库集中支付，手续齐全', ''],
  ['使用规范性', '专账核算，未发现挤占挪用', ''],
  ['执行准确性', '有两笔救助金退回重发', '退回原因为账号变更；已核对全部受助人账号'],
  ['预算绩效管理情况', '目标、监控、自评均已开展', ''],
  ['支出责任履行情况', '县级配套足额到位', ''],
] as const;

/**
 * A project that fills every form: transfer fields, money of several sources, mid-year forecasts, talk-backs; of
 * several years unless `isOfOneYear`.
 */
export function sampleBook(project: Typed = {}, isOfOneYear = false): ProjectBook {
  const leaf = (level1: string, level2: string, level3: string, more: Typed): Typed => ({
    level1,
    level2,
    level3,
    evidence: '1、2',
    ...more,
  });
  return buildBook(
    {
      name: '中央财政医疗救助补助资金（城乡困难群众分类资助参保和医疗救助）',
      code: '51092324T000010000123',
      type: '转移支付',
      kind: '单位自评',
      department: '某县医疗保障局',
      unit: '某县医疗保障事务中心',
      region: '某县',
      year: '2024',
      weightSource: '预算批复',
      transferName: '中央财政医疗救助补助资金',
      centralDepartment: '国家医疗保障局',
      localDepartment: '某县医疗保障局',
      attribute: '延续',
      term: '2024年1月至2026年12月',
      ...(isOfOneYear ? {} : { goalLong: '到2026年，资助参保全覆盖，住院救助“一站式”结算率不低于98%。' }),
      departmentCode: '361',
      goalExpected: '资助困难群众参保不少于9000人，实施医疗救助不少于12000人次，群众满意度不低于90%。',
      goalActual: '资助困难群众参保9120人，实施医疗救助13056人次，抽样满意度92.5%。',
      implementation: '年初分解任务，按月比对特殊人群名单，符合条件的由财政代缴；救助在出院时直接结算。',
      projectLead: '张某',
      financeLead: '李某',
      preparedBy: '王某',
      phone: '0825-0000000',
      ...project,
    },
    {
      money: [
        { kind: '年初预算', source: '中央财政资金', amount: '860' },
        { kind: '年初预算', source: '省级财政资金', amount: '120.5' },
        { kind: '年初预算', source: '县级财政资金', amount: '95.3' },
        { kind: '追加', source: '中央财政资金', amount: '40', reason: '中央第二批补助资金下达' },
        { kind: '全年预算数（汇总）', source: '中央财政资金', amount: '900' },
        { kind: '全年预算数（汇总）', source: '省级财政资金', amount: '120.5' },
        { kind: '全年预算数（汇总）', source: '县级财政资金', amount: '95.3' },
        { kind: '支付（汇总）', source: '中央财政资金', amount: '872.4' },
        { kind: '支付（汇总）', source: '省级财政资金', amount: '120.5' },
        { kind: '支付（汇总）', source: '县级财政资金', amount: '60.12' },
        { kind: '全年预计执行（汇总）', source: '中央财政资金', amount: '890' },
        { kind: '全年预计执行（汇总）', source: '县级财政资金', amount: '95.3' },
        ...(isOfOneYear
          ? []
          : [
              { kind: '中期资金（汇总）', source: '中央财政资金', amount: '2700' },
              { kind: '中期资金（汇总）', source: '县级财政资金', amount: '290.5' },
            ]),
      ],
      indicators: [
        { level1: '预算执行', level2: '预算执行率', weight: '10', claimed: '9.5' },
        leaf('产出指标', '数量指标', '资助困难群众参保人数', {
          target: '≥9000人',
          ...(isOfOneYear ? {} : { termTarget: '≥28000人' }),
          actual: '9120人',
          weight: '20',
          claimed: '20',
          forecast: '9200人',
          likelihood: '确定能',
        }),
        leaf('产出指标', '数量指标', '医疗救助人次', {
          target: '≥12000人次',
          actual: '3056人次',
          weight: '10',
          claimed: '8',
          forecast: '11000人次',
          likelihood: '有可能',
          causes: '人员保障、其他',
          reason: REASON,
          remedy: '七月起按周调度，逐户上门。',
        }),
        leaf('产出指标', '质量指标', '“一站式”结算率', {
          target: '≥98%',
          actual: '98.2%',
          weight: '10',
          claimed: '10',
          likelihood: '确定能',
        }),
        leaf('产出指标', '时效指标', '资金支付完成时间', {
          target: '2024年12月31日前',
          actual: '2024年12月20日',
          weight: '10',
          claimed: '10',
          likelihood: '有可能',
          causes: '经费保障',
          reason: '县级配套未到位',
          remedy: '报财政局按月拨付',
        }),
        { level1: '成本指标', level2: '社会成本指标' },
        leaf('效益指标', '社会效益指标', '困难群众就医负担减轻程度', {
          target: '有效减轻',
          actual: '有效减轻',
          weight: '30',
          claimed: '28',
          likelihood: '确定能',
        }),
        leaf('满意度指标', '服务对象满意度指标', '受助群众满意度', {
          target: '≥90%',
          actual: '92.5%',
          weight: '10',
          claimed: '10',
          likelihood: '不可能',
          causes: '制度保障',
          reason: '调查尚未开展',
          remedy: '第四季度抽样调查',
        }),
      ],
      checklists: MANAGEMENT.map(([indicator, point, reason]) => ({
        indicator,
        point,
        ...(reason === '' ? {} : { reason }),
      })),
      issues: [
        {
          problem: '县级配套资金拨付滞后',
          cause: '库款紧张',
          measure: '与财政局约定按季拨付时限',
          deadline: '2025-06-30',
        },
        { problem: '边远村政策知晓率低', measure: '增加流动宣传', deadline: '2025-05-31' },
      ],
      evidence: [
        { number: '1', title: '资助参保名单汇总表', kind: '文件', file: '名单汇总.pdf' },
        { number: '2', title: '国库支付凭证', kind: '凭证', file: '凭证.pdf' },
      ],
    },
  );
}
