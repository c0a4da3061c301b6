import { Exact } from '../quantity/index.ts';

const SCALE = 10n ** 12n;

/** Rational bounds of √value, 10⁻¹² apart: no binary float enters a rate. `value` must not be negative. */
export function squareRootBounds(value: Exact): { readonly low: Exact; readonly high: Exact } {
  const root = integerRoot((value.numerator * SCALE * SCALE) / value.denominator);
  return { low: Exact.ratio(root, SCALE), high: Exact.ratio(root + 1n, SCALE) };
}

/** Largest integer whose square is at most `value` (Newton's iteration from above). */
function integerRoot(value: bigint): bigint {
  if (value < 2n) return value < 0n ? 0n : value;
  let guess = 1n << BigInt((value.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (guess + value / guess) >> 1n;
    if (next >= guess) return guess;
    guess = next;
  }
}
