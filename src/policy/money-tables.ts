import { type Problem, problem, text } from '../problem/index.ts';
import {
  convert,
  type Exact,
  type Interval,
  isBelow,
  type ParsedNumber,
  parseDate,
  parseNumber,
  YUAN,
} from '../quantity/index.ts';
import {
  type InputPlace,
  type InputTable,
  locateColumns,
  missingColumns,
  type ReadRows,
  readCount,
} from './heads-table.ts';
import { type AidedKinds, findGroup, type GroupId } from './insured-group.ts';
import { findLevel, type LevelId } from './paying-level.ts';

/** An amount as printed: the exact yuan it says, and what rounding may have left of it. */
export interface StatedAmount {
  readonly yuan: Exact;
  /** In yuan: 2028.45万元 stands for 20,284,450 ≤ x < 20,284,550. */
  readonly interval: Interval;
  readonly text: string;
}

export interface Payment {
  readonly level: LevelId;
  readonly date: string;
  readonly amount: StatedAmount;
  readonly document?: string;
  readonly place: InputPlace;
}

/** One row of the superior's 清算通知. */
export interface NoticeRow {
  readonly group: GroupId | 'total';
  /** 核定人数; many notices state only an amount. */
  readonly heads?: Exact;
  readonly amount: StatedAmount;
  readonly place: InputPlace;
}

/** 清算通知: what the superior settled for a budget year. Its own input; never made out of our own figures. */
export interface SettlementNotice {
  readonly rows: readonly NoticeRow[];
  readonly document?: string;
  readonly date?: string;
  readonly budgetYear?: number;
}

const PAYMENTS = {
  level: ['level', '级次', '级别', '资金级次', '出资级次'],
  date: ['date', '日期', '到账日期', '支付日期', '拨款日期'],
  amount: ['amount', '金额', '拨付金额', '实拨金额'],
  unit: ['unit', '单位', '金额单位'],
  document: ['document', '文号', '依据', '凭证号', '依据文号'],
} as const;

const NOTICE = {
  group: ['group', '人群', '类别', '参保人群'],
  heads: ['heads', '核定人数', '人数'],
  amount: ['amount', '核定金额', '清算金额', '金额'],
  unit: ['unit', '单位', '金额单位'],
  document: ['document', '文号', '通知文号', '清算文号'],
  date: ['date', '日期', '通知日期'],
  year: ['year', '年度', '预算年度', '清算年度'],
} as const;

/** Reads money as a person wrote it, with the unit beside it or in its own column. */
export function readAmount(words: string, unit = ''): StatedAmount | undefined {
  const parsed = parseNumber(words.trim()) ?? undefined;
  const number = parsed?.unit === undefined ? (parseNumber(`${words.trim()}${unit.trim()}`) ?? parsed) : parsed;
  if (number?.unit === undefined || number.unit.dimension !== 'money' || number.range !== undefined) return undefined;
  if (parsed?.unit !== undefined && unit.trim() !== '' && parsed.unitText !== unit.trim()) return undefined;
  return asStated(number);
}

function asStated(number: ParsedNumber): StatedAmount | undefined {
  if (number.unit === undefined) return undefined;
  return { yuan: convert(number.value, number.unit, YUAN), interval: number.interval, text: number.text.trim() };
}

/**
 * Reads `level,date,amount,unit,document`. Faulty rows become problems and are left out.
 * @param own the level that 本级 means
 */
export function readPayments(table: InputTable, own?: LevelId): ReadRows<Payment> {
  const columns = locateColumns(table, PAYMENTS);
  const problems = missingColumns(table, columns, ['level', 'date', 'amount']);
  const rows: Payment[] = [];
  if (problems.length > 0) return { rows, problems };
  for (const [index, cells] of table.rows.entries()) {
    if (index === 0 || cells.every((cell) => cell.trim() === '')) continue;
    const row = index + 1;
    const cell = (name: keyof typeof PAYMENTS): string => cells[columns[name] ?? -1]?.normalize('NFKC').trim() ?? '';
    const where = { file: table.file, row };
    if (/^(合计|总计|小计|total)$/i.test(cell('level'))) continue;
    const level = /^本级(财政)?$/.test(cell('level')) ? own : findLevel(cell('level'));
    const date = parseDate(cell('date'));
    const amount = readAmount(cell('amount'), cell('unit'));
    if (level === undefined)
      problems.push(
        problem(
          'level-unknown',
          'error',
          text(`不认识的级次“${cell('level')}”`, `unknown level “${cell('level')}”`),
          where,
        ),
      );
    if (date === undefined)
      problems.push(
        problem(
          'date-invalid',
          'error',
          text(`日期“${cell('date')}”应如 2024-11-30`, `“${cell('date')}” is not a date`),
          where,
        ),
      );
    if (amount === undefined) problems.push(notMoney(cell('amount'), cell('unit'), where));
    if (level === undefined || date === undefined || amount === undefined) continue;
    if (cell('document') === '')
      problems.push(
        problem(
          'payment-without-document',
          'warning',
          text('拨款没有文号或凭证', 'the payment names no document'),
          where,
        ),
      );
    rows.push({
      level,
      date,
      amount,
      ...(cell('document') === '' ? {} : { document: cell('document') }),
      place: { file: table.file, version: table.version, row },
    });
  }
  return { rows, problems };
}

