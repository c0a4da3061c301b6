import { mkdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import {
  type BalanceTable,
  balancePersons,
  loadComparisonRules,
  loadProgressRules,
  measureProgress,
  readTasks,
  runComparisons,
  writeWorkLists,
} from '../linkage/index.ts';
import { inLanguage, type Text, text } from '../problem/index.ts';
import {
  findRegisterKind,
  importRegister,
  loadRegisterKinds,
  RegisterStore,
  synthesiseCounty,
  withImportSession,
  writeLargeSheet,
} from '../register/index.ts';
import type { CommonOptions, Io } from './command.ts';
import { balanceText, comparisonFiles, runsText } from './commands/compare.ts';
import { progressFiles } from './commands/progress.ts';
import { demoProject } from './demo-project.ts';
import { evaluationSummary } from './evaluation-summary.ts';
import { writeFiles } from './write-files.ts';

const PERSONS = 50_000;
const SEED = 20251;
const AS_OF = '2025-03-01';
const TASK_PERCENT = 95;

export interface RegisterDemo {
  readonly persons: number;
  readonly findings: Readonly<Record<string, { readonly found: number; readonly truth: number }>>;
  readonly statuses: Readonly<Record<string, { readonly found: number; readonly truth: number }>>;
  /** Every count equals the truth. */
  readonly exact: boolean;
  readonly files: readonly string[];
}

function taskOf(registered: number): number {
  return Math.ceil((registered * TASK_PERCENT) / 100);
}

function tasksOf({ towns }: BalanceTable): number {
  return towns.reduce((sum, { registered }) => sum + taskOf(registered), 0);
}

/** Tasks of 95 in 100 registered persons for every town, and the bulletin against them. */
async function demoProgress(place: string, store: RegisterStore, balance: BalanceTable): Promise<readonly string[]> {
  const path = join(place, '参保任务.xlsx');
  await writeLargeSheet(path, [
    {
      name: '任务',
      columns: [
        { heading: '乡镇', width: 16 },
        { heading: '任务数', width: 12 },
      ],
      rows: balance.towns.map(({ town, registered }) => [town, String(taskOf(registered))]),
    },
  ]);
  const list = { issuer: '虚构县人民政府', document: '', ...(await readTasks(path)) };
  const { files } = progressFiles(measureProgress(store, balance, list, loadProgressRules()), balance, undefined);
  return [path, ...writeFiles(place, files)];
}

/**
 * Imports an invented county from GB18030 CSV files and workbooks, runs every comparison job and holds the counts against the
 * truth. The data folder of the demonstration stands in `folder` and is made anew.
 */
export async function demoRegister(folder: string, common: CommonOptions, io: Io): Promise<RegisterDemo> {
  const place = join(folder, '虚构县');
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  io.progress(text('虚构县…', 'the invented county…'));
  const county = await synthesiseCounty({
    persons: PERSONS,
    seed: SEED,
    asOf: AS_OF,
    folder: join(place, '名册'),
    encoding: 'gb18030',
  });
  const store = new RegisterStore(join(place, '数据目录'));
  const kinds = loadRegisterKinds();
  await withImportSession(
    store,
    county.files.map(({ path }) => path),
    async (database) => {
      for (const file of county.files) {
        const kind = findRegisterKind(kinds, file.kind);
        await importRegister(store, {
          path: file.path,
          kind,
          asOf: AS_OF,
          agency: kind.supplier,
          today: AS_OF,
          confirmed: false,
          expectedRows: file.rows,
          database,
          progress: (line) => io.progress(line),
        });
      }
    },
  );
  const rules = loadComparisonRules();
  const options = { asOf: AS_OF, today: AS_OF, progress: (line: Text) => io.progress(line) };
  const { runs } = await runComparisons(store, rules, rules.jobs, options);
  const balance = await balancePersons(store, rules, options);
  const files = [...writeFiles(place, comparisonFiles(runs, balance, rules, undefined))];
  for (const run of runs.filter(({ job }) => job === 'c4')) {
    const job = rules.jobs.find((each) => each.job === run.job);
    if (job === undefined) continue;
    files.push(
      ...(await writeWorkLists(store, rules, job, run, join(place, '任务清单'), options)).map(({ path }) => path),
    );
  }
  const progress = await demoProgress(place, store, balance);
  files.push(...progress);
  const project = await demoProject(place, common.language, AS_OF, tasksOf(balance));
  files.push(...project.files);
  io.progress('');
  const found: Record<string, number> = {};
  for (const { check, findings } of runs.flatMap(({ counts }) => counts)) found[check] = (found[check] ?? 0) + findings;
  const statuses = Object.fromEntries(
    balance.statuses.map((status, index) => [status, balance.county.counts[index] ?? 0]),
  );
  const beside = (counts: Readonly<Record<string, number>>, truth: Readonly<Record<string, number>>) =>
    Object.fromEntries(
      [...new Set([...Object.keys(truth), ...Object.keys(counts)])].map((name) => [
        name,
        { found: counts[name] ?? 0, truth: truth[name] ?? 0 },
      ]),
    );
  const result = { findings: beside(found, county.findings), statuses: beside(statuses, county.statuses) };
  const pairs = [...Object.values(result.findings), ...Object.values(result.statuses)];
  const exact = pairs.every((pair) => pair.found === pair.truth) && county.persons === balance.county.registered;
  if (common.format === 'text') {
    io.out(runsText(runs, rules, common));
    io.out(balanceText(balance, rules, common));
    const equal = pairs.filter((pair) => pair.found === pair.truth).length;
    io.out(
      inLanguage(
        text(
          `与真值相比：${pairs.length} 项中 ${equal} 项相等。\n文件：\n`,
          `against the truth: ${equal} of ${pairs.length} counts are equal.\nfiles:\n`,
        ),
        common.language,
      ),
    );
    for (const file of files) io.out(`    ${relative(io.cwd, file)}\n`);
    io.out(`\n${evaluationSummary(project.evaluation, common.language)}`);
    for (const leaf of project.evaluation.indicators.filter(({ target }) => target.kind !== 'none'))
      io.out(`    ${leaf.path[2]}  ${leaf.target.text}  ${leaf.actual.text}\n`);
  }
  return { persons: county.persons, ...result, exact, files };
}
