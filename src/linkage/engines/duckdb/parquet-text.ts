import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JipingError, text } from '../../../problem/index.ts';
import { sqlName, sqlText, withDuckDb } from './open-duckdb.ts';

const ENGINE = { threads: 2, memory: '4GB' } as const;

async function inScratch<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'jiping-link-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * A Parquet file as CSV bytes in UTF-8, every value as text.
 * @throws JipingError `unreadable` if it is no Parquet file.
 */
export async function parquetToCsv(path: string, file: string): Promise<Buffer> {
  return inScratch(async (folder) => {
    const out = join(folder, 'table.csv');
    try {
      await withDuckDb(ENGINE, async (connection) => {
        await connection.run(
          `COPY (SELECT columns(*)::VARCHAR FROM read_parquet(${sqlText(path)})) TO ${sqlText(out)} (FORMAT csv, HEADER true)`,
        );
      });
    } catch (cause) {
      throw new JipingError(
        'unreadable',
        text('不是可读的 Parquet 文件', 'not a readable Parquet file'),
        { file },
        { cause },
      );
    }
    return readFile(out);
  });
}

/** CSV bytes (UTF-8, with heading) as a Parquet file, every column text, rows ordered by `order`. */
export async function csvToParquet(csv: string, order: string, path: string): Promise<void> {
  await inScratch(async (folder) => {
    const source = join(folder, 'table.csv');
    await writeFile(source, csv, { mode: 0o600 });
    await withDuckDb(ENGINE, async (connection) => {
      await connection.run(
        `COPY (SELECT * FROM read_csv(${sqlText(source)}, all_varchar = true, header = true, delim = ',', quote = '"') ORDER BY ${sqlName(order)}) TO ${sqlText(path)} (FORMAT parquet, COMPRESSION zstd)`,
      );
    });
  });
}
