import type { Text } from '../problem/index.ts';
import { contains, Exact, type Interval } from '../quantity/index.ts';

/** A number of persons or a per-capita amount with the words it goes by. */
export interface Labelled {
  readonly value: Exact;
  readonly label: Text;
}

export interface Term {
  readonly heads: Labelled;
  readonly rate: Labelled;
  readonly sign: 1 | -1;
}

export interface Combination {
  /** One or two terms; the first is always added. */
  readonly terms: readonly Term[];
  /** 元. */
  readonly amount: Exact;
  /** Distance from the middle of the stated interval, 元. */
  readonly distance: Exact;
  /** The combination falls inside what the stated figure can stand for. */
  readonly within: boolean;
}

export interface CombinationSearch {
  readonly nearest: readonly Combination[];
  readonly tried: number;
  /** How many of the tried combinations would fall inside the interval by chance alone, spread evenly over their range. */
  readonly expectedByChance: Exact;
}

/**
 * Tries every n·r and n₁·r₁ ± n₂·r₂ of the given heads and per-capita amounts against a stated amount.
 * @param keep how many of the nearest to return
 */
export function nearestCombinations(
  interval: Interval,
  heads: readonly Labelled[],
  rates: readonly Labelled[],
  keep = 5,
): CombinationSearch {
  const terms = heads.flatMap((count) =>
    rates.map((rate) => ({ heads: count, rate, amount: count.value.mul(rate.value) })),
  );
  const middle = interval.low.add(interval.high).div(Exact.of(2));
  let nearest: Combination[] = [];
  let tried = 0;
  let [low, high] = [middle, middle];
  const consider = (parts: readonly Term[], amount: Exact): void => {
    tried += 1;
    low = Exact.min(low, amount);
    high = Exact.max(high, amount);
    const distance = amount.sub(middle).abs();
    const worst = nearest[keep - 1];
    if (worst !== undefined && distance.ge(worst.distance)) return;
    nearest.push({ terms: parts, amount, distance, within: contains(interval, amount) });
    nearest = nearest.sort((a, b) => a.distance.compare(b.distance)).slice(0, keep);
  };
  for (const [index, first] of terms.entries()) {
    const one: Term = { heads: first.heads, rate: first.rate, sign: 1 };
    consider([one], first.amount);
    for (const [other, second] of terms.entries()) {
      if (other === index) continue;
      const two = { heads: second.heads, rate: second.rate };
      if (other > index) consider([one, { ...two, sign: 1 }], first.amount.add(second.amount));
      consider([one, { ...two, sign: -1 }], first.amount.sub(second.amount));
    }
  }
  const range = high.sub(low);
  const width = interval.high.sub(interval.low);
  return {
    nearest,
    tried,
    expectedByChance: range.isZero ? Exact.zero : width.mul(Exact.of(tried)).div(range),
  };
}
