import type { Text } from '../../problem/index.ts';
import type { CellValue } from './value.ts';

/** A cell as printed. `text` is the cell's own words; offsets are UTF-16 into the source text. */
export interface TableCell {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Present when the cell is one number. */
  readonly value?: CellValue;
}

export interface IndicatorRow {
  readonly level1: string;
  /** The points in 产出指标(50分). */
  readonly level1Points?: string;
  readonly level2: string;
  readonly name: TableCell | undefined;
  readonly target: TableCell | undefined;
  readonly actual: TableCell | undefined;
  readonly weight: TableCell | undefined;
  readonly score: TableCell | undefined;
  readonly reason: TableCell | undefined;
  /** Cells that cannot be read one way only; no finding stands on them. */
  readonly unreadable: readonly CellRole[];
  /** The row comes from a sentence, not from a table. */
  readonly prose: boolean;
  /** The row's pieces stood together in their order. A displaced row was put together again. */
  readonly together: boolean;
  /** A second or third score or pair is missing. */
  readonly partial?: boolean;
  /** The result was taken before the year was over: it need not have reached the target. */
  readonly interim?: boolean;
}

export type CellRole = 'target' | 'actual' | 'weight' | 'score';

export interface BudgetRow {
  readonly name: TableCell;
  readonly initial: TableCell | undefined;
  readonly adjusted: TableCell | undefined;
  readonly executed: TableCell | undefined;
  readonly rate: TableCell | undefined;
  readonly weight: TableCell | undefined;
  readonly score: TableCell | undefined;
  readonly unreadable: boolean;
}

export interface BudgetTable {
  /** 元, 万元 or empty when not printed. */
  readonly unit: string;
  readonly rows: readonly BudgetRow[];
  /** Roles the header prints. */
  readonly roles: readonly string[];
}

export interface AuditTable {
  readonly start: number;
  readonly end: number;
  /** Whether the text kept its cells (real table, pipes, one cell a line). */
  readonly celled: boolean;
  readonly budget: BudgetTable | undefined;
  readonly indicators: readonly IndicatorRow[];
  /** Columns the indicator header prints. */
  readonly roles: readonly string[];
  readonly stated: {
    readonly weightTotal: TableCell | undefined;
    readonly scoreTotal: TableCell | undefined;
    /** Every number printed behind a 总分 or 合计; forms repeat their totals. */
    readonly all?: readonly TableCell[];
    /** Only one number stands in the total row: it may be the sum of the weights. */
    readonly single?: boolean;
  };
  /** Every row was read and nothing seems cut off. */
  readonly complete: boolean;
  readonly unreadable: readonly { readonly start: number; readonly end: number; readonly why: Text }[];
}
