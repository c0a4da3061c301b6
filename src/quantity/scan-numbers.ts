import { NUMERAL_CHARACTERS, parseChineseNumeral } from './chinese-numeral.ts';
import { Exact } from './exact.ts';
import { Claims, halfWidth } from './half-width.ts';
import { impliedInterval } from './implied-interval.ts';
import { type Interval, point } from './interval.ts';
import type { Comparator, NumberKind, ParsedNumber } from './parsed-number.ts';
import { matchAt, multiplierFactor, readMagnitude } from './read-magnitude.ts';
import { scanDates } from './scan-dates.ts';
import { convert, findUnit, PERCENT, sameDimension, type Unit, unitSymbols } from './unit.ts';

const N = NUMERAL_CHARACTERS;
const CANDIDATE = new RegExp(`[\\d${N}半]`);
const RUN = new RegExp(`\\d+|[${N}半]+`, 'y');
const NUMERAL = new RegExp(`[${N}]+`);
/** Every date has one of these; most cells have none and need no look for dates. */
const MAYBE_DATE = /[年月季]|\d{4}[ \t]*(?:[-/.~〜—―至到]|年)/;
const BEFORE: readonly (readonly [RegExp, Comparator])[] = (
  [
    ['>=|=>|≥|≧|⩾|》=|不少于|不低于|不小于|不得少于|不得低于|至少|最少|大于或?等于', '≥'],
    ['<=|=<|≤|≦|⩽|《=|不超过|不高于|不大于|不多于|不得超过|不得高于|至多|最多|小于或?等于', '≤'],
    ['>|大于|高于|多于|超过|超出|超', '>'],
    ['<|小于|低于|少于|不足|不到|未达到?', '<'],
    ['≈|大约|大概|约为?|将近|接近|近', '≈'],
    ['=|等于', '='],
  ] as const
).map(([source, comparator]) => [new RegExp(`(?:${source})$`), comparator]);
const AFTER = /(?:[(](?:不?含(?:本数)?)[)])?(及其?以上|或以上|以上|及其?以下|或以下|以下|以内|之内|左右|上下)/y;
const REACH = /(?:达到|达)$/;
const NEARLY = /(?:将近|接近|近)$/;
const RANGE = / *(?:-|—{1,2}|―|~|〜|至|到) */y;
/** In running text a dash between blanks is an empty cell of a flattened table. */
const TIGHT_RANGE = /(?:-|—{1,2}|―|~|〜|至|到)/y;
const INCLUDED = /[(]不?含[)]/y;
/** A counter that begins another word is none: 6:4分担, 3部门, 20本级. */
const NOT_BEFORE = new Map([
  ['分', '担别类布成解配析级管工支发享期散批流层'],
  ['部', '门分队署'],
  ['项', '目'],
  ['名', '称录单册'],
  ['家', '庭'],
  ['位', '于置'],
  ['本', '级年地次县市省人项单'],
  ['条', '件'],
  ['台', '账帐'],
  ['处', '理罚置方于'],
  ['期', '间末初'],
  ['场', '所景地'],
  ['所', '有需属在列'],
  ['人', '均民社'],
  ['年', '度级龄报初底末均'],
  ['日', '常报前'],
  ['次', '数均性'],
  ['元', '旦'],
]);
const SYMBOLS = unitSymbols()
  .filter((symbol) => !['月', '%', '‰', '‱'].includes(symbol))
  .map((symbol) => (NOT_BEFORE.has(symbol) ? `${symbol}(?![${NOT_BEFORE.get(symbol)}])` : symbol))
  .join('|');
const SIMPLE = `(?:(?:万亿|千亿|百亿|亿|千万|百万|十万|万|千|百)?(?:${SYMBOLS})|[%‰‱])`;
const UNIT = new RegExp(
  `[ \\t]{0,2}(${SIMPLE}(?:(?:/|每)(?:(?:${SYMBOLS})(?:[·*/]?(?:${SYMBOLS}|月))*|月|\\p{Script=Han}))?(?:每(?:年|月|季))?)`,
  'uy',
);
/** Words that begin with a numeral and a counter and say nothing about how many. */
const IDIOMS =
  /(?:一起|一次性|一部分|一部(?!电)|一条龙|一年一度|一份子|一项项|一个个|一件事|百分百|十分(?![,;。、))\s]|$)|一位位|万一|一本正经|一名不|一条心|一天天|一家亲|五位一体|一台账)/y;
