import type { Chunk } from './chunk.ts';
import { classify } from './classify.ts';
import { DOTTED_RUN } from './fused-figures.ts';
import type { Piece } from './piece.ts';
import { type SourceText, squeeze } from './source-text.ts';

/** What stands behind a number inside a name: 7类, 5G, 3大. */
const COUNTED =
  /[类个项条年月日批次期级号届步大家所村乡镇户人名位台套件份本册场处座间辆公米亩吨种岁周天小时层线路、A-Za-z]/;

/** Offsets of the non-blank characters of a chunk: index in the squeezed text → offset in the source. */
function offsetsOf(source: SourceText, chunk: Chunk): number[] {
  const offsets: number[] = [];
  for (let at = chunk.start; at < chunk.end; at += 1) if (!/\s/.test(source.folded[at] ?? '')) offsets.push(at);
  return offsets;
}

export function cutAt(source: SourceText, chunk: Chunk, cuts: readonly number[]): Piece[] {
  const offsets = offsetsOf(source, chunk);
  const text = squeeze(source.folded.slice(chunk.start, chunk.end));
  const edges = [0, ...cuts, text.length];
  const pieces: Piece[] = [];
  for (let index = 0; index + 1 < edges.length; index += 1) {
    const from = edges[index] ?? 0;
    const to = edges[index + 1] ?? 0;
    if (to <= from) continue;
    const piece = classify(
      text.slice(from, to).replace(/^[::]/, ''),
      {
        start: offsets[from] ?? chunk.start,
        end: (offsets[to - 1] ?? chunk.end - 1) + 1,
        gap: from === 0 ? chunk.gap : 'glued',
      },
      'glued',
    );
    if (piece.kind === 'text' && DOTTED_RUN.test(piece.text)) {
      pieces.push({ ...piece, kind: 'value', fused: true });
      continue;
    }
    const digits = piece.kind === 'value' && /^\d+/.exec(piece.text)?.[0].length;
    const open = /\d$/.test(piece.text) && COUNTED.test(text.slice(to, to + 1));
    const marked = open ? { ...piece, open } : piece;
    pieces.push(digits !== false && digits !== undefined && digits >= 2 ? { ...marked, fused: true } : marked);
  }
  return pieces;
}
