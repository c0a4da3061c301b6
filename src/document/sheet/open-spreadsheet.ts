import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { readHtml } from '../html/read-html.ts';
import { decodeText } from '../safety/decode-text.ts';
import { checkFileSize, detectKind, wrongKind } from '../safety/detect-kind.ts';
import { fileSize } from '../safety/file-size.ts';
import { DEFAULT_LIMITS, type ReadLimits } from '../safety/limits.ts';
import { overLimit } from '../safety/unreadable.ts';
import { openZip } from '../safety/zip-archive.ts';
import { parseDelimited } from '../text/parse-delimited.ts';
import type { SheetRow } from './cell.ts';
import { openLegacySpreadsheet } from './legacy-spreadsheet.ts';
import { readOoxmlWorkbook } from './ooxml-parts.ts';
import { readWorksheet } from './ooxml-rows.ts';
import { type Sheet, type SheetContent, type Spreadsheet, spreadsheet } from './spreadsheet.ts';
import { delimitedSpreadsheet, textSpreadsheet } from './text-spreadsheet.ts';

export interface OpenSpreadsheetOptions {
  /** The name for errors; absent = the path's last part, or `workbook` for bytes. */
  readonly file?: string;
  readonly limits?: Partial<ReadLimits>;
}

/**
 * Opens a workbook: xlsx of Excel, WPS or LibreOffice (strict and transitional, any prefixes, `r` attributes absent),
 * streamed; xls, et, xlsb and ods, read whole; CSV by its name, and web pages named .xls, whose cells are all texts.
 *
 * @param source a path or the file's bytes
 * @throws JipingError `unreadable` with one sentence when it is something else, encrypted, damaged or over a limit;
 *   `not-found` when there is no such file
 * @example for await (const row of book.sheets[0].rows()) …
 */
export async function openSpreadsheet(
  source: string | Uint8Array,
  options: OpenSpreadsheetOptions = {},
): Promise<Spreadsheet> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const file = options.file ?? (typeof source === 'string' ? basename(source) : 'workbook');
  checkFileSize(file, typeof source === 'string' ? await fileSize(source, file) : source.length, limits);
  const kind = await detectKind(source, file, limits);
  if (kind === 'xls' || kind === 'xlsb' || kind === 'ods') {
    const bytes = typeof source === 'string' ? await readFile(source) : source;
    return openLegacySpreadsheet(bytes, kind, file, limits);
  }
  if ((kind === 'html' && /\.(xls|et|html?)$/i.test(file)) || (kind === 'text' && /\.(csv|tsv)$/i.test(file))) {
    const bytes = typeof source === 'string' ? await readFile(source) : source;
    if (kind === 'text') return delimitedSpreadsheet(parseDelimited(decodeText(bytes, file).text), file);
    return textSpreadsheet(readHtml(bytes, file, limits).blocks, file);
  }
  if (kind !== 'xlsx') throw wrongKind(file, kind, ['Excel 工作簿（xlsx）', 'an Excel workbook (xlsx)']);
  const zip = await openZip(source, file, limits);
  try {
    const workbook = await readOoxmlWorkbook(zip, file, limits);
    const context = { file, limits, ...workbook };
    const sheets = workbook.sheets.map((each) => ({
      name: each.name,
      hidden: each.hidden,
      rows: () => readWorksheet(zip.stream(each.part), context),
    }));
    return spreadsheet(file, workbook.dateSystem, sheets, () => zip.close());
  } catch (fault) {
    zip.close();
    throw fault;
  }
}

/**
 * Collects a sheet. @throws JipingError `unreadable` beyond `maxCells` (default 2 million): larger sheets are read
 * with `rows()`.
 */
export async function collectSheet(sheet: Sheet, file: string, maxCells = 2_000_000): Promise<SheetContent> {
  const rows: SheetRow[] = [];
  const source = sheet.rows();
  let count = 0;
  for (;;) {
    const next = await source.next();
    if (next.done) return { name: sheet.name, hidden: sheet.hidden, rows, ...next.value };
    count += next.value.cells.length;
    if (count > maxCells)
      throw overLimit(
        file,
        `工作表“${sheet.name}”多于 ${maxCells} 格`,
        `sheet "${sheet.name}" has more than ${maxCells} cells`,
      );
    rows.push(next.value);
  }
}
