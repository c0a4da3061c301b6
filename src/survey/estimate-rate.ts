import { Exact, round } from '../quantity/index.ts';
import { squareRootBounds } from './square-root.ts';

/** 1.96, the normal quantile of a two-sided 95% interval. */
export const Z95 = Exact.of('1.96');

export interface RateEstimate {
  /** positive ÷ valid, exact, 1 = 100%. */
  readonly rate: Exact;
  readonly valid: Exact;
  /** 95% Wilson interval of the rate, rounded outwards at the ninth decimal. */
  readonly low: Exact;
  readonly high: Exact;
}

/**
 * A rate from `positive` among `valid` answers with its Wilson score interval, which stays inside [0, 1] and holds
 * also near 100% and for small samples. `undefined` unless 0 ≤ positive ≤ valid and valid > 0.
 */
export function estimateRate(positive: Exact, valid: Exact): RateEstimate | undefined {
  if (valid.sign <= 0 || positive.sign < 0 || positive.gt(valid)) return undefined;
  const rate = positive.div(valid);
  const z2 = Z95.mul(Z95);
  const spread = rate
    .mul(Exact.one.sub(rate))
    .div(valid)
    .add(z2.div(Exact.of(4).mul(valid).mul(valid)));
  const root = squareRootBounds(spread).high;
  const scale = Exact.one.add(z2.div(valid));
  const centre = rate.add(z2.div(Exact.of(2).mul(valid)));
  const low = centre.sub(Z95.mul(root)).div(scale);
  const high = centre.add(Z95.mul(root)).div(scale);
  return {
    rate,
    valid,
    low: Exact.max(Exact.zero, round(low, { places: 9, mode: 'floor' })),
    high: Exact.min(Exact.one, round(high, { places: 9, mode: 'ceiling' })),
  };
}
