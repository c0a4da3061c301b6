import { createHash, createHmac } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cellDate, openSpreadsheet } from '../../document/index.ts';
import { JipingError, text } from '../../problem/index.ts';
import {
  hideNumbers,
  type ListColumn,
  maskName,
  type RegisterStore,
  readIdentityNumber,
  writeLargeSheet,
  writeSafely,
} from '../../register/index.ts';
import { sqlText } from '../engines/duckdb/open-duckdb.ts';
import { readDecisionJournal } from './decision-journal.ts';
import type { ComparisonRules } from './job-rules.ts';
import { findingsFile, listRuns, withComparisonDatabase } from './run-comparison.ts';
import { choicesOf } from './work-list-sheet.ts';

/** One line of a 疑点清单 that a superior issued. The person is kept as a keyed digest and a masked name. */
interface IssuedFinding {
  /** The issuer's serial number, as written. */
  readonly serial: string;
  readonly row: number;
  readonly finding: string;
  readonly name: string;
  readonly content: string;
  /** Our own finding about the same person, if a job found one. */
  readonly ours: readonly string[];
}

export interface IssuedList {
  readonly issuer: string;
  readonly file: string;
  readonly importedOn: string;
  readonly rows: number;
  /** Lines that a comparison job had found too. */
  readonly known: number;
}

const HEADINGS = {
  serial: ['序号', '疑点序号', '编号', '疑点编号'],
  name: ['姓名', '人员姓名', '参保人姓名'],
  id: ['身份证号', '身份证号码', '证件号码', '公民身份号码'],
  content: ['疑点内容', '疑点类型', '疑点描述', '问题描述', '疑点', '问题类型'],
} as const;

/** Takes in a list issued from above. @throws JipingError `unreadable` without serial number and content columns */
export async function importIssued(
  store: RegisterStore,
  rules: ComparisonRules,
  path: string,
  issuer: string,
  today: string,
): Promise<IssuedList> {
  const key = Buffer.from(store.findingKey(), 'hex');
  const keyed = (words: string): string => createHmac('sha256', key).update(words, 'utf8').digest('hex').slice(0, 32);
  const ours = await activeFindings(store, rules);
  const checks = rules.jobs.flatMap((job) => job.checks.map(({ check }) => check));
  const book = await openSpreadsheet(path);
  const findings: IssuedFinding[] = [];
  try {
    for (const sheet of book.sheets) {
      let places: Record<keyof typeof HEADINGS, number> | undefined;
      for await (const row of sheet.rows()) {
        const cell = (column: number): string => {
          const found = row.cells.find((each) => each.column === column);
          return found === undefined ? '' : (cellDate(found) ?? found.raw.trim());
        };
        if (places === undefined) {
          const at = (names: readonly string[]): number =>
            row.cells.find((each) => names.includes(each.raw.trim()))?.column ?? 0;
          const found = {
            serial: at(HEADINGS.serial),
            name: at(HEADINGS.name),
            id: at(HEADINGS.id),
            content: at(HEADINGS.content),
          };
          if (found.serial > 0 && found.id > 0) places = found;
          continue;
        }
        const serial = cell(places.serial);
        if (serial === '') continue;
        const reading = readIdentityNumber(cell(places.id));
        const person = reading.ok ? reading.number : reading.text;
        findings.push({
          serial: hideNumbers(serial),
          row: row.row,
          finding: keyed(`issued|${issuer}|${serial}|${person}`),
          name: maskName(cell(places.name)),
          content: hideNumbers(cell(places.content)),
          ours: checks.map((check) => keyed(`${check}|${person}`)).filter((finding) => ours.has(finding)),
        });
      }
    }
  } finally {
    book.close();
  }
  if (findings.length === 0)
    throw new JipingError(
      'unreadable',
      text(
        '没有找到“序号”和“身份证号”两列，或没有数据行。',
        'the columns “序号” (serial number) and “身份证号” (identity number), or rows under them, were not found.',
      ),
      { file: book.file },
    );
  const list = {
    issuer,
    file: hideNumbers(book.file),
    importedOn: today,
    rows: findings.length,
    known: findings.filter((each) => each.ours.length > 0).length,
  };
  await store.locked(async () => {
    mkdirSync(join(store.home, 'comparison', 'issued'), { recursive: true, mode: 0o700 });
    writeSafely(issuedPath(store, issuer), `${JSON.stringify({ ...list, findings })}\n`);
  });
  return list;
}

/**
 * The issuer's 反馈表: every serial number with the result. Filled in, it comes back by `importReturnedList`, and written again
 * it carries what was returned.
 */
export async function writeReply(
  store: RegisterStore,
  rules: ComparisonRules,
  issuer: string,
  folder: string,
): Promise<string> {
  const path = issuedPath(store, issuer);
  if (!existsSync(path))
    throw new JipingError('not-found', text(`没有“${issuer}”的疑点清单。`, `no list issued by “${issuer}”.`));
  const { findings } = JSON.parse(readFileSync(path, 'utf8')) as { findings: readonly IssuedFinding[] };
  const decisions = new Map(readDecisionJournal(store).map((decision) => [decision.finding, decision]));
  const rows = findings.map(({ serial, finding, name, content, ours }) => {
    const decision = [finding, ...ours].map((id) => decisions.get(id)).find((each) => each !== undefined);
    const code = decision === undefined ? '' : `${decision.code}${rules.codes[decision.code]?.label ?? ''}`;
    return [
      serial,
      name,
      content,
      ours.length > 0 ? '亦发现' : '',
      code,
      decision?.note ?? '',
      decision?.date ?? '',
      finding,
    ];
  });
  mkdirSync(folder, { recursive: true });
  const file = join(folder, '疑点反馈表.xlsx');
  const columns: readonly ListColumn[] = [
    { heading: '序号', width: 16 },
    { heading: '姓名', width: 10 },
    { heading: '疑点内容', width: 40 },
    { heading: '本县比对', width: 10 },
    { heading: '核实结果代码', width: 20, ...choicesOf(rules.codes) },
    { heading: '说明', width: 26 },
    { heading: '核实日期', width: 12 },
    { heading: '编号', width: 8, small: true },
  ];
  await writeLargeSheet(file, [
    {
      name: '疑点反馈表',
      title: `${issuer}疑点核查反馈表`,
      columns,
      rows,
    },
  ]);
  return file;
}

function issuedPath(store: RegisterStore, issuer: string): string {
  return join(
    store.home,
    'comparison',
    'issued',
    `${createHash('sha256').update(issuer).digest('hex').slice(0, 16)}.json`,
  );
}

async function activeFindings(store: RegisterStore, rules: ComparisonRules): Promise<ReadonlySet<string>> {
  const runs = rules.jobs.flatMap(({ job }) => listRuns(store, job).slice(-1));
  const found = new Set<string>();
  if (runs.length === 0) return found;
  await store.inScratch((scratch) =>
    withComparisonDatabase(store, scratch, {}, async (database) => {
      for (const run of runs)
        for (const [finding] of await database.rows(
          `SELECT finding FROM read_parquet(${sqlText(findingsFile(store, run))}) WHERE state IN ('new', 'open', 'reopened')`,
        ))
          found.add(String(finding));
    }),
  );
  return found;
}
