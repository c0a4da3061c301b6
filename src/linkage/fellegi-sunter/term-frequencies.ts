import type { PreparedColumn, Records } from '../records/prepare-records.ts';
import { type TrainedModel, toMillibits } from './trained-model.ts';

const MOST_UP = 6000;
const MOST_DOWN = -8000;

/**
 * What an equal value adds or takes because it is rarer or commoner than the average, in thousandths of a bit by value
 * code; undefined where the model does not ask for it. Two bearers, who may be the one person, do not count.
 */
export function termWeights(records: Records, trained: TrainedModel): readonly (Int32Array | undefined)[] {
  return records.columns.map((column, index) => {
    if (!column.model.termFrequency) return undefined;
    const average = trained.columns[index]?.levels[0]?.u ?? 1;
    const counts = countValues(column);
    const present = counts.reduce((sum, count) => sum + count, 0);
    return counts.map((count) => {
      const share = (Math.max(0, count - 2) + 1) / Math.max(1, present);
      return Math.max(MOST_DOWN, Math.min(MOST_UP, toMillibits(Math.log2(average / share))));
    });
  });
}

function countValues(column: PreparedColumn): Int32Array {
  const counts = new Int32Array(column.values.length);
  for (const code of column.codes) if (code >= 0) counts[code] = (counts[code] as number) + 1;
  return counts;
}
