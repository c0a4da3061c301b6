import type { Exact } from './exact.ts';
import { impliedInterval } from './implied-interval.ts';
import type { Interval } from './interval.ts';
import type { Comparator, ParsedNumber } from './parsed-number.ts';
import { type Amount, joinRange, readAmount } from './read-amount.ts';
import { matchAt } from './read-magnitude.ts';

const BEFORE: readonly (readonly [RegExp, Comparator])[] = (
  [
    ['>=|=>|≥|≧|⩾|》=|不少于|不低于|不小于|不得少于|不得低于|未低于|未少于|至少|最少|大于或?等于', '≥'],
    [
      '<=|=<|≤|≦|⩽|《=|[不未]超[过出]?|没有超过|[不未]突破|未高于|未大于|未多于|不高于|不大于|不多于|不得超过|不得高于|至多|最多|小于或?等于',
      '≤',
    ],
    ['>|大于|高于|多于|超过|超出|超', '>'],
    ['<|小于|低于|少于|不足|不到|未达到?', '<'],
    ['≈|大约|大概|约[为占有达]?|将近|接近|近', '≈'],
    ['=|等于', '='],
  ] as const
).map(([source, comparator]) => [new RegExp(`(?:${source})$`), comparator]);
const AFTER =
  /(?:[(](?:不?含(?:本数)?)[)])?(及其?以上|或以上|以上|及其?以下|或以下|以下|以内|之内|左右|上下)(?:[(]含[^()]{0,10}[)])?/y;
const REACH = /(?:达到|达)$/;
const NEARLY = /(?:将近|接近|近)$/;
const RANGE = / *(?:-|—{1,2}|―|~|〜|至|到) */y;
/** In running text a dash between blanks is an empty cell of a flattened table. */
const TIGHT_RANGE = /(?:-|—{1,2}|―|~|〜|至|到)/y;
const INCLUDED = /[(]不?含[)]/y;
/** Words that begin with a numeral and a counter and say nothing about how many. */
const IDIOMS =
  /(?:一起|一次性|一部分|一部(?!电)|一条龙|一年一度|一份子|一项项|一个个|一件事|百分百|十分(?![,;。、))\s]|$)|一位位|万一|一本正经|一名不|一条心|一天天|一家亲|五位一体|一台账)/y;
/**
 * The quantity whose first numeral stands at `position`, with the comparator, sign and range around it; nothing before
 * `floor` and after `limit` belongs to it.
 */
export function readNumber(
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
    if (!/\d/.test(plain[position] ?? '') && /[几数上成若]/.test(plain[position - 1] ?? '')) return undefined;
  }
  const first = readAmount(plain, original, position, whole);
  if (first === undefined || first.end > limit) return undefined;
  const chinese = !/\d/.test(plain[position] ?? '');
  // In a cell of its own 007 is a code.
  if (whole && /^0\d/.test(plain.slice(position, position + 2))) return undefined;

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
    const joined = second === undefined || second.end > limit ? undefined : joinRange(first, second);
    if (joined !== undefined) {
      [low, high] = joined;
      end = Math.max(first.end, second?.end ?? 0);
    }
  }

  if (!whole && chinese && low.unit === undefined && !isEmphatic(plain.slice(position, end))) return undefined;

  let start = position;
  const sign = /(?:[-+]|负) ?$/.exec(plain.slice(Math.max(floor, start - 2), start));
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
