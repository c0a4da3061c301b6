import { type ChildProcess, fork } from 'node:child_process';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { JipingError, text } from '../../problem/index.ts';
import type { ReadOutcome } from '../parse-archive.ts';
import { DEFAULT_LIMITS, type ReadLimits } from '../safety/limits.ts';
import { type ReadAnswer, type ReadRequest, toOutcome } from './messages.ts';

interface Job {
  readonly request: ReadRequest;
  readonly outcomes: ReadOutcome[];
  readonly settle: (outcomes: readonly ReadOutcome[]) => void;
}

/** Files read by one helper before it is replaced, so that nothing a file left behind piles up. */
const FILES_PER_PROCESS = 2000;

/**
 * Reads files in a helper process that serves many of them, one at a time. A file that takes too long or too much
 * memory costs the helper, not this process: it is killed, the file is reported, and a new one reads the next.
 */
export class DocumentReader {
  private readonly limits: ReadLimits;
  private readonly queue: Job[] = [];
  private child: ChildProcess | undefined;
  private served = 0;
  private current: Job | undefined;
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(limits: Partial<ReadLimits> = {}) {
    this.limits = { ...DEFAULT_LIMITS, ...limits };
  }

  /**
   * The documents of a file: one, or those of a zip archive. Never rejects; what cannot be read is an outcome with
   * an error (`unreadable`, `not-found`, or `resource` when a limit of time or memory ended the helper).
   */
  read(path: string, name: string): Promise<readonly ReadOutcome[]> {
    return new Promise((settle) => {
      this.queue.push({ request: { path: resolve(path), name, limits: this.limits }, outcomes: [], settle });
      this.next();
    });
  }

  /** Ends the helper; what was still waiting is reported as not read. */
  close(): void {
    this.closed = true;
    this.child?.kill('SIGKILL');
    this.child = undefined;
    clearTimeout(this.timer);
    for (const job of [this.current, ...this.queue.splice(0)]) {
      if (job === undefined) continue;
      const stopped = text('读取已中止。', 'reading was stopped.');
      job.settle([...job.outcomes, failure(job, new JipingError('resource', stopped, { file: job.request.name }))]);
    }
    this.current = undefined;
  }

  private next(): void {
    if (this.current !== undefined || this.closed) return;
    const job = this.queue.shift();
    if (job === undefined) {
      // An idle helper does not keep the program alive.
      this.child?.unref();
      this.child?.channel?.unref();
      return;
    }
    this.current = job;
    if (this.child !== undefined && this.served >= FILES_PER_PROCESS) {
      this.child.kill();
      this.child = undefined;
    }
    this.child ??= this.start();
    this.served += 1;
    this.child.ref();
    this.child.channel?.ref();
    this.startTimer();
    this.child.send(job.request, (fault) => {
      if (fault !== null) this.child?.kill('SIGKILL');
    });
  }

  private start(): ChildProcess {
    this.served = 0;
    const entry = fileURLToPath(new URL(ENTRY, import.meta.url));
    const child = fork(entry, [], {
      // Run from its sources (tests, development) the helper needs the loader for TypeScript.
      execArgv: [
        `--max-old-space-size=${this.limits.memoryMegabytes}`,
        ...(entry.endsWith('.ts') ? ['--import', 'tsx'] : []),
      ],
      cwd: fileURLToPath(new URL('.', import.meta.url)),
      env: helperEnvironment(),
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    child.on('message', (answer: ReadAnswer) => this.answered(child, answer));
    child.on('exit', (code, signal) => this.ended(child, code, signal));
    child.on('error', () => this.ended(child, null, null));
    return child;
  }

  private answered(child: ChildProcess, answer: ReadAnswer): void {
    const job = this.current;
    if (child !== this.child || job === undefined) return;
    if (answer.kind !== 'done') {
      job.outcomes.push(toOutcome(answer));
      this.startTimer();
      return;
    }
    this.finish(job.outcomes);
  }

  /** The helper ended by itself: out of memory, or a fault of a library that could not be caught. */
  private ended(child: ChildProcess, code: number | null, signal: NodeJS.Signals | null): void {
    if (child !== this.child) return;
    this.child = undefined;
    const job = this.current;
    if (job === undefined) return;
    const memory = signal === 'SIGABRT' || signal === 'SIGKILL' || code === 134;
    const { memoryMegabytes } = this.limits;
    const reason = memory
      ? text(
          `读取所需内存超过 ${memoryMegabytes} MB，已停止；请拆分文件后再试。`,
          `reading needs more than ${memoryMegabytes} MB of memory and was stopped; split the file.`,
        )
      : text(
          '读取时发生意外，已停止；请用原软件另存一份后再试。',
          'reading failed unexpectedly; save the file again in its own program.',
        );
    this.finish([...job.outcomes, failure(job, new JipingError('resource', reason, { file: job.request.name }))]);
  }

  private startTimer(): void {
    clearTimeout(this.timer);
    const { milliseconds } = this.limits;
    this.timer = setTimeout(() => {
      const job = this.current;
      const child = this.child;
      this.child = undefined;
      child?.kill('SIGKILL');
      if (job === undefined) return;
      const seconds = milliseconds / 1000;
      const reason = text(
        `读取超过 ${seconds} 秒，已停止；请拆分文件后再试。`,
        `reading took more than ${seconds} seconds and was stopped; split the file.`,
      );
      this.finish([...job.outcomes, failure(job, new JipingError('resource', reason, { file: job.request.name }))]);
    }, milliseconds);
  }

  private finish(outcomes: readonly ReadOutcome[]): void {
    clearTimeout(this.timer);
    const job = this.current;
    this.current = undefined;
    job?.settle(outcomes);
    this.next();
  }
}

const ENTRY = import.meta.url.endsWith('.ts') ? './parser-process.ts' : './parser-process.js';

function failure(job: Job, error: JipingError): ReadOutcome {
  return { name: job.request.name, error };
}

/** Nothing of this process's environment but what an operating system needs to start a program. */
function helperEnvironment(): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = {};
  for (const name of ['PATH', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR', 'HOME']) {
    const value = process.env[name];
    if (value !== undefined) environment[name] = value;
  }
  return environment;
}
