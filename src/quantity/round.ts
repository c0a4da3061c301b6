import { Exact, printScaled } from './exact.ts';

/** `half-up`: away from zero at the half (四舍五入), the trade's default. `down`: towards zero (截尾). */
export type RoundingMode = 'half-up' | 'half-even' | 'down' | 'up' | 'floor' | 'ceiling';

export interface RoundingRule {
  /** Digits after the decimal point, 0 or more. */
  readonly places: number;
  readonly mode: RoundingMode;
}

/** Money is rounded at 分 (0.01 元) only. */
export const MONEY_IN_YUAN: RoundingRule = { places: 2, mode: 'half-up' };

/** The only place in the product where a number is rounded. */
export function round(value: Exact, rule: RoundingRule): Exact {
  return Exact.ratio(scaled(value, rule), 10n ** BigInt(rule.places));
}

/** The rounded value with exactly `rule.places` digits after the point: `toFixed(1/3, {2, half-up})` = "0.33". */
export function toFixed(value: Exact, rule: RoundingRule): string {
  return printScaled(scaled(value, rule), rule.places);
}

function scaled(value: Exact, rule: RoundingRule): bigint {
  const numerator = value.numerator * 10n ** BigInt(rule.places);
  const negative = numerator < 0n;
  const magnitude = negative ? -numerator : numerator;
  const quotient = magnitude / value.denominator;
  const remainder = magnitude % value.denominator;
  const up = quotient + (roundsUp(remainder, value.denominator, quotient, rule.mode, negative) ? 1n : 0n);
  return negative ? -up : up;
}

function roundsUp(rest: bigint, denominator: bigint, quotient: bigint, mode: RoundingMode, negative: boolean): boolean {
  if (rest === 0n) return false;
  const twice = rest * 2n;
  switch (mode) {
    case 'half-up':
      return twice >= denominator;
    case 'half-even':
      return twice > denominator || (twice === denominator && quotient % 2n === 1n);
    case 'down':
      return false;
    case 'up':
      return true;
    case 'floor':
      return negative;
    case 'ceiling':
      return !negative;
  }
}
