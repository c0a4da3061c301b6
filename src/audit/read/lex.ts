import { type Chunk, gluedChunks, spaceChunks, wordsOf } from './chunk.ts';
import { classify, joinCells, place } from './classify.ts';
import { detectLayout } from './layout.ts';
import { lineChunks } from './line-chunks.ts';
import type { Layout, Lexed, Piece } from './piece.ts';
import { pipeChunks } from './pipe-chunks.ts';
import { withPipeColumns } from './pipe-columns.ts';
import { type SourceText, squeeze } from './source-text.ts';
import { unglue } from './unglue.ts';

/** Cuts a text into cells as far as it still has cells, else into words. Linear in the length of the text. */
export function lex(source: SourceText): Lexed {
  const layout = detectLayout(source.folded);
  const chunks =
    layout === 'pipe'
      ? pipeChunks(source.folded)
      : layout === 'line'
        ? lineChunks(source.folded)
        : layout === 'glued'
          ? gluedChunks(source.folded)
          : spaceChunks(source.folded);
  const pieces = toPieces(source, chunks, layout);
  return { layout, pieces: layout === 'pipe' ? withPipeColumns(pieces, source.folded) : pieces };
}

/** A stretch of a document that has blocks: a line of text, or a cell of a real table. */
export interface BlockSpan {
  readonly start: number;
  readonly end: number;
  /** Absent for a line of text. */
  readonly cell?: { readonly table: number; readonly row: number; readonly column: number };
}

/** Pieces of a document with real tables: one a cell in grid order, the lines between them word by word. */
export function lexBlocks(source: SourceText, spans: readonly BlockSpan[]): Lexed {
  const pieces: Piece[] = [];
  let cells: Chunk[] = [];
  let lines: Chunk[] = [];
  let row = '';
  const flush = (): void => {
    for (const piece of toPieces(source, cells, 'pipe')) pieces.push(piece);
    for (const piece of toPieces(source, lines, 'space')) pieces.push(piece);
    cells = [];
    lines = [];
  };
  for (const span of spans) {
    if (span.cell === undefined) {
      if (cells.length > 0) flush();
      for (const word of wordsOf(source.folded, span.start, span.end, 'row')) lines.push(word);
      continue;
    }
    if (lines.length > 0) flush();
    const here = `${span.cell.table}/${span.cell.row}`;
    cells.push({ start: span.start, end: span.end, gap: here === row ? 'cell' : 'row', column: span.cell.column });
    row = here;
  }
  flush();
  return { layout: 'grid', pieces };
}

function toPieces(source: SourceText, chunks: readonly Chunk[], layout: Layout): Piece[] {
  const pieces: Piece[] = [];
  for (let index = 0; index < chunks.length; index += 1) {
    const chunk = chunks[index];
    if (chunk === undefined) continue;
    const text = squeeze(source.folded.slice(chunk.start, chunk.end));
    const joined = layout === 'pipe' ? joinCells(source, chunks, index, 2) : joinCells(source, chunks, index, 5);
    if (joined !== undefined) {
      pieces.push({
        kind: 'word',
        text: joined.text,
        start: chunk.start,
        end: joined.end,
        gap: chunk.gap,
        word: joined.word,
        ...place(chunk),
      });
      index += joined.count - 1;
      continue;
    }
    const whole = classify(text, chunk, layout);
    if (whole.kind !== 'text' || layout === 'pipe') pieces.push(whole);
    else for (const piece of unglue(source, chunk, whole, layout)) pieces.push(piece);
  }
  return layout === 'space' ? pieces.map(asAnswer) : pieces;
}

/** 可持续 可持续: said twice it is target and result, not the torn half of a head. */
function asAnswer(piece: Piece, at: number, pieces: readonly Piece[]): Piece {
  if (piece.kind !== 'junk' || piece.text.length < 2) return piece;
  const twice = [pieces[at - 1], pieces[at + 1]].some((other) => other?.text === piece.text);
  if (!twice) return piece;
  const { word: _, ...rest } = piece;
  return { ...rest, kind: 'text' };
}
