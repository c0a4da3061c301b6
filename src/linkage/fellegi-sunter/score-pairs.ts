import type { Records } from '../records/prepare-records.ts';
import type { ComparedPairs } from './compare-pairs.ts';
import { levelAt, type PatternSpace } from './pattern-space.ts';
import { columnWeight, siblingWeight, type Weights } from './trained-model.ts';

/** Pairs with weights (log2 odds of a match, thousandths of a bit), ordered by left, then right record. */
export interface ScoredPairs {
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly weight: Int32Array;
  /** All compared pairs, kept or not, by whole bits of weight: index 0 is `HISTOGRAM_FROM` and below. */
  readonly histogram: Int32Array;
}

export const HISTOGRAM_FROM = -60;
const HISTOGRAM_TO = 60;

/** Scores of each pattern, once, without term frequencies. */
export interface PatternScores {
  /** Match against stranger. */
  readonly match: Int32Array;
  /** Sibling against stranger; undefined without siblings. */
  readonly sibling: Int32Array | undefined;
}

export function patternScores(space: PatternSpace, weights: Weights, counts: Int32Array): PatternScores {
  const sum = (prior: number, levels: readonly Int32Array[]): Int32Array => {
    const result = new Int32Array(space.size);
    counts.forEach((count, pattern) => {
      if (count === 0) return;
      const identity = weights.repeated === undefined ? 0 : levelAt(space, pattern, weights.repeated.identity);
      let total = prior;
      for (let column = 0; column < space.strides.length; column += 1)
        total += columnWeight(levels, weights.repeated, column, levelAt(space, pattern, column), identity);
      result[pattern] = total;
    });
    return result;
  };
  return {
    match: sum(weights.prior, weights.levels),
    sibling: weights.siblings === undefined ? undefined : sum(weights.siblings.prior, weights.siblings.levels),
  };
}

/** Scores compared pairs by their patterns and keeps those whose weight is at least `least`. */
export function scorePairs(
  records: Records,
  space: PatternSpace,
  weights: Weights,
  terms: readonly (Int32Array | undefined)[],
  parts: readonly ComparedPairs[],
  least: number,
): ScoredPairs {
  const counts = addCounts(space, parts);
  const base = patternScores(space, weights, counts);
  const adjusted = adjustedColumns(space, weights, terms, counts);
  const histogram = new Int32Array(HISTOGRAM_TO - HISTOGRAM_FROM + 1);
  let capacity = 1 << 14;
  let kept = 0;
  let left = new Int32Array(capacity);
  let right = new Int32Array(capacity);
  let weight = new Int32Array(capacity);
  for (const part of parts) {
    for (let at = 0; at < part.count; at += 1) {
      const pattern = part.pattern[at] as number;
      const plain = base.match[pattern] as number;
      let score = plain;
      const mask = adjusted[pattern] as number;
      if (mask !== 0) {
        const a = part.left[at] as number;
        for (let column = 0; column < terms.length; column += 1)
          if ((mask & (1 << column)) !== 0)
            score += (terms[column] as Int32Array)[records.columns[column]?.codes[a] as number] as number;
      }
      if (base.sibling !== undefined) score += siblingWeight((base.sibling[pattern] as number) + score - plain);
      const bar = Math.max(0, Math.min(histogram.length - 1, Math.floor(score / 1000) - HISTOGRAM_FROM));
      histogram[bar] = (histogram[bar] as number) + 1;
      if (score < least) continue;
      if (kept === capacity) {
        capacity *= 2;
        left = grown(left, capacity);
        right = grown(right, capacity);
        weight = grown(weight, capacity);
      }
      left[kept] = part.left[at] as number;
      right[kept] = part.right[at] as number;
      weight[kept] = score;
      kept += 1;
    }
  }
  return { ...ordered(left, right, weight, kept, records.count), histogram };
}

/** Bit per column whose equal value is weighed by its frequency in that pattern. */
function adjustedColumns(
  space: PatternSpace,
  weights: Weights,
  terms: readonly (Int32Array | undefined)[],
  counts: Int32Array,
): Int32Array {
  const masks = new Int32Array(space.size);
  counts.forEach((count, pattern) => {
    if (count === 0) return;
    let mask = 0;
    terms.forEach((table, column) => {
      if (table !== undefined && termApplies(space, weights, pattern, column)) mask |= 1 << column;
    });
    masks[pattern] = mask;
  });
  return masks;
}

/** Whether a pattern's column is equal, and not merely a repetition of the identity number's birth date. */
export function termApplies(space: PatternSpace, weights: Weights, pattern: number, column: number): boolean {
  if (levelAt(space, pattern, column) !== 1) return false;
  const repeated = weights.repeated;
  if (repeated?.date !== column) return true;
  return repeated.implied[levelAt(space, pattern, repeated.identity)] !== true;
}

export function addCounts(space: PatternSpace, parts: readonly ComparedPairs[]): Int32Array {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only.counts;
  const counts = new Int32Array(space.size);
  for (const part of parts)
    for (let pattern = 0; pattern < counts.length; pattern += 1)
      counts[pattern] = (counts[pattern] as number) + (part.counts[pattern] as number);
  return counts;
}

/** Counting sort by left record, then by right within it. */
function ordered(
  left: Int32Array,
  right: Int32Array,
  weight: Int32Array,
  count: number,
  records: number,
): Omit<ScoredPairs, 'histogram'> {
  const starts = new Int32Array(records + 1);
  for (let at = 0; at < count; at += 1) {
    const slot = (left[at] as number) + 1;
    starts[slot] = (starts[slot] as number) + 1;
  }
  for (let record = 0; record < records; record += 1)
    starts[record + 1] = (starts[record + 1] as number) + (starts[record] as number);
  const next = starts.slice();
  const sorted = { left: new Int32Array(count), right: new Int32Array(count), weight: new Int32Array(count) };
  for (let at = 0; at < count; at += 1) {
    const a = left[at] as number;
    const b = right[at] as number;
    let slot = next[a] as number;
    next[a] = slot + 1;
    const first = starts[a] as number;
    while (slot > first && (sorted.right[slot - 1] as number) > b) {
      sorted.right[slot] = sorted.right[slot - 1] as number;
      sorted.weight[slot] = sorted.weight[slot - 1] as number;
      slot -= 1;
    }
    sorted.right[slot] = b;
    sorted.weight[slot] = weight[at] as number;
  }
  for (let record = 0; record < records; record += 1)
    sorted.left.fill(record, starts[record] as number, starts[record + 1] as number);
  return sorted;
}

function grown(array: Int32Array<ArrayBuffer>, capacity: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(capacity);
  larger.set(array);
  return larger;
}
