import { JipingError, text } from '../../problem/index.ts';
import type { ColumnJob } from '../comparison/level-reader.ts';
import type { Records } from '../records/prepare-records.ts';

/** Agreement patterns as integers: mixed radix over the columns, digit 0 = missing, 1 = equal, … */
export interface PatternSpace {
  readonly size: number;
  readonly strides: readonly number[];
  readonly radices: readonly number[];
}

const MOST = 1 << 25;

/** @throws JipingError `unsupported` if the columns have more patterns than can be counted in one array. */
export function patternSpace(records: Records): PatternSpace {
  const radices = records.columns.map((column) => column.levels.length + 1);
  const strides: number[] = [];
  let size = 1;
  for (const radix of radices) {
    strides.push(size);
    size *= radix;
  }
  if (size > MOST)
    throw new JipingError(
      'unsupported',
      text(
        `比较的列和级别太多（${size} 种组合，上限 ${MOST}）；请减少列，或用 levels 减少级别`,
        `too many columns and levels (${size} patterns, at most ${MOST}); compare fewer columns or give fewer levels`,
      ),
    );
  return { size, strides, radices };
}

export function levelAt(space: PatternSpace, pattern: number, column: number): number {
  return Math.trunc(pattern / (space.strides[column] ?? 1)) % (space.radices[column] ?? 1);
}

export function columnJobs(records: Records, space: PatternSpace): readonly ColumnJob[] {
  return records.columns.map((column, index) => ({
    kind: column.model.kind,
    thresholds: column.model.thresholds,
    levelMap: column.levelMap,
    codes: column.codes,
    distinct: column.values.length,
    features: column.features,
    stride: space.strides[index] ?? 1,
  }));
}
