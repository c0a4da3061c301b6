import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { type Text, text } from '../../problem/index.ts';
import type { WorkerAnswer, WorkerJob, WorkerRequest, WorkerSetup } from './messages.ts';

const ENTRY = import.meta.url.endsWith('.ts') ? './package-process.ts' : './package-process.js';
/** One workbook; more is a fault of the workbook or of ours, and must not hold up the others. */
const LONGEST_MILLISECONDS = 10 * 60 * 1000;
/** Each worker holds the fonts of a PDF renderer. */
const MOST_WORKERS = 8;

/**
 * Runs every job in worker processes, as many as there are cores; answers in the order of the jobs. A worker that dies
 * or hangs costs its workbook only.
 */
export async function runJobs(
  jobs: readonly WorkerJob[],
  setup: WorkerSetup,
  progress: (done: number, job: WorkerJob) => void,
): Promise<readonly WorkerAnswer[]> {
  const answers: WorkerAnswer[] = [];
  let next = 0;
  let done = 0;
  const serve = async (): Promise<void> => {
    let child: ChildProcess | undefined;
    try {
      for (let index = next; index < jobs.length; index = next) {
        next += 1;
        const job = jobs[index] as WorkerJob;
        child ??= start(setup);
        const answer = await ask(child, job);
        if (answer.kind === 'lost') {
          child.kill('SIGKILL');
          child = undefined;
          answers[index] = { kind: 'failed', message: answer.message };
        } else answers[index] = answer;
        done += 1;
        progress(done, job);
      }
    } finally {
      child?.kill();
    }
  };
  const workers = Math.min(jobs.length, availableParallelism(), MOST_WORKERS);
  await Promise.all(Array.from({ length: workers }, serve));
  return answers;
}

function start(setup: WorkerSetup): ChildProcess {
  const entry = fileURLToPath(new URL(ENTRY, import.meta.url));
  const child = fork(entry, [], {
    // Run from its sources (tests, development) the worker needs the loader for TypeScript.
    execArgv: entry.endsWith('.ts') ? ['--import', 'tsx'] : [],
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const request: WorkerRequest = { kind: 'setup', setup };
  child.send(request, () => undefined);
  return child;
}

type Asked = WorkerAnswer | { readonly kind: 'lost'; readonly message: Text };

function ask(child: ChildProcess, job: WorkerJob): Promise<Asked> {
  return new Promise((settle) => {
    const finish = (answer: Asked): void => {
      clearTimeout(timer);
      child.removeAllListeners('message').removeAllListeners('exit').removeAllListeners('error');
      settle(answer);
    };
    const lost = (zh: string, en: string): void => finish({ kind: 'lost', message: text(zh, en) });
    const timer = setTimeout(
      () => lost('评价超过10分钟，已停止；请拆小台账后单独评价', 'took more than 10 minutes and was stopped'),
      LONGEST_MILLISECONDS,
    );
    const died = (): void =>
      lost('评价时意外中止（多为内存不足），请单独评价', 'ended unexpectedly; evaluate it alone');
    child.on('message', (answer: WorkerAnswer) => finish(answer));
    child.on('exit', died);
    child.on('error', died);
    const request: WorkerRequest = { kind: 'job', job };
    child.send(request, (fault) => {
      if (fault !== null) died();
    });
  });
}
