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

let opened:
  | {
      readonly connection: DuckDBConnection;
      readonly target: string | undefined;
      readonly kinds: readonly PersonKind[];
    }
  | undefined;

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
  const connection = await instance.connect();
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
  opened = { connection, target: partial, kinds };
  return kinds.length > MOST_KINDS ? { kind: 'too-many', count: kinds.length } : { kind: 'kinds', kinds };
}

/** Months outside 0…12 share one code; kinds that are not computed keep their rows, with empty amounts. */
const NO_MONTHS = 13;

async function write(request: WriteRequest): Promise<PersonAnswer> {
  if (opened === undefined || opened.target === undefined) return { kind: 'failed', reason: 'nothing is open' };
  const { connection, target, kinds } = opened;
  const categories = [...new Set(request.rows.map((row) => row.category))];
  const identities = [...new Set(kinds.map((kind) => kind.identities))];
  const keyOf = (kind: { category: string | null; identities: string; months: number | null }): number =>
    ((categories.indexOf(kind.category) + 1) * (identities.length + 1) + identities.indexOf(kind.identities) + 1) * 15 +
    (kind.months === null || kind.months < 0 || kind.months > 12 ? NO_MONTHS : kind.months);
  const level = (name: string): string => sqlName(`${name}_fen`);
  await connection.run(
    `CREATE TABLE amounts (jp_key INTEGER, ${request.levels.map((name) => `${level(name)} INTEGER, `).join('')}aid_fen INTEGER, aid_fund VARCHAR)`,
  );
  const computed = new Map(request.rows.map((row) => [keyOf(row), row]));
  const values = [...new Set(kinds.map(keyOf))].map((key) => {
    const row = computed.get(key);
    const amounts =
      row === undefined ? [...request.levels.map(() => 'NULL'), 'NULL'] : [...row.levels, row.aid].map(String);
    return `(${[key, ...amounts, row?.fund == null ? 'NULL' : sqlText(row.fund)].join(', ')})`;
  });
  for (let at = 0; at < values.length; at += 1000)
    await connection.run(`INSERT INTO amounts VALUES ${values.slice(at, at + 1000).join(', ')}`);
  const names = [...request.levels.map(level), 'aid_fen', 'aid_fund'].map((name) => `amounts.${name}`).join(', ');
  // One small whole number to join on, so that the database can look the amounts up by position.
  const key = `((${codes('jp_category', categories)}) * ${identities.length + 1} + (${codes('jp_identities', identities)})) * 15
    + CASE WHEN jp_months BETWEEN 0 AND 12 THEN jp_months ELSE ${NO_MONTHS} END`;
  const copied = await connection.runAndReadAll(
    `COPY (SELECT keyed.* EXCLUDE (jp_key), ${names}
     FROM (SELECT * EXCLUDE (jp_category, jp_identities, jp_months), (${key})::INTEGER AS jp_key FROM person) keyed
     JOIN amounts USING (jp_key)) TO ${sqlText(target)} (FORMAT parquet, COMPRESSION snappy)`,
  );
  chmodSync(target, 0o600);
  renameSync(target, target.slice(0, target.lastIndexOf('.tmp-')));
  return { kind: 'written', persons: BigInt(String(copied.getRows()[0]?.[0] ?? 0)) };
}

/** 1… for the values in order, 0 for anything else. */
function codes(column: string, values: readonly (string | null)[]): string {
  const whens = values
    .map((value, index) => (value === null ? '' : `WHEN ${sqlText(value)} THEN ${index + 1}`))
    .join(' ');
  return whens.trim() === '' ? '0' : `CASE ${column} ${whens} ELSE 0 END`;
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
