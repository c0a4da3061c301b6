import { describe, expect, it } from 'vitest';
import type { FactValue, RowRange } from '../fact/index.ts';
import { Exact } from '../quantity/index.ts';
import {
  compileFormula,
  compileFormulas,
  type Evaluation,
  evaluateFormula,
  evaluateFormulas,
  type FormulaData,
} from './index.ts';
import { book, data, fault, schema, table } from './testing/books.ts';

function evaluate(formula: string, on: FormulaData = data): Evaluation {
  const compiled = compileFormula(formula, schema);
  if (compiled.formula === undefined) throw new Error(compiled.problems.map((item) => item.message.zh).join('\n'));
  return evaluateFormula(compiled.formula, on);
}

function shown(value: FactValue): string {
  if (value.kind === 'number') return `${value.value.toString()}${value.unit.symbol}`;
  if (value.kind === 'undecided') return value.reason.zh;
  return value.kind === 'interval' ? 'interval' : value.value;
}

function faults(formula: string): string[] {
  return compileFormula(formula, schema).problems.map((item) => item.message.zh);
}

function ranges(rows: readonly RowRange[] | undefined): string {
  return (rows ?? []).map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)).join(',');
}

describe('what a clerk writes', () => {
  it.each([
    ['次数(培训会议, 方式="举办")', '3次'],
    ['次数（培训会议，方式＝“举办”）', '3次'],
    ['=次数(培训会议)', '12次'],
    ['计数(培训会议)', '4个'],
    ['COUNT(培训会议, 方式="参加")', '1个'],
    ['次数(培训, 方式="举办", 截至(2023-12-31))', '2次'],
    ['次数(培训会议, 时间≤2023年10月12日)', '11次'],
    ['合计(医疗救助.金额, 救助方式="一站式")', '400.4元'],
    ['SUM(医疗救助.金额)', '600.6元'],
    ['合计(医疗救助.金额, 救助方式="一站式" 或 金额>=200)', '600.6元'],
    ['合计(医疗救助.金额, 非 救助方式="一站式")', '200.2元'],
    ['合计(医疗救助.金额, 救助方式="一站式"且金额》100.10)', '300.3元'],
    ['合计(医疗救助.金额, 拨付金额 >= 1万元)', '500.5元'],
    ['合计(医疗救助.金额) + 合计(医疗救助.拨付金额)', '65600.6元'],
    ['合计(医疗救助.拨付金额) + 合计(医疗救助.金额)', '6.56006万元'],
    ['人数(医疗救助.对象)', '3人'],
    ['去重(医疗救助.对象, 救助方式="一站式")', '2个'],
    ['人次(医疗救助)', '4人次'],
    ['最新(医疗救助.拨付金额)', '5万元'],
    ['最新(医疗救助.拨付金额, 截至(2023-04-30))', '1万元'],
    ['最大(医疗救助.金额)', '300.3元'],
    ['最小(培训会议.日期, 方式="举办")', '2023-09-05'],
    ['参保人数 / 任务数', '458507/501758'],
    ['四舍五入(参保人数 / 任务数, 4)', '0.9138'],
    ['四舍五入(参保人数 ÷ 任务数 × 100%, 2)', '91.38%'],
    ['如果(参保人数 >= 任务数, 1, 参保人数 / 任务数)', '458507/501758'],
    ['最小(参保人数 / 任务数, 100%)', '458507/501758'],
    ['补助标准 × 参保人数', '307199690元'],
    ['四舍五入(合计(医疗救助.金额) / 人数(医疗救助.对象), 2)', '200.2元/人'],
    ['合计(医疗救助.金额) / 补助标准', '0.896417910447761194029850746268656716417910447761194029850746268656716'],
    ['[全年预算数（汇总）] - 80.62万元', '1947.83万元'],
    ['天数(计划日期, 批复日期)', '264天'],
    ['批复日期 - 计划日期', '264天'],
    ['如果(批复日期 > 计划日期, "迟", "未迟")', '迟'],
    ['如果(包含(所在地, "县"), 1, 0)', '1'],
    ['次数(培训会议, 包含(名称, "培训"))', '10次'],
    ['-(1 + 2) * 3', '-9'],
    ['知晓率 + 1%', '96%'],
    ['次数(培训会议) + 1', '13次'],
  ])('%s = %s', (formula, expected) => {
    const value = evaluate(formula).value;
    if (formula.endsWith('/ 补助标准')) {
      expect(value.kind === 'number' ? value.unit.symbol : '').toBe('人');
      return;
    }
    expect(shown(value)).toBe(expected);
  });

  it('tells the rows it used', () => {
    const evaluation = evaluate('次数(培训会议, 方式="举办") + 次数(培训会议, 方式="参加")');
    expect(evaluation.uses.map((use) => [use.query, ranges(use.rows), use.rowCount, shown(use.value)])).toEqual([
      ['次数(培训会议, 方式 = "举办")', '4-5,8', 3, '3次'],
      ['次数(培训会议, 方式 = "参加")', '7', 1, '9次'],
    ]);
    expect(ranges(evaluation.rows.get('培训会议'))).toBe('4-5,7-8');
    expect(ranges(evaluate('最新(医疗救助.拨付金额)').rows.get('医疗救助'))).toBe('5-6');
    // The branch not taken uses nothing.
    const branch = evaluate('如果(任务数 > 0, 次数(培训会议, 方式="参加"), 次数(医疗救助) / 知晓率)');
    expect([[...branch.rows.keys()], branch.inputs]).toEqual([['培训会议'], ['任务数']]);
    expect(evaluate('参保人数 / 任务数').inputs).toEqual(['参保人数', '任务数']);
  });
});

