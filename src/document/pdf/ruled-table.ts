import type { Cell, Table } from '../blocks.ts';
import { readWords } from '../table/build-table.ts';
import { isWide, type PageItem, pageLines } from './page-lines.ts';
import { joinWords } from './rebuild-table.ts';
import type { GridCell, RuledGrid } from './ruled-grid.ts';

interface RuledCell extends GridCell {
  readonly text: string;
  /** Lines the words are set in. */
  readonly lines: number;
  readonly page: number;
}

/** A ruled table on one page, or on several put under each other. */
export interface RuledPart {
  /** x of the upright lines. */
  readonly columns: readonly number[];
  readonly rowCount: number;
  readonly cells: readonly RuledCell[];
}

/** Whether the middle of a run stands inside the frame of a grid. */
export function standsIn({ columns, rows }: RuledGrid, item: PageItem): boolean {
  const x = item.x + Math.min(item.width, item.size) / 2;
  const y = item.y - 0.35 * item.size;
  return x > (columns[0] ?? 0) && x < (columns.at(-1) ?? 0) && y > (rows[0] ?? 0) && y < (rows.at(-1) ?? 0);
}

/** Gives every run to the cell it stands in; a run written over a line is cut there. */
export function fillGrid(grid: RuledGrid, items: readonly PageItem[], page: number): RuledPart {
  const width = grid.columns.length - 1;
  const owner: GridCell[] = [];
  for (const cell of grid.cells)
    for (let row = cell.row; row < cell.row + cell.rowSpan; row += 1)
      for (let column = cell.column; column < cell.column + cell.columnSpan; column += 1)
        owner[row * width + column] = cell;
  const held = new Map<GridCell, PageItem[]>();
  for (let rest: PageItem[] = [...items].reverse(); rest.length > 0; ) {
    const item = rest.pop();
    if (item === undefined) break;
    const row = stretchOf(grid.rows, item.y - 0.35 * item.size);
    const column = stretchOf(grid.columns, item.x + Math.min(item.width, item.size) / 2);
    const cell = owner[row * width + column];
    if (cell === undefined) continue;
    const edge = grid.columns[cell.column + cell.columnSpan] ?? Number.POSITIVE_INFINITY;
    const isLast = cell.column + cell.columnSpan >= width;
    const [own, beyond] = !isLast && item.x + item.width > edge + 0.5 * item.size ? cutAt(item, edge) : [item];
    if (beyond !== undefined) rest.push(beyond);
    const known = held.get(cell) ?? [];
    known.push(own);
    held.set(cell, known);
  }
  const cells = grid.cells.map((cell) => ({ ...cell, page, ...cellWords(held.get(cell) ?? []) }));
  return { columns: grid.columns, rowCount: grid.rows.length - 1, cells };
}

function cellWords(items: readonly PageItem[]): { readonly text: string; readonly lines: number } {
  const lines = pageLines(items).map((line) => ({ text: line.segments.map((each) => each.text.trim()).join(' ') }));
  return { text: joinWords(lines), lines: lines.length };
}

function stretchOf(places: readonly number[], at: number): number {
  let index = 0;
  while (index + 2 < places.length && at >= (places[index + 1] ?? 0)) index += 1;
  return index;
}

/** Cuts a run at the letter nearest to `edge`. */
function cutAt(item: PageItem, edge: number): [PageItem, PageItem?] {
  const letters = [...item.text];
  const weights = letters.map((letter) => (isWide(letter) ? 2 : 1));
  const scale =
    item.width /
    Math.max(
      1,
      weights.reduce((sum, weight) => sum + weight, 0),
    );
  let at = item.x;
  for (const [index, weight] of weights.entries()) {
    if (index > 0 && at + (weight * scale) / 2 > edge) {
      const text = letters.slice(index).join('');
      if (text.trim() === '') return [item];
      return [
        { ...item, text: letters.slice(0, index).join(''), width: at - item.x },
        { ...item, text, x: at, width: item.x + item.width - at },
      ];
    }
    at += weight * scale;
  }
  return [item];
}

/** Points the lines of the same table may lie apart on two pages. */
const SAME = 4;

/** The table with its continuation on the next page; `undefined` when that is another table. */
export function continued(above: RuledPart, below: RuledPart): RuledPart | undefined {
  const columns = commonColumns(above.columns, below.columns);
  if (columns === undefined) return undefined;
  const [upper, lower] = [withColumns(above, columns), withColumns(below, columns)];
  const repeated = repeatedRows(upper, lower);
  const cells = [...upper.cells];
  const cut = repeated < lower.rowCount && joinBrokenRow(cells, upper, lower, repeated) ? repeated : undefined;
  // A row cut in two is one row.
  const shift = upper.rowCount - repeated - (cut === undefined ? 0 : 1);
  let merging = true;
  for (const cell of lower.cells) {
    if (cell.row < repeated) continue;
    if (cell.row > repeated) merging = false;
    // A merged cell of the first columns goes on: its words were printed above.
    const at: number = merging || cell.row === cut ? cellAbove(cells, upper.rowCount, cell) : -1;
    const above: RuledCell | undefined = cells[at];
    if (cell.row === cut) {
      if (above !== undefined) cells[at] = { ...above, rowSpan: above.rowSpan + cell.rowSpan - 1 };
      continue;
    }
    merging &&= above !== undefined && goesOn(above, cell, upper, lower);
    if (merging && above !== undefined)
      cells[at] = { ...above, text: above.text + cell.text, rowSpan: above.rowSpan + cell.rowSpan };
    else cells.push({ ...cell, row: cell.row + shift });
  }
  return { columns, rowCount: shift + lower.rowCount, cells };
}

