import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileFormula, compileFormulas, evaluateFormula, evaluateFormulas } from '../formula/index.ts';
import { Exact, PERCENT } from '../quantity/index.ts';
import { formulaData, formulaSchema, LEDGER_FORMULAS, type ProjectBook } from './index.ts';
import { buildBook } from './testing/book-builder.ts';

const book = buildBook(
  { name: '工作经费', endDate: '2023-12-31' },
  {
    trainings: [
      { name: '征缴培训', kind: '培训', manner: '举办', date: '2023-09-05' },
      { name: '省局培训', kind: '培训', manner: '参加', date: '2023-06-01', times: '9' },
      { name: '年后会议', kind: '会议', manner: '举办', date: '2024-02-01' },
    ],
    assistance: [
      { kind: '一站式', amount: '100.10', episodes: '3' },
      { kind: '零星救助', amount: '200.20', episodes: '2' },
    ],
    progress: [
      { unit: '甲镇', unitType: '乡镇', date: '2024-01-01', task: '60', enrolled: '50' },
      { unit: '某县', unitType: '全县', date: '2023-12-01', task: '100', enrolled: '70' },
      { unit: '某县', unitType: '全县', date: '2024-01-01', task: '100', enrolled: '91' },
    ],
  },
);

function evaluate(formula: string, of: ProjectBook = book) {
  const compiled = compileFormula(formula, formulaSchema());
  if (compiled.formula === undefined) throw new Error(compiled.problems[0]?.message.zh);
  return evaluateFormula(compiled.formula, formulaData(of));
}

function number(formula: string, of?: ProjectBook): string {
  const { value } = evaluate(formula, of);
  return value.kind === 'number' ? `${value.value.toString()}${value.unit.symbol}` : value.kind;
}

describe('a clerk asks the ledgers of a project workbook', () => {
  it('counts, adds up and cuts off at a day', () => {
    expect(number('次数(培训会议, 方式="举办")')).toBe('2次');
    expect(number('次数(培训会议, 方式="参加")')).toBe('9次');
    expect(number('次数(培训会议, 方式="举办", 截至(项目结束日期))')).toBe('1次');
    expect(number('合计(医疗救助.金额, 救助方式="一站式")')).toBe('100.1元');
    expect(number('合计(医疗救助.人次)')).toBe('5人次');
    expect(evaluate('次数(培训会议, 方式="举办")').uses[0]?.rows).toEqual([
      { from: 3, to: 3 },
      { from: 5, to: 5 },
    ]);
  });

  it('knows 参保人数 and 任务数 and the rows behind them', () => {
    const given = [{ schema: { name: '目标', type: 'number' as const, unit: PERCENT }, value: Exact.of(95) }];
    const set = compileFormulas(
      [
        ...LEDGER_FORMULAS,
        { name: '任务完成率', text: '参保人数 / 任务数 × 100%' },
        { name: '差距', text: '目标 - 任务完成率' },
      ],
      formulaSchema(given),
    );
    expect([...set.problems]).toEqual([]);
    const results = evaluateFormulas(set, formulaData(book, given));
    const value = results.get('差距')?.value;
    expect(value?.kind === 'number' ? `${value.value.toString()}${value.unit.symbol}` : '').toBe('4%');
    expect(results.get('参保人数')?.rows.get('参保进度')).toEqual([{ from: 4, to: 5 }]);
  });

  it('can write every example of the handbook', () => {
    const page = readFileSync(new URL('../../docs/handbook/formula.md', import.meta.url), 'utf8');
    const examples = [...page.slice(0, page.indexOf('## 函数')).matchAll(/^\| .+? \| (.+) \|$/gm)]
      .flatMap((line) => [...(line[1] ?? '').matchAll(/`([^`]+)`/g)].map((code) => code[1] ?? ''))
      .filter((example) => !/^佐证\d/.test(example)); // names of a project that cites evidence; its own test reads them
    expect(examples.length).toBeGreaterThan(9);
    const set = compileFormulas(
      [...LEDGER_FORMULAS, ...examples.map((text, index) => ({ name: `例${index}`, text }))],
      formulaSchema(),
    );
    expect([...set.problems]).toEqual([]);
  });

  it('does not take a cell that could not be read for a blank one', () => {
    const { assistance } = book.tables;
    const faulty: ProjectBook = {
      ...book,
      tables: {
        ...book.tables,
        assistance: { ...assistance, records: [{ row: 3, kind: '一站式' }], faults: new Set(['3 amount']) },
      },
    };
    expect(number('合计(医疗救助.金额)', faulty)).toBe('undecided');
    expect(evaluate('合计(医疗救助.金额)', faulty).problems.map((item) => `${item.rule} ${item.row}`)).toEqual([
      'cell-fault 3',
    ]);
  });
});
