import { describe, expect, it } from 'vitest';
import { buildBook, type Typed } from '../ledger/testing/book-builder.ts';
import { evaluate } from './evaluate.ts';
import type { Evaluation } from './evaluation.ts';
import { ruleSet } from './testing/rule-sets.ts';

const PROJECT: Typed = {
  name: '工作经费',
  kind: '单位自评',
  department: '某县医疗保障局',
  region: '某县',
  year: '2024',
};
const LEAF: Typed = { level1: '产出指标', level2: '数量指标', level3: '参保人数', weight: '10' };

function rules(evaluation: Evaluation, prefix: string): readonly string[] {
  return evaluation.problems
    .filter((one) => one.rule.startsWith(prefix))
    .map((one) => `${one.rule} ${one.where.sheet ?? ''}!${one.where.cell ?? ''}`);
}

describe('a project carried out by several sub-units', () => {
  const book = (target: string, lines: readonly Typed[]) =>
    buildBook(PROJECT, {
      indicators: [{ ...LEAF, target }],
      subUnits: lines.map((line) => ({ indicator: '参保人数', ...line })),
    });
  const leaf = (target: string, lines: readonly Typed[]) =>
    evaluate(book(target, lines), ruleSet('SC'), { asOf: '2025-03-01' }).indicators.find(
      (one) => one.path[2] === '参保人数',
    );

  it('adds up absolute values, in their units', () => {
    const one = leaf('≥5万人', [
      { name: '甲镇', value: '3万人' },
      { name: '乙镇', value: '15000人' },
    ]);
    expect(one?.actual.text).toBe('4.5万人');
    expect(one?.suggested?.max.toString()).toBe('9');
  });

  it('weights percentages by money, exactly, before it scores', () => {
    // 90% of 10 and 100% of 30 is 97.5%, not the plain mean of 95%.
    const lines: readonly Typed[] = [
      { name: '甲镇', value: '90%', amount: '10' },
      { name: '乙镇', value: '100%', amount: '30' },
    ];
    expect(leaf('≥97%', lines)?.actual.value).toBe('97.5');
    expect(leaf('≥97%', lines)?.suggested?.max.toString()).toBe('10');
  });

  it('is undecided when a percentage has no money, or a value is no number', () => {
    for (const lines of [
      [{ name: '甲镇', value: '90%' }],
      [{ name: '甲镇', value: '基本完成', amount: '1' }],
      [
        { name: '甲镇', value: '90%', amount: '1' },
        { name: '乙镇', value: '20人', amount: '1' },
      ],
    ]) {
      const evaluation = evaluate(book('≥97%', lines), ruleSet('SC'), { asOf: '2025-03-01' });
      expect(rules(evaluation, 'sub-unit-incomplete')).toHaveLength(1);
      expect(evaluation.indicators.find((one) => one.path[2] === '参保人数')?.undecided).toBe(true);
    }
  });
});

describe('the rule set of Sichuan', () => {
  const points = (weights: readonly string[]) =>
    evaluate(
      buildBook(PROJECT, {
        indicators: [
          { level1: '预算执行', level2: '预算执行率', weight: '10' },
          ...weights.map((weight, index) => ({ ...LEAF, level3: `指标${index}`, weight })),
        ],
      }),
      ruleSet('SC'),
      { asOf: '2025-03-01' },
    );

  it('lets the 90 points be split freely, even over one indicator', () => {
    expect(rules(points(['90']), 'level-weight')).toEqual([]);
    expect(rules(points(['22.5', '22.5', '22.5', '22.5']), 'level-weight')).toEqual([]);
  });

  it('reports points that are not 90 without the execution', () => {
    expect(rules(points(['80']), 'level-weight')).toHaveLength(1);
  });
});

