import {
  type Block,
  type Cell,
  cellText,
  type FigureRun,
  type Inline,
  inlineText,
  type Table,
} from '../../document/index.ts';
import { countLines } from '../measure.ts';
import type { Report } from '../report.ts';
import { cellAlign } from '../table-layout.ts';
import { escapeXml } from '../xml.ts';
import type { CellStyle, CellStyles } from './cell-styles.ts';
import { figureNumber } from './figure-number.ts';
import { makeSheetGrid, type PlacedTable, type SheetGrid } from './sheet-grid.ts';

/** Which fact a cell prints. */
export interface CellFigure {
  readonly cell: string;
  readonly factId: string;
  readonly text: string;
}

export interface SheetBody {
  readonly grid: SheetGrid;
  /** The `<row>` elements. */
  readonly rows: string;
  readonly rowCount: number;
  /** `A1:C2` of every merged area. */
  readonly merges: readonly string[];
  readonly figures: readonly CellFigure[];
  /** First and last sheet row of the rows to repeat on every page. */
  readonly titles?: readonly [number, number];
}

/** Excel's tallest row. */
const TALLEST = 409;
/** Excel sets lines wider apart and measures narrower than the plan. */
const ROOM = 1.03;

const LINE_STYLES = {
  title: { face: '方正小标宋简体', size: 20, align: 'center', height: 42 },
  subtitle: { face: '楷体_GB2312', size: 14, align: 'center', height: 26 },
  'unit-note': { face: '仿宋_GB2312', size: 10.5, align: 'right', height: 20 },
  heading: { face: '黑体', size: 14, align: 'left', height: 26 },
  body: { face: '仿宋_GB2312', size: 10.5, align: 'left', height: 20 },
} as const;

export function sheetBody(report: Report, width: number, styles: CellStyles): SheetBody {
  const tables = report.blocks.filter((block): block is Table => block.kind === 'table');
  const grid = makeSheetGrid(tables, width);
  const writer = new RowWriter(grid, width, styles);
  for (const block of report.blocks) writer.block(block);
  return writer.finish();
}

export function columnLetters(index: number): string {
  let rest = index;
  let letters = '';
  do {
    letters = String.fromCharCode(65 + (rest % 26)) + letters;
    rest = Math.floor(rest / 26) - 1;
  } while (rest >= 0);
  return letters;
}

class RowWriter {
  readonly #grid: SheetGrid;
  readonly #width: number;
  readonly #styles: CellStyles;
  readonly #rows: string[] = [];
  readonly #merges: string[] = [];
  readonly #figures: CellFigure[] = [];
  #titles: readonly [number, number] | undefined;
  #longest = 0;
  #next = 1;

  constructor(grid: SheetGrid, width: number, styles: CellStyles) {
    this.#grid = grid;
    this.#width = width;
    this.#styles = styles;
  }

