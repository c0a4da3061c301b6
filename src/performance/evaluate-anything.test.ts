import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type TableKey, tableSheets } from '../ledger/index.ts';
import { buildBook, type Typed } from '../ledger/testing/book-builder.ts';
import { evaluate } from './evaluate.ts';
import { ruleSet } from './testing/rule-sets.ts';

const WORDS = [
  '',
  '完成',
  '基本完成',
  '≥2次',
  '≤0',
  '=100%',
  '-5%',
  '0',
  '2024-12-31前',
  '2024年',
  '20—30',
  '优',
  '≥',
  '1e308',
];
const NAMES = [
  '产出指标',
  '过程',
  '决策',
  '数量指标',
  '质量指标',
  '预算执行率',
  '资金支付率',
  '群众满意度',
  '参保人数',
  '合计',
];
const FORMULAS = ['次数(支付)', '参保人数 / 任务数', '1/0', '年初预算', '合计(支付.金额) / 0元', '（', '参保人数'];
const text = fc.constantFrom(...WORDS, ...NAMES, ...FORMULAS);
const number = fc.constantFrom('0', '-3', '0.01', '10', '100', '99999999999999999999');

/** Any value a reader could hand over for a column: also those that make no sense. */
function cellOf(type: string, choices: readonly string[] | undefined): fc.Arbitrary<string | undefined> {
  const value = (): fc.Arbitrary<string> => {
    if (type === 'number' || type === 'money') return number;
    if (type === 'date') return fc.constantFrom('2023-12-31', '2024-02-29', '2024-06-30', '2025-01-01');
    if (choices !== undefined) return fc.constantFrom(...choices);
    return type === 'list' ? fc.constantFrom('1', '1、9', '') : text;
  };
  return fc.option(value(), { nil: undefined });
}

function recordOf(key: TableKey): fc.Arbitrary<Typed> {
  const columns = Object.entries(tableSheets[key].columns);
  return fc
    .record(Object.fromEntries(columns.map(([name, column]) => [name, cellOf(column.type, column.choices)])))
    .map((record) => Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Typed);
}

const tables = fc.record(
  Object.fromEntries(
    (Object.keys(tableSheets) as TableKey[]).map((key) => [key, fc.array(recordOf(key), { maxLength: 4 })]),
  ),
);

test('whatever a clerk writes, there is an evaluation, every score inside its points, every fact explained', () => {
  fc.assert(
    fc.property(tables, fc.constantFrom('CN2020', 'CN2021', 'GD', 'JX'), fc.boolean(), (filled, id, named) => {
      const project: Typed = named
        ? { name: '项目', year: '2024', region: '某县', kind: '部门评价', claimedTotal: '120', claimedGrade: '优' }
        : {};
      const evaluation = evaluate(buildBook(project, filled), ruleSet(id), { asOf: '2024-07-31' });
      for (const { suggested, weight } of evaluation.indicators)
        if (suggested !== undefined && weight !== undefined && weight.value.sign >= 0) {
          expect(suggested.min.sign >= 0 && suggested.min.le(suggested.max)).toBe(true);
          expect(suggested.max.le(weight.value)).toBe(true);
        }
      for (const found of evaluation.problems) expect(found.message.zh).not.toContain('undefined');
      for (const fact of evaluation.lineage.all()) evaluation.lineage.explain(fact.id);
    }),
    { numRuns: 100 },
  );
}, 60_000);
