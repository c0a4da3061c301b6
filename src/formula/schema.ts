import type { Text } from '../problem/index.ts';
import type { Exact, Unit } from '../quantity/index.ts';

/** What a formula may name. Anything not in it does not exist for the formula. */
export interface FormulaSchema {
  readonly tables: readonly FormulaTableSchema[];
  /** Single values: fields of a form sheet, indicators entered by hand, constants of the rule set. */
  readonly scalars: readonly FormulaScalarSchema[];
}

export interface FormulaTableSchema {
  readonly name: string;
  /** Other names under which clerks know the sheet. */
  readonly synonyms?: readonly string[];
  readonly columns: readonly FormulaColumnSchema[];
  /** The date column that 截至 and 最新 look at. */
  readonly dateColumn?: string;
  /** A number column that says how many times a row stands for (old ledgers with totals only); blank is once. */
  readonly countColumn?: string;
}

export interface FormulaColumnSchema {
  readonly name: string;
  readonly synonyms?: readonly string[];
  readonly type: 'number' | 'money' | 'text' | 'date';
  /** Of a number or money column. */
  readonly unit?: Unit;
  /** A blank cell where the column is added up is a warning instead of a notice. */
  readonly required?: boolean;
  /** The only values the column can have: a comparison with another text is refused. */
  readonly choices?: readonly string[];
}

export interface FormulaScalarSchema {
  readonly name: string;
  readonly synonyms?: readonly string[];
  readonly type: 'number' | 'text' | 'date';
  readonly unit?: Unit;
}

/** A cell that holds something its column cannot: text in a money column, an error value. */
export interface CellFault {
  readonly fault: Text;
}

/** Exact in the column's unit; text; `YYYY-MM-DD`; blank. */
export type FormulaCell = Exact | string | undefined | CellFault;

/**
 * One table's records, column by column, so that a column is looked up once and a cell costs one call:
 * `column('金额')` of records in an array is `(index) => records[index]?.amount`.
 */
export interface FormulaTable {
  readonly length: number;
  /** 1-based row of the sheet, ascending, for lineage and problems. */
  rowNumber(index: number): number;
  /** `undefined` when this book's sheet lacks the column. The name is the schema's, never a synonym. */
  column(name: string): ((index: number) => FormulaCell) | undefined;
}

export interface FormulaData {
  /** `undefined` when the book lacks the sheet. */
  table(name: string): FormulaTable | undefined;
  /** `undefined` when nothing is filled in. */
  scalar(name: string): FormulaCell;
}
