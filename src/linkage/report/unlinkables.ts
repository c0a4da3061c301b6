import { columnWeight, siblingWeight } from '../fellegi-sunter/trained-model.ts';
import type { Linkage } from '../link-records.ts';

/** Records whose own copy would not reach a threshold: they hold too little to be linked at all. */
export interface Unlinkables {
  readonly records: number;
  /** Best weight of each record against a perfect copy of itself, thousandths of a bit, ascending. */
  readonly weights: Int32Array;
}

export function findUnlinkables(linkage: Linkage): Unlinkables {
  const { records, weights, terms } = linkage;
  const best = new Int32Array(records.count);
  const width = records.columns.length;
  const identityAt = weights.repeated?.identity ?? -1;
  const dateAt = weights.repeated?.date ?? -1;
  const equal = records.columns.map((_, column) => columnWeight(weights.levels, undefined, column, 1, 0));
  const alike = records.columns.map((_, column) =>
    columnWeight(weights.siblings?.levels ?? [], undefined, column, 1, 0),
  );
  for (let record = 0; record < records.count; record += 1) {
    let sum = weights.prior;
    let odds = weights.siblings?.prior ?? 0;
    const hasNumber = identityAt >= 0 && (records.columns[identityAt]?.codes[record] ?? -1) >= 0;
    for (let column = 0; column < width; column += 1) {
      const code = records.columns[column]?.codes[record] ?? -1;
      if (code < 0 || (column === dateAt && hasNumber)) continue;
      const term = terms[column]?.[code] ?? 0;
      sum += (equal[column] ?? 0) + term;
      odds += (alike[column] ?? 0) + term;
    }
    if (weights.siblings !== undefined) sum += siblingWeight(odds);
    best[record] = sum;
  }
  return { records: records.count, weights: best.sort() };
}

/** How many records could not reach the weight. */
export function unlinkableBelow(unlinkables: Unlinkables, weight: number): number {
  let low = 0;
  let high = unlinkables.weights.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((unlinkables.weights[middle] as number) < weight) low = middle + 1;
    else high = middle;
  }
  return low;
}
