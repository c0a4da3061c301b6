import { recordFinder } from '../clusters/decisions.ts';
import type { ScoredPairs } from '../fellegi-sunter/score-pairs.ts';
import { probabilityOf, weightAt } from '../fellegi-sunter/trained-model.ts';
import type { Records } from '../records/prepare-records.ts';

/** How right the pairs from one threshold up are. */
export interface Accuracy {
  /** Probability from which pairs count as links. */
  readonly threshold: number;
  readonly links: number;
  readonly right: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export interface TruthReport {
  readonly truePairs: number;
  /** Pairs of the truth whose records are not in the tables. */
  readonly unknown: number;
  /** True pairs no blocking rule forms: lost before any score. */
  readonly unblocked: number;
  readonly byThreshold: readonly Accuracy[];
  readonly best: Accuracy;
}

const THRESHOLDS = [0.01, 0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999, 0.9999];

/** Precision, recall and F1 by threshold against known pairs. All true pairs count, also those outside the blocks. */
export function measureAgainstTruth(
  records: Records,
  scored: ScoredPairs,
  blocking: readonly (readonly string[])[],
  truth: Iterable<readonly [string, string]>,
): TruthReport {
  const find = recordFinder(records);
  const pairs = new Set<number>();
  let unknown = 0;
  let unblocked = 0;
  for (const [left, right] of truth) {
    const pair = find(left, right);
    if (pair === undefined) {
      unknown += 1;
      continue;
    }
    const key = pair[0] * records.count + pair[1];
    if (pairs.has(key)) continue;
    pairs.add(key);
    if (!isBlocked(records, blocking, pair)) unblocked += 1;
  }
  const truePairs = pairs.size + unknown;
  const order = Array.from(scored.weight, (_, at) => at).sort(
    (a, b) => (scored.weight[b] as number) - (scored.weight[a] as number),
  );
  const isTrue = (at: number): boolean =>
    pairs.has((scored.left[at] as number) * records.count + (scored.right[at] as number));
  const measure = (threshold: number, links: number, right: number): Accuracy => ({
    threshold,
    links,
    right,
    precision: links === 0 ? 0 : right / links,
    recall: truePairs === 0 ? 0 : right / truePairs,
    f1: links + truePairs === 0 ? 0 : (2 * right) / (links + truePairs),
  });
  const rights = new Int32Array(order.length + 1);
  order.forEach((at, index) => {
    rights[index + 1] = (rights[index] as number) + (isTrue(at) ? 1 : 0);
  });
  let best = measure(1, 0, 0);
  order.forEach((at, index) => {
    const weight = scored.weight[at] as number;
    if (order[index + 1] !== undefined && scored.weight[order[index + 1] as number] === weight) return;
    const here = measure(probabilityOf(weight), index + 1, rights[index + 1] as number);
    if (here.f1 > best.f1) best = here;
  });
  const byThreshold = THRESHOLDS.map((threshold) => {
    const least = weightAt(threshold);
    let links = 0;
    let high = order.length;
    while (links < high) {
      const middle = (links + high) >> 1;
      if ((scored.weight[order[middle] as number] as number) >= least) links = middle + 1;
      else high = middle;
    }
    return measure(threshold, links, rights[links] as number);
  });
  return { truePairs, unknown, unblocked, byThreshold, best };
}

function isBlocked(
  records: Records,
  blocking: readonly (readonly string[])[],
  [a, b]: readonly [number, number],
): boolean {
  return blocking.some((rule) =>
    rule.every((column) => {
      const codes = records.blockCodes.get(column);
      return (codes?.[a] ?? -1) >= 0 && codes?.[a] === codes?.[b];
    }),
  );
}
