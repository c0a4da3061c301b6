import type { Database } from '../database/database.ts';
import { sqlName, sqlText } from '../database/sql.ts';
import type { QualityCount } from '../dataset/dataset.ts';
import type { VillageSpelling } from '../dataset/village-table.ts';

const SAMPLES = 5;

/**
 * Rewrites cleaned rows with every village as the division table has it on the day of the register: an old code or name
 * becomes its successor, with what was written beside it (`village_raw`, `town_raw`). What the table does not know stays
 * as it is and is counted. Rows keep their order.
 */
export async function placeVillages(
  database: Database,
  cleaned: string,
  target: string,
  spellings: readonly VillageSpelling[],
): Promise<readonly QualityCount[]> {
  const from = `read_parquet(${sqlText(cleaned)}, file_row_number = true)`;
  const names = (await database.rows(`SELECT column_name FROM (DESCRIBE SELECT * FROM ${from})`)).map(([name]) =>
    String(name),
  );
  const hasTown = names.includes('town');
  await database.run(
    'CREATE OR REPLACE TABLE spellings (town VARCHAR, written VARCHAR, way VARCHAR, to_town VARCHAR, to_village VARCHAR)',
  );
  for (let start = 0; start < spellings.length; start += 1000) {
    const rows = spellings
      .slice(start, start + 1000)
      .map(
        ({ town, written, by, current }) =>
          `(${[town, written, by, current.town, current.village].map(sqlText).join(', ')})`,
      );
    await database.run(`INSERT INTO spellings VALUES ${rows.join(', ')}`);
  }
  const town = hasTown ? 'r.town' : 'CAST(NULL AS VARCHAR)';
  const [toTown, toVillage] = ['coalesce(a.to_town, b.to_town)', 'coalesce(a.to_village, b.to_village)'];
  const kept = names
    .filter((name) => !['town', 'village', 'file_row_number'].includes(name))
    .map((name) => `r.${sqlName(name)}`);
  const columns = [
    ...kept,
    `coalesce(${toTown}, ${town}) AS town`,
    `coalesce(${toVillage}, r.village) AS village`,
    `CASE WHEN ${toTown} <> ${town} THEN ${town} END AS town_raw`,
    `CASE WHEN ${toVillage} <> r.village THEN r.village END AS village_raw`,
    `r.village IS NOT NULL AND ${toVillage} IS NULL AS village_unknown`,
  ];
  const joined = `${from} AS r LEFT JOIN spellings AS a ON a.town <> '' AND a.town = ${town} AND a.written = r.village LEFT JOIN spellings AS b ON b.town = '' AND b.written = r.village AND (b.way <> 'name' OR ${town} IS NULL)`;
  await database.run(
    `COPY (SELECT ${columns.join(', ')} FROM ${joined} ORDER BY r.file_row_number) TO ${sqlText(target)} (FORMAT parquet, COMPRESSION zstd)`,
  );
  const counts: QualityCount[] = [];
  for (const [rule, label, condition] of [
    ['village-unknown', '村（社区）不在区划表', 'village_unknown'],
    ['village-succeeded', '村（社区）代码、名称按区划表改为现名', 'village_raw IS NOT NULL OR town_raw IS NOT NULL'],
  ] as const) {
    const where = `FROM read_parquet(${sqlText(target)}, file_row_number = true) WHERE ${condition}`;
    const [[rows] = []] = await database.rows(`SELECT count(*) ${where}`);
    if (rows === undefined || Number(rows) === 0) continue;
    const samples = await database.rows(`SELECT file_row_number + 1 ${where} ORDER BY ALL LIMIT ${SAMPLES}`);
    counts.push({
      rule,
      label,
      field: '村（社区）',
      rows: Number(rows),
      samples: samples.map(([row]) => ({ row: Number(row), masked: '' })),
    });
  }
  return counts;
}
