/**
 * How the file stores a cell. `s` shared string, `inlineStr` string in place, `str` text result of a formula,
 * `n` number (dates too), `b` boolean, `e` error value, `d` ISO date text.
 */
export type StoredType = 's' | 'inlineStr' | 'str' | 'n' | 'b' | 'e' | 'd';

/** One cell of a worksheet that holds a value or a formula; empty cells are not given. */
export interface SheetCell {
  /** `C5`. */
  readonly address: string;
  /** 1-based, as the user sees it. */
  readonly row: number;
  /** 1-based; A = 1. */
  readonly column: number;
  readonly type: StoredType;
  /**
   * The value as stored: the words of a string, a number's own digits (`0.30000000000000004`), `1`/`0` of a boolean,
   * `#DIV/0!` of an error. For a formula it is the cached result; '' when the file holds none.
   */
  readonly raw: string;
  /** Number format code, `General` when none. */
  readonly format: string;
  /** Formula text without `=`; of a shared formula, dependents carry the text of its first cell. */
  readonly formula?: string;
  /** Which day is number 0: needed to read a date. */
  readonly dateSystem: DateSystem;
}

export type DateSystem = 1900 | 1904;

export interface SheetRow {
  /** 1-based. */
  readonly row: number;
  readonly hidden: boolean;
  /** In order of column. */
  readonly cells: readonly SheetCell[];
}

/** 1-based, both ends inclusive. */
export interface SheetRange {
  readonly firstRow: number;
  readonly firstColumn: number;
  readonly lastRow: number;
  readonly lastColumn: number;
}

/** What stands around the rows; complete once the sheet has been read to its end. */
export interface SheetLayout {
  readonly merges: readonly SheetRange[];
  /** 1-based. */
  readonly hiddenColumns: readonly { readonly first: number; readonly last: number }[];
  /** Words of printed page headers and footers, with their codes (`&P`, `&L`) taken out. */
  readonly pageTexts: readonly string[];
}

/** `columnName(28)` = "AB". */
export function columnName(column: number): string {
  let name = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  }
  return name;
}

const ADDRESS = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/;

/** `parseAddress('AB12')` = {row: 12, column: 28}; undefined when it is none or outside a worksheet. */
export function parseAddress(address: string): { row: number; column: number } | undefined {
  const match = ADDRESS.exec(address);
  if (match === null) return undefined;
  let column = 0;
  for (const letter of match[1] ?? '') column = column * 26 + letter.charCodeAt(0) - 64;
  const row = Number(match[2]);
  return row >= 1 && row <= MAX_ROWS && column <= MAX_COLUMNS ? { row, column } : undefined;
}

/** `parseRange('A1:B3')`; a single address is a range of one cell. */
export function parseRange(reference: string): SheetRange | undefined {
  const [from = '', to = from] = reference.split(':');
  const first = parseAddress(from);
  const last = parseAddress(to);
  if (first === undefined || last === undefined) return undefined;
  return {
    firstRow: Math.min(first.row, last.row),
    firstColumn: Math.min(first.column, last.column),
    lastRow: Math.max(first.row, last.row),
    lastColumn: Math.max(first.column, last.column),
  };
}

/** What a worksheet of Excel can hold. */
export const MAX_ROWS = 1_048_576;
export const MAX_COLUMNS = 16_384;
