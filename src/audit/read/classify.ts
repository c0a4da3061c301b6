import type { Chunk } from './chunk.ts';
import type { Layout, Piece, PieceKind } from './piece.ts';
import { type SourceText, squeeze } from './source-text.ts';
import { type CellValue, leadingOperator, readCellValue } from './value.ts';
import { bareWord, findWord, isBudgetRowName, isFragment, type Word } from './vocabulary.ts';

const DASH = /^[-—–―/\\*]+$/;

const ELLIPSIS = /^[….·。]{2,}$|^…$|^\.{3,}$/;

/** What a dash or an ellipsis begins with. */
const MARKS = /^[-—–―/\\*….·。]/;

const PLACEHOLDER = /^(?:指标|目标)[1-9\d]{0,2}[::、.]?(?:\/|无|[….]+)?$/;

const OUTLOOK = /^(?:确定能|有可能|(?:完全)?不可能)$/;

export function place(chunk: Chunk): { column?: number } {
  return chunk.column === undefined ? {} : { column: chunk.column };
}

export function classify(text: string, chunk: Chunk, layout: Layout): Piece {
  if (text === '') return piece('empty', text, chunk);
  if (MARKS.test(text)) {
    if (DASH.test(text)) return piece('dash', text, chunk);
    if (ELLIPSIS.test(text)) return piece('ellipsis', text, chunk);
  }
  if (PLACEHOLDER.test(text)) return piece('placeholder', text, chunk);
  // What a monitoring table says of the rest of the year closes its row.
  if (layout !== 'pipe' && OUTLOOK.test(text)) return piece('placeholder', text, chunk);
  const lead = leadingOperator(text);
  if (lead !== undefined && lead.length === text.length) return piece('operator', text, chunk);
  const value = readCellValue(text);
  if (value !== undefined) return piece('value', text, chunk, value);
  const word = findWord(text);
  // 完成 alone in a cell is an answer; only in a text torn into words it may be half a head.
  if (word?.kind === 'junk' && layout !== 'space' && text.length >= 2) return piece('text', text, chunk);
  if (word !== undefined) return piece(word.kind === 'junk' ? 'junk' : 'word', text, chunk, undefined, word);
  if (/^[()\d.分]+$/.test(text) && /[()]/.test(text)) return piece('junk', text, chunk);
  if (layout === 'space' && isFragment(text) && !isBudgetRowName(text)) return piece('junk', text, chunk);
  return piece('text', text, chunk);
}

/** Written out, without spreads: one is made for every cell of a text. */
function piece(
  kind: PieceKind,
  text: string,
  { start, end, gap, column }: Chunk,
  value?: CellValue,
  word?: Word,
): Piece {
  const whole: { -readonly [Key in keyof Piece]: Piece[Key] } = { kind, text, start, end, gap };
  if (value !== undefined) whole.value = value;
  if (word !== undefined) whole.word = word;
  if (column !== undefined) whole.column = column;
  return whole;
}

/** Tries the following pieces together as one form word, the longest first: 年初 + 预算数, 可持续影 + 响指标. */
export function joinCells(
  source: SourceText,
  chunks: readonly Chunk[],
  index: number,
  most: number,
): { readonly text: string; readonly end: number; readonly word: Word; readonly count: number } | undefined {
  const first = chunks[index];
  if (first === undefined) return undefined;
  let text = squeeze(source.folded.slice(first.start, first.end));
  if (text === '' || text.length > 20 || /^[\d()]/.test(text)) return undefined;
  let found: { text: string; end: number; word: Word; count: number } | undefined;
  if (text === '指标' && headsApart(source, chunks, index)) return undefined;
  const points = pointsBehind(source, chunks, index, text);
  if (points !== undefined) return points;
  for (let count = 2; count <= most; count += 1) {
    const chunk = chunks[index + count - 1];
    if (chunk === undefined) break;
    const next = squeeze(source.folded.slice(chunk.start, chunk.end));
    if (next === '' || text.length + next.length > 26) break;
    // 一级 + 指标 may be torn; two whole words side by side are two cells.
    const whole = findWord(next);
    const bracket = /^\(?\d*\.?\d*分?\)?$/.test(next) && /[()分]/.test(next);
    if (
      whole !== undefined &&
      whole.kind !== 'junk' &&
      next !== '指标' &&
      !bracket &&
      text.length >= 3 &&
      findWord(text) !== undefined
    )
      break;
    if (/^\d+(?:\.\d+)?%?$/.test(next)) break;
    // 指标 分值 得分 in a line of their own are three heads.
    if (text === '指标' && first.gap === 'row' && chunk.gap === 'space' && whole?.kind === 'header') break;
    text += next;
    const opened = text.includes('(') ? text : bareWord(text);
    const word = findWord(text) ?? findWord(opened);
    if (word !== undefined && word.kind !== 'junk') found = { text, end: chunk.end, word, count };
  }
  return found;
}

/** 指标 | 分值 | 得分 over a short list: three heads, not 指标分值 torn. */
function headsApart(source: SourceText, chunks: readonly Chunk[], index: number): boolean {
  if (chunks[index]?.gap !== 'row') return false;
  return [index + 1, index + 2].every((at) => {
    const chunk = chunks[at];
    if (chunk === undefined || chunk.gap === 'row') return false;
    return findWord(squeeze(source.folded.slice(chunk.start, chunk.end)))?.kind === 'header';
  });
}

const SECTION = /^(?:项目|预算|资金)?(?:决策|管理|过程|投入|产出|效益|效果)$/;

/** 产出指标 | 40 分 before the first name: the points of the level, as in 产出指标(40分). */
function pointsBehind(
  source: SourceText,
  chunks: readonly Chunk[],
  index: number,
  text: string,
): { readonly text: string; readonly end: number; readonly word: Word; readonly count: number } | undefined {
  const [next, after] = [chunks[index + 1], chunks[index + 2]];
  if (next === undefined || after === undefined || text.length > 12 || text.includes('(')) return undefined;
  const points = squeeze(source.folded.slice(next.start, next.end));
  if (!/^\d{1,3}(?:\.\d{1,2})?分$/.test(points)) return undefined;
  const word: Word | undefined = SECTION.test(text) ? { kind: 'level1' } : findWord(text);
  if (word?.kind.startsWith('level') !== true) return undefined;
  if (readCellValue(squeeze(source.folded.slice(after.start, after.end))) !== undefined) return undefined;
  return { text: `${text}(${points})`, end: next.end, word, count: 2 };
}
