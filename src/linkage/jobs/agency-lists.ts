import {
  type Database,
  type Dataset,
  findRegisterKind,
  loadRegisterKinds,
  type RegisterStore,
} from '../../register/index.ts';
import { sqlName, sqlText } from '../engines/duckdb/open-duckdb.ts';
import type { DatasetReference } from './dataset-reference.ts';
import type { Check, ComparisonJob, ComparisonRules } from './job-rules.ts';
import { ROWS_PER_DATASET } from './person-match.ts';
import { type ComparisonRun, findingsFile } from './run-comparison.ts';
import { ACTIVE, fileNameOf, personColumns, sexSql, type WrittenList, writeWorkListSheet } from './work-list-sheet.ts';

interface AgencyLists {
  readonly database: Database;
  readonly store: RegisterStore;
  readonly job: ComparisonJob;
  readonly run: ComparisonRun;
  readonly folder: string;
  readonly codes: ComparisonRules['codes'];
}

const SHOWN = ['town', 'village', 'group', 'name', 'sex', 'birth', 'head', 'phone'] as const;
const HEADINGS = ['行号', '乡镇', '村（社区）', '村民小组', '姓名', '性别', '出生日期', '户主姓名', '联系电话'];
const BATCH = 20_000;

/**
 * For each agency the records of its own register that another register contradicts, as they stand in its register, by row.
 * Of a register whose rows were destroyed there is no list. An agency that supplied both sides gets a finding once.
 */
export async function writeAgencyLists(lists: AgencyLists): Promise<readonly WrittenList[]> {
  const { database, store, job, run, folder, codes } = lists;
  const queries = new Map<string, string[]>();
  for (const [at, check] of job.checks.entries())
    for (const side of check.agencies)
      for (const dataset of suppliersOf(check, side, run)) {
        const rows = store.find(dataset.id);
        if (rows.rows === undefined) continue;
        const already = queries.get(dataset.agency) ?? [];
        const own = recordsOf({ check, side, at, run, dataset, rows, findings: findingsFile(store, run) });
        queries.set(dataset.agency, [...already, own]);
      }
  const written: WrittenList[] = [];
  for (const agency of [...queries.keys()].sort()) {
    const all = `SELECT * FROM (${(queries.get(agency) ?? []).join(' UNION ALL ')}) QUALIFY row_number() OVER (PARTITION BY finding ORDER BY side) = 1`;
    const [[count, ...filled] = []] = await database.rows(
      `SELECT count(*), count("row"), ${SHOWN.map((name) => `count(${sqlName(name)})`).join(', ')} FROM (${all})`,
    );
    if (Number(count) === 0) continue;
    // What its register does not have would only be an empty column.
    const places = HEADINGS.flatMap((_, at) => (Number(filled[at]) > 0 ? [at] : []));
    async function* rows(): AsyncGenerator<readonly string[]> {
      for (let offset = 0; ; offset += BATCH) {
        const batch = await database.rows(
          `SELECT "row", town, village, "group", name, ${sexSql('sex')}, birth, head, phone, reason, finding FROM (${all}) ORDER BY "order", side, town, village, "row", finding LIMIT ${BATCH} OFFSET ${offset}`,
        );
        for (const row of batch)
          yield [...places, HEADINGS.length, HEADINGS.length + 1].map((at) => String(row[at] ?? ''));
        if (batch.length < BATCH) return;
      }
    }
    const list = await writeWorkListSheet({
      folder,
      file: `${job.title}-提供单位-${agency}`,
      sheet: fileNameOf(agency).slice(0, 31),
      title: `${agency}${job.title}核对清单（截至${run.asOf}）`,
      person: personColumns(places.map((at) => HEADINGS[at] ?? '')),
      codes,
      rows: rows(),
    });
    written.push({ ...list, receiver: agency });
  }
  return written;
}

