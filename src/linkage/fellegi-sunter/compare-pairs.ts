import { type ColumnJob, levelReader } from '../comparison/level-reader.ts';
import type { PairMode } from '../records/prepare-records.ts';

/** One blocking rule's groups, and which of them to form pairs in. */
export interface BlockJob {
  readonly groups: Int32Array;
  readonly starts: Int32Array;
  readonly members: Int32Array;
  readonly from: number;
  readonly to: number;
}

/** A share of the comparing, made of plain arrays so that a worker thread can take it. */
export interface CompareJob {
  readonly mode: PairMode;
  readonly leftCount: number;
  readonly columns: readonly ColumnJob[];
  readonly patterns: number;
  readonly blocks: readonly BlockJob[];
}

/** Compared pairs and the pattern of levels each shows. */
export interface ComparedPairs {
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly pattern: Int32Array;
  readonly count: number;
  /** How many pairs show each pattern. */
  readonly counts: Int32Array;
}

/** Forms each pair of the blocks once, under the first rule that yields it, and reads its agreement pattern. */
export function comparePairs(job: CompareJob): ComparedPairs {
  const { mode, leftCount, blocks } = job;
  const readers = job.columns.map(levelReader);
  const strides = job.columns.map((column) => column.stride);
  const width = readers.length;
  const counts = new Int32Array(job.patterns);
  let capacity = 1 << 16;
  let left = new Int32Array(capacity);
  let right = new Int32Array(capacity);
  let pattern = new Int32Array(capacity);
  let count = 0;

  blocks.forEach((block, rule) => {
    const earlier = blocks.slice(0, rule).map((other) => other.groups);
    const { starts, members, from, to } = block;
    for (let group = from; group < to; group += 1) {
      const start = starts[group] as number;
      const end = starts[group + 1] as number;
      if (end - start < 2) continue;
      let firstRight = start;
      if (mode !== 'dedupe') while (firstRight < end && (members[firstRight] as number) < leftCount) firstRight += 1;
      const lastLeft = mode === 'link' ? firstRight : end;
      for (let i = start; i < lastLeft; i += 1) {
        const a = members[i] as number;
        for (let j = mode === 'dedupe' || i >= firstRight ? i + 1 : firstRight; j < end; j += 1) {
          const b = members[j] as number;
          let seen = false;
          for (let k = 0; k < rule; k += 1) {
            const groups = earlier[k] as Int32Array;
            const of = groups[a] as number;
            if (of >= 0 && of === groups[b]) {
              seen = true;
              break;
            }
          }
          if (seen) continue;
          let code = 0;
          for (let c = 0; c < width; c += 1)
            code += (strides[c] as number) * (readers[c] as (x: number, y: number) => number)(a, b);
          if (count === capacity) {
            capacity *= 2;
            left = grown(left, capacity);
            right = grown(right, capacity);
            pattern = grown(pattern, capacity);
          }
          left[count] = a;
          right[count] = b;
          pattern[count] = code;
          counts[code] = (counts[code] as number) + 1;
          count += 1;
        }
      }
    }
  });
  return { left, right, pattern, count, counts };
}

function grown(array: Int32Array<ArrayBuffer>, capacity: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(capacity);
  larger.set(array);
  return larger;
}
