import { type Chunk, PAGE_NUMBER } from './chunk.ts';
import { count } from './layout.ts';
import type { Gap } from './piece.ts';

/** Cells between pipes (or tabs). A line break ends a cell only where lines are not closed by a pipe. */
export function pipeChunks(text: string): Chunk[] {
  const mark = count(text, '|') >= 6 ? '|' : '\t';
  const lines = text.split('\n');
  let open = 0;
  let closed = 0;
  /** Lines of several cells that no mark closes: rows, where a cell broken over two lines is one of few. */
  let whole = 0;
  for (const line of lines) {
    const content = line.trim();
    if (!line.includes(mark) || content === '' || /^[|\s]+$/.test(content)) continue;
    if (content.endsWith(mark)) closed += 1;
    else open += 1;
    if (!content.endsWith(mark) && count(content, mark) >= 2) whole += 1;
  }
  const breakEnds = mark === '\t' || open > closed || (whole >= 4 && whole * 2 > closed);
  // One cell a line with pipes between: there a blank stretch is an empty cell, however many line breaks it holds.
  const written = lines.filter((line) => line.trim() !== '');
  const alone = written.filter((line) => line.trim() === mark).length;
  const narrow = written.filter((line) => /^(?:[^|]*\||\|+|[^|]*)$/.test(line.trim())).length;
  const upright = alone > written.length * 0.3 || (mark === '|' && alone >= 3 && narrow >= written.length * 0.9);
  const loose = breakEnds || upright ? NONE : looseLineEnds(lines, mark);
  const chunks: Chunk[] = [];
  let start = 0;
  let gap: Gap = 'row';
  const push = (end: number, next: Gap): void => {
    let from = start;
    let to = end;
    while (from < to && /\s/.test(text[from] ?? '')) {
      if (text[from] === '\n' && !upright) gap = 'row';
      from += 1;
    }
    while (to > from && /\s/.test(text[to - 1] ?? '')) to -= 1;
    // A wholly blank stretch with a line break inside is the seam of two rows, not a cell.
    const seam = from === to && text.slice(start, end).includes('\n') && next === 'cell' && mark === '|' && !upright;
    if (!seam || from !== to) chunks.push({ start: from, end: to, gap });
    gap = seam ? 'row' : next;
    start = end + 1;
  };
  for (let at = 0; at <= text.length; at += 1) {
    const character = text[at];
    if (character === mark) push(at, 'cell');
    else if (at === text.length || (character === '\n' && (breakEnds || loose.has(at)))) {
      const content = text.slice(start, at).trim();
      if (content !== '' && !(loose.has(at) && PAGE_NUMBER.test(content))) push(at, 'row');
      else {
        start = at + 1;
        gap = 'row';
      }
    }
  }
  return chunks;
}

const NONE: ReadonlySet<number> = new Set();

/** A line without any mark that is no part of a cell: a title, a sentence, a page number between two closed rows. */
function looseLineEnds(lines: readonly string[], mark: string): ReadonlySet<number> {
  const ends = new Set<number>();
  let inCell = false;
  let at = 0;
  for (const line of lines) {
    const content = line.trim();
    at += line.length + 1;
    if (line.includes(mark)) inCell = !content.endsWith(mark);
    else if (!inCell && (content.length >= 10 || PAGE_NUMBER.test(content))) ends.add(at - 1);
  }
  return ends;
}
