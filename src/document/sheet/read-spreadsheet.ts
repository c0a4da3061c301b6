import { type Problem, problem, text } from '../../problem/index.ts';
import type { Block, Cell, Table } from '../blocks.ts';
import { placeBlocks } from '../plain-text.ts';
import type { ReadDocument } from '../read-document.ts';
import type { ReadLimits } from '../safety/limits.ts';
import { readWords } from '../table/build-table.ts';
import type { SheetCell } from './cell.ts';
import { cellNumber } from './cell-number.ts';
import { cellDate, displayText } from './display-text.ts';
import { collectSheet, openSpreadsheet } from './open-spreadsheet.ts';
import type { SheetContent } from './spreadsheet.ts';

/**
 * A workbook as a document: each visible sheet is one table (its used range; only cells that hold something), with
 * every value as displayed. Page headers and footers are paragraphs before the table.
 */
export async function readSpreadsheet(
  bytes: Uint8Array,
  name: string,
  kind: 'xlsx' | 'xls',
  limits: ReadLimits,
): Promise<ReadDocument> {
  const book = await openSpreadsheet(bytes, { file: name, limits });
  const blocks: Block[] = [];
  const notes: Problem[] = [];
  try {
    for (const sheet of book.sheets) {
      const where = { file: name, sheet: sheet.name };
      if (sheet.hidden) {
        notes.push(problem('hidden-sheet', 'notice', text('隐藏的工作表未读', 'a hidden sheet was not read'), where));
        continue;
      }
      const content = await collectSheet(sheet, name);
      if (content.rows.some((row) => row.hidden) || content.hiddenColumns.length > 0)
        notes.push(
          problem('hidden-cells', 'notice', text('表中有隐藏的行或列', 'the sheet has hidden rows or columns'), where),
        );
      for (const words of content.pageTexts)
        blocks.push({
          kind: 'paragraph',
          role: 'note',
          inlines: [readWords(words)],
          position: { sheet: sheet.name, part: 'header' },
        });
      if (content.rows.length > 0) blocks.push(sheetTable(content));
    }
  } finally {
    book.close();
  }
  return { name, kind, ...placeBlocks(blocks), notes };
}

function sheetTable(sheet: SheetContent): Table {
  const spans = new Map<string, { rowSpan: number; columnSpan: number }>();
  for (const merge of sheet.merges)
    spans.set(`${merge.firstRow}:${merge.firstColumn}`, {
      rowSpan: merge.lastRow - merge.firstRow + 1,
      columnSpan: merge.lastColumn - merge.firstColumn + 1,
    });
  const covered = coveredPlaces(sheet);
  const cells: Cell[] = [];
  let rowCount = 0;
  let columnCount = 0;
  for (const row of sheet.rows) {
    for (const cell of row.cells) {
      const key = `${cell.row}:${cell.column}`;
      const span = spans.get(key) ?? { rowSpan: 1, columnSpan: 1 };
      const words = displayedWords(cell);
      if (words === '' || (covered(cell) && !spans.has(key))) continue;
      rowCount = Math.max(rowCount, cell.row - 1 + span.rowSpan);
      columnCount = Math.max(columnCount, cell.column - 1 + span.columnSpan);
      cells.push({
        row: cell.row - 1,
        column: cell.column - 1,
        ...span,
        paragraphs: words.split('\n').map((line) => [readWords(line)]),
        position: { sheet: sheet.name, cell: cell.address },
      });
    }
  }
  return { kind: 'table', rowCount, columnCount, headerRows: 0, cells, position: { sheet: sheet.name } };
}

/** Whether a cell lies under a merge; only the rows merges touch are looked at. */
function coveredPlaces(sheet: SheetContent): (cell: SheetCell) => boolean {
  const byRow = new Map<number, { first: number; last: number }[]>();
  for (const merge of sheet.merges) {
    const last = Math.min(merge.lastRow, sheet.rows.at(-1)?.row ?? 0);
    for (let row = merge.firstRow; row <= last; row += 1) {
      const ranges = byRow.get(row) ?? [];
      ranges.push({ first: merge.firstColumn, last: merge.lastColumn });
      byRow.set(row, ranges);
    }
  }
  return (cell) =>
    byRow.get(cell.row)?.some((range) => cell.column >= range.first && cell.column <= range.last) === true;
}

/** As displayed; a General number as its exact decimal, which no column width cuts; a date as the sheet shows it. */
function displayedWords(cell: SheetCell): string {
  if (cell.format === 'General' && cell.type === 'n' && cellDate(cell) === undefined)
    return cellNumber(cell)?.toString() ?? displayText(cell);
  return displayText(cell).replace(/\r\n?/g, '\n').trim();
}
