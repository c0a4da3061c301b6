import { type Cell, cellText, type Table } from '../document/index.ts';
import { countLines, longestToken } from './measure.ts';

export interface TableLayout {
  /** Points: 12 小四, 10.5 五号, 9 小五. */
  readonly fontSize: number;
  /** Width of each column in points; they add up to the width asked for. */
  readonly widths: readonly number[];
  /** Height each row needs in points, cell padding included. */
  readonly heights: readonly number[];
}

/** Left and right padding of a cell together, in points. */
export const CELL_PADDING = 6;
/** A row taller than this may be cut by a page's end, in points. */
export const TALLEST_WHOLE_ROW = 300;
/** Rows beside one merged cell that are taller together may be parted by a page's end, in points. */
export const TALLEST_WHOLE_GROUP = 170;
const LINE_HEIGHT = 1.4;
const VERTICAL_PADDING = 5;
/** A text this long is prose, whose column may grow by these factors. */
const PROSE_LENGTH = 80;
const PROSE_FACTORS = [1, 1.4, 1.8, 2.3];

/**
 * Plans a table of a total width: the given relative widths, widened where a number or word would be cut and
 * narrowed elsewhere; a size at which the columns bear it.
 */
export function layoutTable(table: Table, width: number): TableLayout {
  const sizes = table.columnCount <= 5 ? [12, 10.5, 9] : [10.5, 9];
  let last: TableLayout | undefined;
  for (const fontSize of sizes) {
    const least = leastWidths(table, fontSize);
    const comfortable = comfortableWidths(table, fontSize, least);
    const floor = sum(comfortable) <= width * 0.92 ? comfortable : least;
    last = plan(table, width, fontSize, floor);
    if (sum(least) <= width) return last;
  }
  return last ?? { fontSize: 10.5, widths: [], heights: [] };
}

/** The narrowest each column may be, so that no number is cut; spanning cells ask their columns together. */
function leastWidths(table: Table, fontSize: number): number[] {
  const floor = fontSize * 1.15 + CELL_PADDING;
  const least = Array.from({ length: table.columnCount }, () => floor);
  for (const cell of [...table.cells].sort((a, b) => a.columnSpan - b.columnSpan)) {
    const needed = longestToken(cellText(cell)) * fontSize + CELL_PADDING + 1;
    const columns = least.slice(cell.column, cell.column + cell.columnSpan);
    const present = sum(columns);
    if (present >= needed) continue;
    for (let column = cell.column; column < cell.column + cell.columnSpan; column += 1)
      least[column] = (least[column] ?? floor) + (needed - present) / cell.columnSpan;
  }
  return least;
}

/** Room for two characters beside each other in a narrow column, for more where a column holds phrases. */
function comfortableWidths(table: Table, fontSize: number, least: readonly number[]): number[] {
  return longestTexts(table).map((length, column) => {
    const characters = length > 12 ? 5 : length > 6 ? 3 : Math.min(2, length);
    return Math.max(least[column] ?? 0, characters * fontSize + CELL_PADDING + 1);
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The given widths, with columns of long prose made wider as long as that makes the whole table shorter. */
function plan(table: Table, width: number, fontSize: number, least: readonly number[]): TableLayout {
  const given = table.widths ?? least.map(() => 1);
  const longest = longestTexts(table);
  let best: { readonly layout: TableLayout; readonly height: number } | undefined;
  for (const factor of PROSE_FACTORS) {
    const weights = given.map((value, column) => ((longest[column] ?? 0) > PROSE_LENGTH ? value * factor : value));
    const total = sum(weights);
    const widths = fitWidths(
      weights.map((value) => (value / total) * width),
      least,
      width,
    );
    const heights = rowHeights(table, widths, fontSize);
    const height = sum(heights);
    // Another width must earn its departure from the form.
    if (best === undefined || height < best.height * 0.95) best = { layout: { fontSize, widths, heights }, height };
    if (!longest.some((length) => length > PROSE_LENGTH)) break;
  }
  return best?.layout ?? { fontSize, widths: [], heights: [] };
}

/** Length of the longest text that stands in one column alone. */
function longestTexts(table: Table): number[] {
  const longest = Array.from({ length: table.columnCount }, () => 0);
  for (const cell of table.cells)
    if (cell.columnSpan === 1) longest[cell.column] = Math.max(longest[cell.column] ?? 0, cellText(cell).length);
  return longest;
}

/** Raises every column to its least width and takes the difference from those with room to spare. */
function fitWidths(wanted: readonly number[], least: readonly number[], width: number): number[] {
  const floor = sum(least);
  if (floor >= width) return least.map((value) => (value / floor) * width);
  const spare = wanted.map((value, index) => Math.max(0, value - (least[index] ?? 0)));
  const room = sum(spare);
  if (room === 0) return least.map((value) => (value / floor) * width);
  return least.map((value, index) => value + ((spare[index] ?? 0) / room) * (width - floor));
}

function rowHeights(table: Table, widths: readonly number[], fontSize: number): number[] {
  const line = fontSize * LINE_HEIGHT;
  const heights = Array.from({ length: table.rowCount }, () => line + VERTICAL_PADDING);
  for (const cell of [...table.cells].sort((a, b) => a.rowSpan - b.rowSpan)) {
    const needed = cellHeight(cell, widths, fontSize);
    const rows = heights.slice(cell.row, cell.row + cell.rowSpan);
    const present = sum(rows);
    if (needed <= present) continue;
    // A merged cell taller than its rows: every row of the span takes its share.
    for (let row = cell.row; row < cell.row + cell.rowSpan; row += 1)
      heights[row] = (heights[row] ?? line) + (needed - present) / cell.rowSpan;
  }
  return heights;
}

function cellHeight(cell: Cell, widths: readonly number[], fontSize: number): number {
  const width = sum(widths.slice(cell.column, cell.column + cell.columnSpan));
  const lines = countLines(cellText(cell), Math.max(1, (width - CELL_PADDING) / fontSize));
  return lines * fontSize * LINE_HEIGHT + VERTICAL_PADDING;
}

/** How a cell is set when it does not say: headings centred, numbers right, short words centred, prose left. */
export function cellAlign(cell: Cell): 'left' | 'center' | 'right' {
  if (cell.align !== undefined) return cell.align === 'justify' ? 'left' : cell.align;
  if (cell.header === true) return 'center';
  const text = cellText(cell);
  if (/^[+−-]?[\d,]+(?:\.\d+)?%?$/.test(text)) return 'right';
  return [...text].length <= 10 && !/[。；，：]/.test(text) ? 'center' : 'left';
}
