import { JipingError, text } from '../problem/index.ts';
import { Exact } from './exact.ts';

/**
 * What a unit measures. Counts of different things are different dimensions: 人 + 人次 is as wrong as 元 + 人.
 * A compound such as 元/人 has a dimension of its own, `money/persons`.
 */
export type Dimension = string;

export interface Unit {
  /** As printed: 元, 万元, 人次, %, 元/人. */
  readonly symbol: string;
  readonly dimension: Dimension;
  /** Multiplier to the dimension's base unit (元, 人, 1 …). */
  readonly factor: Exact;
}

const base = new Map<string, Unit>();

function define(dimension: Dimension, entries: Readonly<Record<string, string>>): void {
  for (const [symbol, factor] of Object.entries(entries)) {
    const [numerator = '1', denominator = '1'] = factor.split('/');
    base.set(symbol, { symbol, dimension, factor: Exact.of(numerator).div(Exact.of(denominator)) });
  }
}

// 分 is a point of a score sheet, never 0.01 元: no budget paper of the trade counts money in 分.
define('money', {
  元: '1',
  角: '0.1',
  百元: '100',
  千元: '1000',
  万元: '10000',
  百万元: '1000000',
  亿元: '100000000',
});
define('persons', { 人: '1', 名: '1', 位: '1' });
define('person-times', { 人次: '1' });
define('households', { 户: '1' });
define('household-times', { 户次: '1' });
define('times', { 次: '1', 场: '1', 场次: '1', 期: '1', 轮: '1', 批次: '1', 批: '1', 班次: '1' });
define('copies', { 份: '1', 张: '1', 册: '1', 本: '1', 幅: '1', 条: '1', 块: '1', 篇: '1', 期次: '1' });
define('institutions', { 家: '1', 所: '1' });
define('institution-times', { 家次: '1' });
define('items', {
  个: '1',
  项: '1',
  件: '1',
  例: '1',
  宗: '1',
  起: '1',
  部: '1',
  套: '1',
  台: '1',
  处: '1',
  辆: '1',
});
define('ratio', { '': '1', '%': '0.01', '‰': '0.001', '‱': '0.0001', 个百分点: '0.01', 百分点: '0.01' });
define('days', { 天: '1', 日: '1' });
define('working-days', { 个工作日: '1', 工作日: '1' });
define('months', { 个月: '1', 月: '1', 年: '12', 周年: '12' });
define('ages', { 岁: '1', 周岁: '1' });
define('hours', { 小时: '1', 个小时: '1' });
define('class-hours', { 课时: '1', 学时: '1' });
define('points', { 分: '1' });
define('area', { 平方米: '1', 亩: '2000/3' });
define('length', { 米: '1', 公里: '1000' });

/** Dimensionless 1, used for plain counts without a unit and for ratios. */
export const NO_UNIT: Unit = required('');
export const YUAN: Unit = required('元');
export const WAN_YUAN: Unit = required('万元');
export const PERCENT: Unit = required('%');
export const PERSON: Unit = required('人');
export const DAY: Unit = required('天');
/** Points of a score sheet. */
export const POINT: Unit = required('分');

function required(symbol: string): Unit {
  const unit = findUnit(symbol);
  if (unit === undefined) throw new JipingError('internal', text(`没有单位 ${symbol}`, `no unit ${symbol}`));
  return unit;
}

/** 万人, 百万元, 千元: a multiplier may stand before a unit of money or of things counted, not before 年 or %. */
export const MULTIPLIERS: readonly (readonly [string, Exact])[] = (
  [
    ['万亿', 12],
    ['千亿', 11],
    ['百亿', 10],
    ['亿', 8],
    ['千万', 7],
    ['百万', 6],
    ['十万', 5],
    ['万', 4],
    ['千', 3],
    ['百', 2],
  ] as const
).map(([mark, exponent]) => [mark, Exact.of(10n ** BigInt(exponent))]);

