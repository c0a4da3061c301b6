import { NUMERAL_CHARACTERS, parseChineseNumeral } from './chinese-numeral.ts';
import { Claims, halfWidth } from './half-width.ts';

/** A date or calendar period found in prose. Positions are UTF-16 indexes of the text given, end exclusive. */
export interface ScannedDate {
  readonly precision: 'years' | 'year' | 'half' | 'quarter' | 'months' | 'month' | 'day';
  /** Absent in 12月31日 or 5月, where the year stands elsewhere. */
  readonly year?: number;
  readonly month?: number;
  readonly day?: number;
  /** First and last day, `YYYY-MM-DD`, both included; absent when the year is. */
  readonly first?: string;
  readonly last?: string;
  /** 2024年度, as distinct from 2024年. */
  readonly fiscal: boolean;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

type Parts = Omit<ScannedDate, 'text' | 'start' | 'end' | 'first' | 'last'> & { first?: string; last?: string };

const S = '[ \\t]*';
const DASH = '(?:-|—{1,2}|―|~|〜|至|到)';
const Y = '((?:19|20)\\d{2})';
const CY = '([一二][九〇○零][一二三四五六七八九〇○零]{2})';
const M = '(1[0-2]|0?[1-9])';
const D = '(3[01]|[12]\\d|0?[1-9])';
const CM = '(十[一二]?|[一二三四五六七八九])';
const CD = '(三十一?|[二廿]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|[一二三四五六七八九])';
const QUARTER = `(?:第?${S}([一二三四1-4])${S}季度)`;
// A heading number may touch a year (1.2023年…), so only a digit directly before forbids one.
const NOT_IN_NUMBER = '(?<!\\d)(?<!\\d,)';

type Reader = (groups: readonly (string | undefined)[]) => Parts | undefined;

const PATTERNS: readonly (readonly [RegExp, Reader])[] = (
  [
    [`${NOT_IN_NUMBER}${Y}(?:${S}年)?${S}${DASH}${S}${Y}${S}年?(度)?(?!\\d)`, ([a, b, du]) => years(a, b, du)],
    [`${NOT_IN_NUMBER}${Y}${S}年${S}${M}${S}月${S}${D}${S}[日号]`, ([y, m, d]) => day(y, m, d)],
    [`${NOT_IN_NUMBER}${Y}${S}年${S}${M}${S}月?${S}${DASH}${S}${M}${S}月(?:份)?`, ([y, a, b]) => months(y, a, b)],
    [`${NOT_IN_NUMBER}${Y}${S}年${S}${M}${S}月(?:份)?`, ([y, m]) => month(y, m)],
    [`${NOT_IN_NUMBER}${Y}${S}年?${S}([上下])半年`, ([y, half]) => halfYear(y, half)],
    [`${NOT_IN_NUMBER}${Y}${S}年?${S}${QUARTER}`, ([y, q]) => quarter(y, q)],
    [`${NOT_IN_NUMBER}${Y}${S}年${S}(度)?`, ([y, du]) => year(y, du)],
    [`${NOT_IN_NUMBER}${Y}(?:-${M}-${D}|/${M}/${D}|\\.${M}\\.${D})(?![\\d.])`, readNumeric],
    [`${NOT_IN_NUMBER}${Y}-(1[0-2]|0[1-9])(?![\\d-])`, ([y, m]) => month(y, m)],
    [`${NOT_IN_NUMBER}(\\d{2})年${M}月${D}[日号]`, ([y, m, d]) => day(`20${y}`, m, d)],
    [`${NOT_IN_NUMBER}(\\d{2})年${M}月`, ([y, m]) => month(`20${y}`, m)],
    [`${NOT_IN_NUMBER}${M}${S}月${S}${D}${S}[日号]`, ([m, d]) => day(undefined, m, d)],
    [`${NOT_IN_NUMBER}${M}${S}月?${S}${DASH}${S}${M}${S}月(?:份)?`, ([a, b]) => months(undefined, a, b)],
    [`${NOT_IN_NUMBER}${M}${S}月(?:份)?`, ([m]) => month(undefined, m)],
    [`${CY}年${CM}月${CD}[日号]`, ([y, m, d]) => day(y, m, d)],
    [`${CY}年${CM}月`, ([y, m]) => month(y, m)],
    [`${CY}年(度)?`, ([y, du]) => year(y, du)],
    [`(?<![${NUMERAL_CHARACTERS}])${CM}月${CD}[日号]`, ([m, d]) => day(undefined, m, d)],
    [`(?<![${NUMERAL_CHARACTERS}个])${CM}月(?:份|底|末|初)`, ([m]) => month(undefined, m)],
  ] as const satisfies readonly (readonly [string, Reader])[]
).map(([source, reader]) => [new RegExp(source, 'g'), reader]);

/** The year in 国办发〔2024〕38号 is part of a document number, never a date. */
const BRACKETED = /[〔[(【]\s*(?:19|20)\d{2}\s*[〕\])】]\s*(?:第\s*)?\d+\s*号/g;

/**
 * All dates and calendar periods of a text, in order: 2024年12月31日, 2023-12-31, 2024年度, 2024年上半年, 2022—2024年,
 * 12月31日, 1-9月, 二〇二四年五月. Days that do not exist (2月30日) are not dates.
 */
export function scanDates(input: string): readonly ScannedDate[] {
  const plain = halfWidth(input);
  const claims = new Claims(plain.length);
  for (const match of plain.matchAll(BRACKETED)) claims.claim(match.index, match.index + match[0].length);
  const found: ScannedDate[] = [];
  for (const [pattern, reader] of PATTERNS) {
    for (const match of plain.matchAll(pattern)) {
      const start = match.index;
      const end = start + match[0].trimEnd().length;
      const parts = reader(match.slice(1));
      if (parts === undefined || !claims.claim(start, end)) continue;
      found.push({ ...parts, text: input.slice(start, end), start, end });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

/**
 * A whole cell as one date of day precision, `YYYY-MM-DD`; besides what `scanDates` knows also `20231231`.
 * `undefined` for anything else (a month, two dates, other words around it).
 */
export function parseDate(input: string): string | undefined {
  const trimmed = halfWidth(input).trim();
  const packed = /^((?:19|20)\d{2})(\d{2})(\d{2})$/.exec(trimmed);
  if (packed !== null) return day(packed[1], packed[2], packed[3])?.first;
  const [date, ...more] = scanDates(trimmed);
  if (date === undefined || more.length > 0 || date.start !== 0 || date.end !== trimmed.length) return undefined;
  return date.precision === 'day' ? date.first : undefined;
}

function readNumeric([y, ma, da, mb, db, mc, dc]: readonly (string | undefined)[]): Parts | undefined {
  return day(y, ma ?? mb ?? mc, da ?? db ?? dc);
}

/** Arabic or Chinese, `undefined` stays so. */
function integer(input: string | undefined): number | undefined {
  if (input === undefined) return undefined;
  if (/^\d+$/.test(input)) return Number(input);
  const parsed = parseChineseNumeral(input);
  return parsed === undefined ? undefined : Number(parsed.value.numerator);
}

function iso(year: number, month: number, day: number): string {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function lengthOf(month: number, year: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function day(y: string | undefined, m: string | undefined, d: string | undefined): Parts | undefined {
  const [year, month, date] = [integer(y), integer(m), integer(d)];
  // Without a year 29 February may exist.
  if (month === undefined || date === undefined || date > lengthOf(month, year ?? 2000)) return undefined;
  if (year === undefined) return { precision: 'day', month, day: date, fiscal: false };
  const value = iso(year, month, date);
  return { precision: 'day', year, month, day: date, first: value, last: value, fiscal: false };
}

function month(y: string | undefined, m: string | undefined): Parts | undefined {
  const parts = months(y, m, m);
  return parts === undefined ? undefined : { ...parts, precision: 'month' };
}

function months(y: string | undefined, a: string | undefined, b: string | undefined): Parts | undefined {
  const [year, from, to] = [integer(y), integer(a), integer(b)];
  if (from === undefined || to === undefined || from > to) return undefined;
  if (year === undefined) return { precision: 'months', month: from, fiscal: false };
  return {
    precision: 'months',
    year,
    month: from,
    first: iso(year, from, 1),
    last: iso(year, to, lengthOf(to, year)),
    fiscal: false,
  };
}

function halfYear(y: string | undefined, half: string | undefined): Parts | undefined {
  const parts = half === '上' ? months(y, '1', '6') : months(y, '7', '12');
  return parts === undefined ? undefined : { ...parts, precision: 'half' };
}

function quarter(y: string | undefined, q: string | undefined): Parts | undefined {
  const index = integer(q);
  if (index === undefined) return undefined;
  const parts = months(y, String(index * 3 - 2), String(index * 3));
  return parts === undefined ? undefined : { ...parts, precision: 'quarter' };
}

function year(y: string | undefined, du: string | undefined): Parts | undefined {
  const value = integer(y);
  if (value === undefined) return undefined;
  return {
    precision: 'year',
    year: value,
    first: iso(value, 1, 1),
    last: iso(value, 12, 31),
    fiscal: du !== undefined,
  };
}

function years(a: string | undefined, b: string | undefined, du: string | undefined): Parts | undefined {
  const [from, to] = [integer(a), integer(b)];
  if (from === undefined || to === undefined || from >= to) return undefined;
  return { precision: 'years', first: iso(from, 1, 1), last: iso(to, 12, 31), fiscal: du !== undefined };
}
