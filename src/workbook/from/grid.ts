import { type Cell, cellText, type Table } from '../../document/index.ts';
import type { Text, Where } from '../../problem/index.ts';
import { text } from '../../problem/index.ts';
import { cellWords } from '../read/plain-words.ts';

/** A cell of somebody's form with its words and its place as a person finds it again. */
export interface GridCell {
  readonly cell: Cell;
  readonly words: string;
  /** Words without spaces, brackets and closing colon, by which labels are recognised. */
  readonly label: string;
}

/** A table by its grid places; a merged cell stands at every place it covers. */
export class Grid {
  readonly table: Table;
  readonly rows: number;
  readonly columns: number;
  readonly all: readonly GridCell[];
  readonly #number: number;
  readonly #places = new Map<number, GridCell>();

  /** @param number 1-based number of the table in its document */
  constructor(table: Table, number: number) {
    this.table = table;
    this.rows = table.rowCount;
    this.columns = table.columnCount;
    this.#number = number;
    this.all = [...table.cells]
      .sort((a, b) => a.row - b.row || a.column - b.column)
      .map((cell) => {
        const words = cellWords(cellText(cell));
        return { cell, words, label: labelOf(words) };
      });
    for (const each of this.all)
      for (let row = each.cell.row; row < each.cell.row + each.cell.rowSpan; row += 1)
        for (let column = each.cell.column; column < each.cell.column + each.cell.columnSpan; column += 1)
          this.#places.set(row * this.columns + column, each);
  }

  at(row: number, column: number): GridCell | undefined {
    if (column < 0 || column >= this.columns) return undefined;
    return this.#places.get(row * this.columns + column);
  }

  /** Cells that begin in a row, left to right. */
  startingIn(row: number): readonly GridCell[] {
    return this.all.filter(({ cell }) => cell.row === row);
  }

  right({ cell }: GridCell): GridCell | undefined {
    return this.at(cell.row, cell.column + cell.columnSpan);
  }

  below({ cell }: GridCell): GridCell | undefined {
    return this.at(cell.row + cell.rowSpan, cell.column);
  }

  /** Where a cell stands: sheet and cell of a workbook, else the table, row and column in words. */
  place({ cell }: GridCell): { readonly where: Where; readonly words: Text } {
    const { sheet, cell: address } = cell.position ?? {};
    if (address !== undefined)
      return { where: { ...(sheet === undefined ? {} : { sheet }), cell: address }, words: text('', '') };
    const [row, column] = [cell.row + 1, cell.column + 1];
    return {
      where: {},
      words: text(
        `第 ${this.#number} 个表第 ${row} 行第 ${column} 列：`,
        `table ${this.#number}, row ${row}, column ${column}: `,
      ),
    };
  }
}

/** 全年预算数（A） and 全年预算数 are one label; so are 项目名称： and 项 目 名 称. */
export function labelOf(words: string): string {
  return words
    .normalize('NFKC')
    .replace(/[\s*]/g, '')
    .replace(/[〔［【]/g, '(')
    .replace(/[〕］】]/g, ')')
    .replace(/\([^()]*\)/g, '')
    .replace(/^(?:[一二三四五六七八九十]+|\d+)[、.]/, '')
    .replace(/[::;；]+$/, '');
}
