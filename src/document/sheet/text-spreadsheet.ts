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

/** The records of a CSV as one worksheet; linear, without a block model between. */
export function delimitedSpreadsheet(records: readonly (readonly string[])[], file: string): Spreadsheet {
  const sheet = {
    name: 'Sheet1',
    hidden: false,
    async *rows(): AsyncGenerator<SheetRow, SheetLayout> {
      for (const [index, words] of records.entries()) {
        const row = index + 1;
        const cells: SheetCell[] = [];
        for (const [at, raw] of words.entries())
          if (raw !== '')
            cells.push({
              address: columnName(at + 1) + row,
              row,
              column: at + 1,
              type: 's',
              raw,
              format: '@',
              dateSystem: 1900,
            });
        if (cells.length > 0) yield { row, hidden: false, cells };
      }
      return { merges: [], hiddenColumns: [], pageTexts: [] };
    },
  };
  return spreadsheet(file, 1900, records.length === 0 ? [] : [sheet], () => {});
}

function rangeOf(cell: Cell): SheetRange {
  return {
    firstRow: cell.row + 1,
    firstColumn: cell.column + 1,
    lastRow: cell.row + cell.rowSpan,
    lastColumn: cell.column + cell.columnSpan,
  };
}
