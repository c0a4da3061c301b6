import type { Language } from '../problem/index.ts';
import { Exact, type RoundingRule, round } from '../quantity/index.ts';

/** For explanations only: the exact decimal when it is short, else two places. Figures themselves are facts. */
export function shown(value: Exact, language: Language = 'zh'): string {
  const places = value.decimalPlaces;
  return places !== undefined && places <= 4
    ? value.toString()
    : `${language === 'zh' ? '约' : 'about '}${round(value, { places: 2, mode: 'half-up' }).toString()}`;
}

/** 0.9618 → 96.18%. */
export function shownPercent(ratio: Exact): string {
  return `${round(ratio.mul(Exact.hundred), { places: 2, mode: 'half-up' }).toString()}%`;
}

/** An English clause as the beginning of a sentence. */
export function sentence(clause: string): string {
  return clause.charAt(0).toUpperCase() + clause.slice(1);
}

export function roundedSpan(
  low: Exact,
  high: Exact,
  highOpen: boolean,
  rule: RoundingRule,
): { readonly min: Exact; readonly max: Exact } {
  const min = round(low, rule);
  const max = round(high, rule);
  if (!highOpen || max.lt(high)) return { min, max };
  // The bound itself belongs to the next band: the highest score below it, one unit of the last place down.
  const below = max.sub(Exact.ratio(1n, 10n ** BigInt(rule.places)));
  return { min, max: Exact.max(min, below) };
}
