import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { JipingError, text } from '../../problem/index.ts';
import type { PreparedSource } from '../importing/prepare-source.ts';
import type {
  CellCleaner,
  CharacterTable,
  DatabaseAnswer,
  DatabaseOptions,
  DatabaseRequest,
  OddColumn,
  SqlValue,
} from './messages.ts';

const ENTRY = import.meta.url.endsWith('.ts') ? './database-process.ts' : './database-process.js';
/** Heap for reading workbooks; DuckDB's memory stands beside it. */
const HEAP_MEGABYTES = 2048;

/** An embedded database in a process of its own, with fixed memory, spill folder and locked configuration. */
export interface Database {
  /** Of its process: what it uses can be measured from outside. */
  readonly pid: number | undefined;
  run(sql: string): Promise<void>;
  /** Small results only: large ones are written to files. */
  rows(sql: string): Promise<readonly (readonly SqlValue[])[]>;
  /** Cleans distinct odd values into a table; gives how many there were. */
  clean(column: OddColumn): Promise<number>;
  /** Makes `cleanValue` for a field a function of SQL, text to text; gives the function's name. */
  cleaner(cleaner: CellCleaner): Promise<string>;
  /** Makes a replacement of characters a function of SQL; again under the same name: nothing happens. */
  characters(table: CharacterTable): Promise<void>;
  prepare(path: string, file: string, scratch: string): Promise<PreparedSource>;
  /** Copies a UTF-8 file with one kind of line end; gives the copy's path. */
  unifyLineEnds(path: string, scratch: string): Promise<string>;
  close(): void;
}

/** @throws JipingError `resource` when the process ends on its own (memory) */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const entry = fileURLToPath(new URL(ENTRY, import.meta.url));
  const child = fork(entry, [], {
    execArgv: [`--max-old-space-size=${HEAP_MEGABYTES}`, ...(entry.endsWith('.ts') ? ['--import', 'tsx'] : [])],
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    env: environment(),
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const ask = asker(child);
  await ask({ kind: 'open', options });
  return {
    pid: child.pid,
    run: async (sql) => void (await ask({ kind: 'run', sql })),
    rows: async (sql) => (await ask({ kind: 'rows', sql })) as SqlValue[][],
    clean: async (column) => (await ask({ kind: 'clean', column })) as number,
    cleaner: async (cleaner) => (await ask({ kind: 'cleaner', cleaner })) as string,
    characters: async (table) => void (await ask({ kind: 'characters', table })),
    prepare: async (path, file, scratch) => (await ask({ kind: 'prepare', path, file, scratch })) as PreparedSource,
    unifyLineEnds: async (path, scratch) => (await ask({ kind: 'line-ends', path, scratch })) as string,
    close: () => child.kill('SIGKILL'),
  };
}

/** Runs work on a database and ends its process, whatever happens. */
export async function withDatabase<T>(options: DatabaseOptions, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase(options);
  try {
    return await work(database);
  } finally {
    database.close();
  }
}

function asker(child: ChildProcess): (request: DatabaseRequest) => Promise<unknown> {
  let waiting: { resolve(value: unknown): void; reject(fault: Error): void } | undefined;
  let ended = false;
  const end = (): void => {
    ended = true;
    waiting?.reject(gone());
    waiting = undefined;
  };
  child.on('message', (answer: DatabaseAnswer) => {
    const job = waiting;
    waiting = undefined;
    if (answer.kind === 'done') job?.resolve(answer.value);
    else job?.reject(new JipingError(answer.code, answer.text, answer.where));
  });
  child.on('exit', end);
  child.on('error', end);
  return (request) =>
    new Promise((resolve, reject) => {
      if (ended) {
        reject(gone());
        return;
      }
      waiting = { resolve, reject };
      child.send(request, (fault) => {
        if (fault !== null) end();
      });
    });
}

function gone(): JipingError {
  return new JipingError(
    'resource',
    text(
      '数据库进程意外结束，多半是内存不够；请用 --memory 降低限额或换一台机器。没有留下半成品。',
      'the database process ended unexpectedly, most likely out of memory; lower --memory or use a larger machine. Nothing half written is left.',
    ),
  );
}

/** Nothing of this process's environment but what an operating system needs to start a program. */
function environment(): NodeJS.ProcessEnv {
  const kept: NodeJS.ProcessEnv = {};
  for (const name of ['PATH', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR', 'HOME']) {
    const value = process.env[name];
    if (value !== undefined) kept[name] = value;
  }
  return kept;
}
