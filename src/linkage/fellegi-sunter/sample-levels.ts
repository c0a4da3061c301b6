import { pairCount } from '../blocking/block-rules.ts';
import { type ColumnJob, levelReader } from '../comparison/level-reader.ts';
import type { PairMode, Records } from '../records/prepare-records.ts';
import { columnJobs, type PatternSpace } from './pattern-space.ts';
import { seededIntegers } from './random.ts';

/** How often two records picked at random show each level of a column (both values present). */
export interface LevelShares {
  /** Share of each level, index 1 = equal; index 0 unused. The share of `equal` is counted, not sampled. */
  readonly shares: Float64Array;
  /** Drawn pairs in which both values were present. */
  readonly drawn: number;
  readonly seen: Int32Array;
}

/** What a thread needs to sample. */
export interface SampleJob {
  readonly mode: PairMode;
  readonly count: number;
  readonly leftCount: number;
  readonly columns: readonly ColumnJob[];
  /** Levels of each column, “missing” not counted. */
  readonly levels: readonly number[];
  readonly sample: number;
  readonly seed: number;
}

export function sampleJob(records: Records, space: PatternSpace, sample: number, seed: number): SampleJob {
  const { mode, count, leftCount } = records;
  const levels = records.columns.map((column) => column.levels.length);
  return { mode, count, leftCount, columns: columnJobs(records, space), levels, sample, seed };
}

/** Neighbours drawn together: two records picked at random and those that follow each; memory is read in order. */
const RUN = 32;

/** Draws record pairs by a seeded generator; if there are no more pairs than asked for, takes every pair once. */
export function sampleLevels(job: SampleJob): readonly LevelShares[] {
  const { mode, count, leftCount, sample } = job;
  const readers = job.columns.map(levelReader);
  const seen = job.levels.map((levels) => new Int32Array(levels + 1));
  const look = (a: number, b: number): void => {
    for (let c = 0; c < readers.length; c += 1) {
      const level = (readers[c] as (x: number, y: number) => number)(a, b);
      const counts = seen[c] as Int32Array;
      counts[level] = (counts[level] as number) + 1;
    }
  };
  const rightCount = count - leftCount;
  if (pairCount(mode, leftCount, rightCount) <= sample) {
    if (mode === 'link') for (let a = 0; a < leftCount; a += 1) for (let b = leftCount; b < count; b += 1) look(a, b);
    else for (let a = 0; a < count; a += 1) for (let b = a + 1; b < count; b += 1) look(a, b);
  } else {
    const draw = seededIntegers(job.seed);
    const lefts = mode === 'link' ? leftCount : count;
    const rights = mode === 'link' ? rightCount : count;
    const firstRight = mode === 'link' ? leftCount : 0;
    for (let drawn = 0; drawn < sample; ) {
      const a = draw(lefts);
      const b = draw(rights);
      for (let step = 0; step < RUN && drawn < sample; step += 1) {
        const left = (a + step) % lefts;
        const right = firstRight + ((b + step) % rights);
        if (left === right) break;
        look(left, right);
        drawn += 1;
      }
    }
  }
  return job.columns.map((column, index) => {
    const counts = seen[index] ?? new Int32Array(0);
    let drawn = 0;
    for (let level = 1; level < counts.length; level += 1) drawn += counts[level] as number;
    const equal = shareEqual(job, column);
    const others = drawn - (counts[1] ?? 0);
    const shares = Float64Array.from(counts, (seenOften, level) =>
      level === 0 ? 0 : level === 1 ? equal : others === 0 ? 0 : ((1 - equal) * seenOften) / others,
    );
    return { shares, drawn, seen: counts };
  });
}

/** Exact share of all pairs (both present) whose values are equal, from value counts. */
function shareEqual({ mode, leftCount }: SampleJob, column: ColumnJob): number {
  const left = new Int32Array(column.distinct);
  const right = new Int32Array(column.distinct);
  let lefts = 0;
  let rights = 0;
  column.codes.forEach((code, record) => {
    if (code < 0) return;
    if (record < leftCount) {
      left[code] = (left[code] as number) + 1;
      lefts += 1;
    } else {
      right[code] = (right[code] as number) + 1;
      rights += 1;
    }
  });
  const all = pairCount(mode, lefts, rights);
  if (all === 0) return 0;
  let equal = 0;
  for (let code = 0; code < left.length; code += 1)
    equal += pairCount(mode, left[code] as number, right[code] as number);
  return equal / all;
}
