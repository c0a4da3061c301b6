import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { cellDate, displayText, openSpreadsheet } from '../../document/index.ts';
import { JipingError, text } from '../../problem/index.ts';
import { parquetToCsv } from '../engines/duckdb/parquet-text.ts';
import { csvRow } from './csv-text.ts';
import { toUtf8 } from './decode-text.ts';
import { type CsvSource, readCsvTables, type TextTable } from './read-csv.ts';

/**
 * Reads the wanted columns of tables: CSV (UTF-8, GB 18030, UTF-16), Parquet, or the first sheet of a workbook.
 * @throws JipingError `not-found`, `unreadable`.
 */
export async function readTables(
  paths: readonly string[],
  wanted: readonly string[],
  identifier: string,
): Promise<readonly TextTable[]> {
  const sources: CsvSource[] = [];
  for (const path of paths) sources.push(await readAsCsv(path));
  return readCsvTables(sources, wanted, identifier);
}

async function readAsCsv(path: string): Promise<CsvSource> {
  const file = basename(path);
  const bytes = await readBytes(path);
  const magic = bytes.toString('latin1', 0, 4);
  if (magic === 'PAR1') return { file, bytes: await parquetToCsv(path, file) };
  if (magic.startsWith('PK') || magic === '\u00d0\u00cf\u0011\u00e0') return { file, bytes: await sheetToCsv(path) };
  return { file, bytes: toUtf8(bytes, file) };
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
