import { describe, expect, it } from 'vitest';
import type { ProjectBook, TableKey } from '../../ledger/index.ts';
import { buildBook, type Typed } from '../../ledger/testing/book-builder.ts';
import { evaluate } from '../evaluate.ts';
import type { Evaluation } from '../evaluation.ts';
import { ruleSet } from '../testing/rule-sets.ts';
import { fengshun, gongqingcheng } from '../testing/source-projects.ts';

type Tables = { [K in TableKey]?: readonly Typed[] };

const PROJECT: Typed = {
  name: '测试项目',
  type: '工作经费',
  kind: '单位自评',
  department: '某县医疗保障局',
  region: '某县',
  year: '2024',
  preparedOn: '2025-03-10',
  goalExpected: '开展集中宣传2次，参保人数不低于30万人',
  goalActual: '开展集中宣传3次，参保人数30.1万人',
};
const EVIDENCE: readonly Typed[] = [{ number: '1', title: '材料' }];
const MONEY: readonly Typed[] = [
  { kind: '年初预算', source: '财政拨款', amount: '100' },
  { kind: '全年预算数（汇总）', source: '财政拨款', amount: '100' },
  { kind: '支付（汇总）', source: '财政拨款', amount: '100' },
];

function book(tables: Tables, project: Typed = {}): ProjectBook {
  return buildBook({ ...PROJECT, ...project }, { money: MONEY, evidence: EVIDENCE, ...tables });
}

function leaf(more: Typed): Tables {
  const base = { level1: '产出指标', level2: '数量指标', level3: '宣传活动次数', target: '≥2次', weight: '10' };
  return { indicators: [{ ...base, actual: '2次', evidence: '1', ...more }] };
}

function run(of: ProjectBook, id = 'CN2021'): Evaluation {
  return evaluate(of, ruleSet(id), { asOf: '2025-03-10' });
}

/** `rule sheet!cell` of every problem with that rule. */
function found(evaluation: Evaluation, rule: string): readonly string[] {
  return evaluation.problems
    .filter((one) => one.rule === rule)
    .map((one) => `${one.where.sheet ?? ''}!${one.where.cell ?? ''}`);
}

function span(evaluation: Evaluation, name = '宣传活动次数'): string {
  const suggested = evaluation.indicators.find((one) => one.path[2] === name)?.suggested;
  if (suggested === undefined) return 'none';
  return suggested.min.eq(suggested.max) ? suggested.min.toString() : `${suggested.min}..${suggested.max}`;
}

