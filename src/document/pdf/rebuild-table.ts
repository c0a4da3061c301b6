import type { Position, Table } from '../blocks.ts';
import { readWords } from '../table/build-table.ts';
import { type Column, findColumns, splitAtColumns } from './find-columns.ts';
import { type Box, findBands, placeBox, spreadMergedCells } from './find-rows.ts';
import type { PageLine, Segment } from './page-lines.ts';
import { pageBottoms, pageOf, stacked, type TablePart } from './stack-pages.ts';

/** Lines of one cell are set at most this far apart (in font sizes); rows are farther. */
const LEADING = 1.55;

/**
 * Rebuilds the grid of a table from where its words stand (ruling lines are not looked at). Columns are what no
 * narrow cell crosses; lines set closely under each other in one column are one cell; a cell beside several rows spans
 * them. Text of a merged cell is only known where it stands, so a span may come out smaller than it was drawn.
 */
export function rebuildTable(parts: readonly TablePart[]): Table {
  const lines = stacked(parts);
  const bottoms = pageBottoms(lines, parts);
  const position: Position = { page: parts[0]?.page ?? 1 };
  const { columns, merged } = findColumns(lines);
  const boxes = joinLines(
    lines.map((line) => ({ ...line, segments: line.segments.flatMap((each) => splitAtColumns(each, columns)) })),
    columns,
  );
  const bands = findBands(boxes, merged);
  const cells = spreadMergedCells(
    boxes.map((box) => placeBox(box, bands)),
    bands,
    merged,
  ).map(({ box, row, rowSpan }) => {
    return {
      row,
      column: box.column,
      rowSpan,
      columnSpan: box.lastColumn - box.column + 1,
      paragraphs: [[readWords(joinWords(box.lines))]],
      position: { page: pageOf(box.top, bottoms, parts) },
    };
  });
  cells.sort((a, b) => a.row - b.row || a.column - b.column);
  return { kind: 'table', rowCount: bands.length, columnCount: columns.length, headerRows: 0, cells, position };
}

function joinLines(lines: readonly PageLine[], columns: readonly Column[]): Box[] {
  const boxes: Box[] = [];
  const latest = new Map<number, Box>();
  for (const line of lines) {
    for (const segment of line.segments) {
      const [column, lastColumn] = columnsOf(segment, columns);
      const above = latest.get(column);
      const lowest = above?.lines.at(-1);
      if (
        above !== undefined &&
        lowest !== undefined &&
        (above.lastColumn === lastColumn || (above.lines.length > 0 && lastColumn < above.lastColumn)) &&
        segment.y - lowest.y <= LEADING * Math.max(segment.size, lowest.size)
      ) {
        above.lines.push(segment);
        above.bottom = segment.y;
        above.right = Math.max(above.right, segment.right);
        continue;
      }
      const box: Box = {
        lines: [segment],
        left: segment.left,
        right: segment.right,
        top: segment.y - 0.8 * segment.size,
        bottom: segment.y,
        column,
        lastColumn,
      };
      boxes.push(box);
      for (let each = column; each <= lastColumn; each += 1) latest.set(each, box);
    }
  }
  return boxes;
}

function columnsOf(segment: Segment, columns: readonly Column[]): [number, number] {
  const touched = columns.flatMap((each, index) =>
    Math.min(each.right, segment.right) - Math.max(each.left, segment.left) > 0 ? [index] : [],
  );
  const first = touched[0];
  if (first !== undefined) return [first, touched.at(-1) ?? first];
  const centre = (segment.left + segment.right) / 2;
  let best = 0;
  for (const [index, each] of columns.entries()) {
    const at = columns[best];
    if (at !== undefined && distance(each, centre) < distance(at, centre)) best = index;
  }
  return [best, best];
}

function distance(range: { left: number; right: number }, x: number): number {
  return x < range.left ? range.left - x : x > range.right ? x - range.right : 0;
}

/** Lines of one cell or paragraph run on without a space, except between Latin words. */
export function joinWords(lines: readonly { readonly text: string }[]): string {
  let words = '';
  for (const { text } of lines) {
    const next = text.trim();
    const space = /[A-Za-z,;]$/.test(words) && /^[A-Za-z]/.test(next) ? ' ' : '';
    words += space + next;
  }
  return words;
}
