import { Worker } from 'node:worker_threads';
import { type ComparedPairs, type CompareJob, comparePairs } from './compare-pairs.ts';
import { type LevelShares, type SampleJob, sampleLevels } from './sample-levels.ts';

export type LinkTask =
  | { readonly kind: 'sample'; readonly job: SampleJob }
  | { readonly kind: 'compare'; readonly job: CompareJob };

type TaskResult = ComparedPairs | readonly LevelShares[];

interface Waiting {
  readonly task: LinkTask;
  readonly settle: (result: TaskResult) => void;
}

/**
 * Threads beside this one, each doing its tasks in turn. Where worker files cannot be loaded (sources run without a
 * build) the tasks are done here instead: the result is the same.
 */
export class LinkThreads {
  readonly #workers: TaskWorker[];

  /** @param threads all threads, this one included */
  constructor(threads: number) {
    this.#workers = Array.from({ length: Math.max(0, threads - 1) }, () => new TaskWorker());
  }

  get others(): number {
    return this.#workers.length;
  }

  sample(job: SampleJob): Promise<readonly LevelShares[]> {
    const [worker] = this.#workers;
    if (worker === undefined) return Promise.resolve(sampleLevels(job));
    return worker.run({ kind: 'sample', job }) as Promise<readonly LevelShares[]>;
  }

  /** Does the first job here, the rest on the other threads. */
  async compare(jobs: readonly CompareJob[]): Promise<readonly ComparedPairs[]> {
    const [own, ...rest] = jobs;
    const running = rest.map((job, index): Promise<ComparedPairs> => {
      const worker = this.#workers[index % Math.max(1, this.#workers.length)];
      return worker === undefined
        ? Promise.resolve(comparePairs(job))
        : (worker.run({ kind: 'compare', job }) as Promise<ComparedPairs>);
    });
    const first = own === undefined ? [] : [comparePairs(own)];
    return [...first, ...(await Promise.all(running))];
  }

  close(): void {
    for (const worker of this.#workers) worker.close();
  }
}

class TaskWorker {
  readonly #waiting: Waiting[] = [];
  #worker: Worker | undefined;

  constructor() {
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    this.#worker = new Worker(new URL(`./link-worker.${extension}`, import.meta.url));
    this.#worker.on('message', (result: TaskResult) => this.#waiting.shift()?.settle(result));
    this.#worker.on('error', () => this.#doHere());
    this.#worker.on('exit', () => this.#doHere());
  }

  run(task: LinkTask): Promise<TaskResult> {
    const worker = this.#worker;
    if (worker === undefined) return Promise.resolve(doTask(task));
    return new Promise((settle) => {
      this.#waiting.push({ task, settle });
      worker.postMessage(task);
    });
  }

  close(): void {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#waiting.length = 0;
    void worker?.terminate();
  }

  #doHere(): void {
    this.#worker = undefined;
    for (const { task, settle } of this.#waiting.splice(0)) settle(doTask(task));
  }
}

function doTask(task: LinkTask): TaskResult {
  return task.kind === 'sample' ? sampleLevels(task.job) : comparePairs(task.job);
}
