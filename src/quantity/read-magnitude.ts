import { NUMERAL_CHARACTERS, parseChineseNumeral } from './chinese-numeral.ts';
import { Exact } from './exact.ts';
import { MULTIPLIERS } from './unit.ts';

/** A bare number read at a position: digits or Chinese numeral, with its multiplier, without sign and unit. */
export interface Magnitude {
  /** Before the multiplier. */
  readonly mantissa: Exact;
  readonly step: Exact;
  /** 万 of 32万 when exactly one follows the digits, else empty: a composite 1亿2000万 is already multiplied out. */
  readonly multiplier: string;
  readonly places: number;
  readonly grouped: boolean;
  readonly style: 'arabic' | 'chinese';
  /** 余, 多 or 几 printed inside, before the multiplier: 20多万. */
  readonly more: boolean;
  readonly end: number;
}

const GROUPED = /\d{1,3}(?:,\d{3})+(?!,?\d)/y;
const SPACED = /\d{1,3}(?: \d{3})+(?! ?\d)/y;
const PLAIN = /\d+/y;
const FRACTION = /\.\d+/y;
const MULTIPLIER = /(余|多)?(万亿|千亿|百亿|亿|千万|百万|十万|万|千|百)(?![分克米瓦])/y;
const CHINESE = new RegExp(`[${NUMERAL_CHARACTERS}]+(?:点[零〇一二三四五六七八九]+)?`, 'y');
const FACTORS = new Map(MULTIPLIERS);

export function multiplierFactor(mark: string): Exact {
  return FACTORS.get(mark) ?? Exact.one;
}

/** `match` of a sticky expression at `position`, or `null`. */
export function matchAt(pattern: RegExp, input: string, position: number): RegExpExecArray | null {
  pattern.lastIndex = position;
  return pattern.exec(input);
}

/**
 * @param plain the text in half width, @param original the same as given: a full-width comma between half-width digits
 * is a sentence's comma, not a separator. @param whole a cell of its own, where spaces may separate thousands.
 */
export function readMagnitude(
  plain: string,
  original: string,
  position: number,
  whole: boolean,
): Magnitude | undefined {
  return (
    readArabic(plain, original, position, whole) ??
    (plain[position] === undefined ? undefined : readChinese(plain, position))
  );
}

function readDigits(plain: string, original: string, position: number, whole: boolean) {
  const groups = matchAt(GROUPED, plain, position) ?? (whole ? matchAt(SPACED, plain, position) : null);
  const separated =
    groups !== null &&
    (whole ||
      !original.slice(position, position + groups[0].length).includes('，') ||
      /[０-９]/.test(original[position] ?? ''));
  const digits = separated ? groups : matchAt(PLAIN, plain, position);
  if (digits === null) return undefined;
  let end = position + digits[0].length;
  const fraction = matchAt(FRACTION, plain, end)?.[0] ?? '';
  end += fraction.length;
  const places = Math.max(0, fraction.length - 1);
  return {
    value: Exact.of(digits[0].replace(/[, ]/g, '') + fraction),
    places,
    grouped: separated,
    end,
  };
}

function readArabic(plain: string, original: string, position: number, whole: boolean): Magnitude | undefined {
  const first = readDigits(plain, original, position, whole);
  if (first === undefined) return undefined;
  const step = Exact.ratio(1n, 10n ** BigInt(first.places));
  const mark = matchAt(MULTIPLIER, plain, first.end);
  if (mark === null) return arabic(first, first.value, step, '', false, first.end);
  const [all, more, multiplier = ''] = mark;
  let end = first.end + all.length;
  const single = arabic(first, first.value, step, multiplier, more !== undefined, end);
  // 1亿2000万, 3万5千, 2亿3: each further part has a smaller multiplier and fills its place.
  let total = first.value.mul(multiplierFactor(multiplier));
  let least = multiplierFactor(multiplier);
  let lastStep = least;
  let parts = 1;
  while (first.places === 0 && more === undefined) {
    const next = matchAt(PLAIN, plain, end);
    if (next === null) break;
    const nextEnd = end + next[0].length;
    const nextMark = matchAt(MULTIPLIER, plain, nextEnd);
    const factor = nextMark === null || nextMark[1] !== undefined ? Exact.one : multiplierFactor(nextMark[2] ?? '');
    const value = Exact.of(next[0]).mul(factor);
    if (value.ge(least) || plain[nextEnd] === '.') break;
    total = total.add(value);
    lastStep = factor;
    least = factor;
    end = nextEnd + (factor.eq(Exact.one) ? 0 : (nextMark?.[0].length ?? 0));
    parts += 1;
  }
  return parts === 1 ? single : arabic(first, total, lastStep, '', single.more, end);
}

/** Written out: one is made for every number of a text, and a spread costs more than all the reading. */
function arabic(
  digits: { readonly places: number; readonly grouped: boolean },
  mantissa: Exact,
  step: Exact,
  multiplier: string,
  more: boolean,
  end: number,
): Magnitude {
  const { places, grouped } = digits;
  return { mantissa, step, multiplier, places, grouped, style: 'arabic', more, end };
}

function readChinese(plain: string, position: number): Magnitude | undefined {
  const match = matchAt(CHINESE, plain, position);
  if (match === null) return undefined;
  const parsed = parseChineseNumeral(match[0]);
  if (parsed === undefined) return undefined;
  const end = position + match[0].length;
  const base = { mantissa: parsed.value, step: parsed.step, grouped: false, style: 'chinese' as const };
  const places = parsed.step.decimalPlaces ?? 0;
  // 三十多万: the numeral stops at 多 and the multiplier follows.
  const mark = matchAt(/(?:余|多)(万亿|千万|百万|万|亿)/y, plain, end);
  if (mark !== null) return { ...base, places, multiplier: mark[1] ?? '', more: true, end: end + mark[0].length };
  return { ...base, places, multiplier: '', more: false, end };
}
