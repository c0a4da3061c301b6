import type { Workbook } from 'exceljs';
import type { IndicatorLibrary } from '../indicator-library.ts';
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
import { HEADING_ROW, setUpPrinting } from './write-table-sheet.ts';

const SHEET = '指标库';
const LEVEL2_COLUMN = 13;
const LEVEL3_COLUMN = 14;
const COLUMNS = [
  ['项目', 22],
  ['一级指标', 12],
  ['二级指标', 16],
  ['三级指标', 26],
  ['方向', 10],
  ['单位', 9],
  ['怎么算', 36],
  ['计算公式', 36],
  ['数据来源', 18],
  ['要什么佐证', 26],
  ['常见问题', 40],
] as const;
const NOTE =
  '常用三级指标的写法，供“绩效指标”表的下拉选项和填写时参考；分值和指标值由预算批复决定。依据的文件原文未核。本表不读入。';

/** The usual indicators of every kind of project, for reading and for the drop-downs of 绩效指标. */
export function writeLibrarySheet(workbook: Workbook, libraries: readonly IndicatorLibrary[]): void {
  const sheet = workbook.addWorksheet(SHEET, {
    views: [{ state: 'frozen', ySplit: HEADING_ROW, xSplit: 0, showGridLines: false }],
  });
  sheet.columns = COLUMNS.map(([, width]) => ({ width }));
  sheet.getCell('A1').value = SHEET;
  sheet.getCell('A1').font = TITLE_FONT;
  sheet.mergeCells(2, 1, 2, COLUMNS.length);
  const note = sheet.getCell('A2');
  note.value = NOTE;
  note.font = NOTE_FONT;
  note.fill = NOTE_FILL;
  note.alignment = WRAPPED;
  for (const [index, [heading]] of COLUMNS.entries()) {
    const cell = sheet.getCell(HEADING_ROW, index + 1);
    cell.value = heading;
    cell.font = HEADING_FONT;
    cell.fill = HEADING_FILL;
    cell.border = GRID;
    cell.alignment = { vertical: 'middle', horizontal: 'center' };
  }
  let number = HEADING_ROW;
  for (const library of libraries)
    for (const one of library.indicators) {
      number += 1;
      const words = [
        library.name,
        one.level1,
        one.level2,
        one.level3,
        one.direction,
        one.unit ?? '',
        one.calculation,
        one.formula ?? '',
        one.dataSource ?? '',
        one.evidence,
        one.pitfalls,
      ];
      for (const [index, written] of words.entries()) {
        const cell = sheet.getCell(number, index + 1);
        cell.value = written;
        cell.numFmt = '@';
        cell.font = BODY_FONT;
        cell.border = GRID;
        cell.alignment = WRAPPED;
      }
      const heights = words.map((written, index) => wrappedHeight(written, COLUMNS[index]?.[1] ?? 10, 21));
      sheet.getRow(number).height = Math.max(...heights);
    }
  for (const [column, names] of [
    [LEVEL2_COLUMN, levelNames(libraries, 'level2')],
    [LEVEL3_COLUMN, levelNames(libraries, 'level3')],
  ] as const) {
    sheet.getColumn(column).hidden = true;
    for (const [index, name] of names.entries()) sheet.getCell(HEADING_ROW + 1 + index, column).value = name;
  }
  setUpPrinting(sheet, ['K', number], 'landscape');
  sheet.pageSetup.printTitlesRow = `${HEADING_ROW}:${HEADING_ROW}`;
}

/** The cells of the library sheet that the drop-downs of 二级指标 and 三级指标 offer. */
export function libraryLists(libraries: readonly IndicatorLibrary[]): Readonly<Record<string, string>> {
  const range = (letter: string, count: number): string =>
    `${SHEET}!$${letter}$${HEADING_ROW + 1}:$${letter}$${HEADING_ROW + count}`;
  return {
    level2: range('M', levelNames(libraries, 'level2').length),
    level3: range('N', levelNames(libraries, 'level3').length),
  };
}

function levelNames(libraries: readonly IndicatorLibrary[], level: 'level2' | 'level3'): readonly string[] {
  return [...new Set(libraries.flatMap((library) => library.indicators.map((one) => one[level])))];
}
