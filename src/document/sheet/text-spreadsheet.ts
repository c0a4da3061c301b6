import { type Block, type Cell, cellText } from '../blocks.ts';
import { columnName, type SheetCell, type SheetLayout, type SheetRange, type SheetRow } from './cell.ts';
import { type Spreadsheet, spreadsheet } from './spreadsheet.ts';

/**
 * Tables of a text file as worksheets, every cell a text: CSV, and the web pages that many systems export under the
 * name .xls.
 */
export function textSpreadsheet(blocks: readonly Block[], file: string): Spreadsheet {
  const tables = blocks.filter((block) => block.kind === 'table');
  const sheets = tables.map((table, index) => {
    const rows = new Map<number, SheetCell[]>();
    const merges: SheetRange[] = [];
    for (const cell of table.cells) {
      const words = cellText(cell);
      if (cell.rowSpan > 1 || cell.columnSpan > 1) merges.push(rangeOf(cell));
      if (words === '') continue;
      const row = cell.row + 1;
      const column = cell.column + 1;
      const cells = rows.get(row) ?? [];
      cells.push({
        address: columnName(column) + row,
        row,
        column,
        type: 's',
        raw: words,
        format: '@',
        dateSystem: 1900,
      });
      rows.set(row, cells);
    }
    const ordered = [...rows].sort(([a], [b]) => a - b);
    return {
      name: `Sheet${index + 1}`,
      hidden: false,
      async *rows(): AsyncGenerator<SheetRow, SheetLayout> {
        for (const [row, cells] of ordered)
          yield { row, hidden: false, cells: cells.sort((a, b) => a.column - b.column) };
        return { merges, hiddenColumns: [], pageTexts: [] };
      },
    };
  });
  return spreadsheet(file, 1900, sheets, () => {});
}

function rangeOf(cell: Cell): SheetRange {
  return {
    firstRow: cell.row + 1,
    firstColumn: cell.column + 1,
    lastRow: cell.row + cell.rowSpan,
    lastColumn: cell.column + cell.columnSpan,
  };
}
