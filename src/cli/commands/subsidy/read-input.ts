import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { collectSheet, decodeText, displayText, openSpreadsheet, parseDelimited } from '../../../document/index.ts';
import type { InputTable } from '../../../policy/index.ts';
import { JipingError, text } from '../../../problem/index.ts';

/**
 * An input table from CSV (UTF-8, UTF-16 or GB18030) or the first sheet of a workbook. Rows keep their numbers.
 * @throws JipingError `not-found` or `unreadable`
 */
export async function readInput(path: string): Promise<InputTable> {
  const file = basename(path);
  const bytes = readBytes(path, file);
  const version = createHash('sha256').update(bytes).digest('hex');
  if (bytes.length === 0) throw new JipingError('unreadable', text('文件是空的', 'the file is empty'), { file });
  if (/\.(xlsx|xls|et)$/i.test(path)) return { file, version, rows: await sheetRows(path, file) };
  // A blank line keeps its place, so that the row numbers in a fault are those the clerk sees.
  const content = decodeText(bytes, file).text.replace(/^[ \t]*$/gm, ',');
  return { file, version, rows: parseDelimited(content) };
}

function readBytes(path: string, file: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new JipingError('not-found', text('读不到这个文件', 'the file cannot be read'), { file }, { cause: error });
  }
}

async function sheetRows(path: string, file: string): Promise<readonly (readonly string[])[]> {
  const book = await openSpreadsheet(path);
  try {
    const sheet = book.sheets[0];
    if (sheet === undefined) throw new JipingError('unreadable', text('没有工作表', 'no sheet'), { file });
    const rows: string[][] = [];
    for (const row of (await collectSheet(sheet, file)).rows) {
      const cells: string[] = [];
      for (const cell of row.cells) cells[cell.column - 1] = displayText(cell);
      rows[row.row - 1] = Array.from(cells, (cell) => cell ?? '');
    }
    return Array.from(rows, (row) => row ?? []);
  } finally {
    book.close();
  }
}
