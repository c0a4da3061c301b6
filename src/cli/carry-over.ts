import { basename } from 'node:path';
import { openSpreadsheet, readDocument } from '../document/index.ts';
import { JipingError, problem, text } from '../problem/index.ts';
import { Exact } from '../quantity/index.ts';
import { type CarriedOver, carryBook, openProjectBook, readGoalForm } from '../workbook/index.ts';

/**
 * What a new book takes from an old file: our own project workbook by its schema, anyone's table by its headings.
 * @throws JipingError `unreadable`, `not-found`
 */
export async function carryOver(path: string): Promise<CarriedOver> {
  if (await isProjectBook(path)) return carryBook((await openProjectBook(path)).book);
  const document = await readDocument(path);
  const carried = readGoalForm(basename(path), document.blocks);
  return document.kind === 'pdf' ? fromPdf(carried, basename(path)) : carried;
}

/**
 * A PDF has no cells, only words at places: what was made of them is taken when it is whole (every indicator with its
 * levels, points that add up to 100), and said to be looked at.
 */
function fromPdf(carried: CarriedOver, file: string): CarriedOver {
  const indicators = carried.content.tables.indicators ?? [];
  const weights = indicators.flatMap((one) => one.weight ?? []);
  const isWhole =
    indicators.every(({ level1 = '', level2 = '' }) => level1 !== '' && level2 !== '') &&
    (weights.length === 0 || Exact.sum(weights).eq(Exact.hundred));
  if (!isWhole)
    throw new JipingError(
      'unsupported',
      text(
        '这份 PDF 的表格还原不完整（跨页或合并的格），不能带入指标；请用它的 Word 或 Excel 原件。',
        'the table of this PDF could not be put together whole; give its Word or Excel original.',
      ),
      { file },
    );
  const notice = problem(
    'pdf-by-position',
    'warning',
    text(
      `PDF 没有单元格，${indicators.length}个指标是按字的位置还原的，请逐条与原件核对。`,
      `a PDF has no cells; the ${indicators.length} indicators were put together by position: check each against the paper.`,
    ),
    { file },
  );
  return { ...carried, problems: [notice, ...carried.problems] };
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
