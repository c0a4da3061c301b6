import type { Piece } from './piece.ts';

/** A row as the reader first sees it: pieces under columns. */
export interface RowDraft {
  readonly name: readonly Piece[];
  /** One entry a column; `undefined` when nothing was read for it. */
  readonly cells: readonly (readonly Piece[] | undefined)[];
  readonly level1: string;
  readonly level2: string;
  /** Columns whose digits were cut out of a run of digits. */
  readonly cut: boolean;
}

export interface Reading {
  readonly rows: readonly RowDraft[];
  readonly totals: readonly (readonly Piece[])[];
  readonly cost: number;
}