describe('monitoring in the middle of the year', () => {
  const book = (more: Typed) =>
    buildBook(PROJECT, {
      money: [{ kind: '年初预算', source: '县级财政', amount: '10' }],
      payments: [
        { date: '2024-03-01', amount: '20000', voucher: '1', source: '县级财政' },
        { date: '2024-09-01', amount: '70000', voucher: '2', source: '县级财政' },
      ],
      indicators: [{ ...LEAF, target: '≥1000人', ...more }],
    });
  const run = (more: Typed, asOf = '2024-06-30') => evaluate(book(more), ruleSet('CN2021'), { asOf });

  it('counts what was paid by then, the whole after the year', () => {
    expect(run({}).budget.executed?.value.toString()).toBe('2');
    expect(run({}, '2024-12-31').budget.executed?.value.toString()).toBe('9');
    expect([run({}).isMidPeriod, run({}, '2024-12-31').isMidPeriod]).toEqual([true, false]);
  });

  it('asks how likely each goal is, and for reason and remedy unless it is certain', () => {
    expect(rules(run({}), 'likelihood')).toEqual(['likelihood-missing 绩效指标!V3']);
    const missing = run({ likelihood: '有可能' });
    expect(rules(missing, 'likelihood').map((one) => one.split(' ')[0])).toEqual([
      'likelihood-without-cause',
      'likelihood-without-reason',
      'likelihood-without-remedy',
    ]);
    expect(
      rules(run({ likelihood: '不可能', causes: '经费保障', reason: '资金未到', remedy: '催拨' }), 'likelihood'),
    ).toEqual([]);
    expect(rules(run({}, '2025-01-10'), 'likelihood')).toEqual([]);
  });

  it('points at a goal called certain whose own forecast misses the target', () => {
    const certain: Typed = { likelihood: '确定能', actual: '500人' };
    const short = run({ ...certain, forecast: '900人' });
    expect(rules(short, 'likelihood').map((one) => one.split(' ')[0])).toEqual(['likelihood-against-forecast']);
    expect(rules(run({ ...certain, forecast: '0.1万人' }), 'likelihood')).toEqual([]);
    expect(short.indicators.find((one) => one.row === 3)?.outlook.forecast).toMatchObject({ value: '900', unit: '人' });
  });

  it('points at a goal called certain that is far behind', () => {
    expect(rules(run({ likelihood: '确定能', actual: '5人' }), 'likelihood')).toHaveLength(1);
    expect(rules(run({ likelihood: '确定能', actual: '500人' }), 'likelihood')).toEqual([]);
  });
});

describe('the talk-back list', () => {
  const run = (issue: Typed) =>
    evaluate(buildBook(PROJECT, { issues: [issue] }), ruleSet('CN2021'), { asOf: '2024-12-31' });
  const whole: Typed = { problem: '工作经费下拨迟', measure: '与财政约定拨付时限', deadline: '2025-03-31' };

  it('is silent when the measure speaks of the money and the time the problem is about', () => {
    expect(rules(run(whole), 'issue')).toEqual([]);
  });

  it('notices, and never more, a measure that speaks of something else', () => {
    const found = run({ ...whole, measure: '进一步加强宣传，提高认识' }).problems.filter(
      (one) => one.rule === 'issue-measure-beside-problem',
    );
    expect(found.map((one) => one.severity)).toEqual(['notice']);
    expect(found[0]?.message.zh).toContain('资金、时间');
  });

  it('finds what is overdue on the day, unless it is closed', () => {
    expect(rules(run({ ...whole, deadline: '2024-06-30' }), 'issue-overdue')).toHaveLength(1);
    expect(rules(run({ ...whole, deadline: '2024-06-30', status: '已完成' }), 'issue-overdue')).toEqual([]);
    expect(rules(run({ ...whole, deadline: '2024-12-31' }), 'issue-overdue')).toEqual([]);
    expect(rules(run({ ...whole, status: '复查通过' }), 'issue-recheck')).toHaveLength(1);
  });
});

