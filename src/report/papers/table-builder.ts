import type { Align, Cell, Inline, Table } from '../../document/index.ts';

interface CellOptions {
  readonly rowSpan?: number;
  readonly align?: Align;
  readonly header?: boolean;
}

/** Fills a table row by row from the left; places covered by a cell above are skipped. */
export class TableBuilder {
  readonly #columnCount: number;
  readonly #widths: readonly number[];
  readonly #cells: Cell[] = [];
  readonly #taken = new Set<string>();
  #row = -1;
  #column = 0;

  constructor(widths: readonly number[]) {
    this.#widths = widths;
    this.#columnCount = widths.length;
  }

  row(): this {
    this.#row += 1;
    this.#column = 0;
    return this;
  }

  cell(content: readonly Inline[] | readonly (readonly Inline[])[], span = 1, options: CellOptions = {}): this {
    while (this.#taken.has(`${this.#row},${this.#column}`)) this.#column += 1;
    const rowSpan = options.rowSpan ?? 1;
    for (let row = this.#row; row < this.#row + rowSpan; row += 1)
      for (let column = this.#column; column < this.#column + span; column += 1) this.#taken.add(`${row},${column}`);
    const paragraphs = isParagraphs(content) ? content : [content as readonly Inline[]];
    this.#cells.push({
      row: this.#row,
      column: this.#column,
      rowSpan,
      columnSpan: span,
      paragraphs,
      align: options.align ?? 'center',
      ...(options.header === true ? { header: true } : {}),
    });
    this.#column += span;
    return this;
  }

  build(headerRows = 0): Table {
    return {
      kind: 'table',
      rowCount: this.#row + 1,
      columnCount: this.#columnCount,
      widths: this.#widths,
      headerRows,
      cells: this.#cells,
    };
  }
}

function isParagraphs(
  content: readonly Inline[] | readonly (readonly Inline[])[],
): content is readonly (readonly Inline[])[] {
  return content.length > 0 && Array.isArray(content[0]);
}