const COUNTS: ReadonlySet<Dimension> = new Set([
  'persons',
  'person-times',
  'households',
  'household-times',
  'times',
  'copies',
  'institutions',
  'institution-times',
  'items',
]);

/** Whether the unit counts things, so that a value has no finer truth than whole numbers. */
export function isCount(unit: Unit): boolean {
  return COUNTS.has(unit.dimension);
}

function findSimple(symbol: string): Unit | undefined {
  const known = base.get(symbol);
  if (known !== undefined) return known;
  for (const [mark, factor] of MULTIPLIERS) {
    if (!symbol.startsWith(mark)) continue;
    const unit = base.get(symbol.slice(mark.length));
    if (unit !== undefined && (unit.dimension === 'money' || isCount(unit)))
      return { symbol, dimension: unit.dimension, factor: unit.factor.mul(factor) };
  }
  return undefined;
}

/**
 * The unit a symbol names, multiples (`万人次`) and compounds included (`元/人`, `元/人·年`, `元/人*月`, `元每人每年`), or
 * `undefined`. What is divided by may be any word (`元/辆`, `元/床日`): it becomes a dimension of its own.
 * @example findUnit('万元')?.factor.toString() // "10000"
 */
export function findUnit(symbol: string): Unit | undefined {
  const plain = symbol.normalize('NFKC').trim();
  const known = findSimple(plain);
  if (known !== undefined) return known;
  const [first, ...rest] = plain.split(/[/每·*]/).filter((part) => part !== '');
  if (first === undefined || rest.length === 0 || !/^[^/]+[/每]/.test(plain)) return undefined;
  const head = findSimple(first);
  if (head === undefined) return undefined;
  let factor = head.factor;
  let dimension = head.dimension;
  for (const part of rest) {
    const divisor = findSimple(part);
    if (divisor !== undefined) factor = factor.div(divisor.factor);
    else if (!/^\p{Script=Han}{1,6}$/u.test(part)) return undefined;
    dimension = `${dimension}/${divisor?.dimension ?? part}`;
  }
  return { symbol: plain, dimension, factor };
}

/** All simple unit symbols, longest first: what a reader of prose looks for after a number. */
export function unitSymbols(): readonly string[] {
  return [...base.keys()].filter((symbol) => symbol !== '').sort((a, b) => b.length - a.length);
}

/**
 * `value` in `from`, expressed in `to`.
 * @throws JipingError `internal` when the dimensions differ: callers check with `sameDimension` first.
 */
export function convert(value: Exact, from: Unit, to: Unit): Exact {
  if (!sameDimension(from, to))
    throw new JipingError(
      'internal',
      text(`${from.symbol} 不能换算为 ${to.symbol}`, `${from.symbol} is not ${to.symbol}`),
    );
  return from.factor.eq(to.factor) ? value : value.mul(from.factor).div(to.factor);
}

export function sameDimension(a: Unit, b: Unit): boolean {
  return a.dimension === b.dimension;
}

/**
 * Whether two numbers may be compared as they stand, though papers are careless with counters: the same dimension; a
 * number without unit (`undefined` or the plain 1) with any count or points; 个/项/件 with any count except people.
 * 人, 人次, 户 and 户次 never stand for each other: taking one for the other is the fault the trade makes.
 */
export function compatible(a: Unit | undefined, b: Unit | undefined): boolean {
  if (a === undefined || b === undefined) {
    const known = a ?? b;
    return known === undefined || known.dimension === 'ratio' || known.dimension === 'points' || isCount(known);
  }
  if (sameDimension(a, b)) return true;
  if (a.symbol === '' || b.symbol === '')
    return compatible(a.symbol === '' ? undefined : a, b.symbol === '' ? undefined : b);
  const loose = new Set(['items', 'times', 'copies', 'institutions']);
  return (a.dimension === 'items' && loose.has(b.dimension)) || (b.dimension === 'items' && loose.has(a.dimension));
}