  block(block: Block): void {
    if (block.kind === 'heading') this.#line(block.inlines, block.level === 0 ? 'title' : 'heading');
    else if (block.kind === 'paragraph')
      this.#line(
        block.inlines,
        block.role === 'subtitle' || block.role === 'unit-note' ? block.role : 'body',
        block.align,
      );
    else if (block.kind === 'table') this.#table(block);
  }

  finish(): SheetBody {
    return {
      grid: this.#grid,
      rows: this.#rows.join(''),
      rowCount: this.#next - 1,
      merges: this.#merges,
      figures: this.#figures,
      ...(this.#titles === undefined ? {} : { titles: this.#titles }),
    };
  }

  /** A line of its own across the whole sheet. */
  #line(inlines: readonly Inline[], kind: keyof typeof LINE_STYLES, align?: string): void {
    const { face, size, height, align: usual } = LINE_STYLES[kind];
    const side = align === 'left' || align === 'center' || align === 'right' ? align : usual;
    const style: CellStyle = { face, size, border: false, align: side };
    const lines = countLines(inlineText(inlines), this.#width / size);
    const row = this.#next;
    const last = this.#grid.columnWidths.length - 1;
    if (last > 0) this.#merges.push(`A${row}:${columnLetters(last)}${row}`);
    this.#row(height + (lines - 1) * size * 1.5, [this.#cell(row, 0, [inlines], style)]);
  }

  #table(table: Table): void {
    const placed = this.#grid.layouts.get(table);
    if (placed === undefined) return;
    const top = this.#next;
    // A sheet repeats one heading: that of its longest table, which is the one that goes over pages.
    if (table.headerRows > 0 && table.rowCount > this.#longest) {
      this.#titles = [top, top + table.headerRows - 1];
      this.#longest = table.rowCount;
    }
    const columns = this.#grid.columnWidths.length;
    const places: (string | undefined)[][] = Array.from(
      { length: table.rowCount },
      () => new Array<string | undefined>(columns),
    );
    for (const cell of table.cells) this.#tableCell(cell, placed, top, places);
    places.forEach((cells, index) => {
      this.#row((placed.layout.heights[index] ?? 20) * ROOM, cells);
    });
  }

  #tableCell(cell: Cell, placed: PlacedTable, top: number, places: (string | undefined)[][]): void {
    const left = placed.edges[cell.column] ?? 0;
    const right = Math.max(left, (placed.edges[cell.column + cell.columnSpan] ?? left + 1) - 1);
    const first = top + cell.row;
    const last = first + cell.rowSpan - 1;
    const style: CellStyle = {
      face: cell.header === true ? '黑体' : '仿宋_GB2312',
      size: placed.layout.fontSize,
      border: true,
      align: cellAlign(cell),
      ...(isBold(cell) ? { bold: true } : {}),
      ...(cell.rowSpan > 1 && heightOf(cell, placed) > TALLEST ? { top: true } : {}),
    };
    for (let row = first; row <= last; row += 1)
      for (let column = left; column <= right; column += 1) {
        const cells = places[row - top];
        if (cells === undefined) continue;
        cells[column] =
          row === first && column === left
            ? this.#cell(row, column, cell.paragraphs, style)
            : `<c r="${columnLetters(column)}${row}" s="${this.#styles.index(style)}"/>`;
      }
    if (last > first || right > left)
      this.#merges.push(`${columnLetters(left)}${first}:${columnLetters(right)}${last}`);
  }

  #cell(row: number, column: number, paragraphs: readonly (readonly Inline[])[], style: CellStyle): string {
    const reference = `${columnLetters(column)}${row}`;
    const runs = paragraphs.flat();
    for (const run of runs)
      if (run.kind === 'figure') this.#figures.push({ cell: reference, factId: run.factId, text: run.text });
    const only = runs.length === 1 ? runs[0] : undefined;
    const number = only?.kind === 'figure' ? figureNumber(only as FigureRun) : undefined;
    if (number !== undefined) {
      const index = this.#styles.index({ ...style, format: number.format });
      return `<c r="${reference}" s="${index}"><v>${number.value}</v></c>`;
    }
    const text = paragraphs.map(inlineText).join('\n');
    const index = this.#styles.index(style);
    if (text === '') return `<c r="${reference}" s="${index}"/>`;
    return `<c r="${reference}" s="${index}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(text)}</t></is></c>`;
  }

  #row(height: number, cells: readonly (string | undefined)[]): void {
    const points = Math.min(TALLEST, Math.round(height * 4) / 4);
    this.#rows.push(`<row r="${this.#next}" ht="${points}" customHeight="1">${cells.join('')}</row>`);
    this.#next += 1;
  }
}

function heightOf(cell: Cell, placed: PlacedTable): number {
  return placed.layout.heights.slice(cell.row, cell.row + cell.rowSpan).reduce((sum, height) => sum + height, 0);
}

function isBold(cell: Cell): boolean {
  return cellText(cell) !== '' && cell.paragraphs.flat().every((run) => run.bold === true);
}
