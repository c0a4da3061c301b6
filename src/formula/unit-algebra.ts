import { findUnit, NO_UNIT, sameDimension, type Unit } from '../quantity/index.ts';

/** Unit of a × b, or `undefined` when the product means nothing (元 × 元, 元 × 人). */
export function productUnit(a: Unit, b: Unit): Unit | undefined {
  if (a.dimension === 'ratio') return b;
  if (b.dimension === 'ratio') return a;
  return cancelled(a, b) ?? cancelled(b, a);
}

/** 元/人 × 人 = 元; 元/人·月 × 人 = 元/月. */
function cancelled(rate: Unit, by: Unit): Unit | undefined {
  const [head, ...divisors] = parts(rate);
  const at = divisors.findIndex((divisor) => dimensionOf(divisor) === by.dimension);
  if (head === undefined || at < 0) return undefined;
  return findUnit([head, divisors.toSpliced(at, 1).join('·')].filter((part) => part !== '').join('/'));
}

/** Unit of a ÷ b: a ratio for the same dimension, a compound (元/人) otherwise; `undefined` when it has no name. */
export function quotientUnit(a: Unit, b: Unit): Unit | undefined {
  if (sameDimension(a, b)) return NO_UNIT;
  if (b.dimension === 'ratio') return a;
  if (a.dimension === 'ratio') return undefined;
  const [head, ...divisors] = parts(b);
  const [top, ...under] = parts(a);
  if (head === undefined || top === undefined) return undefined;
  // 元 ÷ 元/人 = 人.
  if (divisors.length === 1 && under.length === 0 && dimensionOf(head) === a.dimension)
    return findUnit(divisors[0] ?? '');
  if (divisors.length > 0) return undefined;
  return findUnit(`${top}/${[...under, head].join('·')}`);
}

function parts(unit: Unit): readonly string[] {
  return unit.symbol.split(/[/每·*]/).filter((part) => part !== '');
}

function dimensionOf(symbol: string): string {
  return findUnit(symbol)?.dimension ?? symbol;
}