describe('what cannot be computed', () => {
  it('is undecided, never 0', () => {
    const zero = book({}, { 参保人数: Exact.of(5), 任务数: Exact.zero });
    expect(shown(evaluate('参保人数 / 任务数', zero).value)).toBe('无法计算：除数“任务数”为 0');
    expect(shown(evaluate('1 / (2 - 2)').value)).toBe('无法计算：除数为 0');
    expect(shown(evaluate('最大(医疗救助.金额, 金额 > 1000)').value)).toBe('无法计算：没有符合条件的行');
    expect(shown(evaluate('合计(医疗救助.金额, 金额 > 1000)').value)).toBe('0元');
    expect(shown(evaluate('如果(1 > 2, 1/0, 3)').value)).toBe('3');
  });

  it('names what is not filled in', () => {
    const evaluation = evaluate('参保人数 / 任务数', book({}, { 参保人数: Exact.one }));
    expect(shown(evaluation.value)).toBe('“任务数”没有填写');
    expect(evaluation.problems.map((item) => [item.rule, item.column])).toEqual([['value-missing', '任务数']]);
    const missing = evaluate('次数(培训会议)', book({}));
    expect(missing.problems[0]?.rule).toBe('sheet-missing');
    expect(missing.value.kind).toBe('undecided');
    const short = book({ 医疗救助: table(['日期'], [[2, '2023-01-01']]) });
    expect(evaluate('合计(医疗救助.金额)', short).problems.map((item) => item.rule)).toEqual(['column-missing']);
    expect(evaluate('合计(医疗救助.金额)', short).value.kind).toBe('undecided');
  });

  it('names the cell with text where money belongs, and the blank one, and counts neither', () => {
    const columns = ['日期', '救助方式', '对象', '金额', '拨付金额'];
    const messy = book({
      医疗救助: table(columns, [
        [3, '2023-03-01', '一站式', '甲', Exact.of(100), undefined],
        [4, '2023-03-02', '一站式', '乙', '二百', undefined],
        [5, '2023-03-03', '一站式', '丙', undefined, undefined],
        [6, undefined, '零星', '丁', fault, undefined],
        [7, '2023-03-03', undefined, '戊', Exact.of(7), undefined],
      ]),
    });
    const evaluation = evaluate('合计(医疗救助.金额, 救助方式="一站式")', messy);
    expect(evaluation.value.kind).toBe('undecided');
    expect(
      evaluation.problems.map(({ rule, severity, row, column }) => `${rule} ${severity} ${row} ${column}`),
    ).toEqual(['cell-fault error 4 金额', 'cell-blank notice 5 金额', 'cell-blank warning 7 救助方式']);
    // Row 6 is 零星 whatever its date: a blank that cannot matter is not reported.
    const dated = evaluate('次数(医疗救助, 救助方式="一站式", 截至(2023-03-02))', messy);
    expect(shown(dated.value)).toBe('2次');
    expect(dated.problems).toEqual([]);
    expect(evaluate('次数(医疗救助, 截至(2023-12-31))', messy).problems.map((item) => item.row)).toEqual([6]);
    expect(JSON.stringify(evaluation.problems)).not.toContain('二百');
  });

  it('stops at the limit of steps', () => {
    const compiled = compileFormula('次数(培训会议)', schema).formula;
    if (compiled === undefined) throw new Error('not compiled');
    const evaluation = evaluateFormula(compiled, data, new Map(), { length: 2000, depth: 40, steps: 3 });
    expect(evaluation.problems.map((item) => item.rule)).toEqual(['formula-steps']);
    expect(evaluation.value.kind).toBe('undecided');
  });
});

