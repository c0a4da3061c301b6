import type { Alignment, Cell, CellValue, DataValidation } from 'exceljs';
import { type ColumnSchema, type ColumnType, INDICATOR_LEVEL_1 } from '../../ledger/index.ts';
import { JipingError, text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import { headingText } from '../read/match-heading.ts';
import { HEADING_FONT, REQUIRED_MARK, wordsWidth } from './style.ts';

/** Excel keeps 15 digits of a number; a longer one is written as text, which the reader takes exactly. */
const EXCEL_DIGITS = 15;

export function writeValue(cell: Cell, column: ColumnSchema, value: unknown): void {
  cell.numFmt = numberFormat(column);
  if (value === undefined) return;
  if (value instanceof Exact) {
    const decimal = value.toString();
    const digits = decimal.replace(/[-.]/g, '').replace(/^0+/, '');
    cell.value = digits.length > EXCEL_DIGITS ? decimal : Number(decimal);
  } else if (typeof value === 'boolean') cell.value = value ? '是' : '否';
  else if (Array.isArray(value)) cell.value = joinList(value as readonly string[]);
  else if (typeof value !== 'string')
    throw new JipingError('internal', text('不能写入的值', 'a value that no cell can hold'), { key: column.name });
  else cell.value = column.type === 'date' ? new Date(`${value}T00:00:00Z`) : value;
}

function joinList(entries: readonly string[]): string {
  return entries.join(entries.some((entry) => wordsWidth(entry) > 16) ? '\n' : '、');
}

/** The heading of a column, or the label of a form's row: its name and unit, a red mark where it is required. */
export function headingValue(column: ColumnSchema): CellValue {
  const words = headingText(column);
  if (!column.required) return words;
  return {
    richText: [
      { font: HEADING_FONT, text: words },
      { font: REQUIRED_MARK, text: '*' },
    ],
  };
}

export function numberFormat(column: ColumnSchema): string {
  switch (column.type) {
    case 'date':
      return 'yyyy-mm-dd';
    case 'money':
      return column.unit === '元' ? '#,##0.00' : '#,##0.00####';
    case 'number':
      return column.bounds === undefined && column.unit !== '' && column.unit !== '%' && column.unit !== '分'
        ? '#,##0'
        : 'General';
    default:
      return '@';
  }
}

export function alignmentOf(type: ColumnType): Partial<Alignment> {
  const horizontal =
    type === 'money' || type === 'number'
      ? 'right'
      : type === 'date' || type === 'choice' || type === 'flag'
        ? 'center'
        : 'left';
  const wrapText = type !== 'money' && type !== 'number' && type !== 'date';
  return { vertical: 'middle', horizontal, wrapText, ...(horizontal === 'center' ? {} : { indent: 1 }) };
}

const WIDTHS: Readonly<Record<ColumnType, number>> = {
  text: 20,
  'long-text': 36,
  date: 13,
  number: 11,
  money: 15,
  choice: 12,
  list: 12,
  flag: 9,
  formula: 34,
};

export function columnWidth(column: ColumnSchema): number {
  const heading = wordsWidth(headingText(column)) + (column.required ? 4.5 : 3);
  const choices = Math.max(0, ...(column.choices ?? []).map((choice) => wordsWidth(choice) + 3));
  // A long heading wraps to two lines rather than widening its column.
  const least = heading > 26 ? heading / 2 + 3 : heading;
  return Math.max(WIDTHS[column.type], least, Math.min(choices, 22));
}

const MAX_LIST_CHARACTERS = 255;

/** Drop-down (`list`: of the cells there), range check and input prompt of a column. Text typed instead of a date or number is asked about, not refused. */
export function validationOf(key: string, column: ColumnSchema, list?: string): DataValidation {
  const prompt = [column.required ? '必填。' : '', column.hint === '' ? '' : `${column.hint}。`, sampleHint(column)]
    .filter((part) => part !== '')
    .join('')
    .slice(0, 250);
  const common = {
    allowBlank: true,
    showInputMessage: prompt !== '',
    promptTitle: headingText(column).slice(0, 30),
    prompt,
  };
  // The library proposes; an indicator of one's own is typed as ever.
  if (list !== undefined) return { ...common, type: 'list', formulae: [list], showErrorMessage: false };
  const choices = key === 'level1' ? INDICATOR_LEVEL_1 : column.choices;
  if (choices !== undefined && choices.join(',').length <= MAX_LIST_CHARACTERS)
    return {
      ...common,
      type: 'list',
      formulae: [`"${choices.join(',')}"`],
      // Several causes may stand in one cell, and counties have first levels of their own.
      showErrorMessage: key !== 'level1' && column.type !== 'list',
      errorStyle: 'stop',
      errorTitle: '不在选项里',
      error: `请从下拉列表选择：${choices.join('、')}`.slice(0, 220),
    };
  if (column.type === 'date')
    return {
      ...common,
      type: 'date',
      operator: 'between',
      formulae: [new Date('1990-01-01T00:00:00Z'), new Date('2100-12-31T00:00:00Z')],
      showErrorMessage: true,
      errorStyle: 'warning',
      errorTitle: '应填日期',
      error: '请按 2024-07-11 的样子填写日期。',
    };
  if (column.type === 'money' || column.type === 'number') {
    const low = column.bounds?.low ?? (column.negative ? -1e12 : 0);
    const high = column.bounds?.high ?? 1e12;
    return {
      ...common,
      type: 'decimal',
      operator: 'between',
      formulae: [low, high],
      showErrorMessage: true,
      errorStyle: 'warning',
      errorTitle: '应填数字',
      error: `请只填数字${column.unit === undefined || column.unit === '' ? '' : `，单位${column.unit}`}${column.negative ? '' : '，不能为负'}。`,
    };
  }
  return { ...common, type: 'any' as DataValidation['type'], formulae: [] };
}

function sampleHint(column: ColumnSchema): string {
  return column.sample === '' || column.type === 'long-text' ? '' : `如：${column.sample}`;
}
