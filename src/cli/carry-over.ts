import { basename } from 'node:path';
import { openSpreadsheet, readDocument } from '../document/index.ts';
import { JipingError, text } from '../problem/index.ts';
import { type CarriedOver, carryBook, openProjectBook, readGoalForm } from '../workbook/index.ts';

/**
 * What a new book takes from an old file: our own project workbook by its schema, anyone's table by its headings.
 * @throws JipingError `unreadable`, `not-found`
 */
export async function carryOver(path: string): Promise<CarriedOver> {
  if (await isProjectBook(path)) return carryBook((await openProjectBook(path)).book);
  const document = await readDocument(path);
  if (document.kind === 'pdf')
    throw new JipingError(
      'unsupported',
      text(
        'PDF 里没有可靠的单元格，不能带入指标；请用它的 Word 或 Excel 原件。',
        'a PDF holds no dependable cells to carry over; give its Word or Excel original.',
      ),
      { file: basename(path) },
    );
  return readGoalForm(basename(path), document.blocks);
}

async function isProjectBook(path: string): Promise<boolean> {
  if (!/\.(?:xlsx|xls|et|ods)$/i.test(path)) return false;
  const book = await openSpreadsheet(path);
  try {
    const names = new Set(book.sheets.map((sheet) => sheet.name.trim()));
    return names.has('绩效指标') && (names.has('项目') || names.has('资金'));
  } finally {
    book.close();
  }
}
