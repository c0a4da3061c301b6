import { chmodSync, existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Database, Dataset, RegisterStore } from '../../register/index.ts';
import { sqlName, sqlText } from '../engines/duckdb/open-duckdb.ts';
import type { DatasetReference } from './dataset-reference.ts';
import type { ComparisonJob, ComparisonRules } from './job-rules.ts';
import { ROWS_PER_DATASET, SHOWN } from './person-match.ts';
import { type ComparisonRun, listRuns, WORK_LIST_FILE, withComparisonDatabase } from './run-comparison.ts';

/** What a finding says of a person; town and village stay, as counts are by them. */
const PERSONAL = SHOWN.filter((name) => name !== 'town' && name !== 'village');
const PERSONAL_IN_PERSONS = ['name', 'birth', 'sex', 'group', 'household'];

interface Clearing {
  readonly file: string;
  /** Condition of the rows, and the columns that are emptied in them. */
  readonly parts: readonly { readonly where: string; readonly columns: readonly string[] }[];
}

/**
 * Empties, in the findings and persons' files kept in the data folder, what came from the rows of a register that is to be
 * destroyed. Keyed ids, states, places, money and all counts stay. To be called under the store's lock, before the rows go:
 * a run that is killed is made good by purging again.
 */
export async function clearDerived(store: RegisterStore, rules: ComparisonRules, dataset: Dataset): Promise<void> {
  const clearings = [
    ...rules.jobs.flatMap((job) => findingsOf(store, job, dataset)),
    ...personsOf(store, dataset),
  ].filter(({ file, parts }) => parts.length > 0 && existsSync(file));
  if (clearings.length === 0) return;
  await store.inScratch((scratch) =>
    withComparisonDatabase(store, scratch, {}, async (database) => {
      for (const clearing of clearings) await clear(database, clearing, join(scratch, 'cleared.parquet'));
    }),
  );
}

async function clear(database: Database, { file, parts }: Clearing, beside: string): Promise<void> {
  const columns = [...new Set(parts.flatMap((part) => part.columns))].map((name) => {
    const where = parts.filter((part) => part.columns.includes(name)).map((part) => `(${part.where})`);
    return `CASE WHEN ${where.join(' OR ')} THEN NULL ELSE ${sqlName(name)} END AS ${sqlName(name)}`;
  });
  await database.run(
    `COPY (SELECT * EXCLUDE (file_row_number) REPLACE (${columns.join(', ')}) FROM read_parquet(${sqlText(file)}, file_row_number = true) ORDER BY file_row_number) TO ${sqlText(beside)} (FORMAT parquet, COMPRESSION zstd)`,
  );
  chmodSync(beside, 0o600);
  renameSync(beside, file);
}

/** A finding stays in later runs when it is gone: the run it was last found in tells whose row it shows. */
function findingsOf(store: RegisterStore, job: ComparisonJob, { manifest }: Dataset): readonly Clearing[] {
  const runs = listRuns(store, job.job);
  const using = runs.filter(({ datasets }) => datasets.some(({ id }) => id === manifest.id));
  const named = job.checks.filter(({ left }) => left.kind === manifest.kind).map(({ check }) => check);
  const parts = using.flatMap((run) => {
    const last = `last_run = ${sqlText(String(run.number))}`;
    const rows = (name: string): string => rowsOf(run.datasets, manifest.id, name);
    return [
      ...(named.length === 0
        ? []
        : [
            {
              where: `${last} AND "check" IN (${named.map(sqlText).join(', ')}) AND ${rows('left_row')}`,
              columns: PERSONAL,
            },
          ]),
      {
        where: `${last} AND right_kind = ${sqlText(manifest.kind)} AND ${rows('right_row')}`,
        columns: ['detail'],
      },
    ];
  });
  const folder = (run: ComparisonRun): string => join(store.home, 'comparison', job.job, run.id.slice(0, 12));
  // A sorted list of names is of no use without them.
  if (named.length > 0) for (const run of using) rmSync(join(folder(run), WORK_LIST_FILE), { force: true });
  return runs.map((run) => ({ file: join(folder(run), 'findings.parquet'), parts }));
}

function personsOf(store: RegisterStore, { manifest }: Dataset): readonly Clearing[] {
  const folder = join(store.home, 'comparison', 'one-file');
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name): readonly Clearing[] => {
    const table = join(folder, name, 'balance.json');
    if (!existsSync(table)) return [];
    const { datasets } = JSON.parse(readFileSync(table, 'utf8')) as { datasets: readonly DatasetReference[] };
    if (!datasets.some(({ id }) => id === manifest.id)) return [];
    const part =
      manifest.kind === 'household'
        ? { where: rowsOf(datasets, manifest.id, 'key'), columns: PERSONAL_IN_PERSONS }
        : { where: `source = ${sqlText(manifest.kind)}`, columns: ['since'] };
    return [{ file: join(folder, name, 'persons.parquet'), parts: [part] }];
  });
}

/** Rows of one dataset among those of its kind. */
function rowsOf(datasets: readonly DatasetReference[], id: string, column: string): string {
  const kind = datasets.find((each) => each.id === id)?.kind;
  const at = BigInt(datasets.filter((each) => each.kind === kind).findIndex((each) => each.id === id));
  return `${column} > ${at * ROWS_PER_DATASET} AND ${column} <= ${(at + 1n) * ROWS_PER_DATASET}`;
}
