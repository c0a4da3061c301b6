import { type Chunk, PAGE_NUMBER, wordsOf } from './chunk.ts';
import { readCellValue } from './value.ts';

/** One cell a line. Lines that only go on (blank lines between cells, or an indent before each) join the cell. */
export function lineChunks(text: string): Chunk[] {
  const lines: { start: number; end: number; indent: number }[] = [];
  let at = 0;
  for (const line of text.split('\n')) {
    const from = at + (line.length - line.trimStart().length);
    lines.push({ start: from, end: Math.max(from, at + line.trimEnd().length), indent: line.startsWith('\t') ? 1 : 0 });
    at += line.length + 1;
  }
  for (const line of lines) if (PAGE_NUMBER.test(text.slice(line.start, line.end))) line.end = line.start;
  const full = lines.filter((line) => line.end > line.start);
  let apart = 0;
  for (let index = 1; index < lines.length; index += 1)
    if (isFull(lines[index]) && !isFull(lines[index - 1])) apart += 1;
  const byBlank = apart >= full.length * 0.6;
  const byIndent = !byBlank && full.filter((line) => line.indent > 0).length >= full.length * 0.4;
  const chunks: Chunk[] = [];
  let previousFull = false;
  let inIndented = false;
  for (const line of lines) {
    const here = isFull(line);
    const last = chunks[chunks.length - 1];
    const goesOn =
      previousFull &&
      last !== undefined &&
      (byBlank || (byIndent && inIndented && line.indent === 0 && line.end - line.start <= 12));
    if (here && goesOn && last !== undefined && last.end - last.start < 60)
      chunks[chunks.length - 1] = { ...last, end: line.end };
    else if (here) {
      chunks.push({ start: line.start, end: line.end, gap: 'cell' });
      inIndented = line.indent > 0;
    }
    previousFull = here;
  }
  return chunks.flatMap((chunk) => splitIfNumbers(text, chunk));
}

function isFull(line: { start: number; end: number } | undefined): boolean {
  return line !== undefined && line.end > line.start;
}

/** A line of nothing but numbers holds several cells. */
function splitIfNumbers(text: string, chunk: Chunk): Chunk[] {
  const content = text.slice(chunk.start, chunk.end);
  if (!/\s/.test(content)) return [chunk];
  const parts = wordsOf(text, chunk.start, chunk.end, chunk.gap);
  const valued = parts.filter((part) => {
    const inner = text.slice(part.start, part.end);
    return readCellValue(inner) !== undefined || /^[-—/]+$/.test(inner);
  });
  if (valued.length === parts.length) return parts;
  // A name and its figures; a date with spaces in it is neither.
  if (parts.length >= 4 && valued.length >= parts.length - 1 && !/\d\s*[年月日]/.test(content)) return parts;
  return [chunk];
}