describe('a leaf whose evidence does not carry its score', () => {
  it('is full when proven', () => {
    const evaluation = run(book(leaf({})));
    expect(span(evaluation)).toBe('10');
    expect(evaluation.indicators.find((one) => one.path[2] !== '')?.undecided).toBe(false);
  });

  it.each([
    ['actual-missing', { actual: '' }, '绩效指标!I3', '0..10'],
    ['actual-without-evidence', { evidence: '' }, '绩效指标!N3', '0..10'],
    ['unknown-evidence', { evidence: '1、7' }, '绩效指标!N3', '0..10'],
    ['target-set-late', { targetSetOn: '2025-02-01' }, '绩效指标!H3', '0..10'],
    ['target-missing', { target: '' }, '绩效指标!D3', '0..10'],
    ['reason-missing', { actual: '1次' }, '绩效指标!R3', '5'],
    ['overfulfilment-without-reason', { actual: '3次' }, '绩效指标!I3', '10'],
    ['target-equals-actual', { target: '≥177297人', actual: '177297人' }, '绩效指标!I3', '10'],
    ['direction-smell', { target: '≥100%', actual: '100%' }, '绩效指标!I3', '10'],
    ['partial-wording', { target: '完成', actual: '基本完成' }, '绩效指标!I3', '6..7.99'],
    ['no-survey', { level3: '群众满意度', target: '≥90%', actual: '95%' }, '绩效指标!M3', '0..10'],
    ['as-of-outside-period', { asOf: '2025-02-01' }, '绩效指标!K3', '10'],
  ] as const)('%s', (rule, more, where, expected) => {
    const evaluation = run(book(leaf(more)));
    expect(found(evaluation, rule)).toContain(where);
    expect(span(evaluation, (more as Typed).level3)).toBe(expected);
    expect(found(run(book(leaf({}))), rule)).toEqual([]);
  });

  it('says nothing about over-fulfilment or a shortfall once the reason is given', () => {
    expect(found(run(book(leaf({ actual: '1次', reason: '场地维修，已补办' }))), 'reason-missing')).toEqual([]);
    expect(found(run(book(leaf({ actual: '3次', reason: '上级加办一次' }))), 'overfulfilment-without-reason')).toEqual(
      [],
    );
  });

  it('takes the survey, not the figure written beside it', () => {
    const survey = {
      name: '满意度调查',
      question: '是否满意',
      measure: '满意度',
      valid: '400',
      positive: '360',
      to: '2024-11-15',
    };
    const satisfied = { level3: '群众满意度', target: '≥95%', actual: '96%', survey: '满意度调查' };
    const evaluation = run(book({ ...leaf(satisfied), surveys: [survey] }));
    expect(found(evaluation, 'survey-differs')).toEqual(['绩效指标!I3']);
    expect(span(evaluation, '群众满意度')).toBe('9.47');
    const actual = evaluation.indicators.find((one) => one.path[2] === '群众满意度')?.actual;
    expect(actual?.text).toBe('90%');
    expect(evaluation.lineage.get(actual?.factId ?? '').origin.kind).toBe('surveyed');
  });

  it('does not let a survey of impossible counts carry a score', () => {
    const survey = {
      name: '满意度调查',
      question: '是否满意',
      measure: '满意度',
      valid: '400',
      positive: '360',
      returned: '300',
      to: '2024-11-15',
    };
    const satisfied = { level3: '群众满意度', target: '≥90%', survey: '满意度调查' };
    const evaluation = run(book({ ...leaf(satisfied), surveys: [survey] }));
    expect(found(evaluation, 'survey-faulty')).toEqual(['绩效指标!M3', '调查!J3']);
    expect(span(evaluation, '群众满意度')).toBe('0..10');
  });
});

