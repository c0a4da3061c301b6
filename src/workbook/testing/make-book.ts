import ExcelJS from 'exceljs';
import type { Problem } from '../../problem/index.ts';
import { readProjectBookBytes } from '../index.ts';

type Rows = readonly (readonly unknown[])[];

/** Every item a project must have. */
export const PROJECT: Rows = [
  ['项目名称', '城乡居民医疗保险工作经费'],
  ['项目类型', '工作经费'],
  ['评价类型', '单位自评'],
  ['主管部门', '某县医疗保障局'],
  ['评价年度', 2023],
  ['年度总体目标（预期）', '完成参保任务'],
];
export const MONEY: Rows = [
  ['类型', '资金来源', '金额（万元）'],
  ['年初预算', '当年财政拨款', 70],
];
export const INDICATORS: Rows = [
  ['一级指标', '二级指标', '三级指标', '指标值'],
  ['产出指标', '数量指标', '集中宣传活动次数', '≥2次'],
];

/** A workbook of these sheets as a clerk's table program would save it; the three a book needs are added. */
export async function makeBook(
  sheets: Readonly<Record<string, Rows>>,
  edit: (workbook: ExcelJS.Workbook) => void = () => undefined,
): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  const has = (word: string): boolean => Object.keys(sheets).some((name) => name.includes(word));
  const all = {
    ...(has('项目') ? {} : { 项目: PROJECT }),
    ...(has('资金') ? {} : { 资金: MONEY }),
    ...(has('指标') ? {} : { 绩效指标: INDICATORS }),
    ...sheets,
  };
  for (const [name, rows] of Object.entries(all)) {
    const sheet = workbook.addWorksheet(name);
    for (const [index, values] of rows.entries()) sheet.getRow(index + 1).values = [...values] as never;
  }
  edit(workbook);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

export async function readBook(
  sheets: Readonly<Record<string, Rows>>,
  edit?: (workbook: ExcelJS.Workbook) => void,
): ReturnType<typeof readProjectBookBytes> {
  return readProjectBookBytes('测试.xlsx', await makeBook(sheets, edit));
}

/** `rule sheet!cell` of each problem, in order; the notice about absent sheets is left out. */
export function found(problems: readonly Problem[], ...rules: readonly string[]): readonly string[] {
  return problems
    .filter(({ rule }) => rule !== 'sheets-absent' && (rules.length === 0 || rules.includes(rule)))
    .map(({ rule, where }) => `${rule} ${where.sheet ?? ''}${where.cell === undefined ? '' : `!${where.cell}`}`);
}
