import type { Align, Block, Cell, FigureFormat, Inline, Table } from '../../../document/index.ts';
import type { Fact } from '../../../fact/index.ts';
import { figure } from '../../../report/index.ts';

/** Small builders for the papers of this command. Everything printed from a number is a figure of its fact. */
export function words(text: string, bold?: boolean): Inline {
  return { kind: 'text', text, source: 'form', ...(bold === undefined ? {} : { bold }) };
}

const MONEY: FigureFormat = { style: 'grouped', places: 2 };

export function money(fact: Fact): Inline {
  return figure(fact, MONEY);
}

export function heads(fact: Fact): Inline {
  return figure(fact, { style: 'grouped' });
}

export function inWan(fact: Fact): Inline {
  return figure(fact, { style: 'number', places: 2, unit: '万元', showUnit: true });
}

export function title(text: string): Block {
  return { kind: 'heading', level: 0, inlines: [words(text)] };
}

export function section(text: string): Block {
  return { kind: 'heading', level: 1, inlines: [words(text)] };
}

export function note(...inlines: readonly Inline[]): Block {
  return { kind: 'paragraph', role: 'note', inlines };
}

export function unitNote(text: string): Block {
  return { kind: 'paragraph', role: 'unit-note', inlines: [words(text)] };
}

export interface PaperCell {
  readonly content: readonly Inline[];
  readonly align?: Align;
  readonly columns?: number;
  readonly rows?: number;
}

/** A table from rows of cells; a cell covered by one above or to the left is not written. */
export function table(
  widths: readonly number[],
  header: readonly (readonly PaperCell[])[],
  body: readonly (readonly PaperCell[])[],
): Table {
  const cells: Cell[] = [];
  const taken = new Set<string>();
  for (const [row, line] of [...header, ...body].entries()) {
    let column = 0;
    for (const cell of line) {
      while (taken.has(`${row},${column}`)) column += 1;
      const [rowSpan, columnSpan] = [cell.rows ?? 1, cell.columns ?? 1];
      for (let r = row; r < row + rowSpan; r += 1)
        for (let c = column; c < column + columnSpan; c += 1) taken.add(`${r},${c}`);
      cells.push({
        row,
        column,
        rowSpan,
        columnSpan,
        paragraphs: [cell.content],
        align: cell.align ?? (row < header.length ? 'center' : 'right'),
        ...(row < header.length ? { header: true } : {}),
      });
      column += columnSpan;
    }
  }
  return {
    kind: 'table',
    rowCount: header.length + body.length,
    columnCount: widths.length,
    widths,
    headerRows: header.length,
    cells,
  };
}
