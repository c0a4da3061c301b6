/** The database process: owns one DuckDB, reads foreign tables, cleans values; ends with its parent. */
import { type DuckDBConnection, DuckDBInstance, DuckDBScalarFunction, VARCHAR } from '@duckdb/node-api';
import { JipingError, text } from '../../problem/index.ts';
import type { cleanValue } from '../cleaning/clean-value.ts';
import type {
  CellCleaner,
  CharacterTable,
  DatabaseAnswer,
  DatabaseOptions,
  DatabaseRequest,
  OddColumn,
  SqlValue,
} from './messages.ts';
import { LINE_ENDS } from './messages.ts';
import { sqlName, sqlText } from './sql.ts';

/** Answers of one cleaner kept: agencies write the same odd place and date thousands of times. */
const KNOWN_VALUES = 20_000;

let connection: DuckDBConnection | undefined;

async function open(options: DatabaseOptions): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(options.threads),
    memory_limit: options.memory,
    temp_directory: options.scratch,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  connection = await instance.connect();
  const list = (paths: readonly string[]): string => `[${paths.map(sqlText).join(', ')}]`;
  await connection.run(`SET allowed_directories = ${list([options.scratch, ...options.folders])}`);
  await connection.run(`SET allowed_paths = ${list(options.files)}`);
  await connection.run('SET enable_external_access = false');
  await connection.run('SET lock_configuration = true');
}

function database(): DuckDBConnection {
  if (connection === undefined) throw new Error('the database is not open');
  return connection;
}

async function rows(sql: string): Promise<SqlValue[][]> {
  const result = await database().runAndReadAll(sql);
  return result
    .getRows()
    .map((row) => row.map((cell) => (cell === null || typeof cell === 'bigint' ? cell : String(cell))));
}

// Most processes only compare: the readers of foreign files take longer to load than the database to open.
const sources = () => import('../importing/prepare-source.ts');
const cleaning = () => import('../cleaning/clean-value.ts');

let cleaners = 0;

/** Registers cell cleaning under a name of its own: a session imports several registers, each with its own fields. */
function addCleaner({ field, asOf }: CellCleaner, cleanCell: typeof cleanValue): string {
  cleaners += 1;
  const name = `clean_${cleaners}`;
  const known = new Map<string, string | null>();
  const cleanOf = (raw: string): string | null => {
    const found = known.get(raw);
    if (found !== undefined) return found;
    const { value } = cleanCell(raw, field, asOf);
    if (known.size < KNOWN_VALUES) known.set(raw, value);
    return value;
  };
  addFunction(name, cleanOf);
  return name;
}

const tables = new Set<string>();

/** DuckDB's own translate() reads the whole table for every row; here a character is looked up. */
function addCharacters({ name, from, to }: CharacterTable): void {
  if (tables.has(name)) return;
  tables.add(name);
  const targets = [...to];
  const table = new Map([...from].map((character, index) => [character, targets[index] ?? '']));
  addFunction(name, (value) => {
    let replaced = '';
    for (const character of value) replaced += table.get(character) ?? character;
    return replaced;
  });
}

/** Makes a function of one text a function of SQL; null stays null. */
function addFunction(name: string, work: (value: string) => string | null): void {
  database().registerScalarFunction(
    DuckDBScalarFunction.create({
      name,
      returnType: VARCHAR,
      parameterTypes: [VARCHAR],
      mainFunction: (_info, input, output) => {
        const cells = input.getColumnVector(0);
        for (let row = 0; row < input.rowCount; row += 1) {
          const value = cells.getItem(row);
          output.setItem(row, value === null ? null : work(String(value)));
        }
        output.flush();
      },
    }),
  );
}