describe('claims', () => {
  it('shows the difference and leaves the claimed score as it is', () => {
    const evaluation = run(book(leaf({ actual: '1次', claimed: '10', reason: '场地维修' })));
    expect(found(evaluation, 'claimed-differs')).toEqual(['绩效指标!O3']);
    expect(evaluation.problems.find((one) => one.rule === 'claimed-differs')?.message.zh).toContain('相差5分');
    expect(evaluation.indicators.find((one) => one.path[2] === '宣传活动次数')?.claimed?.value.toString()).toBe('10');
  });

  it('does not take more than the points', () => {
    expect(found(run(book(leaf({ claimed: '11' }))), 'claimed-over-weight')).toEqual(['绩效指标!O3']);
  });

  it('adds the leaf scores up', () => {
    const tables = leaf({ claimed: '9' });
    expect(found(run(book(tables, { claimedTotal: '19' })), 'claimed-total-differs')).toEqual(['项目!B19']);
    expect(found(run(book(tables, { claimedTotal: '9' })), 'claimed-total-differs')).toEqual([]);
    expect(found(run(book(leaf({}), { claimedTotal: '100' })), 'claimed-total-without-leaves')).toEqual(['项目!B19']);
  });

  it('knows the grade words of the rule set and what the total gives', () => {
    expect(found(run(book({}, { claimedGrade: '优秀' })), 'grade-word-unknown')).toEqual(['项目!B20']);
    expect(found(run(book({}, { claimedTotal: '84.4', claimedGrade: '优' })), 'grade-differs')).toEqual(['项目!B20']);
    expect(found(run(book({}, { claimedTotal: '84.4', claimedGrade: '良' })), 'grade-differs')).toEqual([]);
  });

  it('asks for 100 points, split as the template says, with the mandatory second levels', () => {
    const evaluation = run(book(leaf({ weight: '30' })));
    expect(found(evaluation, 'weights-not-100')).toEqual(['绩效指标!']);
    expect(found(evaluation, 'level-weight-off-template').length).toBeGreaterThan(0);
    expect(found(evaluation, 'level-2-missing').length).toBe(4);
    expect(found(run(gongqingcheng()), 'weights-not-100')).toEqual([]);
    expect(found(run(gongqingcheng()), 'level-weight-off-template')).toEqual([]);
    expect(found(run(gongqingcheng()), 'level-2-missing')).toEqual([]);
  });

  it('finds full marks for 基本达成目标, copied goal text, a goal without a figure, and 100 points with open leaves', () => {
    const evaluation = run(gongqingcheng(), 'JX');
    expect(found(evaluation, 'partial-wording-full-marks')).toEqual(['绩效指标!O9']);
    expect(found(evaluation, 'goal-text-copied')).toEqual(['项目!B18']);
    expect(found(evaluation, 'goal-without-figure')).toEqual(['项目!B17']);
    expect(found(evaluation, 'full-score-unsupported')).toEqual(['项目!B19']);
    expect(found(evaluation, 'targets-equal-actuals')).toEqual(['绩效指标!I7']);
    for (const rule of ['goal-text-copied', 'goal-without-figure', 'full-score-unsupported', 'targets-equal-actuals'])
      expect(found(run(book(leaf({}))), rule)).toEqual([]);
  });

  it('shows the favourable denominator of Fengshun and keeps its score open between the two', () => {
    const evaluation = run(fengshun('stated'), 'GD');
    expect(found(evaluation, 'favourable-denominator')).toEqual(['绩效指标!I3']);
    expect(span(evaluation, '资金支付率')).toBe('5.71..20');
  });
});

describe('a department evaluation by four parts', () => {
  const row = (level1: string, level3: string, weight: string, more: Typed = {}) => ({
    level1,
    level2: '资金管理',
    level3,
    weight,
    target: '≥2次',
    actual: '2次',
    evidence: '1',
    ...more,
  });
  const four = (output: string, process: string): Tables => ({
    indicators: [
      row('决策', '立项依据', '20'),
      row('过程', '预算执行率', process, { target: '', actual: '', evidence: '' }),
      row('产出', '宣传活动次数', output),
      row('效益', '带动参保', '30'),
    ],
  });

  it('has its execution rate as a leaf of 过程 and no points added from the template', () => {
    const evaluation = run(book(four('30', '20'), { kind: '部门评价' }));
    expect(evaluation.indicators.length).toBe(4);
    expect(evaluation.indicators.some((one) => one.isExecution)).toBe(false);
    expect(span(evaluation, '预算执行率')).toBe('20');
    expect(evaluation.total.suggested?.min.toString()).toBe('100');
    expect(evaluation.grade.suggested?.label).toBe('优');
    expect(found(evaluation, 'level-weight-off-template')).toEqual([]);
    expect(found(evaluation, 'outcome-share-low')).toEqual([]);
  });

  it('gives output and effect most of the points', () => {
    const evaluation = run(book(four('10', '40'), { kind: '部门评价' }));
    expect(found(evaluation, 'outcome-share-low')).toEqual(['绩效指标!']);
  });
});

describe('a checklist', () => {
  it('opens down to the rows of its check points', () => {
    const evaluation = run(
      book({
        ...leaf({ level3: '支出规范性', target: '', actual: '', scoring: '评价要点' }),
        checklists: [
          { indicator: '支出规范性', point: '有审批', satisfied: '满足', record: '内控检查记录' },
          { indicator: '别的', point: '无关', satisfied: '满足', record: '记录' },
          { indicator: '支出规范性', point: '无挪用', satisfied: '满足' },
        ],
      }),
    );
    expect(span(evaluation, '支出规范性')).toBe('5');
    expect(found(evaluation, 'check-point-without-record').length).toBe(1);
    const suggested = evaluation.indicators.find((one) => one.path[2] === '支出规范性')?.suggested;
    expect(JSON.stringify(evaluation.lineage.explain(suggested?.factId ?? ''))).toContain(
      '"rows":[{"from":3,"to":3},{"from":5,"to":5}]',
    );
  });
});

