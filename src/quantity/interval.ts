import { Exact } from './exact.ts';

/**
 * A real interval. What rounding left of a printed number: `2109.07` at two places stands for
 * 2109.065 ≤ x < 2109.075 (half-up, positive).
 */
export interface Interval {
  readonly low: Exact;
  readonly high: Exact;
  readonly lowClosed: boolean;
  readonly highClosed: boolean;
}

export function point(value: Exact): Interval {
  return { low: value, high: value, lowClosed: true, highClosed: true };
}

export function closed(low: Exact, high: Exact): Interval {
  return { low, high, lowClosed: true, highClosed: true };
}

/** Half a unit of the last printed place on each side; the far side is open (half away from zero). */
export function roundingInterval(value: Exact, places: number): Interval {
  const half = Exact.ratio(1n, 2n * 10n ** BigInt(places));
  const low = value.sub(half);
  const high = value.add(half);
  if (value.isZero) return { low, high, lowClosed: false, highClosed: false };
  return value.sign > 0
    ? { low, high, lowClosed: true, highClosed: false }
    : { low, high, lowClosed: false, highClosed: true };
}

export function addIntervals(a: Interval, b: Interval): Interval {
  return {
    low: a.low.add(b.low),
    high: a.high.add(b.high),
    lowClosed: a.lowClosed && b.lowClosed,
    highClosed: a.highClosed && b.highClosed,
  };
}

export function negateInterval(a: Interval): Interval {
  return { low: a.high.neg(), high: a.low.neg(), lowClosed: a.highClosed, highClosed: a.lowClosed };
}

export function subtractIntervals(a: Interval, b: Interval): Interval {
  return addIntervals(a, negateInterval(b));
}

interface Bound {
  readonly value: Exact;
  readonly closed: boolean;
}

function hull(bounds: readonly [Bound, ...Bound[]]): Interval {
  let least = bounds[0];
  let most = bounds[0];
  for (const bound of bounds) {
    const toLeast = bound.value.compare(least.value);
    if (toLeast < 0 || (toLeast === 0 && bound.closed)) least = toLeast < 0 ? bound : { ...least, closed: true };
    const toMost = bound.value.compare(most.value);
    if (toMost > 0 || (toMost === 0 && bound.closed)) most = toMost > 0 ? bound : { ...most, closed: true };
  }
  return { low: least.value, high: most.value, lowClosed: least.closed, highClosed: most.closed };
}

export function multiplyIntervals(a: Interval, b: Interval): Interval {
  const corner = (x: Exact, xClosed: boolean, y: Exact, yClosed: boolean): Bound => ({
    value: x.mul(y),
    // A closed zero times anything reaches zero, whatever the other bound's openness.
    closed: (xClosed && yClosed) || (xClosed && x.isZero) || (yClosed && y.isZero),
  });
  return hull([
    corner(a.low, a.lowClosed, b.low, b.lowClosed),
    corner(a.low, a.lowClosed, b.high, b.highClosed),
    corner(a.high, a.highClosed, b.low, b.lowClosed),
    corner(a.high, a.highClosed, b.high, b.highClosed),
  ]);
}

/** a / b, or `undefined` when b may be zero. */
export function divideIntervals(a: Interval, b: Interval): Interval | undefined {
  if (contains(b, Exact.zero) || b.low.isZero || b.high.isZero) return undefined;
  const inverse: Interval = {
    low: Exact.one.div(b.high),
    high: Exact.one.div(b.low),
    lowClosed: b.highClosed,
    highClosed: b.lowClosed,
  };
  return multiplyIntervals(a, inverse);
}

export function scaleInterval(a: Interval, factor: Exact): Interval {
  return multiplyIntervals(a, point(factor));
}

export function contains(a: Interval, value: Exact): boolean {
  const low = value.compare(a.low);
  const high = value.compare(a.high);
  return (low > 0 || (low === 0 && a.lowClosed)) && (high < 0 || (high === 0 && a.highClosed));
}

/** Whether the two share a point: two rounded statements of one quantity are consistent iff they do. */
export function intersects(a: Interval, b: Interval): boolean {
  return !isBelow(a, b) && !isBelow(b, a);
}

/** Whether every point of `a` lies strictly below every point of `b`. */
export function isBelow(a: Interval, b: Interval): boolean {
  const order = a.high.compare(b.low);
  return order < 0 || (order === 0 && !(a.highClosed && b.lowClosed));
}
