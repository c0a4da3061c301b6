import { join } from 'node:path';
import { hideNumbers, type ListColumn, writeLargeSheet } from '../../register/index.ts';
import type { ComparisonRules } from './job-rules.ts';

/** Findings that are to be worked on. */
export const ACTIVE = "('new', 'open', 'reopened')";

export interface WrittenList {
  readonly path: string;
  /** The town, school, employer or agency it goes to. */
  readonly receiver: string;
  readonly rows: number;
}

/** One list to be printed, filled in and returned: what of the person it shows, and where it lies. */
export interface WorkListSheet {
  readonly folder: string;
  /** Without `.xlsx`. */
  readonly file: string;
  readonly sheet: string;
  readonly title: string;
  /** Between 序号 and 事由. */
  readonly person: readonly ListColumn[];
  readonly codes: ComparisonRules['codes'];
  /** Cells of `person`, the reason, the finding. */
  readonly rows: AsyncIterable<readonly string[]>;
}

/** Writes one work list; gives its path and rows. */
export async function writeWorkListSheet(list: WorkListSheet): Promise<{ path: string; rows: number }> {
  const path = join(list.folder, `${fileNameOf(list.file)}.xlsx`);
  const columns: readonly ListColumn[] = [
    { heading: '序号', width: 6 },
    ...list.person,
    { heading: '事由', width: 34 },
    { heading: '核实结果代码', width: 15, ...choicesOf(list.codes) },
    { heading: '说明', width: 16 },
    { heading: '核实日期', width: 11 },
    // Long and only for the way back: at the end and narrow, so that the list prints in a size one can read.
    { heading: '编号', width: 8, small: true },
  ];
  async function* numbered(): AsyncGenerator<readonly string[]> {
    let number = 0;
    for await (const cells of list.rows) {
      number += 1;
      yield [String(number), ...cells.slice(0, -1), '', '', '', cells.at(-1) ?? ''];
    }
  }
  const rows = await writeLargeSheet(path, [{ name: list.sheet, title: list.title, columns, rows: numbered() }]);
  return { path, rows };
}

/** `01异地参保`, … as a drop-down, where a workbook can hold them all. */
export function choicesOf(codes: Readonly<Record<string, { readonly label: string }>>): Pick<ListColumn, 'choices'> {
  const choices = Object.entries(codes).map(([code, { label }]) => `${code}${label}`);
  return choices.join(',').length <= MOST_CHOICES ? { choices } : {};
}

/** Characters a drop-down may hold, commas included. */
const MOST_CHOICES = 250;

/** Columns of a person, each as wide as its contents are. */
export function personColumns(headings: readonly string[]): readonly ListColumn[] {
  return headings.map((heading) => ({ heading, width: WIDTHS[heading] ?? 11 }));
}

const WIDTHS: Readonly<Record<string, number>> = {
  性别: 6,
  行号: 8,
  村民小组: 9,
  出生日期: 12,
  联系电话: 14,
  '村（社区）': 14,
};

/** 男, 女 for the code in `column`. */
export function sexSql(column: string): string {
  return `CASE ${column} WHEN '1' THEN '男' WHEN '2' THEN '女' END`;
}

export function fileNameOf(words: string): string {
  return hideNumbers(words.replaceAll(/[/\\:*?"<>|[\]]/g, ''));
}