/** Reads the superior's notice; a row 合计 is its total, checked against the rows where all are given. */
export function readNotice(
  table: InputTable,
  kinds: AidedKinds,
): { readonly notice: SettlementNotice | undefined; readonly problems: readonly Problem[] } {
  const columns = locateColumns(table, NOTICE);
  const problems = missingColumns(table, columns, ['amount']);
  if (problems.length > 0) return { notice: undefined, problems };
  const rows: NoticeRow[] = [];
  const heading: { document?: string; date?: string; year?: string } = {};
  for (const [index, cells] of table.rows.entries()) {
    if (index === 0 || cells.every((cell) => cell.trim() === '')) continue;
    const row = index + 1;
    const cell = (name: keyof typeof NOTICE): string => cells[columns[name] ?? -1]?.normalize('NFKC').trim() ?? '';
    const where = { file: table.file, row };
    for (const name of ['document', 'date', 'year'] as const) {
      const said = cell(name);
      if (said === '') continue;
      if (heading[name] !== undefined && heading[name] !== said)
        problems.push(
          problem(
            'notice-inconsistent',
            'error',
            text(`同一份通知里“${heading[name]}”与“${said}”不一致`, `one notice says “${heading[name]}” and “${said}”`),
            where,
          ),
        );
      heading[name] = said;
    }
    const words = cell('group');
    const group = words === '' || /^(合计|总计|total)$/i.test(words) ? 'total' : findGroup(words, kinds);
    const amount = readAmount(cell('amount'), cell('unit'));
    const heads = cell('heads') === '' ? undefined : readCount(cell('heads'));
    if (group === undefined)
      problems.push(
        problem('group-unknown', 'error', text(`不认识的人群“${words}”`, `unknown group “${words}”`), where),
      );
    if (amount === undefined) problems.push(notMoney(cell('amount'), cell('unit'), where));
    if (cell('heads') !== '' && heads === undefined)
      problems.push(
        problem(
          'heads-not-a-count',
          'error',
          text(`“${cell('heads')}”不是人数（应为整数）`, `“${cell('heads')}” is not a count`),
          where,
        ),
      );
    if (group === undefined || amount === undefined) continue;
    rows.push({
      group,
      ...(heads === undefined ? {} : { heads }),
      amount,
      place: { file: table.file, version: table.version, row },
    });
  }
  problems.push(...checkNoticeTotal(rows, table.file));
  const date = heading.date === undefined ? undefined : parseDate(heading.date);
  const year = heading.year === undefined ? undefined : /^(\d{4})年?度?$/.exec(heading.year)?.[1];
  return {
    notice: {
      rows,
      ...(heading.document === undefined ? {} : { document: heading.document }),
      ...(date === undefined ? {} : { date }),
      ...(year === undefined ? {} : { budgetYear: Number(year) }),
    },
    problems,
  };
}

function checkNoticeTotal(rows: readonly NoticeRow[], file: string): readonly Problem[] {
  const total = rows.find((row) => row.group === 'total');
  const parts = rows.filter((row) => row.group !== 'total');
  const [first, ...rest] = parts;
  if (total === undefined || first === undefined) return [];
  const sum = rest.reduce(
    (whole, row): Interval => ({
      low: whole.low.add(row.amount.interval.low),
      high: whole.high.add(row.amount.interval.high),
      lowClosed: whole.lowClosed && row.amount.interval.lowClosed,
      highClosed: whole.highClosed && row.amount.interval.highClosed,
    }),
    first.amount.interval,
  );
  if (!isBelow(sum, total.amount.interval) && !isBelow(total.amount.interval, sum)) return [];
  return [
    problem(
      'notice-total',
      'error',
      text('清算通知的合计与各行之和不符（已计取整）', 'the total of the notice is not the sum of its rows'),
      { file, row: total.place.row },
    ),
  ];
}

function notMoney(amount: string, unit: string, where: Problem['where']): Problem {
  return problem(
    'amount-not-money',
    'error',
    text(
      `“${amount}${unit === '' ? '' : ` ${unit}`}”不是带单位的金额；unit 列写 元 或 万元`,
      `“${amount} ${unit}” is not an amount with its unit (元, 万元)`,
    ),
    where,
  );
}