describe('faults found at load', () => {
  it.each([
    ['参保人数 + 补助标准', '单位不同'],
    ['合计(医疗救助.金额) + 参保人数', '单位不同，不能放在一起算：元 与 人'],
    ['人次(医疗救助) + 人数(医疗救助.对象)', '人次 与 人'],
    ['合计(医疗救助.金额) + 5', '要不要写 5元'],
    ['合计(医疗救助.金额) × 合计(医疗救助.金额)', '元 × 元 没有意义'],
    ['医疗救助.金额 / 任务数', '这里需要一个值，给的是一列；要不要写 合计(医疗救助.金额)'],
    ['医疗救助 / 任务数', '要不要写 次数(医疗救助)'],
    ['合计(医疗救助)', '要不要写 合计(医疗救助.金额)'],
    ['次数(培训会议.参加人数)', '要不要写 合计(培训会议.参加人数)'],
    ['人数(培训会议.参加人数)', '要不要写 合计(培训会议.参加人数)'],
    ['合计(培训会议.名称)', '要不要写 去重(培训会议.名称)'],
    ['次数(培训会义)', '没有表“培训会义”；要不要写 培训会议'],
    ['合计(医疗救助.金 额)', '这里应当是“,”或“)”'],
    ['合计(医疗救助.钱)', '没有“钱”这一列'],
    ['合计(医疗救助.金额数)', '要不要写 医疗救助.金额'],
    ['参保人 / 任务数', '要不要写 参保人数'],
    ['次数(培训会议, 方式=举办)', '文字要加引号；要不要写 "举办"'],
    ['次数(培训会议, 方式="举行")', '“方式”只有 举办、参加'],
    ['次数(培训会议, 方式)', '这里需要一个条件，给的是文字；要不要写 方式="…"'],
    ['次数(培训会议, 救助方式="零星")', '“培训会议”没有“救助方式”这一列'],
    ['次数(培训会议, 医疗救助.金额>1)', '条件只能用“培训会议”自己的列'],
    ['次数(培训会议, 次数(医疗救助)>1)', '条件里不能再统计'],
    ['截至(2023-12-31)', '只作条件用'],
    ['次数(培训会议, 截至(5))', '后面要一个日期'],
    ['参保人数 > 任务数', '要不要写 如果(参保人数 > 任务数, 1, 0)'],
    ['1 < 2 < 3', '一次只比较两个值'],
    ['四舍五入(参保人数)', '用法是 四舍五入(值, 小数位数)'],
    ['如果(1, 2, 3)', '这里需要一个条件'],
    ['如果(1=1, 参保人数, 补助标准)', '单位不同'],
    ['所在地 + 1', '文字不能做加减乘除'],
    ['批复日期 + 1', '日期不能做加减乘除'],
    ['SUM(A1:A3)', '公式里不用单元格地址'],
    ['平均(医疗救助.金额)', '没有函数“平均”'],
    ['合记(医疗救助.金额)', '要不要写 合计'],
    ['(1 + 2', '括号没有结束'],
    ['1 + 2)', '多了一个“)”'],
    ['1 +', '公式没有写完'],
    ['', '公式是空的'],
    ['"举办', '引号没有结束'],
    ['2023-02-30 - 批复日期', '没有 2023-02-30 这一天'],
    ['3参保人数', '“参保人数”不是单位'],
    ['1 ＆ 2', '读不懂“＆”'],
  ])('%s: %s', (formula, part) => {
    const found = faults(formula);
    expect(found.join('\n')).toContain(part);
    expect(found.join('\n')).toMatch(/^公式第 \d+ 个字：/);
    for (const item of compileFormula(formula, schema).problems) expect(item.message.en).not.toBe('');
  });

  it('points at the place', () => {
    const [item] = compileFormula('合计(医疗救助.金额) / 任务', schema).problems;
    expect([item?.start, item?.end, item?.suggestion]).toEqual([14, 16, '任务数']);
  });

  it('finds several at once', () => {
    expect(faults('甲乙丙丁 + 戊己庚辛')).toHaveLength(2);
  });

  it('is bounded', () => {
    expect(faults(`${'('.repeat(50)}1${')'.repeat(50)}`).join()).toContain('最多 40 层');
    expect(faults(`${'-'.repeat(50)}1`).join()).toContain('最多 40 层');
    expect(faults('1+'.repeat(1500)).join()).toContain('最多 2000 个');
    expect(faults('9'.repeat(50)).join()).toContain('数太长');
    expect(shown(evaluate(`0${'+1'.repeat(900)}`).value)).toBe('900');
  });

  it('reaches nothing but the schema', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'process', 'globalThis', 'hasOwnProperty', 'length']) {
      expect(faults(name).join()).toContain(`没有“${name}”`);
      expect(faults(`${name}(1)`).join()).toContain('没有函数');
      expect(faults(`次数(${name})`).join()).toContain('没有表');
      expect(faults(`合计(医疗救助.${name})`).join()).toContain('没有');
      expect(faults(`合计(${name}.${name})`).join()).toContain('没有表');
    }
  });
});

