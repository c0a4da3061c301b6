import type { Workbook } from 'exceljs';
import { projectSheet, type SheetSchema, tableSheets } from '../../ledger/index.ts';
import {
  BODY_FONT,
  GRID,
  HEADING_FILL,
  HEADING_FONT,
  LINK_FONT,
  NOTE_FONT,
  TITLE_FONT,
  WRAPPED,
  wrappedHeight,
} from './style.ts';
import { setUpPrinting } from './write-table-sheet.ts';

export const GUIDE_NAME = '说明';

const RULES: readonly (readonly [string, string])[] = [
  [
    '从哪里填起',
    '先填“项目”“资金”“支付”“绩效指标”，再填本项目用得上的台账，最后在“佐证”登记材料编号。用不上的表留空，不要删表头。',
  ],
  ['必填的列', '表头带红色 * 的列必须填写；其余没有就留空，不要写“无”“/”占位。'],
  ['示例行', '灰色斜体的一行是示例，不计入任何数字；可以照着填，也可以整行删去。'],
  ['单位', '单位写在表头里：资金表用万元，支付、医疗救助等台账用元。单元格里只填数字，不用带单位。'],
  ['日期', '按 2024-07-11 的样子填写，要有年、月、日。'],
  [
    '公式',
    '绩效指标的“计算公式”直接写文字，前面不加等号，如：次数(宣传活动)；次数(培训会议, 方式="举办")；合计(医疗救助.金额)。没有公式的，填“实际完成值”并附佐证编号。',
  ],
  ['人次与人数', '人次数结算次数，人数数不同的人；举办和参加的培训分开写；追回的基金不含罚款和违约金。'],
  ['个人信息', '不要填写身份证号、银行账号；医疗救助明细用人员编号。'],
  ['没有的数字', '材料里没有的数字就留空。程序会把空着的指标列为“待定”，不会当作 0 分，也不会替您猜。'],
];

/** The first sheet: how to fill the book, and what each sheet is for. */
export function writeGuideSheet(workbook: Workbook): void {
  const sheet = workbook.addWorksheet(GUIDE_NAME, {
    views: [{ state: 'normal', showGridLines: false }],
    properties: { defaultRowHeight: 21 },
  });
  sheet.columns = [{ width: 18 }, { width: 90 }];
  sheet.mergeCells('A1:B1');
  sheet.getCell('A1').value = '项目绩效工作簿填写说明';
  sheet.getCell('A1').font = TITLE_FONT;
  sheet.getCell('A1').alignment = { vertical: 'middle' };
  sheet.getRow(1).height = 30;
  sheet.mergeCells('A2:B2');
  sheet.getCell('A2').value = '一个项目一本。填好后运行 jiping evaluate <本文件>，得到自评表、报告和每个数字的来源。';
  sheet.getCell('A2').font = NOTE_FONT;
  sheet.getCell('A2').alignment = WRAPPED;
  let number = 3;
  const heading = (left: string, right: string): void => {
    number += 1;
    for (const [index, words] of [left, right].entries()) {
      const cell = sheet.getCell(number, index + 1);
      cell.value = words;
      cell.font = HEADING_FONT;
      cell.fill = HEADING_FILL;
      cell.border = GRID;
      cell.alignment = { vertical: 'middle', horizontal: 'center' };
    }
    sheet.getRow(number).height = 25;
  };
  const line = (left: string, right: string, link: boolean): void => {
    number += 1;
    const [name, words] = [sheet.getCell(number, 1), sheet.getCell(number, 2)];
    name.value = link ? { text: left, hyperlink: `#'${left}'!A1` } : left;
    name.font = link ? LINK_FONT : HEADING_FONT;
    words.value = right;
    words.font = BODY_FONT;
    for (const cell of [name, words]) {
      cell.border = GRID;
      cell.alignment = { ...WRAPPED, horizontal: 'left', indent: 1 };
    }
    sheet.getRow(number).height = wrappedHeight(right, 88, 22);
  };
  heading('事项', '怎么填');
  for (const [left, right] of RULES) line(left, right, false);
  number += 1;
  heading('工作表', '填什么');
  const schemas: readonly SheetSchema[] = [projectSheet, ...Object.values(tableSheets)];
  for (const schema of schemas) line(schema.name, schema.instructions, true);
  setUpPrinting(sheet, ['B', number], 'portrait');
}
