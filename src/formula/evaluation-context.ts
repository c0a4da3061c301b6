import type { FactValue, RowRange } from '../fact/index.ts';
import type { Severity, Text } from '../problem/index.ts';
import { Exact } from '../quantity/index.ts';
import type { Checked } from './checked.ts';
import type { FormulaLimits } from './limits.ts';
import type { FormulaData } from './schema.ts';

/** A cell that kept a formula from being sure, for the list of faults: never the cell's contents. */
export interface FormulaCellProblem {
  /** `cell-fault`: it holds what its column cannot. `cell-blank`: empty, so its row was left out. `sheet-missing`, `column-missing`. */
  readonly rule: 'cell-fault' | 'cell-blank' | 'sheet-missing' | 'column-missing' | 'value-missing' | 'formula-steps';
  readonly severity: Severity;
  readonly message: Text;
  readonly table?: string;
  readonly row?: number;
  readonly column?: string;
}

/** One count or sum a formula made: what a counted origin says. */
export interface FormulaUse {
  readonly table: string;
  /** Canonical text of the count, e.g. `次数(培训会议, 方式 = "举办")`. */
  readonly query: string;
  readonly rows: readonly RowRange[];
  readonly rowCount: number;
  readonly value: FactValue;
}

/** Why there is no value. `blank` cells make a condition unknown, faults make the whole result so. */
export class Undecided {
  readonly reason: Text;

  constructor(reason: Text) {
    this.reason = reason;
  }
}

export type Raw = Exact | string | boolean | Undecided;

/** What the closures of one evaluation share. */
export interface Context {
  readonly data: FormulaData;
  readonly indicators: ReadonlyMap<string, FactValue>;
  readonly limits: FormulaLimits;
  readonly uses: FormulaUse[];
  readonly inputs: Set<string>;
  readonly problems: FormulaCellProblem[];
  steps: number;
}

/** Gives the reader of a column's cell in the row at hand. */
export type CellReader = (column: string) => (index: number) => Raw;

/** Turns a checked expression into a closure over row indexes. */
export type Bind = (checked: Checked, context: Context, cells: CellReader) => (index: number) => Raw;

/** A text or date as it is; of anything else what it prints as. */
export function rawText(raw: Raw): string {
  return raw instanceof Undecided ? raw.reason.zh : raw.toString();
}

export function order(a: Raw, b: Raw): number {
  if (a instanceof Exact && b instanceof Exact) return a.compare(b);
  const [left, right] = [rawText(a), rawText(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** One spelling for comparing texts: width, case of width and blanks at the ends do not matter. */
export function normalText(value: string): string {
  return value.normalize('NFKC').trim();
}
