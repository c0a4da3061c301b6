import type { Workbook } from 'exceljs';
import type { SheetSchema } from '../../ledger/index.ts';
import { VALUE_HEADING } from '../read/read-form.ts';
import {
  BODY_FONT,
  GRID,
  HEADING_FILL,
  HEADING_FONT,
  NOTE_FILL,
  NOTE_FONT,
  TITLE_FONT,
  WRAPPED,
  wrappedHeight,
} from './style.ts';
import { headingValue, writeValue } from './write-cell.ts';
import { addValidation, type Entry, HEADING_ROW, setUpPrinting } from './write-table-sheet.ts';

const LABEL_WIDTH = 25;
const VALUE_WIDTH = 58;
const HINT_WIDTH = 34;

/** The 项目 sheet: one item a row, its name, the answer, what to write there. */
export function writeFormSheet(workbook: Workbook, schema: SheetSchema, entry: Entry): void {
  const sheet = workbook.addWorksheet(schema.name, {
    views: [{ state: 'frozen', ySplit: HEADING_ROW, xSplit: 0, showGridLines: false }],
    properties: { defaultRowHeight: 21 },
  });
  sheet.columns = [{ width: LABEL_WIDTH }, { width: VALUE_WIDTH }, { width: HINT_WIDTH }];
  sheet.mergeCells('A1:C1');
  sheet.getCell('A1').value = `${schema.name}基本信息`;
  sheet.getCell('A1').font = TITLE_FONT;
  sheet.getCell('A1').alignment = { vertical: 'middle', horizontal: 'left' };
  sheet.getRow(1).height = 28;
  sheet.mergeCells('A2:C2');
  sheet.getCell('A2').value = schema.instructions;
  sheet.getCell('A2').font = NOTE_FONT;
  sheet.getCell('A2').fill = NOTE_FILL;
  sheet.getCell('A2').alignment = WRAPPED;
  sheet.getRow(2).height = 24;
  for (const [index, words] of ['栏目', VALUE_HEADING, '填写说明'].entries()) {
    const cell = sheet.getCell(HEADING_ROW, index + 1);
    cell.value = words;
    cell.font = HEADING_FONT;
    cell.fill = HEADING_FILL;
    cell.border = GRID;
    cell.alignment = { vertical: 'middle', horizontal: 'center' };
  }
  sheet.getRow(HEADING_ROW).height = 25;
  let number = HEADING_ROW;
  for (const [key, column] of Object.entries(schema.columns)) {
    number += 1;
    const [label, value, hint] = [sheet.getCell(number, 1), sheet.getCell(number, 2), sheet.getCell(number, 3)];
    label.value = headingValue(column);
    label.font = HEADING_FONT;
    label.fill = HEADING_FILL;
    writeValue(value, column, entry[key]);
    value.font = BODY_FONT;
    hint.value = [column.hint, column.sample === '' ? '' : `如：${column.sample}`]
      .filter((part) => part !== '')
      .join('；');
    hint.font = NOTE_FONT;
    for (const cell of [label, value, hint]) {
      cell.border = GRID;
      cell.alignment = { ...WRAPPED, horizontal: 'left', indent: 1 };
    }
    const long = column.type === 'long-text' || column.type === 'list';
    sheet.getRow(number).height = Math.max(
      wrappedHeight(typeof value.value === 'string' ? value.value : '', VALUE_WIDTH, long ? 44 : 22),
      wrappedHeight(String(hint.value), HINT_WIDTH, 22),
    );
    addValidation(sheet, `B${number}`, key, column);
  }
  setUpPrinting(sheet, ['C', number], 'portrait');
  sheet.pageSetup.printTitlesRow = `${HEADING_ROW}:${HEADING_ROW}`;
}
