import { text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import type { AuditContext } from '../context.ts';
import { type Finding, type Span, warning } from '../finding.ts';
import { givesPercent, NUMBER, numberOf, proseOf, type Told } from './prose-text.ts';

const RULE = 'narrative-vs-table-mismatch';
const FIGURES = new RegExp(`${NUMBER}(亿元|万元|万人次|万人|元|人次|人|户|家|个|场|份|件|名|所)?`, 'g');
/** Figures a document may have for every two to be looked at. */
const MOST = 600;

/**
 * An amount given twice, once with two neighbouring digits changed over: 2268.33万元 and 2286.33万元. Two true amounts
 * hardly ever differ so; a printed difference, rate or change between them says that they do.
 */
export function transposedDigits(context: AuditContext): Finding[] {
  const prose = proseOf(context);
  const places = new Map<string, Told[]>();
  let read = 0;
  for (const match of prose.text.matchAll(FIGURES)) {
    const [, digits = '', unit = ''] = match;
    if (significant(digits) < 3 || (unit === '' && !digits.includes('.'))) continue;
    read += 1;
    const told = prose.told(match.index, digits, unit);
    const key = told.value.toString();
    places.set(key, [...(places.get(key) ?? []), told]);
  }
  if (read > MOST) return [];
  const figures = [...places.values()];
  return figures
    .flatMap((once) => {
      const [slip, again] = once;
      if (slip === undefined || again !== undefined) return [];
      const twin = neighbours(slip.digits.replaceAll(',', ''))
        .map((digits) => places.get(numberOf(digits).value.toString()))
        .find((each) => each?.[0] !== undefined && likeUnits(slip, each[0]));
      const [right, repeated] = twin ?? [];
      if (right === undefined) return [];
      const named = sameNoun(context, slip, right);
      if (!named && significant(slip.digits) < 5) return [];
      if (!named && repeated === undefined && !isProduct(context, right)) return [];
      if (repeated === undefined && !named && isProduct(context, slip)) return [];
      if (isTold(prose.text, slip, right)) return [];
      return [finding(slip, twin ?? [])];
    })
    .slice(0, 3);
}

function finding(slip: Told, twin: readonly Told[]): Finding {
  const [right = slip] = twin;
  return warning(RULE, {
    message: text(
      `一处写 ${slip.digits}${slip.unit}，${twin.length > 1 ? `另 ${twin.length} 处` : '另一处'}写 ${right.digits}${right.unit}，两数只差相邻两位数字颠倒`,
      `${slip.digits}${slip.unit} in one place, ${right.digits}${right.unit} in another: two neighbouring digits changed over`,
    ),
    stated: `${slip.digits}${slip.unit}`,
    expected: `${right.digits}${right.unit}`,
    quotes: [slip, ...twin].map(({ start, end }): Span => ({ start, end })),
  });
}

/** Both stand behind the same noun: 定点医药机构168家 and 定点医药机构186家. */
function sameNoun(context: AuditContext, one: Told, other: Told): boolean {
  const noun = (told: Told): string =>
    /[\p{Script=Han}]*$/u
      .exec(context.text.slice(Math.max(0, told.start - 16), told.start))?.[0]
      .replace(/(?:为|共|达到?|是)$/, '') ?? '';
  const [a, b] = [noun(one), noun(other)];
  let shared = 0;
  while (shared < Math.min(a.length, b.length) && a.at(-1 - shared) === b.at(-1 - shared)) shared += 1;
  return shared >= 4 && one.unit === other.unit && !/其中|上年|去年|计划|目标/.test(a + b);
}

function significant(digits: string): number {
  return digits.replace(/[,.]/g, '').replace(/^0+|0+$/g, '').length;
}

/** The number with each two unlike neighbours the other way round. */
function neighbours(digits: string): readonly string[] {
  const found: string[] = [];
  for (let at = 0; at + 1 < digits.length; at += 1) {
    const next = digits[at + 1] === '.' ? at + 2 : at + 1;
    const [a = '', b = ''] = [digits[at], digits[next]];
    if (a === b || a === '.' || b === '' || (at === 0 && b === '0')) continue;
    found.push(digits.slice(0, at) + b + digits.slice(at + 1, next) + a + digits.slice(next + 1));
  }
  return found;
}

function likeUnits(one: Told, other: Told): boolean {
  return one.places === other.places && (one.unit === other.unit || one.unit === '' || other.unit === '');
}

/** Their difference, their ratio or an adjustment is printed. */
function isTold(prose: string, one: Told, other: Told): boolean {
  const difference = one.value.sub(other.value).abs();
  for (const match of prose.matchAll(new RegExp(`${NUMBER}(%|亿元|万元|元|人次|人|户)?`, 'g'))) {
    const { value, places } = numberOf(match[1] ?? '0');
    if (match[2] !== '%' && value.eq(difference)) return true;
    if (match[2] !== '%' || value.eq(Exact.hundred)) continue;
    if (givesPercent(one.value, other.value, value, places) || givesPercent(other.value, one.value, value, places))
      return true;
  }
  return false;
}

/** A printed head-count times a printed standard: 186540人 × 121.60元. */
function isProduct(context: AuditContext, told: Told): boolean {
  const scale = told.unit === '万元' ? Exact.of(10000) : Exact.one;
  if (!told.unit.endsWith('元')) return false;
  const half = Exact.ratio(1n, 2n * 10n ** BigInt(told.places));
  const figures = [...proseOf(context).text.matchAll(new RegExp(`${NUMBER}(万)?(人|户|元)(?!次)`, 'g'))].map(
    (match) => ({
      value: numberOf(match[1] ?? '0').value.mul(match[2] === undefined ? Exact.one : Exact.of(10000)),
      money: match[3] === '元',
    }),
  );
  const heads = figures.filter((each) => !each.money).slice(0, 30);
  const standards = figures.filter((each) => each.money && each.value.lt(Exact.of(5000))).slice(0, 30);
  return heads.some((head) =>
    standards.some((standard) => head.value.mul(standard.value).div(scale).sub(told.value).abs().le(half)),
  );
}
