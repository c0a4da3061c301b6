import { Exact } from './exact.ts';
import { closed, type Interval, point, scaleInterval } from './interval.ts';
import { isCount, type Unit } from './unit.ts';

/** How loosely a figure is stated: printed as is, 约/左右, 近 (a little less), 余/多 (a little more). */
export type Looseness = 'rounded' | 'about' | 'nearly' | 'more';

const TIMES: ReadonlySet<string> = new Set(['days', 'working-days', 'months', 'hours', 'class-hours', 'ages']);
const FEN = Exact.ratio(1n, 100n);

/**
 * What a printed figure can stand for, in the base unit of its dimension.
 *
 * - as printed: half a step on each side, the far side open (half away from zero). Exact, because nothing was rounded
 *   away: a count or a time limit printed in whole units, money printed to 分, a score (it is what was given).
 * - 约, 左右: 5 % of the value on each side, at least half a step.
 * - 近: from 10 % below up to the value. 余, 多: from the value to one more of its last non-zero place (3600余: below 3700).
 */
export function impliedInterval(value: Exact, step: Exact, unit: Unit | undefined, looseness: Looseness): Interval {
  const factor = unit?.factor ?? Exact.one;
  if (looseness === 'rounded' && isExact(step, factor, unit)) return point(value.mul(factor));
  return scaleInterval(inUnit(value, step, looseness), factor);
}

function isExact(step: Exact, factor: Exact, unit: Unit | undefined): boolean {
  if (step.isZero) return true;
  const inBase = step.mul(factor);
  if (unit === undefined || isCount(unit)) return inBase.eq(Exact.one);
  if (unit.dimension === 'points') return true;
  if (TIMES.has(unit.dimension)) return step.eq(Exact.one);
  return unit.dimension === 'money' && inBase.le(FEN);
}

function inUnit(value: Exact, step: Exact, looseness: Looseness): Interval {
  const half = step.div(Exact.of(2));
  switch (looseness) {
    case 'rounded': {
      const [low, high] = [value.sub(half), value.add(half)];
      if (value.isZero) return { low, high, lowClosed: false, highClosed: false };
      return { low, high, lowClosed: value.sign > 0, highClosed: value.sign < 0 };
    }
    case 'about': {
      const margin = Exact.max(half, value.abs().mul(Exact.ratio(1n, 20n)));
      return closed(value.sub(margin), value.add(margin));
    }
    case 'nearly': {
      const far = value.sub(value.mul(Exact.ratio(1n, 10n)));
      return far.le(value) ? closed(far, value) : closed(value, far);
    }
    case 'more': {
      const far = value.add(lastPlace(value).mul(Exact.of(value.sign === 0 ? 1 : value.sign)));
      return far.ge(value)
        ? { low: value, high: far, lowClosed: true, highClosed: false }
        : { low: far, high: value, lowClosed: false, highClosed: true };
    }
  }
}

/** The decimal place of the last non-zero digit: 100 for 3600, 0.1 for 2.5. */
function lastPlace(value: Exact): Exact {
  const places = value.decimalPlaces ?? 0;
  if (places > 0 || value.isZero) return Exact.ratio(1n, 10n ** BigInt(places));
  let size = 1n;
  while (value.numerator % (size * 10n) === 0n) size *= 10n;
  return Exact.of(size);
}
