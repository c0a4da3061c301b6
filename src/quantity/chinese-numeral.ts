import { JipingError, text } from '../problem/index.ts';
import { Exact } from './exact.ts';

/** Characters that can take part in a Chinese numeral, lower-case, financial and traditional. */
export const NUMERAL_CHARACTERS = '零〇○一二两兩三四五六七八九十廿卅百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬億';

const PLAIN = new Map<string, string>([
  ...Array.from('〇○').map((char): [string, string] => [char, '零']),
  ...Array.from('两兩').map((char): [string, string] => [char, '二']),
  ...Array.from('壹贰叁肆伍陆柒捌玖拾佰仟萬億').map((char, index): [string, string] => [
    char,
    '一二三四五六七八九十百千万亿'[index] ?? char,
  ]),
  ['廿', '二十'],
  ['卅', '三十'],
]);
const DIGITS = '零一二三四五六七八九';
const FINANCIAL = '零壹贰叁肆伍陆柒捌玖';
/** One group of four, each place optional: 三千零六十五, 十五, 八. */
const SECTION = /^(?:(.)千)?(零)?(?:(.)百)?(零)?(?:(.?)十)?(零)?(.)?$/;

interface ChineseNumber {
  readonly value: Exact;
  /** One unit of the last place the text speaks of: 万 for 十五万, 千 for 十五万八千, 1 below 万, 0.1 for 三点五. */
  readonly step: Exact;
}

/**
 * Reads 三千六百, 十五万八千, 二〇二四, 两, 廿五, 一万五 (15000), 壹拾贰万, 九十五点五.
 * `undefined` when the text is not one well-formed numeral (百千万, 十四五).
 */
export function parseChineseNumeral(input: string): ChineseNumber | undefined {
  const [whole = '', fraction, ...more] = Array.from(input)
    .map((char) => PLAIN.get(char) ?? char)
    .join('')
    .split('点');
  if (more.length > 0 || whole === '') return undefined;
  const head = readWhole(whole);
  if (head === undefined) return undefined;
  if (fraction === undefined) return head;
  const digits = digitsOf(fraction);
  if (digits === undefined || /[万亿]/.test(whole)) return undefined;
  const step = Exact.ratio(1n, 10n ** BigInt(digits.length));
  return { value: head.value.add(Exact.of(BigInt(digits)).mul(step)), step };
}

function digitsOf(input: string): string | undefined {
  if (input === '') return undefined;
  const digits = Array.from(input).map((char) => DIGITS.indexOf(char));
  return digits.some((digit) => digit < 0) ? undefined : digits.join('');
}

function readWhole(input: string): ChineseNumber | undefined {
  const digits = digitsOf(input);
  // A row of digits: 二〇二四. 一三 is not a way to write 13, but a row of at least three, or with a zero, is a number.
  if (digits !== undefined)
    return digits.length === 1 || digits.length >= 3 || digits.includes('0')
      ? { value: Exact.of(BigInt(digits)), step: Exact.one }
      : undefined;
  let rest = input;
  let total = 0n;
  let step = 1n;
  let above = 0n;
  for (const [mark, size] of [
    ['亿', 100_000_000n],
    ['万', 10_000n],
  ] as const) {
    const at = rest.lastIndexOf(mark);
    if (at < 0) continue;
    const part = mark === '亿' ? readWhole(rest.slice(0, at)) : readSection(lowerGroup(rest.slice(0, at), above));
    if (part === undefined) return undefined;
    total += part.value.numerator * size;
    above = size;
    step = size;
    rest = rest.slice(at + 1);
  }
  if (rest === '') return { value: Exact.of(total), step: Exact.of(step) };
  // 一万五 = 15000: a lone digit right after 万 or 亿 counts in the next lower place.
  if (above > 0n && rest.length === 1) {
    const digit = DIGITS.indexOf(rest);
    return digit < 1
      ? undefined
      : { value: Exact.of(total + BigInt(digit) * (above / 10n)), step: Exact.of(above / 10n) };
  }
  const section = readSection(lowerGroup(rest, above));
  if (section === undefined) return undefined;
  return {
    value: Exact.of(total + section.value.numerator),
    step: above === 0n ? Exact.one : section.step,
  };
}

