import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { JipingError, text } from '../../problem/index.ts';
import type { OpenRequest, PersonAnswer, PersonKind, PersonRequest, WriteRequest } from './person-messages.ts';

const ENTRY = import.meta.url.endsWith('.ts') ? './person-process.ts' : './person-process.js';

export interface DatasetOptions {
  readonly dataset: string;
  readonly out?: string | undefined;
  /** As DuckDB writes it, default 4GB. */
  readonly memoryLimit?: string | undefined;
  readonly threads?: number | undefined;
  /** Folder for spilled data, erased at the end; default a new folder under the system's temporary one. */
  readonly scratch?: string | undefined;
}

/** A dataset of persons in its own database process. */
export interface PersonDatabase {
  readonly kinds: readonly PersonKind[];
  write(amounts: Omit<WriteRequest, 'kind'>): Promise<bigint>;
}

/**
 * Runs work over a dataset and ends the process, whatever happens.
 * @throws JipingError `unreadable` for a file that is not a dataset, `unsupported` for a column that is no category,
 *   `resource` when the process is killed
 */
export async function withPersonDatabase<T>(
  options: DatasetOptions,
  work: (database: PersonDatabase) => Promise<T>,
): Promise<T> {
  const scratch = mkdtempSync(join(options.scratch ?? tmpdir(), 'jiping-simulate-'));
  const entry = fileURLToPath(new URL(ENTRY, import.meta.url));
  const child = fork(entry, [], {
    execArgv: entry.endsWith('.ts') ? ['--import', 'tsx'] : [],
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    env: { PATH: process.env.PATH },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const file = basename(options.dataset);
  try {
    const open: OpenRequest = {
      kind: 'open',
      dataset: options.dataset,
      out: options.out,
      memoryLimit: options.memoryLimit ?? '4GB',
      threads: options.threads ?? 2,
      scratch,
    };
    const answer = await ask(child, open, file);
    if (answer.kind === 'no-column')
      throw new JipingError(
        'unreadable',
        text(
          `数据集没有 category（人群）列；现有列：${answer.columns.slice(0, 20).join('、')}`,
          `the dataset has no category column; it has ${answer.columns.slice(0, 20).join(', ')}`,
        ),
        { file },
      );
    if (answer.kind === 'too-many')
      throw new JipingError(
        'unsupported',
        text(
          '类别、身份、月数的组合过多：所取的列不像是类别',
          'too many different combinations: a column of names or numbers seems to stand where a category should',
        ),
        { file },
      );
    if (answer.kind !== 'kinds') throw failed(answer, file);
    return await work({
      kinds: answer.kinds,
      write: async (amounts) => {
        const written = await ask(child, { kind: 'write', ...amounts }, file);
        if (written.kind !== 'written') throw failed(written, file);
        return written.persons;
      },
    });
  } finally {
    child.kill();
    rmSync(scratch, { recursive: true, force: true });
  }
}

function failed(answer: PersonAnswer, file: string): JipingError {
  const reason = answer.kind === 'failed' ? (answer.reason.split('\n')[0] ?? '').slice(0, 160) : answer.kind;
  return new JipingError(
    'unreadable',
    text(
      `不能读这个数据集（Parquet 或 UTF-8 编码的 CSV）：${reason}`,
      `the dataset (Parquet, or CSV in UTF-8) cannot be read: ${reason}`,
    ),
    { file },
  );
}

function ask(child: ChildProcess, request: PersonRequest, file: string): Promise<PersonAnswer> {
  return new Promise((resolve, reject) => {
    const ended = (): void => {
      reject(
        new JipingError(
          'resource',
          text(
            '计算进程意外结束（内存不足？请减小 --memory-limit 或换机器）',
            'the database process ended unexpectedly (out of memory?)',
          ),
          { file },
        ),
      );
    };
    child.once('exit', ended);
    child.once('message', (answer: PersonAnswer) => {
      child.off('exit', ended);
      resolve(answer);
    });
    child.send(request);
  });
}