/** Cleans each distinct odd value once and keeps the answers in a table to join with. */
async function clean(column: OddColumn): Promise<number> {
  const { cleanValue: cleanCell } = await cleaning();
  const to = sqlName(column.table);
  await database().run(`CREATE OR REPLACE TABLE ${to} (raw VARCHAR, value VARCHAR, fault VARCHAR, times BIGINT)`);
  const appender = await database().createAppender(column.table);
  const result = await database().stream(
    `SELECT raw, count(*) AS times FROM (${column.query}) AS odd(raw) GROUP BY raw`,
  );
  let count = 0;
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) break;
    for (const [raw, times] of chunk.getRows()) {
      const { value, fault } = cleanCell(String(raw), column.field, column.asOf);
      appender.appendVarchar(String(raw));
      if (value === null) appender.appendNull();
      else appender.appendVarchar(value);
      if (fault === undefined) appender.appendNull();
      else appender.appendVarchar(fault);
      appender.appendBigInt(times as bigint);
      appender.endRow();
      count += 1;
    }
  }
  appender.closeSync();
  return count;
}

function answerTo(request: DatabaseRequest): Promise<unknown> {
  switch (request.kind) {
    case 'open':
      return open(request.options);
    case 'run':
      return database()
        .run(request.sql)
        .then(() => undefined);
    case 'rows':
      return rows(request.sql);
    case 'clean':
      return clean(request.column);
    case 'cleaner':
      return cleaning().then((module) => addCleaner(request.cleaner, module.cleanValue));
    case 'characters':
      return Promise.resolve(addCharacters(request.table));
    case 'line-ends':
      return sources().then((module) => module.unifyLineEnds(request.path, request.scratch));
    case 'prepare':
      return sources().then((module) => module.prepareSource(request.path, request.file, request.scratch));
  }
}

/** DuckDB's own messages quote rows, and rows hold persons: only what is known to be harmless is passed on. */
function faultOf(error: unknown): DatabaseAnswer {
  if (error instanceof JipingError) return { kind: 'fault', code: error.code, text: error.text, where: error.where };
  const message = error instanceof Error ? error.message : '';
  const line = /CSV Error on Line: (\d+)/.exec(message)?.[1];
  if (line !== undefined) {
    return {
      kind: 'fault',
      code: 'unreadable',
      text: text(
        `文件第 ${line} 行的列数或引号与表头不合，可能被截断或分隔符有误；请让提供单位重新导出。没有导入任何行。`,
        `line ${line} of the file does not fit the heading (columns or quotes): truncated, or a wrong delimiter; ask for a new export. Nothing was imported.`,
      ),
      where: { line: Number(line) },
    };
  }
  if (/state machine reached an invalid state/.test(message))
    return {
      kind: 'fault',
      code: 'unreadable',
      text: text(
        '文件中的引号或换行不合 CSV 的写法；请用原系统重新导出。没有导入任何行。',
        'quotes or line ends of the file are not CSV; export it again. Nothing was imported.',
      ),
      where: { key: LINE_ENDS },
    };
  if (/Out of Memory|memory limit/i.test(message))
    return {
      kind: 'fault',
      code: 'resource',
      text: text('内存不够；请用 --memory 给出更大的限额。', 'not enough memory; give more with --memory.'),
      where: {},
    };
  if (/No space left|disk.*full|max_temp_directory_size|ENOSPC|EFBIG|EDQUOT|File too large|Disk quota/i.test(message))
    return {
      kind: 'fault',
      code: 'resource',
      text: text(
        '磁盘已满，腾出空间后重做；没有留下半成品。',
        'the disk is full; free space and run again; nothing half written is left.',
      ),
      where: {},
    };
  const kind = /^([A-Z][A-Za-z ]* Error)/.exec(message)?.[1] ?? (error instanceof Error ? error.name : 'error');
  const detail = /^(Binder|Parser|Catalog|Permission) Error/.test(message) ? message.split('\n')[0] : kind;
  return {
    kind: 'fault',
    code: 'internal',
    text: text(`数据库未能完成：${detail}`, `the database could not do it: ${detail}`),
    where: {},
  };
}

process.on('message', (request: DatabaseRequest) => {
  answerTo(request)
    .then((value): DatabaseAnswer => ({ kind: 'done', value }))
    .catch(faultOf)
    .then((answer) => process.send?.(answer))
    .catch(() => process.exit(1));
});
process.on('disconnect', () => process.exit(0));
