import { type Problem, problem, text } from '../problem/index.ts';
import { Exact } from '../quantity/index.ts';
import { type AidedKinds, findGroup, type GroupId } from './insured-group.ts';

/** Where an input row stood, for the origin of its facts. */
export interface InputPlace {
  readonly file: string;
  /** SHA-256 of the file's bytes. */
  readonly version: string;
  /** 1-based row as the user sees it. */
  readonly row: number;
}

/** A table as read from CSV or XLSX: texts only. The first row holds the headings. */
export interface InputTable {
  readonly file: string;
  readonly version: string;
  readonly rows: readonly (readonly string[])[];
}

/** `before`: recognised before the year; `mid-year`: during it, not yet paid; `mid-year-paid`: had already paid. */
export type Recognition = 'before' | 'mid-year' | 'mid-year-paid';

export interface HeadsRow {
  readonly group: GroupId;
  /** Gross heads of the row; whole persons. */
  readonly heads: Exact;
  /** Persons to be taken out before anything is computed. */
  readonly deductions: { readonly duplicates: Exact; readonly deaths: Exact; readonly elsewhere: Exact };
  readonly recognition: Recognition;
  readonly document?: string;
  readonly place: InputPlace;
}

export interface ReadRows<T> {
  readonly rows: readonly T[];
  readonly problems: readonly Problem[];
}

const COLUMNS = {
  group: ['group', '人群', '类别', '参保人群', '资助对象'],
  heads: ['heads', '人数', '参保人数', '审核人数', '核定人数'],
  duplicates: ['duplicates', '重复参保', '重复'],
  deaths: ['deaths', '1月1日前死亡', '年初前死亡', '死亡'],
  elsewhere: ['elsewhere', '异地参保', '外地参保'],
  recognition: ['recognition', '认定时间', '认定'],
  document: ['document', '依据文号', '文号', '依据'],
} as const;

const RECOGNITION: Readonly<Record<string, Recognition>> = {
  '': 'before',
  before: 'before',
  年前认定: 'before',
  'mid-year': 'mid-year',
  年中认定: 'mid-year',
  年中认定未缴费: 'mid-year',
  'mid-year-paid': 'mid-year-paid',
  年中认定已缴费: 'mid-year-paid',
};

/**
 * Reads a heads table: `group,heads` and, where known, the deductions. A row 合计 is checked, not added. Faulty rows
 * become problems and are left out, so that all are seen at once.
 */
export function readHeads(table: InputTable, kinds: AidedKinds): ReadRows<HeadsRow> {
  const columns = locateColumns(table, COLUMNS);
  const problems: Problem[] = missingColumns(table, columns, ['group', 'heads']);
  const rows: HeadsRow[] = [];
  let stated: { readonly value: Exact; readonly row: number } | undefined;
  if (problems.length > 0) return { rows, problems };
  for (const [index, cells] of table.rows.entries()) {
    const row = index + 1;
    if (index === 0 || cells.every((cell) => cell.trim() === '')) continue;
    const cell = (name: keyof typeof COLUMNS): string => cells[columns[name] ?? -1]?.normalize('NFKC').trim() ?? '';
    const where = { file: table.file, row };
    const count = (name: 'heads' | 'duplicates' | 'deaths' | 'elsewhere'): Exact => {
      const value = readCount(cell(name));
      if (value !== undefined) return value;
      if (cell(name) === '' && name !== 'heads') return Exact.zero;
      problems.push(
        problem(
          'heads-not-a-count',
          'error',
          text(`“${cell(name)}”不是人数（应为整数）`, `“${cell(name)}” is not a count`),
          where,
        ),
      );
      return Exact.zero;
    };
    if (/^(合计|总计|小计|total)$/i.test(cell('group'))) {
      stated = { value: count('heads'), row };
      continue;
    }
    const group = findGroup(cell('group'), kinds);
    if (group === undefined) {
      problems.push(
        problem(
          'group-unknown',
          'error',
          text(
            `不认识的人群“${cell('group')}”；可用：residents、students-central、students-provincial、students-local、aided-<类别>，或其中文名`,
            `unknown group “${cell('group')}”`,
          ),
          where,
        ),
      );
      continue;
    }
    const recognition = RECOGNITION[cell('recognition')];
    if (recognition === undefined)
      problems.push(
        problem(
          'recognition-unknown',
          'error',
          text(
            `认定时间“${cell('recognition')}”应为 年前认定、年中认定 或 年中认定已缴费`,
            `unknown recognition “${cell('recognition')}”`,
          ),
          where,
        ),
      );
    const deductions = { duplicates: count('duplicates'), deaths: count('deaths'), elsewhere: count('elsewhere') };
    const heads = count('heads');
    if (Exact.sum(Object.values(deductions)).gt(heads)) {
      problems.push(
        problem('deductions-exceed', 'error', text('核减人数大于参保人数', 'deductions exceed the heads'), where),
      );
      continue;
    }
    rows.push({
      group,
      heads,
      deductions,
      recognition: recognition ?? 'before',
      ...(cell('document') === '' ? {} : { document: cell('document') }),
      place: { file: table.file, version: table.version, row },
    });
  }
  const sum = Exact.sum(rows.map((row) => row.heads));
  if (stated !== undefined && !stated.value.eq(sum))
    problems.push(
      problem(
        'heads-total',
        'error',
        text(`合计写 ${stated.value}，各行相加为 ${sum}`, `the total says ${stated.value}, the rows add up to ${sum}`),
        { file: table.file, row: stated.row },
      ),
    );
  return { rows, problems };
}

export function netHeads(row: HeadsRow): Exact {
  return row.heads.sub(Exact.sum(Object.values(row.deductions)));
}

/** A whole, non-negative count; thousands separators and a trailing 人 are understood. */
export function readCount(words: string): Exact | undefined {
  const plain = words.normalize('NFKC').trim().replace(/人$/, '');
  if (!/^(?:\d{1,12}|\d{1,3}(?:,\d{3}){1,3})$/.test(plain)) return undefined;
  return Exact.of(plain.replaceAll(',', ''));
}

/** Column numbers by heading, in any order; headings not known are ignored. */
export function locateColumns<K extends string>(
  table: InputTable,
  names: Readonly<Record<K, readonly string[]>>,
): Partial<Record<K, number>> {
  const found: Partial<Record<K, number>> = {};
  for (const [index, heading] of (table.rows[0] ?? []).entries()) {
    const plain = heading
      .normalize('NFKC')
      .replace(/^\uFEFF/, '')
      .replace(/[\s(（].*$/, '')
      .trim()
      .toLowerCase();
    for (const key of Object.keys(names) as K[])
      if (found[key] === undefined && names[key].includes(plain)) found[key] = index;
  }
  return found;
}

export function missingColumns<K extends string>(
  table: InputTable,
  columns: Partial<Record<K, number>>,
  required: readonly K[],
): Problem[] {
  const missing = required.filter((name) => columns[name] === undefined);
  if (missing.length === 0) return [];
  return [
    problem(
      'columns-missing',
      'error',
      text(`第一行缺列：${missing.join('、')}`, `the first row lacks the columns ${missing.join(', ')}`),
      { file: table.file, row: 1 },
    ),
  ];
}
