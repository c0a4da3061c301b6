import type { Chunk } from './chunk.ts';
import { cutAt } from './cut-chunk.ts';
import { DOTTED_RUN, PART, RUN, TAIL } from './fused-figures.ts';
import { FORM } from './layout.ts';
import type { Layout, Piece } from './piece.ts';
import { type SourceText, squeeze } from './source-text.ts';
import { SPLIT, unglueAll } from './unglue-words.ts';

/** Takes apart what extraction ran together. */
export function unglue(source: SourceText, chunk: Chunk, whole: Piece, layout: Layout): Piece[] {
  const { text } = whole;
  if (layout === 'glued') return unglueAll(source, chunk);
  const total = /^(总分|合计|总得分|总计)[::]?(\d.*)$/.exec(text);
  if (total !== null) return cutAt(source, chunk, [total[1]?.length ?? 2]);
  if (text.length <= 60 && (RUN.test(text) || DOTTED_RUN.test(text))) return cutParts(source, chunk, 0);
  if (text.length > 12 && text.length < 400) {
    const inside = text.match(SPLIT);
    if (
      inside !== null &&
      inside.length >= 2 &&
      text.length >= 24 &&
      !text.includes('。') &&
      (FORM.test(text) || /分值|得分/.test(text))
    )
      return unglueAll(source, chunk);
    if (text.length <= 80 && /\d$|%$/.test(text)) {
      const tail = TAIL.exec(text);
      if (tail?.[1] !== undefined && /[%≥≤]/.test(tail[2] ?? '') && (tail[2]?.match(PART)?.length ?? 0) >= 2)
        return cutParts(source, chunk, tail[1].length);
    }
  }
  return [whole];
}

function cutParts(source: SourceText, chunk: Chunk, from: number): Piece[] {
  const text = squeeze(source.folded.slice(chunk.start, chunk.end));
  const cuts = new Set<number>(from > 0 ? [from] : []);
  for (const match of text.slice(from).matchAll(PART)) {
    cuts.add(from + match.index);
    cuts.add(from + match.index + match[0].length);
  }
  return cutAt(
    source,
    chunk,
    [...cuts].filter((cut) => cut > 0 && cut < text.length).sort((a, b) => a - b),
  );
}
