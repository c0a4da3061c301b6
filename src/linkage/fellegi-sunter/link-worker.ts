import { parentPort } from 'node:worker_threads';
import { comparePairs } from './compare-pairs.ts';
import type { LinkTask } from './link-threads.ts';
import { sampleLevels } from './sample-levels.ts';

parentPort?.on('message', (task: LinkTask) => {
  if (task.kind === 'sample') {
    parentPort?.postMessage(sampleLevels(task.job));
    return;
  }
  const result = comparePairs(task.job);
  parentPort?.postMessage(result, [
    result.left.buffer as ArrayBuffer,
    result.right.buffer as ArrayBuffer,
    result.pattern.buffer as ArrayBuffer,
    result.counts.buffer as ArrayBuffer,
  ]);
});
