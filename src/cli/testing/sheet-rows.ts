import { openSpreadsheet } from '../../document/index.ts';

/** The cells of a workbook's first sheet by row, empty ones as empty words. */
export async function sheetRows(path: string): Promise<string[][]> {
  const book = await openSpreadsheet(path);
  const rows: string[][] = [];
  for await (const row of book.sheets[0]?.rows() ?? []) {
    const cells: string[] = [];
    for (const cell of row.cells) cells[cell.column - 1] = cell.raw;
    rows.push(Array.from(cells, (cell) => cell ?? ''));
  }
  book.close();
  return rows;
}
