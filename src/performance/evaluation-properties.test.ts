import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { buildBook, type Typed } from '../ledger/testing/book-builder.ts';
import { Exact } from '../quantity/index.ts';
import { evaluate } from './evaluate.ts';
import { ruleSet } from './testing/rule-sets.ts';
import { fengshun, gongqingcheng } from './testing/source-projects.ts';

const PROJECT: Typed = {
  name: '测试项目',
  type: '工作经费',
  kind: '单位自评',
  department: '某局',
  region: '某县',
  year: '2024',
  goalExpected: '宣传2次',
};
const EVIDENCE = [{ number: '1', title: '材料' }];

const leaf = fc.record({
  weight: fc.integer({ min: 1, max: 40 }).map(String),
  target: fc.constantFrom('≥2次', '≤3万元', '=4次', '≥90%', '完成', '2024-12-31前', '20—30人', ''),
  actual: fc.constantFrom('1次', '2次', '5万元', '3', '87.3%', '基本完成', '完成', '2024-12-30', '12人', ''),
  evidence: fc.constantFrom('1', '', '9'),
  notApplicable: fc.constantFrom('否', '否', '否', '是'),
});

test('the total is the sum of its leaves, and no leaf leaves its points', () => {
  fc.assert(
    fc.property(fc.array(leaf, { minLength: 1, maxLength: 12 }), (leaves) => {
      const indicators = leaves.map((one, index) => ({
        level1: '产出指标',
        level2: '数量指标',
        level3: `指标${index}`,
        ...one,
      }));
      const book = buildBook(PROJECT, { indicators, evidence: EVIDENCE });
      const { total, indicators: scored, lineage } = evaluate(book, ruleSet('CN2021'), { asOf: '2025-03-01' });
      const suggested = scored.flatMap((one) => one.suggested ?? []);
      for (const one of scored) {
        if (one.suggested === undefined || one.weight === undefined) continue;
        const { min, max } = one.suggested;
        expect(min.sign >= 0 && min.le(max) && max.le(one.weight.value)).toBe(true);
        expect(one.undecided).toBe(!min.eq(max));
      }
      if (!leaves.some((one) => one.notApplicable === '是')) {
        expect(total.suggested?.min.eq(Exact.sum(suggested.map((score) => score.min)))).toBe(true);
        expect(total.suggested?.max.eq(Exact.sum(suggested.map((score) => score.max)))).toBe(true);
      }
      for (const fact of lineage.all()) expect(lineage.explain(fact.id).fact).toBe(fact);
    }),
    { numRuns: 60 },
  );
});

test('the same book gives the same evaluation to the byte', () => {
  const shown = () => JSON.stringify(evaluate(gongqingcheng(), ruleSet('JX'), { asOf: '2025-03-01' }).lineage.all());
  expect(shown()).toBe(shown());
});

test('every printed figure of both source projects opens down to a cell of the book', () => {
  for (const [book, id] of [
    [gongqingcheng(), 'JX'],
    [fengshun('stated'), 'GD'],
  ] as const) {
    const { lineage, budget, total, indicators } = evaluate(book, ruleSet(id), { asOf: '2025-03-01' });
    const ids = [
      ...Object.values(budget.rates).map((rate) => rate?.factId),
      ...budget.destinations.map((one) => one.amount.factId),
      total.suggested?.factId,
      total.claimed?.factId,
      ...indicators.flatMap((one) => [one.suggested?.factId, one.weight?.factId, one.target.factId, one.actual.factId]),
    ].filter((one) => one !== undefined);
    expect(ids.length).toBeGreaterThan(20);
    for (const one of ids) expect(JSON.stringify(lineage.explain(one))).toMatch(/"kind":"(?:entered|counted)"/);
  }
});

test('a suggested score names the rules it was computed by, and whether they were read in their document', () => {
  const { lineage, indicators, ruleSet: used } = evaluate(gongqingcheng(), ruleSet('JX'), { asOf: '2025-03-01' });
  const execution = indicators.find((one) => one.isExecution);
  const { origin } = lineage.get(execution?.suggested?.factId ?? '');
  const rules = origin.kind === 'computed' ? origin.rules : [];
  expect(rules.find((rule) => rule.key === 'execution')).toEqual({
    ruleSet: 'CN2020',
    version: '2026.1',
    key: 'execution',
    document: '财预〔2020〕10号',
    verified: true,
  });
  expect(rules.find((rule) => rule.key === 'rounding')?.verified).toBe(false);
  expect(used.verified).toBe(false);
});

describe('leaves that do not apply', () => {
  it('are taken out and the rest brought back to 100 by one recorded factor', () => {
    const base = { level1: '产出指标', level2: '数量指标', target: '≥2次', actual: '2次', evidence: '1' };
    const book = buildBook(PROJECT, {
      evidence: EVIDENCE,
      money: [
        { kind: '全年预算数（汇总）', source: '财政', amount: '10' },
        { kind: '支付（汇总）', source: '财政', amount: '5' },
      ],
      indicators: [
        { ...base, level3: '甲', weight: '70' },
        { ...base, level3: '乙', weight: '20', notApplicable: '是' },
      ],
    });
    const { total, lineage } = evaluate(book, ruleSet('CN2021'), { asOf: '2025-03-01' });
    // (70 + 5) × 100 ÷ 80
    expect(total.suggested?.min.toString()).toBe('93.75');
    expect(lineage.all().find((fact) => fact.concept === 'total.rescale')?.value).toMatchObject({ kind: 'number' });
  });
});

