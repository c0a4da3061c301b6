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
  for (const [symbol, factor] of Object.entries(entries))
    base.set(symbol, { symbol, dimension, factor: Exact.of(factor) });
}

define('money', {
  元: '1',
  分: '0.01',
  角: '0.1',
  百元: '100',
  千元: '1000',
  万元: '10000',
  百万元: '1000000',
  亿元: '100000000',
});
define('persons', { 人: '1', 名: '1', 位: '1', 万人: '10000', 百人: '100', 亿人: '100000000' });
define('person-times', { 人次: '1', 万人次: '10000' });
define('households', { 户: '1', 万户: '10000' });
define('household-times', { 户次: '1' });
define('times', { 次: '1', 场: '1', 场次: '1', 期: '1', 轮: '1', 万次: '10000' });
define('copies', {
  份: '1',
  张: '1',
  册: '1',
  本: '1',
  幅: '1',
  条: '1',
  块: '1',
  万份: '10000',
  万张: '10000',
  万册: '10000',
  万条: '10000',
});
define('institutions', { 家: '1', 所: '1', 万家: '10000' });
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
  万个: '10000',
  万件: '10000',
  万例: '10000',
});
define('ratio', { '': '1', '%': '0.01', '‰': '0.001', 百分点: '0.01' });
define('days', { 天: '1', 日: '1', 个工作日: '1', 工作日: '1' });
define('months', { 个月: '1', 月: '1', 年: '12', 周年: '12' });
define('hours', { 小时: '1' });
define('points', { 分值: '1' });
define('area', { 平方米: '1' });

/** Dimensionless 1, used for plain counts without a unit and for ratios. */
export const NO_UNIT: Unit = required('');
export const YUAN: Unit = required('元');
export const WAN_YUAN: Unit = required('万元');
export const PERCENT: Unit = required('%');
export const PERSON: Unit = required('人');
export const DAY: Unit = required('天');
/** Points of a score sheet; printed 分, which as money means 0.01 元, hence an own unit. */
export const POINT: Unit = { symbol: '分', dimension: 'points', factor: Exact.one };

function required(symbol: string): Unit {
  const unit = findUnit(symbol);
  if (unit === undefined) throw new JipingError('internal', text(`没有单位 ${symbol}`, `no unit ${symbol}`));
  return unit;
}

/**
 * The unit a symbol names, compounds included (`元/人`, `元/人·年`, `元每人`), or `undefined`.
 * @example findUnit('万元')?.factor.toString() // "10000"
 */
export function findUnit(symbol: string): Unit | undefined {
  const plain = symbol.normalize('NFKC').trim();
  const known = base.get(plain);
  if (known !== undefined) return known;
  const parts = plain.split(/[/每·*]/).filter((part) => part !== '');
  const [first, ...rest] = parts;
  if (first === undefined || rest.length === 0) return undefined;
  const head = base.get(first);
  if (head === undefined) return undefined;
  let factor = head.factor;
  let dimension = head.dimension;
  for (const part of rest) {
    const divisor = base.get(part);
    if (divisor === undefined) return undefined;
    factor = factor.div(divisor.factor);
    dimension = `${dimension}/${divisor.dimension}`;
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
