import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { cellDate, openSpreadsheet } from '../../document/index.ts';
import { JipingError, type Problem, problem, text } from '../../problem/index.ts';
import { parseDate } from '../../quantity/index.ts';
import {
  eraseHalfWritten,
  hideNumbers,
  type ListColumn,
  type RegisterStore,
  writeLargeSheet,
} from '../../register/index.ts';
import { isCalendarDate } from '../../rules/index.ts';
import { sqlText } from '../engines/duckdb/open-duckdb.ts';
import { addDecisions, type Decision, readDecisionJournal } from './decision-journal.ts';
import type { ComparisonJob, ComparisonRules } from './job-rules.ts';
import { readProposals } from './read-proposals.ts';
import { type ComparisonRun, type RunOptions, withComparisonDatabase, workListFile } from './run-comparison.ts';

/** Findings that are to be worked on. */
const ACTIVE = "('new', 'open', 'reopened')";
const BATCH = 20_000;

export interface WrittenList {
  readonly path: string;
  /** The town, school or employer it goes to. */
  readonly receiver: string;
  readonly rows: number;
}

/**
 * Work lists of a run's checks that have one: a workbook for each town, school or employer, sorted by village, without
 * identity numbers; 核实结果代码, 说明 and 核实日期 are filled in and come back under the 编号.
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
  eraseHalfWritten(folder);
  const file = sqlText(workListFile(store, run));
  const codes = Object.entries(rules.codes).map(([code, { label }]) => `${code}${label}`);
  return store.inScratch((scratch) =>
    withComparisonDatabase(store, scratch, options, async (database) => {
      const written: WrittenList[] = [];
      for (const field of ['town', 'school', 'employer'] as const) {
        const of = checks.filter(({ lists }) => lists.includes(field));
        if (of.length === 0) continue;
        const where = `"check" IN (${of.map(({ check }) => sqlText(check)).join(', ')}) AND state IN ${ACTIVE}`;
        const { columns, cells, missing } = listOf(field, codes);
        const receivers = await database.rows(
          `SELECT coalesce(${field}, ''), count(*) FROM read_parquet(${file}) WHERE ${where} GROUP BY ALL ORDER BY ALL`,
        );
        for (const [receiver] of receivers) {
          const name = String(receiver) === '' ? missing : String(receiver);
          const path = join(folder, `${fileNameOf(job.title)}-${fileNameOf(name)}.xlsx`);
          async function* rows(): AsyncGenerator<readonly string[]> {
            for (let offset = 0; ; offset += BATCH) {
              const batch = await database.rows(
                `SELECT ${cells}, "check", finding FROM read_parquet(${file}) WHERE ${where} AND coalesce(${field}, '') = ${sqlText(String(receiver))} ORDER BY "check", town, village, "group", household, finding LIMIT ${BATCH} OFFSET ${offset}`,
              );
              for (const [index, row] of batch.entries()) {
                const shown = row.map((cell) => (cell === null ? '' : String(cell)));
                const reason = of.find(({ check }) => check === shown.at(-2))?.finding ?? '';
                yield [String(offset + index + 1), ...shown.slice(0, -2), reason, '', '', '', shown.at(-1) ?? ''];
              }
              if (batch.length < BATCH) return;
            }
          }
          const count = await writeLargeSheet(path, [
            {
              name: fileNameOf(name).slice(0, 31),
              title: `${name}${job.title}任务清单（截至${run.asOf}）`,
              columns,
              rows: rows(),
            },
          ]);
          written.push({ path, receiver: name, rows: count });
        }
      }
      return written;
    }),
  );
}

export function fileNameOf(words: string): string {
  return hideNumbers(words.replaceAll(/[/\\:*?"<>|[\]]/g, ''));
}

/** What a town, a school or an employer needs to find the person, and what comes back. */
function listOf(
  field: 'town' | 'school' | 'employer',
  codes: readonly string[],
): { readonly columns: readonly ListColumn[]; readonly cells: string; readonly missing: string } {
  const sex = `CASE sex WHEN '1' THEN '男' WHEN '2' THEN '女' END`;
  const [places, cells, missing] = {
    town: [
      ['村（社区）', '村民小组', '姓名', '性别', '出生日期', '户主姓名', '联系电话'],
      `village, "group", name, ${sex}, birth, head, phone`,
      '未注明乡镇',
    ],
    school: [
      ['年级班级', '姓名', '性别', '出生日期', '乡镇', '村（社区）', '联系电话'],
      `grade, name, ${sex}, birth, town, village, phone`,
      '未注明学校',
    ],
    employer: [['姓名', '性别', '出生日期', '联系电话'], `name, ${sex}, birth, phone`, '未注明单位'],
  }[field] as [string[], string, string];
  const widths: Readonly<Record<string, number>> = {
    性别: 6,
    村民小组: 9,
    出生日期: 12,
    联系电话: 14,
    '村（社区）': 14,
  };
  return {
    columns: [
      { heading: '序号', width: 6 },
      ...places.map((heading) => ({ heading, width: widths[heading] ?? 11 })),
      { heading: '事由', width: 26 },
      { heading: '核实结果代码', width: 15, ...(codes.join(',').length <= 250 ? { choices: codes } : {}) },
      { heading: '说明', width: 16 },
      { heading: '核实日期', width: 11 },
      // Long and only for the way back: at the end and narrow, so that the list prints in a size one can read.
      { heading: '编号', width: 8, small: true },
    ],
    cells,
    missing,
  };
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
  const proposed = readProposals(store, rules);
  const dismissedBy = new Map(readDecisionJournal(store).map(({ finding, code }) => [finding, code]));
  let open = 0;
  let read = 0;
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
        const proposal = proposed.get(finding);
        const code = codeOf(proposal === undefined ? rules.codes : rules.proposals, typed);
        const dated = row.cells.find((each) => each.column === places?.date);
        const written = cell(places.date);
        // However a village writes a day: 2025-3-5, 2025/3/5, 2025.3.5, 2025年3月5日, or a date cell.
        const date =
          dated === undefined || written === ''
            ? ''
            : (cellDate(dated) ?? parseDate(written.replaceAll(/[/.]/g, '-')) ?? written);
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
        else {
          read += 1;
          const returned = {
            code,
            note: hideNumbers(cell(places.note)).slice(0, 200),
            date,
            importedOn: today,
            source: hideNumbers(book.file),
          };
          const effect = proposal === undefined ? (rules.codes[code]?.effect ?? 'open') : 'resolved';
          decisions.push({ finding, ...returned, effect });
          if (proposal === undefined) continue;
          // The word on the pair settles the finding; taken back, it is open again.
          const accepted = rules.proposals[code]?.effect === 'accepted';
          if (accepted) decisions.push({ finding: proposal.finding, ...returned, effect: 'dismissed' });
          else if (rules.proposals[dismissedBy.get(proposal.finding) ?? '']?.effect === 'accepted')
            decisions.push({ finding: proposal.finding, ...returned, effect: 'open' });
        }
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
  return { added, read, open, problems };
}

/** `05`, `5`, `05已缴待入库` or the label alone. */
function codeOf(codes: Readonly<Record<string, { readonly label: string }>>, typed: string): string | undefined {
  const digits = /^\d{1,2}/.exec(typed)?.[0]?.padStart(2, '0');
  if (digits !== undefined && codes[digits] !== undefined) return digits;
  return Object.entries(codes).find(([, { label }]) => label === typed)?.[0];
}
