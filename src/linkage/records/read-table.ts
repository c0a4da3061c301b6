import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { cellDate, displayText, openSpreadsheet } from '../../document/index.ts';
import { JipingError, text } from '../../problem/index.ts';
import { parquetToCsv } from '../engines/duckdb/parquet-text.ts';
import { csvRow } from './csv-text.ts';
import { toUtf8 } from './decode-text.ts';
import { readCsv, type TextTable } from './read-csv.ts';

/**
 * Reads the wanted columns of a table: CSV (UTF-8, GB 18030, UTF-16), Parquet, or the first sheet of a workbook.
 * @throws JipingError `not-found`, `unreadable`.
 */
export async function readTable(path: string, wanted: readonly string[]): Promise<TextTable> {
  const file = basename(path);
  const bytes = await readBytes(path);
  const magic = bytes.toString('latin1', 0, 4);
  if (magic === 'PAR1') return readCsv(await parquetToCsv(path, file), file, wanted);
  if (magic.startsWith('PK') || magic === '\u00d0\u00cf\u0011\u00e0')
    return readCsv(await sheetToCsv(path), file, wanted);
  return readCsv(toUtf8(bytes, file), file, wanted);
}

export async function readBytes(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    throw new JipingError(
      code === 'ENOENT' ? 'not-found' : 'unreadable',
      code === 'ENOENT' ? text('没有这个文件', 'no such file') : text('文件打不开', 'the file cannot be opened'),
      { file: basename(path) },
      { cause },
    );
  }
}

/** The first sheet with its first row as heading. */
async function sheetToCsv(path: string): Promise<Buffer> {
  const book = await openSpreadsheet(path);
  try {
    const lines: string[] = [];
    let width = 0;
    for await (const row of book.sheets[0]?.rows() ?? []) {
      const cells: string[] = [];
      for (const cell of row.cells) cells[cell.column - 1] = cellDate(cell) ?? displayText(cell);
      if (lines.length === 0) width = cells.length;
      lines.push(csvRow(Array.from({ length: Math.max(width, cells.length) }, (_, index) => cells[index] ?? '')));
    }
    return Buffer.from(lines.join(''), 'utf8');
  } finally {
    book.close();
  }
}
