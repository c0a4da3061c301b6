import type { Gap, Layout, Lexed, Piece } from './piece.ts';
import { type SourceText, squeeze } from './source-text.ts';
import { leadingOperator, readCellValue } from './value.ts';
import { allWords, bareWord, findWord, isBudgetRowName, isFragment, type Word } from './vocabulary.ts';

/** A stretch of text before it is told what it is. */
interface Chunk {
  readonly start: number;
  readonly end: number;
  readonly gap: Gap;
  readonly column?: number;
}

/** Cuts a text into cells as far as it still has cells, else into words. Linear in the length of the text. */
export function lex(source: SourceText): Lexed {
  const layout = detectLayout(source.folded);
  const chunks =
    layout === 'pipe'
      ? pipeChunks(source.folded)
      : layout === 'line'
        ? lineChunks(source.folded)
        : spaceChunks(source.folded);
  return { layout, pieces: toPieces(source, chunks, layout) };
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
    pieces.push(...toPieces(source, cells, 'pipe'), ...toPieces(source, lines, 'space'));
    cells = [];
    lines = [];
  };
  for (const span of spans) {
    if (span.cell === undefined) {
      if (cells.length > 0) flush();
      lines.push(...wordsOf(source.folded, span.start, span.end, 'row'));
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

function detectLayout(text: string): Layout {
  const pipes = count(text, '|');
  if (pipes >= 6) return 'pipe';
  const tabs = text.match(/\S[ ]*\t[ \t]*\S/g)?.length ?? 0;
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (tabs >= 8 && tabs * 2 > lines.length) return 'pipe';
  let tokens = 0;
  let letters = 0;
  for (const line of lines) {
    const parts = line.trim().split(/\s+/);
    tokens += parts.length;
    letters += line.length;
  }
  if (lines.length >= 25 && tokens <= lines.length * 1.5) return 'line';
  if (tokens > 0 && letters / tokens > 22 && FORM.test(text)) return 'glued';
  return 'space';
}

/** Words only a form has; prose without spaces is not a table that lost its cells. */
const FORM = /[二三]级\s*指标|年度(?:财政)?\s*资金总额|全年预算数\s*\(/;

function count(text: string, character: string): number {
  let total = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) total += 1;
  return total;
}

/** Cells between pipes (or tabs). A line break ends a cell only where lines are not closed by a pipe. */
function pipeChunks(text: string): Chunk[] {
  const mark = count(text, '|') >= 6 ? '|' : '\t';
  const lines = text.split('\n');
  let open = 0;
  let closed = 0;
  for (const line of lines) {
    const content = line.trim();
    if (!line.includes(mark) || content === '' || /^[|\s]+$/.test(content)) continue;
    if (content.endsWith(mark)) closed += 1;
    else open += 1;
  }
  const breakEnds = mark === '\t' || open > closed;
  // One cell a line with pipes between: there a blank stretch is an empty cell, however many line breaks it holds.
  const written = lines.filter((line) => line.trim() !== '');
  const alone = written.filter((line) => line.trim() === mark).length;
  const narrow = written.filter((line) => /^(?:[^|]*\||\|+|[^|]*)$/.test(line.trim())).length;
  const upright = alone > written.length * 0.3 || (mark === '|' && alone >= 3 && narrow >= written.length * 0.9);
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
    else if (at === text.length || (character === '\n' && breakEnds)) {
      if (text.slice(start, at).trim() !== '') push(at, 'row');
      else {
        start = at + 1;
        gap = 'row';
      }
    }
  }
  return chunks;
}

/** One cell a line. Lines that only go on (blank lines between cells, or an indent before each) join the cell. */
function lineChunks(text: string): Chunk[] {
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

function wordsOf(text: string, start: number, end: number, gap: Gap): Chunk[] {
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

function spaceChunks(text: string): Chunk[] {
  const chunks: Chunk[] = [];
  let at = 0;
  for (const line of text.split('\n')) {
    if (!PAGE_NUMBER.test(line.trim())) chunks.push(...wordsOf(text, at, at + line.length, 'row'));
    at += line.length + 1;
  }
  return chunks;
}

/** — 2 — or 第 2 页 alone in a line. */
const PAGE_NUMBER = /^(?:[-—–]\s*\d{1,4}\s*[-—–]|第\s*\d{1,4}\s*页(?:\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*\/\s*\d{1,4})$/;
const DASH = /^[-—–―/\\*]+$/;
const ELLIPSIS = /^[….·。]{2,}$|^…$|^\.{3,}$/;
const PLACEHOLDER = /^(?:指标|目标)[1-9\d]{0,2}[::、.]?(?:\/|无|[….]+)?$/;

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
    else pieces.push(...unglue(source, chunk, whole, layout));
  }
  return pieces;
}

function place(chunk: Chunk): { column?: number } {
  return chunk.column === undefined ? {} : { column: chunk.column };
}

function classify(text: string, chunk: Chunk, layout: Layout): Piece {
  const base = { text, start: chunk.start, end: chunk.end, gap: chunk.gap, ...place(chunk) };
  if (text === '') return { ...base, kind: 'empty' };
  if (DASH.test(text)) return { ...base, kind: 'dash' };
  if (ELLIPSIS.test(text)) return { ...base, kind: 'ellipsis' };
  if (PLACEHOLDER.test(text)) return { ...base, kind: 'placeholder' };
  const lead = leadingOperator(text);
  if (lead !== undefined && lead.length === text.length) return { ...base, kind: 'operator' };
  const value = readCellValue(text);
  if (value !== undefined) return { ...base, kind: 'value', value };
  const word = findWord(text);
  // 完成 alone in a cell is an answer; only in a text torn into words it may be half a head.
  if (word?.kind === 'junk' && layout !== 'space' && text.length >= 2) return { ...base, kind: 'text' };
  if (word !== undefined) return { ...base, kind: word.kind === 'junk' ? 'junk' : 'word', word };
  if (/^[()\d.分]+$/.test(text) && /[()]/.test(text)) return { ...base, kind: 'junk' };
  if (layout === 'space' && isFragment(text) && !isBudgetRowName(text)) return { ...base, kind: 'junk' };
  return { ...base, kind: 'text' };
}

/** Tries the following pieces together as one form word, the longest first: 年初 + 预算数, 可持续影 + 响指标. */
function joinCells(
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
    text += next;
    const opened = text.includes('(') ? text : bareWord(text);
    const word = findWord(text) ?? findWord(opened);
    if (word !== undefined && word.kind !== 'junk') found = { text, end: chunk.end, word, count };
  }
  return found;
}

const UNIT =
  '(?:%|％|‰|万元|亿元|千元|百元|元(?:/[人户亩个次年月天件平米辆台套*]{1,4})?|万人次|人次|万人|人天|人|户次|户|家次|家|个百分点|个月|个|次|场次|场|项|件|份|批次|批|期|册|套|台|辆|座|处|条|名|位|所|村|亩|公里|千米|米|平方米|吨|公斤|天|小时|年|分)?';
const DATE =
  '\\d{4}年(?:\\d{1,2}月)?(?:\\d{1,2}日)?(?:底|末)?(?:之前|以前|前|完成)?|\\d{1,2}月(?:\\d{1,2}日|底|末|份)?(?:之前|以前|前|内)?';
const QUANTITY = `(?:>=|<=|≥|≤|>|<|=)?-?\\d[\\d,]*(?:\\.\\d+)?${UNIT}(?:以上|以下|以内)?`;
const RUN = new RegExp(`^(?:${QUANTITY})+$`);
/** Decimals run together: 6747.246747.241090%. */
const DOTTED = '\\d+\\.\\d+(?:\\.\\d+)+%?';
const DOTTED_RUN = new RegExp(`^${DOTTED}\\d*(?:\\.\\d+)?$`);
const PART = new RegExp(`(${DATE})|(${DOTTED})|(${QUANTITY})`, 'g');
const TAIL = new RegExp(`^(.*?[^\\d.,%≥≤<>=-])((?:${QUANTITY}){2,})$`);

/** Takes apart what extraction ran together. */
function unglue(source: SourceText, chunk: Chunk, whole: Piece, layout: Layout): Piece[] {
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

/** Offsets of the non-blank characters of a chunk: index in the squeezed text → offset in the source. */
function offsetsOf(source: SourceText, chunk: Chunk): number[] {
  const offsets: number[] = [];
  for (let at = chunk.start; at < chunk.end; at += 1) if (!/\s/.test(source.folded[at] ?? '')) offsets.push(at);
  return offsets;
}

function cutAt(source: SourceText, chunk: Chunk, cuts: readonly number[]): Piece[] {
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
    pieces.push(digits !== false && digits !== undefined && digits >= 2 ? { ...piece, fused: true } : piece);
  }
  return pieces;
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

const ESCAPED = allWords()
  .filter((word) => word.length >= 3 || ['分值', '得分', '权重', '总分', '合计'].includes(word))
  .map((word) => word.replace(/[()[\]{}.*+?^$|\\%]/g, '\\$&'))
  .join('|');
const SPLIT = new RegExp(ESCAPED, 'g');
const BARE_LEVEL = /^(?:数量|质量|时效|成本|经济效益|社会效益|生态效益|可持续影响|可持续性|满意度|服务对象满意度)/;
const SPLIT_AT = new RegExp(`(?:${ESCAPED})`, 'y');
const PART_AT = new RegExp(`(${DATE})|(${DOTTED})|(${QUANTITY})`, 'y');
const BUDGET_AT = /(?:年度)?(?:财政)?资金总额|其中:(?:当年|本年)?财政拨款|(?:上年)?结转资金|其他资金/y;
const PREFIX_AT = /指标\d{1,2}[::、.]/y;

/** A text without any white space: form words, numbers and the names between them. */
function unglueAll(source: SourceText, chunk: Chunk): Piece[] {
  const text = squeeze(source.folded.slice(chunk.start, chunk.end));
  const cuts: number[] = [];
  let plain = 0;
  let inBody = false;
  let before: 'level1' | 'level2' | 'value' | 'other' = 'other';
  const close = (at: number): void => {
    if (at > plain) {
      cuts.push(plain, at, ...repeats(text.slice(plain, at)).map((cut) => plain + cut));
      before = 'other';
    }
  };
  for (let at = 0; at < text.length; ) {
    const length = matchAt(PREFIX_AT, text, at);
    if (length > 0) {
      close(at);
      plain = at;
      at += length;
      continue;
    }
    const seen = matchAt(SPLIT_AT, text, at);
    const said = seen === 0 ? undefined : findWord(text.slice(at, at + seen))?.kind;
    // 读者满意度 is a name that ends in a level's name; the level itself stands at the seam.
    const seam = at === plain && before !== 'level2';
    const inner = said?.startsWith('level') === true && !text.slice(at, at + seen).endsWith('指标') && !seam;
    const written = inner ? 0 : seen;
    const found = inner ? undefined : said;
    if (found === 'level2') inBody = true;
    // Behind the heads 完成率 or 目标 is part of a name.
    const word =
      (inBody &&
      found !== 'level1' &&
      found !== 'level2' &&
      found !== 'level-either' &&
      found !== 'total' &&
      found !== 'stop'
        ? 0
        : written) || matchAt(BUDGET_AT, text, at);
    const bare =
      at === plain && (before === 'value' || before === 'level1')
        ? (BARE_LEVEL.exec(text.slice(at, at + 8))?.[0].length ?? 0)
        : 0;
    const size = Math.max(word, bare);
    if (size > 0) {
      close(at);
      const bracket = /^\([^()]{1,12}\)/.exec(text.slice(at + size, at + size + 14))?.[0].length ?? 0;
      const letter = /^[AB](?!\p{Script=Latin})/u.test(text.slice(at + size, at + size + 2)) ? 1 : 0;
      const end = at + size + (bracket || letter);
      const kind = findWord(text.slice(at, at + size))?.kind;
      before = kind === 'level-either' ? 'level1' : kind === 'level1' || kind === 'level2' ? kind : 'other';
      cuts.push(at, end);
      at = end;
      plain = at;
      continue;
    }
    const number = matchAt(PART_AT, text, at);
    if (number > 0) {
      close(at);
      cuts.push(at, at + number);
      before = 'value';
      at += number;
      plain = at;
      continue;
    }
    at += 1;
  }
  close(text.length);
  return cutAt(
    source,
    chunk,
    [...new Set(cuts)].filter((cut) => cut > 0 && cut < text.length).sort((a, b) => a - b),
  );
}

function matchAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}

/** 补助专款专用专款专用专款专用 → cuts before each of the equal endings. */
function repeats(text: string): number[] {
  for (let size = Math.min(20, text.length >> 1); size >= 2; size -= 1) {
    const last = text.slice(-size);
    if (text.slice(-2 * size, -size) !== last) continue;
    const cuts: number[] = [];
    for (let at = text.length - size; at >= 0 && text.slice(at, at + size) === last; at -= size) cuts.push(at);
    return cuts;
  }
  return [];
}