const DOCUMENT = /[〔[(【]\s*(?:19|20)\d{2}\s*[〕\])】]\s*(?:第\s*)?\d+\s*号/g;
const PHONE =
  /(?<![\d-])(?:0\d{2,3}-\d{7,8}(?:-\d{1,4})?|1[3-9]\d{9}(?![\d.]|[^\d\s]{0,1}[元人]))(?!\d)|(?<=(?:电话|热线|手机|传真|联系方式)[^\d\n]{0,6})\d[\d-]{4,15}(?!\d)/g;
const LONG = /(?<![\d.])\d{15,}[Xx]?(?![\d.])|(?<![A-Za-z\d.])\d{17}[Xx]/g;
const LETTERED =
  /[A-Za-z]+[A-Za-z\d_-]*\d[A-Za-z\d_.-]*|(?<![\d.])\d+(?:\.\d+){2,}(?!\d)|(?<![\d.])\d+(?:\.\d+)?[eE][+-]?\d+/g;
const NUMBERED =
  /(?:附件|附表|指标|图表|表|图|注|项目类别|编号|序号|样本)\s?\d+(?![\d.%]|\s?[%元人万])|(?<![\d.])\d+\s?号(?!楼上)/g;
const ORDINAL = new RegExp(`第[ \\t]*(?:\\d+|[${N}]+)`, 'g');
const LIST = new RegExp(
  `(?<=^|[\\n\\r。;:；：|]|[^\\d\\s]\\s{1,3}|[;。:|]\\s*)\\s*(?:\\d{1,2}(?:[.、]|[)](?!\\d))(?!\\d)|[${N}]{1,3}、)|(?<=^|[\\n\\r。;:,、|\\s])[(](?:\\d{1,2}|[${N}]{1,3})[)]`,
  'g',
);

interface Span {
  readonly start: number;
  readonly end: number;
}

interface Marked extends Span {
  readonly kind: NumberKind;
}

/**
 * Every number in prose, in order, each digit of the text belonging to at most one. Dates are left to `scanDates`. What
 * is not a quantity is returned too, under its own `kind`, for a reader to skip.
 */
export function scanNumbers(input: string): readonly ParsedNumber[] {
  const plain = halfWidth(input);
  const claims = new Claims(plain.length);
  const marks = findMarks(plain, claims);
  const dates = scanDates(input).filter((date) => claims.claim(date.start, date.end));
  const skip: readonly (Span & { kind?: NumberKind })[] = [...marks, ...dates].sort((a, b) => a.start - b.start);
  const found: ParsedNumber[] = [];
  let next = 0;
  let floor = 0;
  const candidate = new RegExp(CANDIDATE, 'g');
  for (;;) {
    const hit = candidate.exec(plain);
    if (hit === null) return found;
    const position = hit.index;
    while (next < skip.length && (skip[next]?.end ?? 0) <= position) next += 1;
    const blocked = skip[next];
    if (blocked !== undefined && blocked.start <= position) {
      if (blocked.kind !== undefined) found.push(marked(input, plain, blocked, blocked.kind));
      candidate.lastIndex = blocked.end;
      floor = blocked.end;
      next += 1;
      continue;
    }
    const number = readNumber(plain, input, position, floor, blocked?.start ?? plain.length, false);
    if (number === undefined) {
      candidate.lastIndex = afterRun(plain, position);
      continue;
    }
    found.push(number);
    candidate.lastIndex = number.end;
    floor = number.end;
  }
}

/**
 * A whole cell or phrase as one number: `≥ 177297人`, `2,109.07`, `九成五`, `20%-30%`, `不少于2次`, `负三`. `undefined` when
 * it is a date, several numbers, a document number, or has other words around it.
 */
export function parseNumber(input: string): ParsedNumber | undefined {
  const plain = halfWidth(input);
  const start = plain.length - plain.trimStart().length;
  const stop = plain.trimEnd().length;
  if (start >= stop || stop - start > 120) return undefined;
  const at = plain.slice(0, stop).search(CANDIDATE);
  if (at < 0) return undefined;
  const number = readNumber(plain.slice(0, stop), input, at, start, stop, true);
  if (number === undefined || number.start !== start || number.end !== stop) return undefined;
  const cell = plain.slice(start, stop);
  return MAYBE_DATE.test(cell) && scanDates(cell).length > 0 ? undefined : number;
}

