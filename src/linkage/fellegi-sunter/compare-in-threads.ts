import { Worker } from 'node:worker_threads';
import type { Block } from '../blocking/block-rules.ts';
import type { Records } from '../records/prepare-records.ts';
import { type BlockJob, type ComparedPairs, type CompareJob, comparePairs } from './compare-pairs.ts';
import { columnJobs, type PatternSpace } from './pattern-space.ts';

/** Below this many pairs a thread costs more than it saves. */
const WORTH_A_THREAD = 400_000;

/** Compares the pairs of all blocks, sharing the groups out over threads. The parts together do not depend on how many. */
export async function compareInThreads(
  records: Records,
  space: PatternSpace,
  blocks: readonly Block[],
  threads: number,
): Promise<readonly ComparedPairs[]> {
  const predicted = blocks.reduce((sum, block) => sum + block.pairs, 0);
  const parts = Math.max(1, Math.min(threads, Math.floor(predicted / WORTH_A_THREAD)));
  const cuts = blocks.map((block) => cutEvenly(block, parts));
  const jobs = Array.from(
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
  const [own, ...others] = jobs;
  const running = others.map((job) => inWorker(job));
  const first = own === undefined ? [] : [comparePairs(own)];
  return [...first, ...(await Promise.all(running))];
}

/** Falls back to this thread where worker files cannot be loaded (tests run from sources). */
function inWorker(job: CompareJob): Promise<ComparedPairs> {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return new Promise((resolve) => {
    const worker = new Worker(new URL(`./compare-worker.${extension}`, import.meta.url), { workerData: job });
    let done = false;
    worker.once('message', (result: ComparedPairs) => {
      done = true;
      resolve(result);
      void worker.terminate();
    });
    worker.once('error', () => {
      if (!done) resolve(comparePairs(job));
      done = true;
    });
    worker.once('exit', () => {
      if (!done) resolve(comparePairs(job));
      done = true;
    });
  });
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
