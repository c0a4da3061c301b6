import type { DateSystem, SheetLayout, SheetRow } from './cell.ts';

/** One worksheet, read row by row as often as wanted. */
export interface Sheet {
  readonly name: string;
  readonly hidden: boolean;
  /**
   * The rows that hold something, in file order, in bounded memory; empty rows are left out (see `row`).
   * The generator returns the layout once it has run to its end.
   */
  rows(): AsyncGenerator<SheetRow, SheetLayout>;
}

/** All of a small sheet at once. */
export interface SheetContent extends SheetLayout {
  readonly name: string;
  readonly hidden: boolean;
  readonly rows: readonly SheetRow[];
}

export interface Spreadsheet {
  /** The file's name as errors give it. */
  readonly file: string;
  readonly dateSystem: DateSystem;
  /** In the order of the tabs; chart sheets are left out. */
  readonly sheets: readonly Sheet[];
  sheet(name: string): Sheet | undefined;
  close(): void;
}

export function spreadsheet(
  file: string,
  dateSystem: DateSystem,
  sheets: readonly Sheet[],
  close: () => void,
): Spreadsheet {
  return { file, dateSystem, sheets, sheet: (name) => sheets.find((each) => each.name === name), close };
}
