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
  const whole = withTails(text, chunks);
  return UNIT_COLUMN.test(text) ? whole : withUnits(text, whole);
}

/** What a line break tore off a figure: ≥530元/ 人*月, 183.46万 元, 2023年 12月31 日前. */
const TORN: readonly (readonly [RegExp, RegExp])[] = [
  [/\d[万亿]$/, /^(?:元|人次?|亩|吨|份|株|户|头|册|平方米|立方米)(?:以上|以内)?$/],
  [/\d[万亿]?人$/, /^次(?:以上)?$/],
  [/\d元\/$/, /^[人户亩个次年月天件日份场吨](?:[*/·][人户次年月天])*$/],
  [/\d元\/[人户亩个次件][*/·]$/, /^[年月天日次]$/],
  [/\d[平立]方$/, /^(?:米|千米|公里)$/],
  [/\d{4}年\d{1,2}月$/, /^\d{1,2}日(?:之?前|以前)?$/],
  [/\d{4}年$/, /^\d{1,2}月(?:\d{1,2}日?)?(?:底|末)?前?$/],
  [/\d{4}年\d{1,2}$/, /^月(?:\d{1,2}日?|底|末|份|[上中下]旬)?(?:之?前|以前)?$/],
  [/\d{1,2}月\d{1,2}$/, /^日(?:之?前|以前)?$/],
];

const OPEN_END = /[万亿人/*·方月年\d]/;

function withTails(text: string, chunks: readonly Chunk[]): Chunk[] {
  const joined: Chunk[] = [];
  for (const chunk of chunks) {
    const last = joined[joined.length - 1];
    const tail = text.slice(chunk.start, chunk.end);
    const torn =
      last !== undefined &&
      tail.length <= 8 &&
      last.end - last.start <= 24 &&
      OPEN_END.test(text[last.end - 1] ?? '') &&
      TORN.some(([head, end]) => end.test(tail) && head.test(text.slice(last.start, last.end)));
    if (torn && last !== undefined && chunk.gap === 'space') joined[joined.length - 1] = { ...last, end: chunk.end };
    else joined.push(chunk);
  }
  return joined;
}

const UNIT_COLUMN = /[计度]\s?量\s?单\s?位|指标单位|值\s{1,9}单位\s/;

const BARE_NUMBER = /^(?:不低于|不少于|不超过|不高于|[≥≤><=]{1,2})?\d[\d,]{0,15}(?:\.\d{1,9})?$/;

const UNIT =
  /^(?:公里|千米|[平立]方(?:千|公)?[米里]|米|[万]?亩|公顷|[万]?吨|公斤|千克|[百千万亿]?元|万[人户]次?|人次?|名|户次?|家|[个项次场期批件份套台辆艘架座处间栋所条篇部本册种类款株棵头只天起例宗块片幅根节门]|场次|批次|台套|小时|分钟|年|月|日|个月|[月年][底末份]前?|月[上中下]旬|[年月日]前|季度|%|‰|分)$/;

/** 300 公里, ≥120 台, 2022 年 8 月 10 日: a number and its unit are one, whatever stands between them. */
function withUnits(text: string, chunks: readonly Chunk[]): Chunk[] {
  const words = chunks.map((chunk) => text.slice(chunk.start, chunk.end));
  const joined: Chunk[] = [];
  for (let index = 0; index < chunks.length; index += 1) {
    const chunk = chunks[index];
    if (chunk === undefined) continue;
    let last = index;
    if (BARE_NUMBER.test(words[index] ?? '') && isUnit(chunks, words, index + 1)) {
      last = index + 1;
      while (
        /[年月]$/.test(words[last] ?? '') &&
        chunks[last + 1]?.gap === 'space' &&
        /^\d{1,2}$/.test(words[last + 1] ?? '') &&
        isUnit(chunks, words, last + 2) &&
        (words[last + 2] ?? '').startsWith(words[last] === '年' ? '月' : '日')
      )
        last += 2;
    }
    joined.push(last === index ? chunk : { ...chunk, end: chunks[last]?.end ?? chunk.end });
    index = last;
  }
  return joined;
}

function isUnit(chunks: readonly Chunk[], words: readonly string[], index: number): boolean {
  return chunks[index]?.gap === 'space' && UNIT.test(words[index] ?? '');
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
