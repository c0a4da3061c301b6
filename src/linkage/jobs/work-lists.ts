import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openSpreadsheet } from '../../document/index.ts';
import { JipingError, type Problem, problem, text } from '../../problem/index.ts';
import { type ListColumn, type RegisterStore, safeFileName, writeLargeSheet } from '../../register/index.ts';
import { isCalendarDate } from '../../rules/index.ts';
import { sqlText } from '../engines/duckdb/open-duckdb.ts';
import { addDecisions, type Decision } from './decision-journal.ts';
import type { ComparisonJob, ComparisonRules } from './job-rules.ts';
import { type ComparisonRun, type RunOptions, withComparisonDatabase, workListFile } from './run-comparison.ts';

/** Findings that are to be worked on. */
const ACTIVE = "('new', 'open', 'reopened')";
const BATCH = 20_000;

export interface WrittenList {
  readonly path: string;
  readonly town: string;
  readonly rows: number;
}

/**
 * Work lists of a run's checks that have one: a workbook a town, a sheet a village-sorted list, without identity numbers; the last three
 * columns are filled in and come back.
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
  if (checks.length === 0) return [];
  mkdirSync(folder, { recursive: true });
  const file = sqlText(workListFile(store, run));
  const codes = Object.entries(rules.codes).map(([code, { label }]) => `${code}${label}`);
  const columns: readonly ListColumn[] = [
    { heading: '编号', width: 34 },
    { heading: '村（社区）', width: 14 },
    { heading: '村民小组', width: 9 },
    { heading: '姓名', width: 10 },
    { heading: '性别', width: 6 },
    { heading: '出生日期', width: 12 },
    { heading: '户主姓名', width: 10 },
    { heading: '联系电话', width: 14 },
    { heading: '事由', width: 30 },
    { heading: '核实结果代码', width: 16, ...(codes.join(',').length <= 250 ? { choices: codes } : {}) },
    { heading: '说明', width: 20 },
    { heading: '核实日期', width: 12 },
  ];
  return store.inScratch((scratch) =>
    withComparisonDatabase(store, scratch, options, async (database) => {
      const written: WrittenList[] = [];
      const list = checks.map(({ check }) => sqlText(check)).join(', ');
      const where = `"check" IN (${list}) AND state IN ${ACTIVE}`;
      const towns = await database.rows(
        `SELECT coalesce(town, ''), count(*) FROM read_parquet(${file}) WHERE ${where} GROUP BY ALL ORDER BY ALL`,
      );
      for (const [town] of towns) {
        const name = String(town) === '' ? '未注明乡镇' : String(town);
        const path = join(
          folder,
          `${safeFileName(job.title.replaceAll(/[/\\:*?"<>|]/g, ''))}-${safeFileName(name.replaceAll(/[/\\:*?"<>|]/g, ''))}.xlsx`,
        );
        async function* rows(): AsyncGenerator<readonly string[]> {
          for (let offset = 0; ; offset += BATCH) {
            const batch = await database.rows(
              `SELECT finding, village, "group", name, CASE sex WHEN '1' THEN '男' WHEN '2' THEN '女' END, birth, head, phone, "check" FROM read_parquet(${file}) WHERE ${where} AND coalesce(town, '') = ${sqlText(String(town))} ORDER BY "check", village, "group", household, finding LIMIT ${BATCH} OFFSET ${offset}`,
            );
            for (const row of batch) {
              const cells = row.map((cell) => (cell === null ? '' : String(cell)));
              const finding = checks.find(({ check }) => check === cells[8])?.finding ?? '';
              yield [...cells.slice(0, 8), finding, '', '', ''];
            }
            if (batch.length < BATCH) return;
          }
        }
        const count = await writeLargeSheet(path, [
          { name, title: `${name}${job.title}任务清单（截至${run.asOf}）`, columns, rows: rows() },
        ]);
        written.push({ path, town: name, rows: count });
      }
      return written;
    }),
  );
}

export interface ReturnedList {
  /** Decisions that were not known before. */
  readonly added: number;
  readonly read: number;
  /** Rows without a code: not worked on yet. */
  readonly open: number;
  readonly problems: readonly Problem[];
}

/** Reads a work list that came back into the decision journal. Nothing is taken from a row that has a fault. */
export async function importReturnedList(
  store: RegisterStore,
  rules: ComparisonRules,
  path: string,
  today: string,
): Promise<ReturnedList> {
  const book = await openSpreadsheet(path);
  const decisions: Decision[] = [];
  const problems: Problem[] = [];
  let open = 0;
  try {
    for (const sheet of book.sheets) {
      let places: Readonly<Record<'finding' | 'code' | 'note' | 'date', number>> | undefined;
      for await (const row of sheet.rows()) {
        const cell = (column: number): string => row.cells.find((each) => each.column === column)?.raw.trim() ?? '';
        if (places === undefined) {
          const at = (heading: string): number => row.cells.find((each) => each.raw.trim() === heading)?.column ?? 0;
          if (at('编号') > 0 && at('核实结果代码') > 0)
            places = { finding: at('编号'), code: at('核实结果代码'), note: at('说明'), date: at('核实日期') };
          continue;
        }
        const finding = cell(places.finding);
        if (finding === '') continue;
        const where = { file: book.file, sheet: sheet.name, row: row.row };
        const typed = cell(places.code);
        if (typed === '') {
          open += 1;
          continue;
        }
        const code = codeOf(rules, typed);
        const date = cell(places.date).replaceAll(/[/.]/g, '-');
        if (!/^[0-9a-f]{32}$/.test(finding))
          problems.push(
            problem(
              'return-number',
              'error',
              text('编号不是本系统发出的编号，未读入这一行。', 'the number is not one of ours; the row was not read.'),
              where,
            ),
          );
        else if (code === undefined)
          problems.push(
            problem(
              'return-code',
              'error',
              text('核实结果代码不在代码表里，未读入这一行。', 'the code is not in the table; the row was not read.'),
              where,
            ),
          );
        else if (date !== '' && !isCalendarDate(date))
          problems.push(
            problem(
              'return-date',
              'error',
              text('核实日期应为 YYYY-MM-DD，未读入这一行。', 'the date is not YYYY-MM-DD; the row was not read.'),
              where,
            ),
          );
        else
          decisions.push({
            finding,
            code,
            effect: rules.codes[code]?.effect ?? 'open',
            note: safeFileName(cell(places.note)).slice(0, 200),
            date,
            importedOn: today,
            source: safeFileName(book.file),
          });
      }
    }
  } finally {
    book.close();
  }
  if (decisions.length === 0 && open === 0 && problems.length === 0)
    throw new JipingError(
      'unreadable',
      text(
        '没有找到“编号”和“核实结果代码”两列；请用发出的任务清单填写后返回。',
        'the columns “编号” (number) and “核实结果代码” (result code) were not found; fill in and return the list that was sent.',
      ),
      { file: book.file },
    );
  const added = await store.locked(async () => addDecisions(store, decisions));
  return { added, read: decisions.length, open, problems };
}

/** `05`, `5`, `05已缴待入库` or the label alone. */
function codeOf(rules: ComparisonRules, typed: string): string | undefined {
  const digits = /^\d{1,2}/.exec(typed)?.[0]?.padStart(2, '0');
  if (digits !== undefined && rules.codes[digits] !== undefined) return digits;
  return Object.entries(rules.codes).find(([, { label }]) => label === typed)?.[0];
}