describe('review', () => {
  it('adds what the reviewer changed to what was left, and asks for the reason', () => {
    const base = { level1: '产出指标', level2: '数量指标', target: '≥2次', actual: '2次', evidence: '1', weight: '10' };
    const evaluation = run(
      book({
        indicators: [
          { ...base, level3: '甲', claimed: '10', reviewed: '8', reviewReason: '照片日期在年后' },
          { ...base, level3: '乙', claimed: '10', reviewed: '9' },
          { ...base, level3: '丙', claimed: '10' },
          {
            level1: '预算执行',
            level2: '预算执行率',
            scoring: '预算执行',
            weight: '10',
            claimed: '10',
            reviewed: '11',
          },
        ],
      }),
    );
    expect(evaluation.total.reviewed?.value.toString()).toBe('38');
    expect(found(evaluation, 'review-reason-missing')).toEqual(['绩效指标!Q4', '绩效指标!Q6']);
    expect(found(evaluation, 'reviewed-over-weight')).toEqual(['绩效指标!P6']);
  });
});

describe('money', () => {
  const money = (...lines: readonly Typed[]): Tables => ({
    money: lines.map((line) => ({ source: '财政拨款', ...line })),
  });

  it('says when full execution is of a budget cut deep in the year', () => {
    const cut = (by: string) => {
      const left = String(100 - Number(by));
      return run(
        book({
          ...money(
            { kind: '年初预算', amount: '100' },
            { kind: '调减', amount: by, reason: '清算', document: '某财〔2024〕1号' },
            { kind: '支付（汇总）', amount: left },
          ),
          indicators: [{ level1: '预算执行', level2: '预算执行率', scoring: '预算执行', weight: '10' }],
        }),
      );
    };
    expect(found(cut('50'), 'budget-cut-denominator')).toEqual(['绩效指标!I3']);
    expect(found(cut('5'), 'budget-cut-denominator')).toEqual([]);
  });

  it('finds more paid than budgeted', () => {
    const tables = money({ kind: '年初预算', amount: '100' }, { kind: '支付（汇总）', amount: '101' });
    expect(found(run(book(tables)), 'executed-over-budget').length).toBe(1);
    expect(found(run(book({})), 'executed-over-budget')).toEqual([]);
  });

  it('asks for reason and document of a change', () => {
    const bare = money({ kind: '年初预算', amount: '100' }, { kind: '调减', amount: '10' });
    expect(found(run(book(bare)), 'budget-adjusted-without-reason')).toEqual(['资金!G4']);
    const full = money(
      { kind: '年初预算', amount: '100' },
      { kind: '调减', amount: '10', reason: '清算', document: '某财〔2024〕1号' },
    );
    expect(found(run(book(full)), 'budget-adjusted-without-reason')).toEqual([]);
    const silent = money({ kind: '年初预算', amount: '100' }, { kind: '全年预算数（汇总）', amount: '90' });
    const evaluation = run(book(silent));
    expect(found(evaluation, 'budget-adjusted-without-reason').length).toBe(1);
    expect(evaluation.budget.destinations.map((one) => `${one.name} ${one.amount.value}`)).toEqual([
      '调减 10',
      '去向未说明 90',
    ]);
  });

  it('counts the days from application to approval, and from due date to arrival', () => {
    const tables = money(
      { kind: '年初预算', amount: '70' },
      { kind: '用款计划申请', amount: '20', date: '2024-03-01' },
      { kind: '用款计划批复', amount: '20', date: '2024-05-10' },
      { kind: '指标下达', amount: '20', date: '2024-02-15', dueDate: '2024-02-20' },
    );
    const evaluation = run(book(tables));
    expect(evaluation.budget.lateness.map((one) => one.days.value.toString())).toEqual(['70', '-5']);
    expect(found(evaluation, 'money-late')).toEqual(['资金!D5']);
    expect(evaluation.budget.inPlace?.value.toString()).toBe('20');
  });

  it('adds the payment ledger in yuan and shows where it leaves the stated sum and the year', () => {
    const payments = [
      { date: '2024-06-20', amount: '600000.00', voucher: 'a' },
      { date: '2025-01-05', amount: '300000.00', voucher: 'b' },
      { date: '2024-06-20', amount: '600000.00', voucher: 'a' },
    ];
    const evaluation = run(book({ payments }));
    expect(evaluation.budget.executed?.value.toString()).toBe('150');
    expect(found(evaluation, 'payment-outside-year')).toEqual(['支付!A4']);
    expect(found(evaluation, 'payment-twice')).toEqual(['支付!C5']);
    expect(found(evaluation, 'payment-sum-differs')).toEqual(['资金!C5']);
    const chain = JSON.stringify(evaluation.lineage.explain(evaluation.budget.executed?.factId ?? ''));
    expect(chain).toContain('"rows":[{"from":3,"to":5}]');
  });

  it('names work of another year that a formula would count', () => {
    const trainings = [
      { name: '甲', kind: '培训', manner: '举办', date: '2024-06-20' },
      { name: '乙', kind: '培训', manner: '举办', date: '2025-02-01' },
    ];
    expect(found(run(book({ trainings })), 'activity-outside-period')).toEqual(['培训会议!D4']);
  });

  it('keeps sources apart and adds them up', () => {
    const two = run(
      book({
        money: [
          { kind: '年初预算', source: '财政拨款', amount: '60' },
          { kind: '年初预算', source: '其他资金', amount: '40' },
          { kind: '年初预算', source: '合计', amount: '110' },
          { kind: '支付（汇总）', source: '财政拨款', amount: '60' },
        ],
      }),
    );
    expect(two.budget.rows.map((row) => row.source)).toEqual(['财政拨款', '其他资金']);
    expect(two.budget.initial?.value.toString()).toBe('100');
    expect(found(two, 'budget-total-differs')).toEqual(['资金!C5']);
  });

  it('balances every yuan of the budget, carried-in and added money included', () => {
    const tables = money(
      { kind: '年初预算', amount: '100' },
      { kind: '上年结转', amount: '5' },
      { kind: '追加', amount: '10', reason: '增支', document: '某财〔2024〕2号' },
      { kind: '支付（汇总）', amount: '80' },
      { kind: '结转下年', amount: '20' },
      { kind: '财政收回', amount: '3' },
    );
    const { budget } = run(book(tables));
    expect(budget.destinations.map((one) => `${one.name} ${one.amount.value}`)).toEqual([
      '已支付 80',
      '结转 20',
      '财政收回 3',
      '去向未说明 12',
    ]);
    expect(budget.adjusted?.value.toString()).toBe('115');
  });
});

describe('ledgers', () => {
  it('adds the units up to the county', () => {
    const unit = { date: '2024-01-01', coverageYear: '2024' };
    const progress = [
      { ...unit, unit: '甲镇', unitType: '乡镇', enrolled: '100', task: '110' },
      { ...unit, unit: '乙镇', unitType: '乡镇', enrolled: '200', task: '210' },
      { ...unit, unit: '某县', unitType: '全县', enrolled: '301', task: '320' },
    ];
    expect(found(run(book({ progress })), 'progress-sum-differs')).toEqual(['参保进度!H5']);
  });

  it('looks every evidence number up', () => {
    const trainings = [{ name: '培训', kind: '培训', manner: '举办', date: '2024-05-01', evidence: '1、99' }];
    expect(found(run(book({ trainings })), 'unknown-evidence')).toEqual(['培训会议!I3']);
  });
});