describe('a book on a day of its period', () => {
  it('knows no money and no survey of a later day', () => {
    const leaf: Typed = {
      ...LEAF,
      level1: '满意度指标',
      level2: '服务对象满意度',
      level3: '居民满意度',
      target: '≥90%',
    };
    const survey: Typed = { name: '年末调查', measure: '满意度', valid: '400', positive: '390', to: '2024-11-20' };
    const book = buildBook(PROJECT, {
      money: [
        { kind: '年初预算', source: '财政拨款', amount: '70' },
        { kind: '调减', source: '财政拨款', amount: '10', date: '2024-09-01' },
        { kind: '指标下达', source: '财政拨款', amount: '20', date: '2024-03-01', dueDate: '2024-03-01' },
        { kind: '指标下达', source: '财政拨款', amount: '30', date: '2024-10-01', dueDate: '2024-03-01' },
      ],
      surveys: [survey],
      indicators: [{ ...leaf, survey: '年末调查' }],
    });
    const july = evaluate(book, ruleSet('CN2021'), { asOf: '2024-07-31' });
    expect(july.budget.inPlace?.value.toString()).toBe('20');
    expect(july.budget.adjusted).toBeUndefined();
    expect(july.budget.lateness.length).toBe(1);
    expect(july.indicators.find((one) => one.path[2] === '居民满意度')?.actual.kind).toBe('none');
    const after = evaluate(book, ruleSet('CN2021'), { asOf: '2025-03-01' });
    expect(after.budget.inPlace?.value.toString()).toBe('50');
    expect(after.budget.adjusted?.value.toString()).toBe('60');
    expect(after.indicators.find((one) => one.path[2] === '居民满意度')?.actual.text).toBe('97.5%');
  });
});

describe('a goal declaration', () => {
  const indicators = [
    { ...LEAF, target: '≥1000人' },
    { ...LEAF, level3: '宣传次数' },
  ];
  const rulesAt = (stage: string) =>
    new Set(
      evaluate(buildBook({ ...PROJECT, stage, goalExpected: '做好工作' }, { indicators }), ruleSet('CN2021'), {
        asOf: '2023-10-20',
      }).problems.map((one) => one.rule),
    );

  it('is held against its goals and targets, and asked for no result', () => {
    const declared = rulesAt('目标申报');
    expect([...declared]).toEqual(expect.arrayContaining(['target-missing', 'goal-without-figure']));
    expect(declared.has('actual-missing')).toBe(false);
    expect(rulesAt('绩效自评').has('actual-missing')).toBe(true);
  });
});

describe('talks with towns (约谈)', () => {
  const run = (talk: Typed, asOf = '2024-12-31') =>
    rules(
      evaluate(
        buildBook(PROJECT, { supervision: [{ kind: '约谈', target: '某镇', date: '2024-06-01', ...talk }] }),
        ruleSet('CN2021'),
        {
          asOf,
        },
      ),
      'talk',
    ).map((one) => one.split(' ')[0]);
  const found: Typed = { finding: '参保进度落后' };

  it('are asked for a deadline, a result when it has passed, and a second look', () => {
    expect(run(found)).toEqual(['talk-without-deadline']);
    expect(run({ ...found, deadline: '2024-07-31' })).toEqual(['talk-overdue']);
    expect(run({ ...found, deadline: '2024-07-31' }, '2024-07-01')).toEqual([]);
    expect(run({ ...found, deadline: '2024-07-31', result: '已完成任务' })).toEqual(['talk-not-rechecked']);
    const done: Typed = { ...found, deadline: '2024-07-31', result: '已完成任务' };
    expect(run({ ...done, recheckedOn: '2024-08-05' })).toEqual([]);
    expect(run({ ...done, recheckedOn: '2024-05-05' })).toEqual(['talk-not-rechecked']);
  });

  it('without a finding, and visits, are left alone', () => {
    expect(run({})).toEqual([]);
    expect(run({ ...found, kind: '督导' })).toEqual([]);
  });
});
