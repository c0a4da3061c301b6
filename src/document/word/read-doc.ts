import { JipingError } from '../../problem/index.ts';
import type { Block, Heading, Inline, Position } from '../blocks.ts';
import { placeBlocks } from '../plain-text.ts';
import type { ReadDocument } from '../read-document.ts';
import { damaged } from '../safety/unreadable.ts';
import { buildTable, type RowCell, readWords } from '../table/build-table.ts';
import { type DocParagraph, type DocRow, readDocStories } from './doc-file.ts';

/**
 * A Word 97–2003 document: body, then text boxes, notes, page headers and footers. Merged cells are resolved;
 * automatic numbers are not read; words of a table inside a cell belong to that cell.
 */
export async function readDoc(bytes: Uint8Array, name: string): Promise<ReadDocument> {
  const { CFB } = await import('@e965/xlsx');
  try {
    const container = CFB.read(Buffer.from(bytes), { type: 'buffer' });
    const stream = (path: string): Buffer => {
      const content = CFB.find(container, path)?.content;
      return content === undefined ? Buffer.alloc(0) : Buffer.from(content as Uint8Array);
    };
    const main = stream('/WordDocument');
    const stories = readDocStories(main, [stream('/0Table'), stream('/1Table')], stream('/Data'), name);
    const blocks = [
      ...storyBlocks(stories.body, undefined),
      ...storyBlocks(stories.textBoxes, 'text-box'),
      ...storyBlocks(stories.notes, 'footnote'),
      ...withoutRepeats(storyBlocks(stories.headers, 'header')),
    ];
    return { name, kind: 'doc', ...placeBlocks(blocks), notes: [] };
  } catch (cause) {
    throw cause instanceof JipingError ? cause : damaged(name, cause);
  }
}

interface TableRow {
  readonly cells: readonly (readonly Inline[])[][];
  readonly shape: DocRow;
}

function storyBlocks(paragraphs: readonly DocParagraph[], part: Position['part']): Block[] {
  const position = part === undefined ? {} : { position: { part } };
  const blocks: Block[] = [];
  let rows: TableRow[] = [];
  let cells: (readonly Inline[])[][] = [];
  let cell: (readonly Inline[])[] = [];
  const endTable = (): void => {
    if (cell.length > 0) cells.push(cell);
    if (cells.length > 0) rows.push({ cells, shape: { edges: [], cells: [] } });
    if (rows.length > 0) blocks.push(buildTable(gridRows(rows), position.position));
    rows = [];
    cells = [];
    cell = [];
  };
  for (const paragraph of paragraphs) {
    const blank = paragraph.words.trim() === '';
    const inlines = [readWords(paragraph.words)];
    if (paragraph.inTable) {
      if (!blank) cell.push(inlines);
      if (paragraph.endsCell) {
        cells.push(cell);
        cell = [];
      }
      if (paragraph.row !== undefined) {
        rows.push({ cells, shape: paragraph.row });
        cells = [];
        cell = [];
      }
      continue;
    }
    endTable();
    if (blank) continue;
    if (paragraph.outline === undefined) blocks.push({ kind: 'paragraph', role: 'body', inlines, ...position });
    else {
      const level = Math.min(4, paragraph.outline + 1) as Heading['level'];
      blocks.push({ kind: 'heading', level, inlines, ...position });
    }
  }
  endTable();
  return blocks;
}

/** Edges nearer than this (in twips, 1/1440 inch) are one column boundary drawn by hand. */
const SAME_EDGE = 40;

/** Cells take the grid columns between their edges; rows whose edges are unknown take one column a cell. */
function gridRows(rows: readonly TableRow[]): RowCell[][] {
  const edges: number[] = [];
  for (const edge of rows.flatMap((row) => row.shape.edges).sort((a, b) => a - b))
    if (edges.length === 0 || edge - (edges.at(-1) ?? 0) > SAME_EDGE) edges.push(edge);
  const column = (edge: number): number => {
    const at = edges.findIndex(
      (each, index) => edge <= each + SAME_EDGE && (index === edges.length - 1 || edge < (edges[index + 1] ?? 0)),
    );
    return at === -1 ? edges.length - 1 : at;
  };
  return rows.map(({ cells, shape }) => {
    const row: RowCell[] = [];
    const indent = shape.edges[0] === undefined ? 0 : column(shape.edges[0]);
    if (indent > 0) row.push({ paragraphs: [], rowSpan: 1, columnSpan: indent, gap: true });
    for (const [index, paragraphs] of cells.entries()) {
      const from = shape.edges[index];
      const to = shape.edges[index + 1];
      const columnSpan = from === undefined || to === undefined ? 1 : Math.max(1, column(to) - column(from));
      const merged = shape.cells[index];
      const left = row.at(-1);
      if (merged?.joinsLeft === true && left !== undefined && left.gap !== true)
        row[row.length - 1] = { ...left, columnSpan: left.columnSpan + columnSpan };
      else row.push({ paragraphs, rowSpan: 1, columnSpan, continues: merged?.continuesAbove === true });
    }
    return row;
  });
}

/** Each section repeats its headers. */
function withoutRepeats(blocks: readonly Block[]): Block[] {
  const seen = new Set<string>();
  return blocks.filter((block) => {
    const key = JSON.stringify(block);
    const fresh = !seen.has(key);
    seen.add(key);
    return fresh;
  });
}
