import { type Block, type Cell, cellText, inlineText, type Position, type Table } from './blocks.ts';

/** Between the cells of a row, and between rows and blocks. The one place where tables become text. */
const CELL_SEPARATOR = ' | ';
const LINE = '\n';

export interface PlacedBlocks {
  readonly blocks: readonly Block[];
  readonly text: string;
}

/**
 * The plain text of blocks: a heading or paragraph is one line; a table is one line per row, the cells that begin
 * in the row joined by ` | `, line feeds inside a cell as spaces; page breaks are nothing. Every block and cell is
 * given its `position.start/end`.
 */
export function placeBlocks(blocks: readonly Block[]): PlacedBlocks {
  const writer = new TextWriter();
  const placed = blocks.map((block): Block => {
    if (block.kind === 'page-break') return block;
    if (block.kind === 'table') return placeTable(block, writer);
    return { ...block, position: writer.line(inlineText(block.inlines), block.position) };
  });
  return { blocks: placed, text: writer.text() };
}

function placeTable(table: Table, writer: TextWriter): Table {
  const start = writer.offset;
  const cells: Cell[] = [];
  let row: number | undefined;
  for (const cell of [...table.cells].sort((a, b) => a.row - b.row || a.column - b.column)) {
    if (row !== undefined) writer.write(cell.row === row ? CELL_SEPARATOR : LINE);
    row = cell.row;
    const from = writer.offset;
    writer.write(cellText(cell).replaceAll('\n', ' '));
    cells.push({ ...cell, position: { ...cell.position, start: from, end: writer.offset } });
  }
  const end = writer.offset;
  writer.write(LINE);
  return { ...table, cells, position: { ...table.position, start, end } };
}

class TextWriter {
  offset = 0;
  private readonly chunks: string[] = [];

  write(words: string): void {
    this.chunks.push(words);
    this.offset += codePointLength(words);
  }

  line(words: string, position: Position | undefined): Position {
    const start = this.offset;
    this.write(words);
    const end = this.offset;
    this.write(LINE);
    return { ...position, start, end };
  }

  text(): string {
    return this.chunks.join('');
  }
}

const SURROGATE_PAIR = /[\ud800-\udbff][\udc00-\udfff]/g;

/** Unicode code points of a text: 𠮷 is one. */
export function codePointLength(words: string): number {
  return words.length - (words.match(SURROGATE_PAIR)?.length ?? 0);
}

/** The part of a text between two code-point offsets, end exclusive. */
export function sliceCodePoints(words: string, start: number, end: number): string {
  if (codePointLength(words) === words.length) return words.slice(start, end);
  return [...words].slice(start, end).join('');
}
