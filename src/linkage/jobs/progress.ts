import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { collectSheet, columnName, displayText, openSpreadsheet } from '../../document/index.ts';
import { JipingError, text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import { hideNumbers, type RegisterStore, writeSafely } from '../../register/index.ts';
import {
  decimal,
  flag,
  packagedRulesFolder,
  parseRuleFile,
  type RuleSource,
  readRuleFolder,
  words,
} from '../../rules/index.ts';
import type { BalanceTable } from './one-person-one-file.ts';
import type { RegisterQuestion } from './register-facts.ts';

const rulesSchema = z.strictObject({
  id: words(),
  version: words(),
  title: words(),
  verified: flag(),
  status: words(),
  /** Below it a unit is named in the bulletin. */
  threshold: decimal(),
  /** Below it its head is asked to an interview. */
  interview: decimal(),
  base: decimal(),
  penalty: decimal(),
});
export type ProgressRules = z.output<typeof rulesSchema>;

/** The county's own rule file, or the packaged one. @throws JipingError `invalid-rule` */
export function loadProgressRules(own?: RuleSource): ProgressRules {
  if (own !== undefined) return parseRuleFile(own, rulesSchema);
  const source = readRuleFolder(packagedRulesFolder(), 'comparison').find(({ file }) =>
    file.endsWith('/progress.yaml'),
  );
  if (source === undefined)
    throw new JipingError('invalid-rule', text('缺少 progress.yaml', 'progress.yaml is missing'), {});
  return parseRuleFile(source, rulesSchema);
}

/** A number of persons set from above for one unit. */
export interface EnrolmentTask {
  readonly unit: string;
  readonly value: number;
  readonly sheet: string;
  readonly cell: string;
}

/** The file a superior's tasks stand in. */
export interface TaskFile {
  readonly file: string;
  /** SHA-256 of the file's bytes. */
  readonly version: string;
  readonly tasks: readonly EnrolmentTask[];
}

export interface TaskList extends TaskFile {
  readonly issuer: string;
  /** Document number; always printed beside a completion rate. */
  readonly document: string;
}

export interface UnitProgress {
  readonly unit: string;
  readonly task: number;
  /** Where the task stands in its file. */
  readonly sheet: string;
  readonly cell: string;
  readonly enrolled: number;
  readonly registered: number;
  /** Enrolled by task, exact. */
  readonly rate: Exact;
  readonly rankByRate: number;
  readonly rankByNumber: number;
  /** Enrolled since the bulletin before; undefined without one. */
  readonly change?: number;
  /** Points of the rate, points taken off, and what remains; never below 0. */
  readonly earned: Exact;
  readonly deducted: Exact;
  readonly score: Exact;
  readonly rankByScore: number;
}

export interface Progress {
  readonly asOf: string;
  readonly taskList: Omit<TaskList, 'tasks'>;
  /** The bulletin before, if its figures can be compared. */
  readonly previous?: RegisterQuestion;
  readonly units: readonly UnitProgress[];
  readonly total: {
    readonly task: number;
    readonly enrolled: number;
    readonly registered: number;
    readonly rate: Exact;
    readonly change?: number;
  };
  /** Towns of the household register that the task list does not name: their persons are in no figure here. */
  readonly uncovered: readonly string[];
  readonly below: readonly string[];
  readonly interview: readonly string[];
  readonly rules: ProgressRules;
}

/** A table with the columns 单位 (or 乡镇) and 任务数. @throws JipingError `unreadable` */
export async function readTasks(path: string): Promise<TaskFile> {
  const book = await openSpreadsheet(path);
  try {
    for (const sheet of book.sheets) {
      const { rows } = await collectSheet(sheet, book.file);
      const head = rows.findIndex(
        ({ cells }) =>
          cells.some(({ raw }) => /任务/.test(raw)) &&
          cells.some(({ raw }) => /^(单位|乡镇|镇街|乡镇（街道）)$/.test(raw.trim())),
      );
      if (head < 0) continue;
      const cells = rows[head]?.cells ?? [];
      const unitAt = cells.find(({ raw }) => /^(单位|乡镇|镇街|乡镇（街道）)$/.test(raw.trim()))?.column;
      const taskAt = (cells.find(({ raw }) => /任务数/.test(raw)) ?? cells.find(({ raw }) => /任务/.test(raw)))?.column;
      const tasks: EnrolmentTask[] = [];
      for (const row of rows.slice(head + 1)) {
        const at = (column: number | undefined): string => {
          const cell = row.cells.find((each) => each.column === column);
          return cell === undefined ? '' : displayText(cell).trim().replaceAll(',', '');
        };
        const [unit, value] = [at(unitAt), at(taskAt)];
        if (unit === '' || /^(合计|总计|全县)$/.test(unit)) continue;
        if (!/^\d{1,9}$/.test(value) || Number(value) === 0)
          throw new JipingError(
            'unreadable',
            text(`“${unit}”的任务数应为正整数`, `the task of “${unit}” is not a whole number above 0`),
            { file: book.file, row: row.row },
          );
        if (tasks.some((task) => task.unit === unit))
          throw new JipingError(
            'unreadable',
            text(`“${unit}”在任务表里有两行`, `“${unit}” stands twice in the task list`),
            { file: book.file, row: row.row },
          );
        tasks.push({ unit, value: Number(value), sheet: sheet.name, cell: `${columnName(taskAt ?? 1)}${row.row}` });
      }
      if (tasks.length > 0)
        return {
          file: hideNumbers(book.file),
          version: createHash('sha256').update(readFileSync(path)).digest('hex'),
          tasks,
        };
    }
  } finally {
    book.close();
  }
  throw new JipingError(
    'unreadable',
    text('没有找到“乡镇”和“任务数”两列。', 'the columns “乡镇” (town) and “任务数” (target) were not found.'),
    { file: book.file },
  );
}

/** Enrolled (本地居民) of each town against its task, since the last bulletin kept in the data folder. */
export function measureProgress(
  store: RegisterStore,
  balance: BalanceTable,
  list: TaskList,
  rules: ProgressRules,
): Progress {
  const at = balance.statuses.indexOf('本地居民');
  const of = (unit: string): { enrolled: number; registered: number } => {
    const town = balance.towns.find((row) => row.town === unit);
    if (town === undefined)
      throw new JipingError(
        'not-found',
        text(
          `任务表里的“${unit}”不在户籍名册的乡镇里：${balance.towns.map((row) => row.town).join('、')}`,
          `“${unit}” of the task list is no town of the household register`,
        ),
      );
    return { enrolled: town.counts[at] ?? 0, registered: town.registered };
  };
  const last = lastBulletin(store, balance.asOf);
  const rows = list.tasks.map(({ unit, value, sheet, cell }) => {
    const rate = Exact.of(of(unit).enrolled).div(Exact.of(value));
    const earned = Exact.min(rate, Exact.one).mul(rules.base);
    const deducted = rate.lt(rules.threshold) ? rules.penalty : Exact.zero;
    const score = Exact.max(earned.sub(deducted), Exact.zero);
    return { unit, task: value, sheet, cell, ...of(unit), rate, earned, deducted, score };
  });
  const units = rows.map((row): UnitProgress => {
    const before = last?.enrolled[row.unit];
    return {
      ...row,
      // Equals share a rank.
      rankByRate: 1 + rows.filter((other) => other.rate.gt(row.rate)).length,
      rankByNumber: 1 + rows.filter((other) => other.enrolled > row.enrolled).length,
      ...(before === undefined ? {} : { change: row.enrolled - before }),
      rankByScore: 1 + rows.filter((other) => other.score.gt(row.score)).length,
    };
  });
  const sum = (pick: (row: UnitProgress) => number): number => units.reduce((total, row) => total + pick(row), 0);
  const [task, enrolled, registered] = [
    sum((row) => row.task),
    sum((row) => row.enrolled),
    sum((row) => row.registered),
  ];
  const ordered = [...units].sort((a, b) => a.rankByRate - b.rankByRate || (a.unit < b.unit ? -1 : 1));
  const comparable = units.every(({ change }) => change !== undefined);
  return {
    asOf: balance.asOf,
    taskList: { issuer: list.issuer, document: list.document, file: list.file, version: list.version },
    ...(last === undefined ? {} : { previous: { asOf: last.asOf, datasets: last.datasets, planHash: last.planHash } }),
    units: ordered,
    total: {
      task,
      enrolled,
      registered,
      rate: Exact.of(enrolled).div(Exact.of(task)),
      ...(comparable ? { change: sum(({ change }) => change ?? 0) } : {}),
    },
    uncovered: balance.towns.map(({ town }) => town).filter((town) => !units.some(({ unit }) => unit === town)),
    below: ordered.filter(({ rate }) => rate.lt(rules.threshold)).map(({ unit }) => unit),
    interview: ordered.filter(({ rate }) => rate.lt(rules.interview)).map(({ unit }) => unit),
    rules,
  };
}

interface Bulletin extends RegisterQuestion {
  readonly enrolled: Readonly<Record<string, number>>;
}

function bulletinPath(store: RegisterStore): string {
  return join(store.home, 'comparison', 'progress.json');
}

function bulletins(store: RegisterStore): readonly Bulletin[] {
  return existsSync(bulletinPath(store)) ? (JSON.parse(readFileSync(bulletinPath(store), 'utf8')) as Bulletin[]) : [];
}

function lastBulletin(store: RegisterStore, before: string): Bulletin | undefined {
  return bulletins(store)
    .filter(({ asOf }) => asOf < before)
    .at(-1);
}

/** Keeps what was said, so that the next bulletin can say the change. One entry a day. */
export function keepBulletin(store: RegisterStore, progress: Progress, balance: BalanceTable): void {
  const entry: Bulletin = {
    asOf: progress.asOf,
    datasets: balance.datasets,
    planHash: balance.planHash,
    enrolled: Object.fromEntries(progress.units.map(({ unit, enrolled }) => [unit, enrolled])),
  };
  const kept = [...bulletins(store).filter(({ asOf }) => asOf !== progress.asOf), entry].sort((a, b) =>
    a.asOf < b.asOf ? -1 : 1,
  );
  writeSafely(bulletinPath(store), `${JSON.stringify(kept)}\n`);
}
