import type { Cell, Inline, Position, Table } from '../blocks.ts';

/** One cell of a row as a file gives it, before it has its place in the grid. */
export interface RowCell {
  readonly paragraphs: readonly (readonly Inline[])[];
  readonly rowSpan: number;
  readonly columnSpan: number;
  readonly header?: boolean;
  /** Part of the merged cell above it (Word's vMerge): extends that cell. */
  readonly continues?: boolean;
  /** A hole in the grid where the row has no cell at all. */
  readonly gap?: boolean;
  readonly position?: Position;
}

/** More columns than any sheet has; spans beyond are cut. */
const MAX_COLUMNS = 16_384;

interface Placed {
  row: number;
  column: number;
  rowSpan: number;
  columnSpan: number;
  source: RowCell;
}

/**
 * Puts rows of spanning cells into a grid, as HTML and Word mean them: a cell takes the next free places of its row.
 */
export function buildTable(rows: readonly (readonly RowCell[])[], position?: Position): Table {
  const placed: Placed[] = [];
  /** For each column the row up to which (exclusive) it is covered by a cell from above. */
  const coveredUntil: number[] = [];
  /** The cell last placed at a column: what a continuing cell extends. */
  const above = new Map<number, Placed>();
  let columnCount = 0;
  for (const [row, cells] of rows.entries()) {
    let column = 0;
    for (const source of cells) {
      if (!source.continues) while ((coveredUntil[column] ?? 0) > row) column += 1;
      if (column >= MAX_COLUMNS) break;
      const columnSpan = Math.max(1, Math.min(source.columnSpan, MAX_COLUMNS - column));
      const rowSpan = Math.max(1, Math.min(source.rowSpan, rows.length - row));
      const upper = above.get(column);
      if (source.continues && upper !== undefined && upper.row + upper.rowSpan === row) {
        upper.rowSpan += 1;
      } else if (!source.gap) {
        const cell = { row, column, rowSpan, columnSpan, source };
        placed.push(cell);
        above.set(column, cell);
        for (let each = column; each < column + columnSpan; each += 1) coveredUntil[each] = row + rowSpan;
      }
      column += columnSpan;
      columnCount = Math.max(columnCount, column);
    }
  }
  const cells = placed.map(
    ({ source, ...place }): Cell => ({
      ...place,
      paragraphs: source.paragraphs,
      ...(source.header === true ? { header: true } : {}),
      ...(source.position === undefined ? {} : { position: source.position }),
    }),
  );
  const headerRows = leadingHeaderRows(cells, rows.length);
  const table = { kind: 'table', rowCount: rows.length, columnCount, headerRows, cells } as const;
  return position === undefined ? table : { ...table, position };
}

function leadingHeaderRows(cells: readonly Cell[], rowCount: number): number {
  const plain = new Set(cells.filter((cell) => cell.header !== true).map((cell) => cell.row));
  let rows = 0;
  while (rows < rowCount && !plain.has(rows) && cells.some((cell) => cell.row === rows)) rows += 1;
  return rows === rowCount ? 0 : rows;
}

/** Words read from a file. */
export function readWords(words: string): Inline {
  return { kind: 'text', text: words, source: 'unit' };
}