/** Jishan county 2020 as published: four different defects in one table. */
test('Jishan 2020: suggested scores differ from four printed ones, and the leaves add up to 93, not 94', () => {
  const row = (level3: string, target: string, actual: string, weight: string, claimed: string) => ({
    level1: '产出指标',
    level2: '数量指标',
    level3,
    target,
    actual,
    weight,
    claimed,
    evidence: '1',
    reason: '据实填报',
  });
  const book = buildBook(
    { ...PROJECT, year: '2020', claimedTotal: '94' },
    {
      evidence: EVIDENCE,
      money: [
        { kind: '全年预算数（汇总）', source: '财政拨款', amount: '65.66' },
        { kind: '支付（汇总）', source: '财政拨款', amount: '65.07' },
      ],
      indicators: [
        { level1: '预算执行', level2: '预算执行率', weight: '10', claimed: '9', scoring: '预算执行' },
        row('资助人数', '≥8755人', '8676人', '15', '13'),
        row('发放标准', '100%', '100%', '15', '15'),
        row('发放及时', '100%', '100%', '10', '10'),
        row('成本控制', '完成', '完成', '10', '10'),
        row('政策落实率', '≥95%', '95%', '30', '27'),
        row('受益人口认可率', '≥95%', '95%', '10', '9'),
      ],
    },
  );
  const { indicators, problems } = evaluate(book, ruleSet('CN2020'), { asOf: '2021-03-01' });
  const suggested = indicators.map((one) => one.suggested?.min.toString());
  expect(suggested).toEqual(['9.91', '14.86', '15', '10', '10', '30', '10']);
  const differing = problems.filter((one) => one.rule === 'claimed-differs').map((one) => one.where.cell);
  expect(differing).toEqual(['O3', 'O4', 'O8', 'O9']);
  expect(problems.find((one) => one.rule === 'claimed-total-differs')?.message.zh).toContain('相加为93分');
});

describe('in the year', () => {
  const book = (paid: string) =>
    buildBook(PROJECT, {
      money: [
        { kind: '全年预算数（汇总）', source: '财政', amount: '100' },
        { kind: '支付（汇总）', source: '财政', amount: paid },
      ],
      indicators: [
        { level1: '产出指标', level2: '数量指标', level3: '甲', target: '≥10次', actual: '6次', weight: '10' },
      ],
    });
  const flags = (paid: string, asOf: string) =>
    evaluate(book(paid), ruleSet('CN2021'), { asOf }).monitoring.map(
      (flag) => `${flag.path?.[2] ?? '预算'} ${flag.level}`,
    );

  it('flags money and goals that fall behind the months passed', () => {
    // Seven of twelve months are over at the end of July: 58.33%.
    expect(flags('50', '2024-07-31')).toEqual([]);
    expect(flags('30', '2024-07-31')).toEqual(['预算 yellow']);
    expect(flags('10', '2024-07-31')).toEqual(['预算 red']);
    expect(flags('0', '2024-06-30')).toEqual(['预算 red']);
    expect(flags('90', '2024-11-30')).toEqual(['甲 yellow']);
  });

  it('says nothing outside the period', () => {
    expect(flags('0', '2025-03-01')).toEqual([]);
    expect(flags('0', '2024-01-15')).toEqual([]);
  });
});

describe('the city bulletin', () => {
  const line = (county: string, task: string, enrolled: string, more: Typed = {}) => ({
    county,
    date: '2024-01-01',
    task,
    enrolled,
    ...more,
  });
  const ranks = (...bulletins: readonly Typed[]) => {
    const evaluation = evaluate(buildBook(PROJECT, { bulletins }), ruleSet('CN2021'), { asOf: '2025-03-01' });
    const facts = evaluation.baseData.map((id) => evaluation.lineage.get(id));
    return {
      ranks: facts
        .filter((fact) => fact.concept.startsWith('base.bulletin'))
        .map((fact) => (fact.value.kind === 'number' ? fact.value.value.toString() : '')),
      rules: evaluation.problems.map((one) => `${one.rule} ${one.where.cell ?? ''}`),
    };
  };

  it('ranks when every county is there, ties sharing a place', () => {
    const all = [
      line('某县', '100', '90', { countyCount: '3', rateRank: '3' }),
      line('乙县', '200', '180'),
      line('丙县', '100', '95'),
    ];
    const result = ranks(...all);
    expect(result.ranks).toEqual(['3', '2']);
    expect(result.rules).toContain('rank-differs G3');
  });

  it('does not rank when a county is missing', () => {
    const result = ranks(line('某县', '100', '90', { countyCount: '3' }), line('乙县', '200', '180'));
    expect(result.ranks).toEqual([]);
    expect(result.rules).toContain('bulletin-incomplete A3');
  });
});