describe('indicators that name each other', () => {
  it('are evaluated in order, undecided passes on', () => {
    const set = compileFormulas(
      [
        { name: '完成率', text: '参保人数 / 任务数' },
        { name: '得分率', text: '最小(完成率, 1)' },
        { name: '人均救助', text: '四舍五入(合计(医疗救助.金额) / 救助人数, 2)' },
        { name: '救助人数', text: '人数(医疗救助.对象)' },
        { name: '无数', text: '1 / 0' },
        { name: '随之', text: '无数 + 1' },
      ],
      schema,
    );
    expect(set.problems.size).toBe(0);
    const results = evaluateFormulas(set, data);
    const value = (name: string): string => {
      const result = results.get(name);
      return result === undefined ? 'none' : shown(result.value);
    };
    expect(value('得分率')).toBe('458507/501758');
    expect(value('人均救助')).toBe('200.2元/人');
    expect(value('随之')).toBe('“无数”无法计算：除数为 0');
    expect(results.get('人均救助')?.inputs).toEqual(['救助人数']);
  });

  it('are refused in a circle, with the path', () => {
    const set = compileFormulas(
      [
        { name: '甲', text: '乙 + 1' },
        { name: '乙', text: '丙 + 1' },
        { name: '丙', text: '甲 + 1' },
        { name: '丁', text: '丙 + 1' },
        { name: '戊', text: '戊' },
        { name: '好', text: '1 + 1' },
      ],
      schema,
    );
    expect(set.problems.get('甲')?.[0]?.message.zh).toContain('甲 → 乙 → 丙 → 甲');
    expect(set.problems.get('丙')?.[0]?.message.zh).toContain('丙 → 甲 → 乙 → 丙');
    expect(set.problems.get('戊')?.[0]?.message.zh).toContain('戊 → 戊');
    expect(set.problems.has('丁')).toBe(false);
    expect([...set.formulas.keys()]).toEqual(['好']);
  });

  it('does not take a column for an indicator of the same name', () => {
    const set = compileFormulas([{ name: '费用', text: '合计(培训会议.费用, 费用 > 0)' }], schema);
    expect(set.problems.size).toBe(0);
  });

  it('bears a long chain', () => {
    const entries = Array.from({ length: 3000 }, (_, index) => ({
      name: `第${index}项`,
      text: index === 0 ? '1' : `第${index - 1}项 + 1`,
    })).reverse();
    const results = evaluateFormulas(compileFormulas(entries, schema), data);
    const last = results.get('第2999项');
    expect(last === undefined ? '' : shown(last.value)).toBe('3000');
  });
});
