import { parentPort, workerData } from 'node:worker_threads';
import { type CompareJob, comparePairs } from './compare-pairs.ts';

const result = comparePairs(workerData as CompareJob);
parentPort?.postMessage(result, [
  result.left.buffer as ArrayBuffer,
  result.right.buffer as ArrayBuffer,
  result.pattern.buffer as ArrayBuffer,
  result.counts.buffer as ArrayBuffer,
]);
