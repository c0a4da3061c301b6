import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileSize, openSpreadsheet } from '../../document/index.ts';
import { type ReadBook, readProjectBook } from './read-project-book.ts';

/**
 * Reads a project workbook from its file (xlsx, xls, et, ods). Origins name the file and its SHA-256.
 * @throws JipingError `not-found`, or `unreadable` in one sentence: no workbook, encrypted, damaged, over a limit, or
 *   a workbook that is no project workbook
 */
export async function openProjectBook(path: string): Promise<ReadBook> {
  const name = basename(path);
  await fileSize(path, name);
  return readProjectBookBytes(name, await readFile(path));
}

/** As `openProjectBook`, for bytes already in memory. */
export async function readProjectBookBytes(name: string, bytes: Uint8Array): Promise<ReadBook> {
  const version = createHash('sha256').update(bytes).digest('hex');
  const spreadsheet = await openSpreadsheet(bytes, { file: name });
  try {
    return await readProjectBook({ name, version }, spreadsheet.sheets);
  } finally {
    spreadsheet.close();
  }
}
