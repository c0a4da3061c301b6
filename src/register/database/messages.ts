import type { ErrorCode, Text, Where } from '../../problem/index.ts';
import type { RegisterField } from '../kinds/register-kinds.ts';

/** What a database process may use and touch; fixed when it opens, locked afterwards. */
export interface DatabaseOptions {
  readonly threads: number;
  /** As DuckDB writes it: `4GB`. Not a hard cap on the process: leave half as much again. */
  readonly memory: string;
  /** Existing folder for spill and scratch files; may be read and written. */
  readonly scratch: string;
  /** Existing folders that may be read and written besides. */
  readonly folders: readonly string[];
  /** Foreign files that may be read. */
  readonly files: readonly string[];
}

/** A column whose odd values are to be cleaned one by one. */
export interface OddColumn {
  /** Table to make: `raw`, `value`, `fault`, `times`. */
  readonly table: string;
  /** Query of one text column. */
  readonly query: string;
  readonly field: RegisterField;
  readonly asOf: string;
}

/** Cleaning of single cells as a function of the database. */
export interface CellCleaner {
  readonly field: RegisterField;
  readonly asOf: string;
}

/** Replacement of single characters as a function of the database; a character not in `from` stays. */
export interface CharacterTable {
  /** Name of the function, text to text. */
  readonly name: string;
  /** Position by position, by code point. */
  readonly from: string;
  readonly to: string;
}

export type DatabaseRequest =
  | { readonly kind: 'open'; readonly options: DatabaseOptions }
  | { readonly kind: 'run'; readonly sql: string }
  | { readonly kind: 'rows'; readonly sql: string }
  | { readonly kind: 'clean'; readonly column: OddColumn }
  | { readonly kind: 'cleaner'; readonly cleaner: CellCleaner }
  | { readonly kind: 'characters'; readonly table: CharacterTable }
  | { readonly kind: 'line-ends'; readonly path: string; readonly scratch: string }
  | { readonly kind: 'prepare'; readonly path: string; readonly file: string; readonly scratch: string };

/** A cell of a result: text, or a whole number. */
export type SqlValue = string | bigint | null;

export type DatabaseAnswer =
  | { readonly kind: 'done'; readonly value?: unknown }
  | { readonly kind: 'fault'; readonly code: ErrorCode; readonly text: Text; readonly where: Where };

/** `where.key` of the fault of a CSV file whose line ends may be mixed. */
export const LINE_ENDS = 'line-ends';