function afterRun(plain: string, position: number): number {
  const run = matchAt(RUN, plain, position);
  return position + Math.max(1, run?.[0].length ?? 1);
}

function findMarks(plain: string, claims: Claims): readonly Marked[] {
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

function marked(input: string, plain: string, span: Span, kind: NumberKind): ParsedNumber {
  const digits = /\d+(?!.*\d)/.exec(plain.slice(span.start, span.end))?.[0];
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

const HALF = Exact.ratio(1n, 2n);

/** One end of a range or the whole number: value and unit, without sign and comparator. */
interface Amount {
  readonly value: Exact;
  readonly step: Exact;
  readonly places: number;
  readonly grouped: boolean;
  readonly unit: Unit | undefined;
  readonly unitText: string;
  readonly more: boolean;
  readonly end: number;
}

function readUnit(plain: string, position: number): { text: string; end: number } | undefined {
  const match = matchAt(UNIT, plain, position);
  if (match === null) return undefined;
  return { text: match[1] ?? '', end: position + match[0].length };
}

function readAmount(plain: string, original: string, position: number, whole: boolean): Amount | undefined {
  const hundredth = matchAt(/([百千万])分之/y, plain, position);
  if (hundredth !== null) {
    const inner = readMagnitude(plain, original, position + hundredth[0].length, whole);
    if (inner === undefined) return undefined;
    const symbol = hundredth[1] === '百' ? '%' : hundredth[1] === '千' ? '‰' : '‱';
    return amount(inner, findUnit(symbol), hundredth[0], inner.end);
  }
  const half = matchAt(/半(?=个月|个小时|年|天|小时|日)/y, plain, position);
  if (half !== null && (whole || !/[上下大多过]$/.test(plain.slice(0, position)))) {
    const unit = readUnit(plain, position + 1);
    if (unit === undefined) return undefined;
    const value = HALF;
    const known = findUnit(unit.text);
    return {
      value,
      step: Exact.zero,
      places: 1,
      grouped: false,
      unit: known,
      unitText: unit.text,
      more: false,
      end: unit.end,
    };
  }
  const magnitude = readMagnitude(plain, original, position, whole);
  if (magnitude === undefined) return undefined;
  const parts = matchAt(/分之/y, plain, magnitude.end);
  if (parts !== null) {
    const top = readMagnitude(plain, original, magnitude.end + 2, whole);
    if (top === undefined || magnitude.mantissa.isZero) return undefined;
    const value = top.mantissa.div(magnitude.mantissa);
    return { ...amount(top, undefined, '', top.end), value, step: Exact.zero, places: 0 };
  }
  const tenths = matchAt(/成([一二三四五六七八九\d])?(?![立员功效果本长为绩人熟品份都套交])/y, plain, magnitude.end);
  if (tenths !== null && magnitude.multiplier === '' && magnitude.mantissa.le(Exact.of(10))) {
    const extra = parseChineseNumeral(tenths[1] ?? '')?.value ?? Exact.tryParse(tenths[1] ?? '');
    const ten = Exact.of(10);
    return {
      ...amount(magnitude, PERCENT, '成', magnitude.end + tenths[0].length),
      value: magnitude.mantissa.mul(ten).add(extra ?? Exact.zero),
      step: extra === undefined ? magnitude.step.mul(ten) : Exact.one,
      places: 0,
    };
  }
  const andHalf = matchAt(/个半(月|小时)/y, plain, magnitude.end);
  if (andHalf !== null && magnitude.multiplier === '') {
    const symbol = `个${andHalf[1] ?? ''}`;
    const end = magnitude.end + andHalf[0].length;
    return {
      ...amount(magnitude, findUnit(symbol), symbol, end),
      value: magnitude.mantissa.add(HALF),
      step: Exact.zero,
      places: 1,
    };
  }
  const tail = matchAt(/\s?(?:余|多)(?=\s?[^\s\d])|几(?=[万亿个人])/y, plain, magnitude.end);
  const afterTail = magnitude.end + (tail?.[0].length ?? 0);
  const unit = readUnit(plain, afterTail);
  if (unit === undefined)
    return amount(magnitude, undefined, '', tail === null ? magnitude.end : afterTail, tail !== null);
  const direct = findUnit(magnitude.multiplier + unit.text);
  let end = unit.end;
  let extra = Exact.zero;
  // 三年半, 两天半: half a unit more.
  if (magnitude.multiplier === '' && plain[end] === '半' && /^(?:年|天|个?月)$/.test(unit.text)) {
    extra = HALF;
    end += 1;
  }
  const closing = matchAt(/[整正](?![\p{Script=Han}])/uy, plain, end);
  // 整 closes an amount in words: nothing smaller follows. A half is exact too.
  const closes = closing !== null && unit.text === '元';
  if (closes) end += 1;
  const settled = closes || !extra.isZero;
  const over = tail === null && matchAt(/多(?=[^\p{Script=Han}]|$)/uy, plain, end) !== null;
  if (over) end += 1;
  const more = magnitude.more || tail !== null || over;
  if (direct === undefined) return { ...amount(magnitude, findUnit(unit.text), unit.text, end, more) };
  return {
    value: magnitude.mantissa.add(extra),
    step: settled ? Exact.zero : magnitude.step,
    places: magnitude.places,
    grouped: magnitude.grouped,
    unit: direct,
    unitText: magnitude.multiplier + plain.slice(unit.end - unit.text.length, unit.end),
    more,
    end,
  };
}

function amount(
  magnitude: NonNullable<ReturnType<typeof readMagnitude>>,
  unit: Unit | undefined,
  unitText: string,
  end: number,
  more = false,
): Amount {
  const factor = multiplierFactor(magnitude.multiplier);
  return {
    value: magnitude.mantissa.mul(factor),
    step: magnitude.step.mul(factor),
    places: magnitude.places,
    grouped: magnitude.grouped,
    unit,
    unitText,
    more: more || magnitude.more,
    end,
  };
}

function readNumber(
  plain: string,
  original: string,
  position: number,
  floor: number,
  limit: number,
  whole: boolean,
): ParsedNumber | undefined {
  if (!whole) {
    if (matchAt(IDIOMS, plain, position) !== null) return undefined;
    // 几十, 数百, 上千 are vague on purpose.
    if (!/\d/.test(plain[position] ?? '') && /[几数上成若每]$/.test(plain.slice(Math.max(0, position - 1), position))) {
      if (!/[每]$/.test(plain.slice(Math.max(0, position - 1), position))) return undefined;
    }
  }
  const first = readAmount(plain, original, position, whole);
  if (first === undefined || first.end > limit) return undefined;
  const chinese = !/\d/.test(plain[position] ?? '');
  if (!whole && chinese && first.unit === undefined && !isEmphatic(plain.slice(position, first.end))) return undefined;
  // In a cell of its own 007 is a code.
  if (whole && /^0\d/.test(plain.slice(position))) return undefined;

  let low = first;
  let high: Amount | undefined;
  let end = first.end;
  const included = matchAt(INCLUDED, plain, end);
  const dash = matchAt(whole ? RANGE : TIGHT_RANGE, plain, included === null ? end : end + included[0].length);
  if (dash !== null) {
    const from = dash.index + dash[0].length;
    const second =
      matchAt(/[\d零〇一二两三四五六七八九十百]/y, plain, from) === null
        ? undefined
        : readAmount(plain, original, from, whole);
    const joined = second === undefined || second.end > limit ? undefined : join(first, second);
    if (joined !== undefined) {
      [low, high] = joined;
      end = Math.max(first.end, second?.end ?? 0);
    }
  }

  let start = position;
  const before = plain.slice(floor, start);
  const sign = /(?:[-+]|负) ?$/.exec(before);
  let negative = false;
  if (sign !== null) {
    const outside = plain.slice(Math.max(floor, start - sign[0].length - 1), start - sign[0].length);
    if (whole || outside === '' || /[\s(:,=≥≤≧≦⩾⩽≈><|;为约于]/.test(outside)) {
      negative = !sign[0].startsWith('+');
      start -= sign[0].length;
    }
  }
  const lead = plain.slice(Math.max(floor, start - 10), start);
  const spaces = lead.length - lead.trimEnd().length;
  const head = lead.trimEnd();
  let comparator: Comparator | undefined;
  let nearly = false;
  if (spaces <= 2) {
    for (const [pattern, sense] of BEFORE) {
      const match = pattern.exec(head);
      if (match === null) continue;
      if (
        !whole &&
        /^(?:近|超|=)$/.test(match[0]) &&
        /[附最靠远邻亲新贴\p{L}\d]$/u.test(head.slice(0, -1)) &&
        !acceptsBare(head)
      )
        break;
      comparator = sense;
      nearly = NEARLY.test(match[0]);
      start -= spaces + match[0].length;
      break;
    }
    const reach = comparator === undefined ? REACH.exec(head) : null;
    if (reach !== null && whole) {
      comparator = '≥';
      start -= spaces + reach[0].length;
    } else if (whole && comparator === undefined) {
      // An input method's 》 for > is common in hand-typed targets; inside prose 》 closes a title.
      const slip = /[》《]$/.exec(head);
      if (slip !== null) {
        comparator = slip[0] === '》' ? '>' : '<';
        start -= spaces + 1;
      }
    }
  }
  const after = matchAt(AFTER, plain, end);
  if (after !== null && end + after[0].length <= limit) {
    const word = after[1] ?? '';
    const sense: Comparator = /以上/.test(word) ? '≥' : /左右|上下/.test(word) ? '≈' : '≤';
    if (comparator === undefined || comparator === '=' || comparator === '≈') comparator = sense;
    end += after[0].length;
  }
  if (low.more && comparator === undefined) comparator = '≈';

  const mirror = (value: Exact): Exact => (negative ? value.neg() : value);
  const value = mirror(low.value);
  const looseness = nearly ? 'nearly' : low.more ? 'more' : comparator === '≈' ? 'about' : 'rounded';
  const interval = spanOf(low, high, (item) => impliedInterval(mirror(item.value), item.step, item.unit, looseness));
  return {
    kind: 'quantity',
    value,
    unit: low.unit,
    unitText: low.unitText,
    comparator,
    ...(high === undefined ? {} : { range: { low: low.value, high: high.value } }),
    places: Math.max(low.places, high?.places ?? 0),
    step: low.step,
    interval,
    grouped: low.grouped,
    text: original.slice(start, end),
    start,
    end,
  };
}

/** 三千六百 without a unit is a quantity, 三 or 一二三 in running text is not. */
function isEmphatic(numeral: string): boolean {
  return /分之/.test(numeral) || /^[^千百万亿]*[一二两三四五六七八九][千百万亿]/.test(numeral);
}

/** 共近500, 人数超500: a bare 近 or 超 counts unless it is the tail of another word (附近, 最近, 靠近). */
function acceptsBare(head: string): boolean {
  return /=$/.test(head) || !/(?:附近|最近|靠近|邻近|亲近|新近|贴近|远近)$/.test(head);
}

function spanOf(low: Amount, high: Amount | undefined, imply: (item: Amount) => Interval): Interval {
  const a = imply(low);
  if (high === undefined) return a;
  const b = imply(high);
  return { low: a.low, lowClosed: a.lowClosed, high: b.high, highClosed: b.highClosed };
}

/** The two ends in one unit, low first; `undefined` when they do not make a range. */
function join(first: Amount, second: Amount): readonly [Amount, Amount] | undefined {
  const unit = second.unit ?? first.unit;
  if (first.unit !== undefined && second.unit === undefined) return undefined;
  let left = first;
  if (first.unit === undefined && unit !== undefined) {
    left = { ...first, unit, unitText: second.unitText };
  } else if (first.unit !== undefined && unit !== undefined && first.unit.symbol !== unit.symbol) {
    if (!sameDimension(first.unit, unit)) return undefined;
    left = {
      ...first,
      value: convert(first.value, first.unit, unit),
      step: convert(first.step, first.unit, unit),
      unit,
    };
  }
  const order = left.value.compare(second.value);
  if (order === 0) return undefined;
  // 5-3 is a subtraction; 100%—80% is a band written from its top.
  if (order > 0) return first.unit === undefined ? undefined : [second, left];
  return [left, second];
}
