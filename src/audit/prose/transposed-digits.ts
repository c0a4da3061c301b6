import { text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import type { AuditContext } from '../context.ts';
import { type Finding, type Span, warning } from '../finding.ts';
import { givesPercent, NUMBER, numberOf, proseOf, type Told } from './prose-text.ts';

const RULE = 'narrative-vs-table-mismatch';
const FIGURES = new RegExp(`${NUMBER}(亿元|万元|万人次|万人|元|人次|人|户)?`, 'g');
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
    if (significant(digits) < 5 || (unit === '' && !digits.includes('.'))) continue;
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
      const twin = figures.find(([other]) => other !== undefined && other !== slip && changedOver(slip, other));
      const [right, repeated] = twin ?? [];
      if (right === undefined || (repeated === undefined && !isProduct(context, right))) return [];
      if (repeated === undefined && isProduct(context, slip)) return [];
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

function significant(digits: string): number {
  return digits.replace(/[,.]/g, '').replace(/^0+|0+$/g, '').length;
}

/** The same digits but two neighbours, which stand the other way round. */
function changedOver(one: Told, other: Told): boolean {
  if (one.unit !== other.unit && one.unit !== '' && other.unit !== '') return false;
  const [a, b] = [one.digits.replaceAll(',', ''), other.digits.replaceAll(',', '')];
  if (a.length !== b.length || one.places !== other.places) return false;
  const differ = [...a].flatMap((digit, at) => (digit === b[at] ? [] : [at]));
  const [first, second, third] = differ;
  if (first === undefined || second === undefined || third !== undefined) return false;
  const gap = second - first === 1 || (second - first === 2 && a[first + 1] === '.');
  return gap && a[first] === b[second] && a[second] === b[first];
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