/** 一亿零一千: the 零 of skipped 万 stands before the thousands of a group that has another above it. */
function lowerGroup(input: string, above: bigint): string {
  return above > 0n && /^零.千/u.test(input) ? input.slice(1) : input;
}

function readSection(input: string): ChineseNumber | undefined {
  if (input === '') return undefined;
  const match = SECTION.exec(input);
  if (match === null) return undefined;
  const [, thousands, zeroA, hundreds, zeroB, tens, zeroC, ones] = match;
  const places: [string | undefined, bigint][] = [
    [thousands, 1000n],
    [hundreds, 100n],
    [tens === '' ? '一' : tens, 10n],
  ];
  let value = 0n;
  let step = 1n;
  for (const [char, size] of places) {
    if (char === undefined) continue;
    const digit = DIGITS.indexOf(char);
    if (digit < 1) return undefined;
    value += BigInt(digit) * size;
    step = size;
  }
  if (ones !== undefined) {
    const digit = DIGITS.indexOf(ones);
    if (digit < 1) return undefined;
    const afterZero = zeroA !== undefined || zeroB !== undefined || zeroC !== undefined;
    // 三千六 = 3600, 两百五 = 250; with 零 in between the digit is the ones (三千零六).
    const size = !afterZero && tens === undefined && step >= 100n ? step / 10n : 1n;
    value += BigInt(digit) * size;
    step = size;
  } else if (zeroC !== undefined) return undefined;
  return value === 0n ? undefined : { value: Exact.of(value), step: Exact.of(step) };
}

/**
 * A non-negative integer in Chinese: 158000 → 十五万八千; `financial`: 壹拾伍万捌仟.
 * @throws JipingError `internal` for a fraction, a negative number or 10^16 and above.
 */
export function toChineseNumeral(value: Exact, style: 'plain' | 'financial' = 'plain'): string {
  const number = value.numerator;
  if (!value.isInteger || number < 0n || number >= 10n ** 16n)
    throw new JipingError(
      'internal',
      text(`不能写成中文数字：${value.toString()}`, `not writable as a Chinese numeral: ${value.toString()}`),
    );
  if (number === 0n) return '零';
  const groups: bigint[] = [];
  for (let rest = number; rest > 0n; rest /= 10_000n) groups.push(rest % 10_000n);
  let out = '';
  let gap = false;
  for (let index = groups.length - 1; index >= 0; index -= 1) {
    const group = groups[index] ?? 0n;
    if (group > 0n) {
      if (out !== '' && (gap || group < 1000n)) out += '零';
      out += writeGroup(group, style) + (index % 2 === 1 ? '万' : '');
    }
    gap = group === 0n;
    if (index === 2 && out !== '') {
      out += '亿';
      // 万亿 closes both marks; the gap before the next group is spoken only if that group starts low.
    }
  }
  return style === 'plain' && out.startsWith('一十') ? out.slice(1) : out;
}

function writeGroup(group: bigint, style: 'plain' | 'financial'): string {
  const digits = style === 'plain' ? DIGITS : FINANCIAL;
  const marks = style === 'plain' ? ['千', '百', '十', ''] : ['仟', '佰', '拾', ''];
  const printed = group.toString().padStart(4, '0');
  let out = '';
  let zero = false;
  for (let index = 0; index < 4; index += 1) {
    const digit = Number(printed[index]);
    if (digit === 0) {
      zero = out !== '';
      continue;
    }
    out += (zero ? '零' : '') + (digits[digit] ?? '') + (marks[index] ?? '');
    zero = false;
  }
  return out;
}

/** A row of digits as in years: `toChineseDigits('2024')` = 二〇二四. */
export function toChineseDigits(digits: string): string {
  return digits.replace(/\d/g, (digit) => '〇一二三四五六七八九'[Number(digit)] ?? digit);
}
