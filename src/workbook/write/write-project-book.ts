import ExcelJS from 'exceljs';
import JSZip from 'jszip';
import { projectSheet, type TableKey, tableSheets } from '../../ledger/index.ts';
import type { IndicatorLibrary } from '../indicator-library.ts';
import type { BookContent } from './book-content.ts';
import { writeFormSheet } from './write-form-sheet.ts';
import { writeGuideSheet } from './write-guide-sheet.ts';
import { libraryLists, writeLibrarySheet } from './write-library-sheet.ts';
import { type Entry, writeTableSheet } from './write-table-sheet.ts';

/** Every date a file carries about itself: the same content gives the same bytes on any day. */
const FIXED_DATE = new Date('2024-01-01T00:00:00Z');

/**
 * A project workbook (xlsx) with 说明, 项目 and every table sheet, headings with units, drop-downs, checks, prompts,
 * print set-up. `sample`: empty tables get a grey sample row and lines to write on. `libraries`: a sheet 指标库 with
 * the usual indicators, on which the drop-downs of the second and third level draw.
 * @returns the file's bytes; equal input gives equal bytes
 */
export async function writeProjectBook(
  content: BookContent,
  options: { readonly sample: boolean; readonly libraries?: readonly IndicatorLibrary[] },
): Promise<Uint8Array> {
  const { libraries = [] } = options;
  const workbook = new ExcelJS.Workbook();
  workbook.creator = '';
  workbook.lastModifiedBy = '';
  workbook.created = FIXED_DATE;
  workbook.modified = FIXED_DATE;
  writeGuideSheet(workbook);
  writeFormSheet(workbook, projectSheet, content.project);
  for (const key of Object.keys(tableSheets) as TableKey[])
    writeTableSheet(workbook, tableSheets[key], (content.tables[key] ?? []) as readonly Entry[], {
      ...options,
      ...(key === 'indicators' && libraries.length > 0 ? { lists: libraryLists(libraries) } : {}),
    });
  if (libraries.length > 0) writeLibrarySheet(workbook, libraries);
  return withFixedDates(await workbook.xlsx.writeBuffer());
}

async function withFixedDates(bytes: ArrayBuffer): Promise<Uint8Array> {
  const source = await JSZip.loadAsync(bytes);
  const target = new JSZip();
  for (const [path, file] of Object.entries(source.files))
    if (!file.dir) target.file(path, await file.async('uint8array'), { date: FIXED_DATE, createFolders: false });
  return target.generateAsync({ type: 'uint8array', compression: 'DEFLATE', platform: 'DOS' });
}
