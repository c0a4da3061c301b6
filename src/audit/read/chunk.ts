import type { Gap } from './piece.ts';
import { PAGE_SEAM } from './source-text.ts';

/** A stretch of text before it is told what it is. */
export interface Chunk {
  readonly start: number;
  readonly end: number;
  readonly gap: Gap;
  readonly column?: number;
}

export function wordsOf(text: string, start: number, end: number, gap: Gap): Chunk[] {
  const parts: Chunk[] = [];
  const pattern = /\S+/g;
  pattern.lastIndex = start;
  for (let match = pattern.exec(text); match !== null && match.index < end; match = pattern.exec(text))
    parts.push({
      start: match.index,
      end: Math.min(end, match.index + match[0].length),
      gap: parts.length === 0 ? gap : 'space',
    });
  return parts;
}

export function spaceChunks(text: string): Chunk[] {
  const chunks: Chunk[] = [];
  let at = 0;
  for (const line of text.split('\n')) {
    if (!PAGE_NUMBER.test(line.trim()))
      for (const word of wordsOf(text, at, at + line.length, 'row')) chunks.push(word);
    at += line.length + 1;
  }
  return chunks;
}

/** — 2 — or 第 2 页 alone in a line. */
export const PAGE_NUMBER =
  /^(?:[-—–]\s*\d{1,4}\s*[-—–]|第\s*\d{1,4}\s*页(?:\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*\/\s*\d{1,4})$/;

/**
 * Stretches of a text whose cells ran together. White space between two Chinese characters is the trace of a line
 * break inside a cell; beside a digit or a letter it parts two cells.
 */
export function gluedChunks(text: string): Chunk[] {
  const chunks: Chunk[] = [];
  let at = 0;
  for (const line of text.split('\n')) {
    if (!PAGE_NUMBER.test(line.trim()))
      for (const word of wordsOf(text, at, at + line.length, 'row')) {
        const last = chunks[chunks.length - 1];
        const inside =
          word.gap === 'space' &&
          last !== undefined &&
          ((INNER.test(text[last.end - 1] ?? '') && INNER.test(text[word.start] ?? '')) ||
            text.slice(last.end, word.start).includes(PAGE_SEAM));
        if (inside && last !== undefined) chunks[chunks.length - 1] = { ...last, end: word.end };
        else chunks.push(word);
      }
    at += line.length + 1;
  }
  return chunks;
}

const INNER = /[\p{Script=Han}()、]/u;
