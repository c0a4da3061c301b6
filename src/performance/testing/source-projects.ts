import type { ProjectBook } from '../../ledger/index.ts';
import { buildBook } from '../../ledger/testing/book-builder.ts';

/** The figures of the department report of Gongqingcheng city (matching subsidy, 2024). */
export function gongqingcheng(): ProjectBook {
  const row = (level1: string, level2: string, level3: string, target: string, actual: string, points: string) => ({
    level1,
    level2,
    level3,
    target,
    actual,
    weight: points,
    claimed: points,
  });
  return buildBook(
    {
      name: '2024-四类-保基本民生-城乡居民医保本级财政配套补助资金',
      type: '配套资金',
      kind: '部门评价',
      department: '共青城市医疗保障局',
      unit: '共青城市医疗保障局',
      region: '共青城市',
      year: '2024',
      goalExpected: '保障大学生及城乡居民基本医疗保险工作的顺利开展。',
      goalActual: '保障大学生及城乡居民基本医疗保险工作的顺利开展。',
      claimedTotal: '100',
      claimedGrade: '优',
    },
    {
      money: [
        { kind: '年初预算', source: '政府预算资金', amount: '2109.07' },
        { kind: '调减', source: '政府预算资金', amount: '80.62', reason: '年中按清算人数多退少补' },
        { kind: '全年预算数（汇总）', source: '政府预算资金', amount: '2028.45' },
        { kind: '支付（汇总）', source: '政府预算资金', amount: '2028.45' },
      ],
      indicators: [
        { level1: '预算执行', level2: '预算执行率', weight: '10', claimed: '10', scoring: '预算执行' },
        row('成本指标', '经济成本指标', '支付不超过财政拨款', '≤2109.07万元', '2028.45', '20'),
        { level1: '成本指标', level2: '社会成本指标' },
        { level1: '成本指标', level2: '生态环境成本指标' },
        row('产出指标', '数量指标', '城乡居民医保参保人数', '≥177297人', '177297', '10'),
        row('产出指标', '质量指标', '城乡居民的财政补助资金划拨准确率', '≥100%', '100', '20'),
        row('产出指标', '时效指标', '2024年12月31日前完成项目', '完成', '基本达成目标', '10'),
        { level1: '效益指标', level2: '经济效益指标' },
        row('效益指标', '社会效益指标', '国家医保政策知晓率', '≥90%', '90', '20'),
        { level1: '效益指标', level2: '生态效益指标' },
        row('满意度指标', '服务对象满意度', '全市城乡居民满意度', '≥95%', '95', '10'),
      ],
    },
  );
}

/** The figures of the self-evaluation report of Fengshun county (working fund, 2023): no points, no leaf scores. */
export function fengshun(points: 'stated' | 'none' = 'none'): ProjectBook {
  const weight = (value: string) => (points === 'stated' ? { weight: value } : {});
  return buildBook(
    {
      name: '城乡居民医疗保险工作经费',
      type: '工作经费',
      kind: '单位自评',
      department: '丰顺县医疗保障局',
      region: '丰顺县',
      year: '2023',
      preparedOn: '2024-07-11',
      goalExpected: '实现参保政策、宣传全覆盖，让全县人民群众实现病有所医。',
      claimedTotal: '100',
      claimedGrade: '优秀',
      ...(points === 'stated' ? { weightSource: '示例权重（未经核实）' } : {}),
    },
    {
      money: [
        { kind: '年初预算', source: '县级财政资金', amount: '70' },
        { kind: '到位（汇总）', source: '县级财政资金', amount: '20' },
        { kind: '支付（汇总）', source: '县级财政资金', amount: '20' },
      ],
      indicators: [
        { level1: '过程', level2: '资金管理', level3: '资金支付率', ...weight('20') },
        { level1: '产出', level2: '数量指标', level3: '开展集中宣传活动', target: '≥1次', ...weight('20') },
        {
          level1: '产出',
          level2: '数量指标',
          level3: '召开医保工作会议或培训',
          target: '≥2次',
          actual: '9次',
          ...weight('20'),
        },
        { level1: '产出', level2: '质量指标', level3: '城乡居民医保政策宣传', target: '≥2次', ...weight('20') },
        {
          level1: '效益',
          level2: '效益指标',
          level3: '群众政策知晓度',
          target: '普遍了解',
          actual: '普遍了解',
          ...weight('10'),
        },
        {
          level1: '效益',
          level2: '服务对象满意度指标',
          level3: '参保对象满意度',
          actual: '较高',
          ...weight('10'),
        },
      ],
    },
  );
}
