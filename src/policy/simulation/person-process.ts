import { chmodSync, renameSync } from 'node:fs';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import {
  MOST_KINDS,
  type OpenRequest,
  type PersonAnswer,
  type PersonKind,
  type PersonRequest,
  type WriteRequest,
} from './person-messages.ts';

/**
 * The database process of a simulation. It may read the one dataset and write the one result, nothing else: external
 * access is off but for these paths, and the configuration is locked before the data are read.
 */
const COLUMNS = {
  category: ['category', 'group', '人群', '类别', '参保类别', '人员类别'],
  identities: ['identities', 'aid', 'aid_identities', '身份', '资助身份', '人员身份类别'],
  months: ['months', '参保月数', '月数'],
} as const;

let connection: DuckDBConnection | undefined;
let target: string | undefined;

function sqlText(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

function sqlName(value: string): string {
  return `"${value.replaceAll('"', '""')}"`;
}

async function open(request: OpenRequest): Promise<PersonAnswer> {
  const partial = request.out === undefined ? undefined : `${request.out}.tmp-${process.pid}`;
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(request.threads),
    memory_limit: request.memoryLimit,
    temp_directory: request.scratch,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  connection = await instance.connect();
  target = partial;
  const paths = [request.dataset, ...(partial === undefined ? [] : [partial])].map(sqlText).join(', ');
  await connection.run(`SET allowed_paths = [${paths}]`);
  await connection.run(`SET allowed_directories = [${sqlText(request.scratch)}]`);
  await connection.run('SET enable_external_access = false');
  await connection.run('SET lock_configuration = true');
  const source = /\.parquet$/i.test(request.dataset)
    ? `read_parquet(${sqlText(request.dataset)})`
    : `read_csv(${sqlText(request.dataset)}, header = true, all_varchar = true)`;
  const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${source}`);
  const columns = described
    .getRowObjects()
    .map((row) => ({ name: String(row['column_name']), type: String(row['column_type']) }));
  const find = (key: keyof typeof COLUMNS) =>
    columns.find(({ name }) => COLUMNS[key].some((known) => known === name.trim().toLowerCase()));
  const category = find('category');
  if (category === undefined) return { kind: 'no-column', columns: columns.map(({ name }) => name) };
  const identities = find('identities');
  const months = find('months');
  const list = identities?.type.endsWith('[]') === true;
  await connection.run(
    `CREATE VIEW person AS SELECT *, CAST(${sqlName(category.name)} AS VARCHAR) AS jp_category, ${
      identities === undefined
        ? "''"
        : list
          ? `coalesce(array_to_string(list_sort(${sqlName(identities.name)}), '|'), '')`
          : `coalesce(CAST(${sqlName(identities.name)} AS VARCHAR), '')`
    } AS jp_identities, ${months === undefined ? '12' : `TRY_CAST(${sqlName(months.name)} AS INTEGER)`} AS jp_months FROM ${source}`,
  );
  const result = await connection.runAndReadAll(
    `SELECT jp_category, jp_identities, jp_months, count(*) AS persons FROM person GROUP BY ALL ORDER BY ALL LIMIT ${MOST_KINDS + 1}`,
  );
  const kinds = result.getRows().map(
    ([category, identities, months, persons]): PersonKind => ({
      category: category === null ? null : String(category),
      identities: String(identities),
      months: typeof months === 'number' ? months : null,
      persons: BigInt(String(persons)),
    }),
  );
  return kinds.length > MOST_KINDS ? { kind: 'too-many', count: kinds.length } : { kind: 'kinds', kinds };
}

async function write(request: WriteRequest): Promise<PersonAnswer> {
  if (connection === undefined || target === undefined) return { kind: 'failed', reason: 'nothing is open' };
  const level = (index: number): string => sqlName(`${request.levels[index] ?? ''}_fen`);
  const columns = request.levels.map((_, index) => `${level(index)} INTEGER`).join(', ');
  await connection.run(
    `CREATE TABLE amounts (jp_category VARCHAR, jp_identities VARCHAR, jp_months INTEGER, ${columns}${columns === '' ? '' : ', '}aid_fen INTEGER, aid_fund VARCHAR)`,
  );
  for (const row of request.rows)
    await connection.run(
      `INSERT INTO amounts VALUES (${[
        row.category === null ? 'NULL' : sqlText(row.category),
        sqlText(row.identities),
        row.months === null ? 'NULL' : String(row.months),
        ...row.levels.map(String),
        String(row.aid),
        row.fund === null ? 'NULL' : sqlText(row.fund),
      ].join(', ')})`,
    );
  const names = [...request.levels.map((_, index) => level(index)), 'aid_fen', 'aid_fund'];
  const copied = await connection.runAndReadAll(
    `COPY (SELECT person.* EXCLUDE (jp_category, jp_identities, jp_months), ${names.map((name) => `amounts.${name}`).join(', ')}
     FROM person LEFT JOIN amounts ON person.jp_category IS NOT DISTINCT FROM amounts.jp_category
      AND person.jp_identities = amounts.jp_identities AND person.jp_months IS NOT DISTINCT FROM amounts.jp_months)
     TO ${sqlText(target)} (FORMAT parquet, COMPRESSION snappy)`,
  );
  chmodSync(target, 0o600);
  renameSync(target, target.slice(0, target.lastIndexOf('.tmp-')));
  return { kind: 'written', persons: BigInt(String(copied.getRows()[0]?.[0] ?? 0)) };
}

process.on('message', (request: PersonRequest) => {
  const answer = request.kind === 'open' ? open(request) : write(request);
  answer
    .catch(
      (error: unknown): PersonAnswer => ({
        kind: 'failed',
        reason: error instanceof Error ? error.message : String(error),
      }),
    )
    .then((message) => process.send?.(message))
    .catch(() => process.exit(1));
});