/** Versions whose agencies are asked: of a missing check's right side all that were searched in vain. */
function suppliersOf(check: Check, side: 'left' | 'right', run: ComparisonRun): readonly DatasetReference[] {
  const kinds = side === 'left' ? [check.left.kind] : check.rights.map(({ kind }) => kind);
  return run.datasets.filter(({ kind }) => kinds.includes(kind));
}

interface Side {
  readonly check: Check;
  readonly side: 'left' | 'right';
  readonly at: number;
  readonly run: ComparisonRun;
  readonly dataset: DatasetReference;
  readonly rows: Dataset;
  readonly findings: string;
}

/** The findings of a check that touch one version, with the record of that version. */
function recordsOf({ check, side, at, run, dataset, rows, findings }: Side): string {
  const active = `read_parquet(${sqlText(findings)}) f WHERE f."check" = ${sqlText(check.check)} AND f.state IN ${ACTIVE}`;
  const order = side === 'left' ? 0 : 1;
  const words = sqlText(check.finding);
  // Nothing of theirs was found: the person is shown as the other register has it, without a row.
  if (side === 'right' && check.shape === 'missing')
    return `SELECT ${at} AS "order", ${order} AS side, NULL::BIGINT AS "row", ${SHOWN.map((name) => `f.${sqlName(name)}`).join(', ')}, ${words} || ${sqlText(`（${dataset.title}中没有找到）`)} AS reason, f.finding FROM ${active}`;
  const present = new Set(rows.manifest.columns);
  const own = SHOWN.map((name) => (present.has(name) ? `o.${sqlName(name)}` : `NULL::VARCHAR AS ${sqlName(name)}`));
  const first = BigInt(
    run.datasets.filter(({ kind }) => kind === dataset.kind).findIndex(({ id }) => id === dataset.id),
  );
  const key = `f.${side}_row - ${first * ROWS_PER_DATASET}`;
  const record = `(SELECT file_row_number + 1 AS own_row, * FROM read_parquet(${sqlText(rows.rows ?? '')}, file_row_number = true))`;
  const kind = side === 'right' ? ` AND f.right_kind = ${sqlText(dataset.kind)}` : '';
  const other = otherSide(check, side);
  // Only the register whose record lacks a sound number can put the number right.
  const numberless = check.levels.length === 0 || !present.has('id') ? '' : ' AND o.id IS NULL';
  return `SELECT ${at} AS "order", ${order} AS side, o.own_row AS "row", ${own.join(', ')}, ${words} || ${other} || ${check.levels.length === 0 ? NUMBER_NOTE : "''"} AS reason, f.finding FROM (SELECT * FROM ${active}) f JOIN ${record} o ON o.own_row = ${key} WHERE true${kind}${numberless}`;
}

/** What the agency is told of the other register: its name, and of a right record where it is from. */
function otherSide(check: Check, side: 'left' | 'right'): string {
  if (check.shape !== 'matched') return "''";
  const kinds = loadRegisterKinds();
  if (side === 'right' || check.levels.length > 0) {
    const others = side === 'right' ? [check.left] : check.rights;
    return sqlText(`（见${others.map(({ kind }) => findRegisterKind(kinds, kind).title).join('、')}）`);
  }
  const titles = [...new Set(check.rights.map(({ kind }) => kind))].map(
    (kind) => `WHEN ${sqlText(kind)} THEN ${sqlText(findRegisterKind(kinds, kind).title)}`,
  );
  return `'（见' || CASE f.right_kind ${titles.join(' ')} ELSE '' END || CASE WHEN coalesce(f.detail, '') = '' THEN '' ELSE '：' || f.detail END || '）'`;
}

/** Of a record that was found by likeness. */
const NUMBER_NOTE = `CASE WHEN f.level IN ('L3', 'L3*') THEN '；一方无有效证件号码，按姓名、出生日期等认定' WHEN f.level = 'L4' THEN '；可能是几个人，须认定' WHEN f.level = 'linkage' THEN '；经人工认定为同一人' ELSE '' END`;