/** Of a merged cell that the page break cut only one part has words: the upper, or the lower where they found room. */
function goesOn(above: RuledCell, cell: RuledCell, upper: RuledPart, lower: RuledPart): boolean {
  if (above.text !== '' || cell.text === '') return above.text !== '' && cell.text === '';
  // Not in a table that leaves a cell empty where its words are those of the cell above.
  const isMerged = (each: RuledCell): boolean =>
    each.column === cell.column && each.columnSpan === cell.columnSpan && each.rowSpan > 1 && each.text !== '';
  return above.rowSpan > 1 || upper.cells.some(isMerged) || lower.cells.some(isMerged);
}

/** The columns of both when they begin and end alike and share a line between; forms put several grids in one frame. */
function commonColumns(upper: readonly number[], lower: readonly number[]): readonly number[] | undefined {
  const has = (columns: readonly number[], x: number | undefined): boolean =>
    x !== undefined && columns.some((each) => Math.abs(each - x) <= SAME);
  if (!has(upper.slice(0, 1), lower[0]) || !has(upper.slice(-1), lower.at(-1))) return undefined;
  const own = lower.filter((x) => !has(upper, x));
  if (own.length === 0) return upper;
  if (upper.every((x) => has(lower, x))) return lower;
  return lower.length - own.length > 2 ? [...upper, ...own].sort((a, b) => a - b) : undefined;
}

function withColumns(part: RuledPart, columns: readonly number[]): RuledPart {
  if (part.columns === columns) return part;
  const places = part.columns.map((x) => nearest(columns, x));
  const cells = part.cells.map((cell) => {
    const column = places[cell.column] ?? 0;
    return { ...cell, column, columnSpan: (places[cell.column + cell.columnSpan] ?? column + 1) - column };
  });
  return { ...part, columns, cells };
}

function nearest(columns: readonly number[], x: number): number {
  let found = 0;
  for (const [index, each] of columns.entries())
    if (Math.abs(each - x) < Math.abs((columns[found] ?? Number.POSITIVE_INFINITY) - x)) found = index;
  return found;
}

/** The cell that ends at the foot of the upper part in the same columns. */
function cellAbove(cells: readonly RuledCell[], foot: number, cell: GridCell): number {
  return cells.findIndex(
    (each) => each.row + each.rowSpan === foot && each.column === cell.column && each.columnSpan === cell.columnSpan,
  );
}

/** The longest head that is printed again on every page. */
const MOST_REPEATED = 4;

/**
 * How many rows at the top of the lower part repeat a head of the upper: its first rows, or, of one frame that holds a
 * form and its indicators, rows further down.
 */
function repeatedRows(upper: RuledPart, lower: RuledPart): number {
  const most = Math.min(MOST_REPEATED, lower.rowCount);
  const [above, below] = [rowTexts(upper, upper.rowCount), rowTexts(lower, most)];
  for (let count = most; count > 0; count -= 1)
    for (let start = 0; start + count <= above.length; start += 1) {
      const same = below
        .slice(0, count)
        .every((row, at) => isHead(row, start) && row.words === above[start + at]?.words);
      if (same) return count;
    }
  return 0;
}

interface RowText {
  readonly words: string;
  /** Cells with words. */
  readonly filled: number;
  readonly hasFigures: boolean;
}

/** Two rows of the same names may follow each other; a head further down is told by its many names and no figure. */
function isHead(row: RowText, start: number): boolean {
  return start === 0 ? /[^\d:|]/.test(row.words) : row.filled >= 4 && !row.hasFigures;
}

function rowTexts(part: RuledPart, most: number): RowText[] {
  const rows = Array.from({ length: most }, (): RuledCell[] => []);
  for (const cell of part.cells) rows[cell.row]?.push(cell);
  return rows.map((cells) => {
    const filled = cells.filter((cell) => cell.text !== '');
    return {
      words: filled.map((cell) => `${cell.column}:${cell.text}`).join('|'),
      filled: filled.length,
      hasFigures: filled.some((cell) => /^[≥≤><=]?[\d.,]+%?$/.test(cell.text)),
    };
  });
}

/**
 * A row the page break cut through: on the next page nothing stands in it but the rest of long cells, which are
 * behind the names. They are joined to their first parts.
 */
function joinBrokenRow(cells: RuledCell[], upper: RuledPart, lower: RuledPart, row: number): boolean {
  const cut = lower.cells.filter((cell) => cell.row === row);
  const filled = cut.filter((cell) => cell.text !== '');
  if (cut.length < 4 || filled.length === 0 || filled.length * 3 > cut.length) return false;
  const moves = filled.map((cell) => ({ cell, at: cellAbove(cells, upper.rowCount, cell) }));
  const isRest = ({ cell, at }: (typeof moves)[number]): boolean =>
    cell.rowSpan === 1 &&
    cell.column * 2 >= upper.columns.length - 1 &&
    !/^[\d.%≥≤]+$/.test(cell.text) &&
    (cells[at]?.lines ?? 0) >= 2;
  if (!moves.every(isRest)) return false;
  for (const { cell, at } of moves) {
    const above = cells[at];
    if (above !== undefined) cells[at] = { ...above, text: joinWords([above, cell]), lines: above.lines + cell.lines };
  }
  return true;
}

export function ruledTable(part: RuledPart): Table {
  const cells = part.cells
    .map(
      ({ row, column, rowSpan, columnSpan, text, page }): Cell => ({
        row,
        column,
        rowSpan,
        columnSpan,
        paragraphs: text === '' ? [] : [[readWords(text)]],
        position: { page },
      }),
    )
    .sort((a, b) => a.row - b.row || a.column - b.column);
  return {
    kind: 'table',
    rowCount: part.rowCount,
    columnCount: part.columns.length - 1,
    headerRows: 0,
    cells,
    position: { page: part.cells[0]?.page ?? 1 },
  };
}
