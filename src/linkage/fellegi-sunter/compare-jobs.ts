import type { Block } from '../blocking/block-rules.ts';
import type { Records } from '../records/prepare-records.ts';
import type { BlockJob, CompareJob } from './compare-pairs.ts';
import { columnJobs, type PatternSpace } from './pattern-space.ts';

/** Below this many pairs a thread costs more than it saves. */
const WORTH_A_THREAD = 400_000;

/** Shares the groups of all blocks out over threads. What the parts give together does not depend on how many. */
export function compareJobs(
  records: Records,
  space: PatternSpace,
  blocks: readonly Block[],
  threads: number,
): readonly CompareJob[] {
  const predicted = blocks.reduce((sum, block) => sum + block.pairs, 0);
  const parts = Math.max(1, Math.min(threads, Math.floor(predicted / WORTH_A_THREAD)));
  const cuts = blocks.map((block) => cutEvenly(block, parts));
  return Array.from(
    { length: parts },
    (_, part): CompareJob => ({
      mode: records.mode,
      leftCount: records.leftCount,
      columns: columnJobs(records, space),
      patterns: space.size,
      blocks: blocks.map(
        (block, rule): BlockJob => ({
          groups: block.groups,
          starts: block.starts,
          members: block.members,
          from: cuts[rule]?.[part] ?? 0,
          to: cuts[rule]?.[part + 1] ?? 0,
        }),
      ),
    }),
  );
}

/** Group numbers that cut a block's pairs into even parts. */
function cutEvenly(block: Block, parts: number): readonly number[] {
  const groups = block.starts.length - 1;
  if (parts === 1) return [0, groups];
  const square = (group: number): number => {
    const size = (block.starts[group + 1] ?? 0) - (block.starts[group] ?? 0);
    return size * size;
  };
  let all = 0;
  for (let group = 0; group < groups; group += 1) all += square(group);
  const cuts = [0];
  let sum = 0;
  for (let group = 0; group < groups && cuts.length < parts; group += 1) {
    sum += square(group);
    if (sum >= (all * cuts.length) / parts) cuts.push(group + 1);
  }
  while (cuts.length < parts) cuts.push(groups);
  cuts.push(groups);
  return cuts;
}
