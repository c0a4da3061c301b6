import { text } from '../../problem/index.ts';
import { Exact, findUnit, NO_UNIT, type Unit } from '../../quantity/index.ts';
import type { FormulaCell, FormulaData, FormulaSchema, FormulaTable } from '../index.ts';

export function unit(symbol: string): Unit {
  return findUnit(symbol) ?? NO_UNIT;
}

export const schema: FormulaSchema = {
  tables: [
    {
      name: '培训会议',
      synonyms: ['培训'],
      dateColumn: '日期',
      countColumn: '次数',
      columns: [
        { name: '名称', type: 'text' },
        { name: '方式', type: 'text', choices: ['举办', '参加'] },
        { name: '日期', type: 'date', synonyms: ['时间'] },
        { name: '参加人数', type: 'number', unit: unit('人') },
        { name: '次数', type: 'number', unit: unit('次') },
        { name: '费用', type: 'money', unit: unit('元') },
      ],
    },
    {
      name: '医疗救助',
      dateColumn: '日期',
      columns: [
        { name: '日期', type: 'date' },
        { name: '救助方式', type: 'text', choices: ['一站式', '零星'] },
        { name: '对象', type: 'text' },
        { name: '金额', type: 'money', unit: unit('元') },
        { name: '拨付金额', type: 'money', unit: unit('万元') },
      ],
    },
  ],
  scalars: [
    { name: '参保人数', type: 'number', unit: unit('人') },
    { name: '任务数', type: 'number', unit: unit('人') },
    { name: '补助标准', type: 'number', unit: unit('元/人') },
    { name: '知晓率', type: 'number', unit: unit('%') },
    { name: '全年预算数（汇总）', type: 'number', unit: unit('万元') },
    { name: '批复日期', type: 'date' },
    { name: '计划日期', type: 'date' },
    { name: '所在地', type: 'text' },
  ],
};

/** Cells by row; the first value of a row is its number in the sheet. */
type Row = readonly [number, ...FormulaCell[]];

export function table(columns: readonly string[], rows: readonly Row[]): FormulaTable {
  return {
    length: rows.length,
    rowNumber: (index) => rows[index]?.[0] ?? 0,
    column: (name) => {
      const at = columns.indexOf(name) + 1;
      return at === 0 ? undefined : (index) => rows[index]?.[at] as FormulaCell;
    },
  };
}

export const fault = { fault: text('不是数', 'not a number') };

export function book(
  tables: Readonly<Record<string, FormulaTable>>,
  scalars: Readonly<Record<string, FormulaCell>> = {},
): FormulaData {
  const byName = new Map(Object.entries(tables));
  const values = new Map(Object.entries(scalars));
  return { table: (name) => byName.get(name), scalar: (name) => values.get(name) };
}

const n = (value: string): Exact => Exact.of(value);

export const data: FormulaData = book(
  {
    培训会议: table(
      ['名称', '方式', '日期', '参加人数', '次数', '费用'],
      [
        [4, '征缴培训', '举办', '2023-09-05', n('46'), undefined, n('1200.50')],
        [5, '业务会议', '举办', '2023-10-12', n('30'), undefined, n('800')],
        [7, '省局培训', '参加', '2023-06-01', n('2'), n('9'), undefined],
        [8, '年末会议', '举办', '2024-01-03', n('12'), undefined, n('100')],
      ],
    ),
    医疗救助: table(
      ['日期', '救助方式', '对象', '金额', '拨付金额'],
      [
        [3, '2023-03-01', '一站式', '甲', n('100.10'), n('0.5')],
        [4, '2023-04-01', '零星', '乙', n('200.20'), n('1')],
        [5, '2023-05-01', '一站式', '甲 ', n('300.30'), n('2')],
        [6, '2023-05-01', '一站式', '丙', n('0'), n('3')],
      ],
    ),
  },
  {
    参保人数: n('458507'),
    任务数: n('501758'),
    补助标准: n('670'),
    知晓率: n('95'),
    '全年预算数（汇总）': n('2028.45'),
    批复日期: '2023-12-20',
    计划日期: '2023-03-31',
    所在地: '某县',
  },
);
