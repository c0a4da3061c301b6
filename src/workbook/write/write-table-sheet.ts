import type { Row, Workbook, Worksheet } from 'exceljs';
import { columnName } from '../../document/index.ts';
import type { ColumnSchema, SheetSchema } from '../../ledger/index.ts';
import { headingText } from '../read/match-heading.ts';
import { sampleRecord } from '../read/sample-row.ts';
import {
  BODY_FONT,
  GRID,
  HEADING_FILL,
  HEADING_FONT,
  NOTE_FILL,
  NOTE_FONT,
  SAMPLE_FILL,
  SAMPLE_FONT,
  TITLE_FONT,
  WRAPPED,
  wordsWidth,
  wrappedHeight,
} from './style.ts';
import { alignmentOf, columnWidth, headingValue, validationOf, writeValue } from './write-cell.ts';

export const HEADING_ROW = 3;
const FIRST_RECORD_ROW = HEADING_ROW + 1;
/** Rows drawn with a grid for filling in, and rows that carry drop-downs and checks. */
const DRAWN_ROWS = 20;
const CHECKED_ROWS = 3000;
/** Column units still legible on one landscape page, and of each page where a wider sheet is printed side by side. */
const ONE_PAGE_WIDTH = 250;
const PAGE_WIDTH = 190;
const SAMPLE_NOTE = '示例：本行不计入，可照样填写或删去';

export type Entry = Readonly<Record<string, unknown>>;

/**
 * Title, instructions, heading and records of one table sheet; a grey sample row where there are no records. `lists`:
 * by key of a column, the cells its drop-down offers.
 */
export function writeTableSheet(
  workbook: Workbook,
  schema: SheetSchema,
  entries: readonly Entry[],
  options: { readonly sample: boolean; readonly lists?: Readonly<Record<string, string>> },
): void {
  const columns = Object.entries(schema.columns);
  const sheet = workbook.addWorksheet(schema.name, {
    views: [{ state: 'frozen', ySplit: HEADING_ROW, xSplit: 0, showGridLines: false }],
    properties: { defaultRowHeight: 21 },
  });
  sheet.columns = columns.map(([, column]) => ({ width: columnWidth(column) }));
  const width = columns.reduce((total, [, column]) => total + columnWidth(column), 0);
  // Titles of a very wide sheet stay on its first screen.
  writeTop(sheet, schema, width > ONE_PAGE_WIDTH ? 8 : columns.length, width);
  writeHeading(sheet, columns);
  for (const [index, entry] of entries.entries())
    writeRecord(sheet.getRow(FIRST_RECORD_ROW + index), columns, entry, false);
  const withSample = options.sample && entries.length === 0;
  if (withSample) {
    const row = sheet.getRow(FIRST_RECORD_ROW);
    writeRecord(row, columns, sampleRecord(schema), true);
    const note = row.getCell(columns.length + 1);
    note.value = SAMPLE_NOTE;
    note.font = SAMPLE_FONT;
    note.alignment = { vertical: 'middle' };
  }
  const lastDrawn =
    FIRST_RECORD_ROW + Math.max(entries.length + (withSample ? 1 : 0), options.sample ? DRAWN_ROWS : 1) - 1;
  for (let number = FIRST_RECORD_ROW + entries.length + (withSample ? 1 : 0); number <= lastDrawn; number += 1)
    writeRecord(sheet.getRow(number), columns, {}, false);
  for (const [index, [key, column]] of columns.entries()) {
    const letter = columnName(index + 1);
    addValidation(
      sheet,
      `${letter}${FIRST_RECORD_ROW}:${letter}${FIRST_RECORD_ROW + CHECKED_ROWS}`,
      key,
      column,
      options.lists?.[key],
    );
  }
  const pages = width > ONE_PAGE_WIDTH ? Math.ceil(width / PAGE_WIDTH) : 1;
  setUpPrinting(sheet, [columnName(columns.length), lastDrawn], width > 105 ? 'landscape' : 'portrait', pages);
  sheet.pageSetup.printTitlesRow = `1:${HEADING_ROW}`;
  if (pages > 1) sheet.pageSetup.printTitlesColumn = 'A:C';
}

function writeTop(sheet: Worksheet, schema: SheetSchema, span: number, width: number): void {
  sheet.mergeCells(1, 1, 1, span);
  const title = sheet.getCell(1, 1);
  title.value = schema.name;
  title.font = TITLE_FONT;
  title.alignment = { vertical: 'middle', horizontal: 'left' };
  sheet.getRow(1).height = 28;
  sheet.mergeCells(2, 1, 2, span);
  const note = sheet.getCell(2, 1);
  note.value = schema.instructions;
  note.font = NOTE_FONT;
  note.fill = NOTE_FILL;
  note.alignment = WRAPPED;
  sheet.getRow(2).height = wrappedHeight(schema.instructions, Math.min(width, 110), 24);
}

function writeHeading(sheet: Worksheet, columns: readonly (readonly [string, ColumnSchema])[]): void {
  const row = sheet.getRow(HEADING_ROW);
  for (const [index, [, column]] of columns.entries()) {
    const cell = row.getCell(index + 1);
    cell.value = headingValue(column);
    cell.font = HEADING_FONT;
    cell.fill = HEADING_FILL;
    cell.border = GRID;
    cell.alignment = { vertical: 'middle', horizontal: 'center', wrapText: true };
  }
  const lines = Math.max(
    ...columns.map(([, column]) => Math.ceil((wordsWidth(headingText(column)) + 2) / (columnWidth(column) - 1))),
  );
  row.height = lines > 1 ? 36 : 25;
}

function writeRecord(
  row: Row,
  columns: readonly (readonly [string, ColumnSchema])[],
  entry: Entry,
  sample: boolean,
): void {
  let height = 21;
  for (const [index, [key, column]] of columns.entries()) {
    const cell = row.getCell(index + 1);
    writeValue(cell, column, entry[key]);
    cell.font = sample ? SAMPLE_FONT : BODY_FONT;
    if (sample) cell.fill = SAMPLE_FILL;
    cell.border = GRID;
    cell.alignment = alignmentOf(column.type);
    if (typeof cell.value === 'string' && alignmentOf(column.type).wrapText === true)
      height = Math.max(height, wrappedHeight(cell.value, columnWidth(column), 21));
  }
  row.height = height;
}

export function addValidation(sheet: Worksheet, range: string, key: string, column: ColumnSchema, list?: string): void {
  // exceljs types only single-cell validations; its model takes ranges.
  const holder = sheet as unknown as { dataValidations: { add(range: string, rule: object): void } };
  holder.dataValidations.add(range, validationOf(key, column, list));
}

export function setUpPrinting(
  sheet: Worksheet,
  [lastColumn, lastRow]: readonly [string, number],
  orientation: 'portrait' | 'landscape',
  pagesWide = 1,
): void {
  sheet.pageSetup = {
    ...sheet.pageSetup,
    paperSize: 9,
    orientation,
    fitToPage: true,
    fitToWidth: pagesWide,
    fitToHeight: 0,
    // exceljs makes only the columns absolute; the rows' own $ keeps the area from moving with the cell pointer.
    printArea: `A$1:${lastColumn}$${lastRow}`,
    horizontalCentered: true,
    margins: { left: 0.5, right: 0.5, top: 0.6, bottom: 0.7, header: 0.3, footer: 0.35 },
  };
  sheet.headerFooter = { oddFooter: '&C第 &P 页，共 &N 页' };
}
