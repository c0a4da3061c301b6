import { mkdirSync } from 'node:fs';
import { type Database, eraseHalfWritten, type RegisterStore } from '../../register/index.ts';
import { sqlText } from '../engines/duckdb/open-duckdb.ts';
import { writeAgencyLists } from './agency-lists.ts';
import type { Check, ComparisonJob, ComparisonRules } from './job-rules.ts';
import { type ComparisonRun, type RunOptions, withComparisonDatabase, workListFile } from './run-comparison.ts';
import { ACTIVE, fileNameOf, personColumns, sexSql, type WrittenList, writeWorkListSheet } from './work-list-sheet.ts';

const BATCH = 20_000;

/**
 * Work lists of a run: a workbook for each town, school or employer, and for each agency whose register is contradicted;
 * sorted by village, without identity numbers; 核实结果代码, 说明 and 核实日期 are filled in and come back under the 编号.
 */
export async function writeWorkLists(
  store: RegisterStore,
  rules: ComparisonRules,
  job: ComparisonJob,
  run: ComparisonRun,
  folder: string,
  options: RunOptions,
): Promise<readonly WrittenList[]> {
  const checks = job.checks.filter(({ workList }) => workList);
  if (checks.length === 0 && job.checks.every(({ agencies }) => agencies.length === 0)) return [];
  mkdirSync(folder, { recursive: true });
  eraseHalfWritten(folder);
  const { codes } = rules;
  return store.inScratch((scratch) =>
    withComparisonDatabase(store, scratch, options, async (database) => {
      const written: WrittenList[] = [];
      for (const field of ['town', 'school', 'employer'] as const) {
        const of = checks.filter(({ lists }) => lists.includes(field));
        if (of.length === 0) continue;
        written.push(...(await writeListsBy(field, { database, store, job, run, of, folder, codes })));
      }
      written.push(...(await writeAgencyLists({ database, store, job, run, folder, codes })));
      return written;
    }),
  );
}

interface ListsOf {
  readonly database: Database;
  readonly store: RegisterStore;
  readonly job: ComparisonJob;
  readonly run: ComparisonRun;
  readonly of: readonly Check[];
  readonly folder: string;
  readonly codes: ComparisonRules['codes'];
}

async function writeListsBy(
  field: keyof typeof PLACES,
  { database, store, job, run, of, folder, codes }: ListsOf,
): Promise<readonly WrittenList[]> {
  const file = sqlText(workListFile(store, run));
  const where = `"check" IN (${of.map(({ check }) => sqlText(check)).join(', ')}) AND state IN ${ACTIVE}`;
  const { headings, cells, missing } = PLACES[field];
  const written: WrittenList[] = [];
  const receivers = await database.rows(
    `SELECT coalesce(${field}, ''), count(*) FROM read_parquet(${file}) WHERE ${where} GROUP BY ALL ORDER BY ALL`,
  );
  for (const [receiver] of receivers) {
    const name = String(receiver) === '' ? missing : String(receiver);
    async function* rows(): AsyncGenerator<readonly string[]> {
      for (let offset = 0; ; offset += BATCH) {
        const batch = await database.rows(
          `SELECT ${cells}, "check", finding FROM read_parquet(${file}) WHERE ${where} AND coalesce(${field}, '') = ${sqlText(String(receiver))} ORDER BY "check", town, village, "group", household, left_row, finding LIMIT ${BATCH} OFFSET ${offset}`,
        );
        for (const row of batch) {
          const shown = row.map((cell) => (cell === null ? '' : String(cell)));
          const reason = of.find(({ check }) => check === shown.at(-2))?.finding ?? '';
          yield [...shown.slice(0, -2), reason, shown.at(-1) ?? ''];
        }
        if (batch.length < BATCH) return;
      }
    }
    const list = await writeWorkListSheet({
      folder,
      file: `${job.title}-${name}`,
      sheet: fileNameOf(name).slice(0, 31),
      title: `${name}${job.title}任务清单（截至${run.asOf}）`,
      person: personColumns(headings),
      codes,
      rows: rows(),
    });
    written.push({ ...list, receiver: name });
  }
  return written;
}

/** What a town, a school or an employer needs to find the person. */
const PLACES = {
  town: {
    headings: ['村（社区）', '村民小组', '姓名', '性别', '出生日期', '户主姓名', '联系电话'],
    cells: `village, "group", name, ${sexSql('sex')}, birth, head, phone`,
    missing: '未注明乡镇',
  },
  school: {
    headings: ['年级班级', '姓名', '性别', '出生日期', '乡镇', '村（社区）', '联系电话'],
    cells: `grade, name, ${sexSql('sex')}, birth, town, village, phone`,
    missing: '未注明学校',
  },
  employer: {
    headings: ['姓名', '性别', '出生日期', '联系电话'],
    cells: `name, ${sexSql('sex')}, birth, phone`,
    missing: '未注明单位',
  },
} as const;
