import { describe, expect, it } from 'vitest';
import { buildBook, type Typed } from '../ledger/testing/book-builder.ts';
import { evaluate } from './evaluate.ts';
import { ruleSet } from './testing/rule-sets.ts';

const TRAININGS: readonly Typed[] = [
  { name: '征缴培训', kind: '培训', manner: '举办', date: '2023-09-05' },
  { name: '省局培训', kind: '培训', manner: '参加', date: '2023-06-01', times: '9' },
  { name: '业务会议', kind: '会议', manner: '举办', date: '2023-10-12' },
];
const PROGRESS: readonly Typed[] = [
  { unit: '甲镇', unitType: '乡镇', date: '2024-01-01', task: '300000', enrolled: '280000' },
  { unit: '乙镇', unitType: '乡镇', date: '2024-01-01', task: '201758', enrolled: '178507' },
  { unit: '某县', unitType: '全县', date: '2024-01-01', task: '501758', enrolled: '458507' },
];

function evaluated(...indicators: readonly Typed[]) {
  const book = buildBook(
    { name: '工作经费', type: '工作经费', kind: '单位自评', department: '某局', year: '2023', goalExpected: '宣传2次' },
    {
      money: [
        { kind: '年初预算', source: '财政拨款', amount: '70' },
        { kind: '到位（汇总）', source: '财政拨款', amount: '20' },
      ],
      payments: [
        { date: '2023-06-01', amount: '150000', voucher: '1', purpose: '宣传' },
        { date: '2023-07-01', amount: '50000', voucher: '2', purpose: '培训' },
      ],
      trainings: TRAININGS,
      progress: PROGRESS,
      indicators: indicators.map((one) => ({ level1: '产出指标', level2: '数量指标', weight: '10', ...one })),
    },
  );
  const evaluation = evaluate(book, ruleSet('GD'), { asOf: '2024-07-11' });
  return { evaluation, leaf: (name: string) => evaluation.indicators.find((one) => one.path[2] === name) };
}

describe('an actual computed from the ledgers', () => {
  it('counts what was held, not what was attended, and opens down to the rows', () => {
    const { evaluation, leaf } = evaluated({
      level3: '召开会议或培训',
      target: '≥2次',
      formula: '次数(培训会议, 方式="举办")',
    });
    const actual = leaf('召开会议或培训')?.actual;
    expect(actual?.text).toBe('2次');
    const { origin } = evaluation.lineage.get(actual?.factId ?? '');
    expect(origin.kind === 'counted' ? origin.rows : origin.kind).toEqual([
      { from: 3, to: 3 },
      { from: 5, to: 5 },
    ]);
    // Rows of a ledger are the evidence.
    expect(leaf('召开会议或培训')?.suggested?.min.toString()).toBe('10');
  });

  it('makes a rate in the unit of its target, with every input behind it', () => {
    const { evaluation, leaf } = evaluated({
      level3: '任务完成率',
      target: '≥95%',
      formula: '参保人数 / 任务数',
      reason: '外出务工',
    });
    const actual = leaf('任务完成率')?.actual;
    expect(actual?.text).toBe('91.38%');
    expect(leaf('任务完成率')?.suggested?.min.toString()).toBe('9.62');
    const chain = JSON.stringify(evaluation.lineage.explain(actual?.factId ?? ''));
    expect(chain).toContain('"sheet":"参保进度"');
    expect(chain).toContain('{"from":5,"to":5}');
  });

  it('reads the money block and the indicators entered by hand', () => {
    const { evaluation, leaf } = evaluated(
      {
        level3: '每场培训费用',
        target: '≤3万元',
        formula: '合计(支付.金额, 用途="培训") / 次数(培训会议, 方式="举办")',
      },
      { level3: '支付比例', target: '≥90%', formula: '支付金额 / 年初预算', reason: '未下达' },
      { level3: '印制手册', target: '≥3000份', actual: '3600份' },
      { level3: '手册和海报', target: '≥3000份', formula: '印制手册 + 200份' },
    );
    expect(leaf('支付比例')?.actual.text).toBe('28.57%');
    expect(leaf('手册和海报')?.actual.text).toBe('3800份');
    expect(JSON.stringify(evaluation.lineage.explain(leaf('手册和海报')?.actual.factId ?? ''))).toContain(
      '"cell":"I5"',
    );
    expect(evaluation.problems.filter((one) => one.rule.startsWith('formula'))).toEqual([]);
    expect(leaf('每场培训费用')?.suggested?.max.toString()).toBe('10');
  });

  it('leaves an indicator open when its formula is faulty or its ledger empty, and says so at the formula', () => {
    const { evaluation, leaf } = evaluated(
      { level3: '宣传活动', target: '≥1次', formula: '次数(宣传活动)' },
      { level3: '笔误', target: '≥1次', formula: '次数(培训会仪)' },
      { level3: '绕圈', target: '≥1次', formula: '绕圈 + 1' },
      { level3: '随之', target: '≥1次', formula: '绕圈 + 2' },
    );
    for (const name of ['宣传活动', '笔误', '绕圈', '随之']) {
      const { min, max } = leaf(name)?.suggested ?? {};
      expect([min?.toString(), max?.toString(), leaf(name)?.undecided]).toEqual(['0', '10', true]);
    }
    const rules = evaluation.problems.map((one) => `${one.rule} ${one.where.cell ?? ''}`);
    expect(rules).toContain('ledger-empty J3');
    expect(rules).toContain('formula-unknown-name J4');
    expect(rules).toContain('formula-cycle J5');
    expect(evaluation.problems.find((one) => one.rule === 'formula-unknown-name')?.message.zh).toContain('培训会议');
  });

  it('shows an entered figure that the formula contradicts', () => {
    const { evaluation, leaf } = evaluated({
      level3: '召开会议',
      target: '≥2次',
      actual: '9次',
      formula: '次数(培训会议, 方式="举办")',
    });
    expect(leaf('召开会议')?.actual.text).toBe('2次');
    expect(evaluation.problems.map((one) => `${one.rule} ${one.where.cell ?? ''}`)).toContain('entered-differs I3');
  });

  it('prints money of the ledger in the unit of its target', () => {
    const { evaluation, leaf } = evaluated(
      { level3: '支出', target: '≤70', unit: '万元', formula: '合计(支付.金额)' },
      { level3: '支出率', target: '≥20%', formula: '支出 / 年初预算' },
    );
    const actual = leaf('支出')?.actual;
    expect([actual?.text, actual?.value, actual?.unit]).toEqual(['20万元', '20', '万元']);
    expect(JSON.stringify(evaluation.lineage.explain(actual?.factId ?? ''))).toContain('"from":3,"to":4');
    expect(leaf('支出率')?.actual.text).toBe('28.57%');
  });
});
