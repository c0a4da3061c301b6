import { NUMERAL_CHARACTERS, parseChineseNumeral } from './chinese-numeral.ts';
import { Exact } from './exact.ts';
import type { Claims } from './half-width.ts';
import { point } from './interval.ts';
import type { NumberKind, ParsedNumber } from './parsed-number.ts';

const N = NUMERAL_CHARACTERS;
const NUMERAL = new RegExp(`[${N}]+`);
const DOCUMENT = /[〔[(【]\s*(?:19|20)\d{2}\s*[〕\])】]\s*(?:第\s*)?\d+\s*号/g;
const PHONE =
  /(?<![\d=≥≤><≈-])(?:0\d{2,3}-\d{7,8}(?:-\d{1,4})?|1[3-9]\d{9}(?![\d.%‰次份户场]|家(?![属人庭长])|[^\d\s]{0,1}[元人]))(?!\d)|(?<=(?:电话|热线|手机|传真|联系方式)[^\d\n]{0,6})\d[\d-]{4,15}(?!\d)/g;
const LONG = /(?<![\d.])\d{15,}[Xx]?(?![\d.])|(?<![A-Za-z\d.])\d{17}[Xx]/g;
const LETTERED =
  /(?<![A-Za-z])[A-Za-z][A-Za-z_-]{0,60}\d[A-Za-z\d_.-]*|(?<![\d.])\d+(?:\.\d+){2,}(?!\d)|(?<![\d.])\d+(?:\.\d+)?[eE][+-]?\d+/g;
const NUMBERED =
  /(?:附件|附表|指标|图表|表|图|注|项目类别|编号|序号|样本)\s?\d+(?![\d.%]|\s?[%元人万])|(?<![\d.])\d+\s?号(?!楼上)/g;
const ORDINAL = new RegExp(`第[ \\t]*(?:\\d+|[${N}]+)`, 'g');
const LIST = new RegExp(
  `(?<=^|[\\n\\r。;:；：|]|[^\\d\\s]\\s{1,3}|[;。:|]\\s{0,24})\\s{0,24}(?:\\d{1,2}(?:[.、]|[)](?!\\d))(?!\\d)|[${N}]{1,3}、)|(?<=^|[\\n\\r。;:,、|\\s])[(](?:\\d{1,2}|[${N}]{1,3})[)]`,
  'g',
);

export interface Span {
  readonly start: number;
  readonly end: number;
}

interface Marked extends Span {
  readonly kind: NumberKind;
}

/** Digits of a text that are not quantities, each stretch claimed so that nothing else reads it. */
export function findMarks(plain: string, claims: Claims): readonly Marked[] {
  const marks: Marked[] = [];
  for (const [pattern, kind] of [
    [DOCUMENT, 'document-number'],
    [PHONE, 'phone'],
    [LONG, 'identifier'],
    [LETTERED, 'label'],
    [ORDINAL, 'ordinal'],
    [LIST, 'list-number'],
    [NUMBERED, 'label'],
  ] as const) {
    for (const match of plain.matchAll(pattern)) {
      const lead = match[0].length - match[0].trimStart().length;
      const mark = { start: match.index + lead, end: match.index + match[0].length, kind };
      if (!/[\d零〇一二三四五六七八九十]/.test(match[0])) continue;
      if (claims.claim(mark.start, mark.end)) marks.push(mark);
    }
  }
  return marks;
}

function lastDigits(words: string): string | undefined {
  const isDigit = (at: number): boolean => /\d/.test(words.charAt(at));
  let end = words.length;
  while (end > 0 && !isDigit(end - 1)) end -= 1;
  let start = end;
  while (start > 0 && isDigit(start - 1)) start -= 1;
  return end === 0 ? undefined : words.slice(start, end);
}

export function marked(input: string, plain: string, span: Span, kind: NumberKind): ParsedNumber {
  const digits = lastDigits(plain.slice(span.start, span.end));
  const numeral = NUMERAL.exec(plain.slice(span.start, span.end))?.[0] ?? '';
  const value = digits === undefined ? (parseChineseNumeral(numeral)?.value ?? Exact.zero) : Exact.of(digits);
  return {
    kind,
    value,
    unit: undefined,
    unitText: '',
    comparator: undefined,
    places: 0,
    step: Exact.one,
    interval: point(value),
    grouped: false,
    text: input.slice(span.start, span.end),
    start: span.start,
    end: span.end,
  };
}
