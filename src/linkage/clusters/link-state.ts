import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { csvToParquet, parquetToCsv } from '../engines/duckdb/parquet-text.ts';
import type { TrainedModel } from '../fellegi-sunter/trained-model.ts';
import type { LinkModel } from '../model/link-model.ts';
import { printTrainedModel, readTrainedModel } from '../model/trained-file.ts';
import { csvRow } from '../records/csv-text.ts';
import { columnsOf } from '../records/prepare-records.ts';
import { cellOf, readCsv, type TextTable } from '../records/read-csv.ts';
import { writeWhole } from '../records/write-whole.ts';

const CLUSTER = 'jiping_cluster_id';
const RECORDS = 'records.parquet';
const TRAINED = 'trained.yaml';

/** Clustered records and the trained values, kept between runs: `records.parquet` and `trained.yaml` in a folder. */
export interface LinkState {
  /** The Parquet file of the records, to be read as the left table. */
  readonly records: string;
  readonly clusters: ReadonlyMap<string, string>;
  readonly trained: TrainedModel;
}

/** What a former run left, or undefined if the folder holds none. */
export async function readLinkState(folder: string, model: LinkModel): Promise<LinkState | undefined> {
  const path = join(folder, RECORDS);
  if (!existsSync(path)) return undefined;
  const table = readCsv(await parquetToCsv(path, RECORDS), RECORDS, [model.uniqueId, CLUSTER]);
  const clusters = new Map<string, string>();
  for (let row = 0; row < table.rows; row += 1)
    clusters.set(cellOf(table, model.uniqueId, row), cellOf(table, CLUSTER, row));
  const trained = readTrainedModel({ file: TRAINED, content: await readFile(join(folder, TRAINED), 'utf8') });
  return { records: path, clusters, trained };
}

/** Writes all records of the tables with their clusters; the folder is the owner's alone. */
export async function writeLinkState(
  folder: string,
  model: LinkModel,
  tables: readonly TextTable[],
  clusterOf: ReadonlyMap<string, string>,
  trained: TrainedModel,
): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const columns = columnsOf(model);
  const lines = [csvRow([...columns, CLUSTER])];
  for (const table of tables)
    for (let row = 0; row < table.rows; row += 1)
      lines.push(
        csvRow([
          ...columns.map((column) => cellOf(table, column, row)),
          clusterOf.get(cellOf(table, model.uniqueId, row)) ?? '',
        ]),
      );
  const beside = join(folder, `.${RECORDS}.tmp`);
  try {
    await csvToParquet(lines.join(''), model.uniqueId, beside);
    await chmod(beside, 0o600);
    await writeWhole(join(folder, TRAINED), [printTrainedModel(trained)]);
    await rename(beside, join(folder, RECORDS));
  } finally {
    await rm(beside, { force: true });
  }
}
