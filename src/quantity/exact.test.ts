import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addIntervals,
  contains,
  divideIntervals,
  Exact,
  type Interval,
  intersects,
  isBelow,
  multiplyIntervals,
  type RoundingMode,
  round,
  roundingInterval,
  subtractIntervals,
  toFixed,
} from './index.ts';

const exact = fc
  .tuple(fc.bigInt(-(10n ** 9n), 10n ** 9n), fc.bigInt(1n, 10n ** 5n))
  .map(([numerator, denominator]) => Exact.ratio(numerator, denominator));

const interval = fc
  .tuple(exact, exact, fc.boolean(), fc.boolean())
  .filter(([a, b]) => !a.eq(b))
  .map(
    ([a, b, lowClosed, highClosed]): Interval => ({
      low: Exact.min(a, b),
      high: Exact.max(a, b),
      lowClosed,
      highClosed,
    }),
  );

/** A point of the interval, by a fraction strictly inside. */
function inside(of: Interval, share: Exact): Exact {
  return of.low.add(of.high.sub(of.low).mul(share));
}
const share = fc.integer({ min: 1, max: 99 }).map((n) => Exact.ratio(BigInt(n), 100n));

describe('exact numbers', () => {
  it('never loses anything', () => {
    expect(Exact.of('0.1').add(Exact.of('0.2')).toString()).toBe('0.3');
    expect(Exact.ratio(1n, 3n).mul(Exact.of(3)).eq(Exact.one)).toBe(true);
    expect(Exact.ratio(-2n, -4n).toString()).toBe('0.5');
    expect(Exact.ratio(1n, 3n).toString()).toBe('1/3');
    expect(() => Exact.of(0.1)).toThrow(/不是整数/);
    expect(() => Exact.of('1e3')).toThrow();
    expect(() => Exact.one.div(Exact.zero)).toThrow(/除数为零/);
  });

  it('is a field, in order', () => {
    fc.assert(
      fc.property(exact, exact, exact, (a, b, c) => {
        expect(a.add(b).eq(b.add(a))).toBe(true);
        expect(a.mul(b.add(c)).eq(a.mul(b).add(a.mul(c)))).toBe(true);
        expect(a.sub(b).add(b).eq(a)).toBe(true);
        if (!b.isZero) expect(a.div(b).mul(b).eq(a)).toBe(true);
        expect(a.lt(b)).toBe(b.gt(a));
        expect(a.compare(b)).toBe(a.sub(b).sign);
      }),
    );
  });

  it('prints what it reads', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.integer({ min: 0, max: 12 }), (digits, places) => {
        const value = Exact.ratio(digits, 10n ** BigInt(places));
        expect(Exact.of(value.toString()).eq(value)).toBe(true);
      }),
    );
  });
});

describe('rounding', () => {
  it.each([
    ['2.345', 2, 'half-up', '2.35'],
    ['-2.345', 2, 'half-up', '-2.35'],
    ['2.345', 2, 'half-even', '2.34'],
    ['2.355', 2, 'half-even', '2.36'],
    ['2.349', 2, 'down', '2.34'],
    ['-2.341', 2, 'up', '-2.35'],
    ['-2.341', 2, 'floor', '-2.35'],
    ['-2.349', 2, 'ceiling', '-2.34'],
    ['0', 2, 'half-up', '0.00'],
    ['-0.001', 2, 'half-up', '0.00'],
    ['9.995', 2, 'half-up', '10.00'],
  ] as const)('%s to %i places %s is %s', (value, places, mode, printed) => {
    expect(toFixed(Exact.of(value), { places, mode })).toBe(printed);
  });

  it('is never further off than it may be, and once is enough', () => {
    const modes: RoundingMode[] = ['half-up', 'half-even', 'down', 'up', 'floor', 'ceiling'];
    fc.assert(
      fc.property(exact, fc.integer({ min: 0, max: 4 }), fc.constantFrom(...modes), (value, places, mode) => {
        const rounded = round(value, { places, mode });
        const step = Exact.ratio(1n, 10n ** BigInt(places));
        const off = rounded.sub(value).abs();
        expect(mode.startsWith('half') ? off.mul(Exact.of(2)).le(step) : off.lt(step)).toBe(true);
        expect(round(rounded, { places, mode }).eq(rounded)).toBe(true);
      }),
    );
  });

  it('leaves an interval that holds the value it came from', () => {
    fc.assert(
      fc.property(exact, fc.integer({ min: 0, max: 4 }), (value, places) => {
        const rounded = round(value, { places, mode: 'half-up' });
        expect(contains(roundingInterval(rounded, places), value)).toBe(true);
      }),
    );
  });
});

describe('intervals', () => {
  it('hold the result of the operation on any of their points', () => {
    fc.assert(
      fc.property(interval, interval, share, share, (a, b, s, t) => {
        const x = inside(a, s);
        const y = inside(b, t);
        expect(contains(addIntervals(a, b), x.add(y))).toBe(true);
        expect(contains(subtractIntervals(a, b), x.sub(y))).toBe(true);
        expect(contains(multiplyIntervals(a, b), x.mul(y))).toBe(true);
        const quotient = divideIntervals(a, b);
        if (quotient !== undefined) expect(contains(quotient, x.div(y))).toBe(true);
        else expect(b.low.sign * b.high.sign).toBeLessThanOrEqual(0);
      }),
    );
  });

  it('meet, or one lies below the other', () => {
    fc.assert(
      fc.property(interval, interval, (a, b) => {
        expect(intersects(a, b)).toBe(!isBelow(a, b) && !isBelow(b, a));
        expect(intersects(a, b)).toBe(intersects(b, a));
        expect(intersects(a, a)).toBe(true);
      }),
    );
    const touch: Interval = { low: Exact.zero, high: Exact.one, lowClosed: true, highClosed: false };
    const from: Interval = { low: Exact.one, high: Exact.of(2), lowClosed: true, highClosed: true };
    expect(intersects(touch, from)).toBe(false);
    expect(intersects({ ...touch, highClosed: true }, from)).toBe(true);
  });
});
