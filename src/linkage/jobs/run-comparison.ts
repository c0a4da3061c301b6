import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { JipingError, type Text, text } from '../../problem/index.ts';
import { type Database, type Dataset, type RegisterStore, withDatabase, writeSafely } from '../../register/index.ts';
import { sqlText } from '../engines/duckdb/open-duckdb.ts';
import { rowSetHashSql } from '../engines/duckdb/render-plan.ts';
import { runPlan } from '../engines/duckdb/run-plan.ts';
import {
  all,
  choose,
  coalesce,
  column,
  type Expression,
  equal,
  isNull,
  not,
  planHash,
  same,
  words,
} from '../plan/plan.ts';
import { type DatasetReference, datasetReference } from './dataset-reference.ts';
import {
  acceptedLinks,
  type Decision,
  readDecisionJournal,
  writeDecisionTable,
  writeLinkTable,
} from './decision-journal.ts';
import type { Check, ComparisonJob, ComparisonRules, RegisterSource } from './job-rules.ts';
import { PlanBuilder } from './person-match.ts';
import { FINDING_COLUMNS, FINDING_ORDER, personOf, planCheck, planWorkList } from './plan-check.ts';

export type FindingState = 'new' | 'open' | 'reopened' | 'gone' | 'resolved' | 'dismissed';

/** One run of one job; beside its findings, which stay in the data folder. */
export interface ComparisonRun {
  readonly id: string;
  readonly job: string;
  readonly title: string;
  /** Counts up within the job. */
  readonly number: number;
  readonly asOf: string;
  readonly ranOn: string;
  readonly document: string;
  readonly verified: boolean;
  readonly datasets: readonly DatasetReference[];
  /** Kinds the job could not be given. */
  readonly absent: readonly string[];
  readonly planHash: string;
  readonly rowSetHash: string;
  readonly counts: readonly {
    readonly check: string;
    readonly finding: string;
    readonly level: string;
    readonly state: FindingState;
    readonly findings: number;
    /** 分, where the check has a money effect. */
    readonly money: string | null;
  }[];
  /** Persons and person-times the job states beside its findings. */
  readonly numbers: readonly {
    readonly count: string;
    readonly label: string;
    readonly of: string;
    readonly number: number;
  }[];
  readonly previous?: string;
}

export interface RunOptions {
  /** Registers after this day are not looked at; parameters are of its year. */
  readonly asOf: string;
  readonly today: string;
  readonly threads?: number;
  readonly memory?: string;
  readonly progress?: (line: Text) => void;
}

export interface ComparisonOutcome {
  readonly runs: readonly ComparisonRun[];
  /** Jobs that lack a register, with the kinds. */
  readonly skipped: readonly { readonly job: string; readonly title: string; readonly missing: readonly string[] }[];
}

/** Runs jobs over the newest registers; equal input gives the run that is there already. @throws JipingError */
export async function runComparisons(
  store: RegisterStore,
  rules: ComparisonRules,
  jobs: readonly ComparisonJob[],
  options: RunOptions,
): Promise<ComparisonOutcome> {
  return store.locked(() =>
    store.inScratch((scratch) =>
      withComparisonDatabase(store, scratch, options, async (database) => {
        const runs: ComparisonRun[] = [];
        const skipped: ComparisonOutcome['skipped'][number][] = [];
        const decisions = join(scratch, 'decisions.parquet');
        await writeDecisionTable(database, readDecisionJournal(store), scratch, decisions);
        const links = acceptedLinks(store, rules);
        const accepted = join(scratch, 'accepted.parquet');
        if (links.length > 0) await writeLinkTable(database, links, scratch, accepted);
        const linked = new Set(links.map(({ check }) => check));
        for (const job of jobs) {
          options.progress?.(text(`${job.job} ${job.title}…`, `${job.job} ${job.titleEn}…`));
          const datasetsOf = (kind: string): readonly Dataset[] => store.latest(kind, options.asOf);
          const missing = requiredKinds(job).filter((kind) => datasetsOf(kind).length === 0);
          if (missing.length > 0) skipped.push({ job: job.job, title: job.title, missing });
          else runs.push(await runJob({ store, rules, job, options, database, decisions, accepted, linked, scratch }));
        }
        return { runs, skipped };
      }),
    ),
  );
}

/** A database that sees the registers and the results of comparison, and nothing else. */
export function withComparisonDatabase<T>(
  store: RegisterStore,
  scratch: string,
  options: Pick<RunOptions, 'threads' | 'memory'>,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  return withDatabase(
    {
      threads: options.threads ?? 2,
      memory: options.memory ?? '4GB',
      scratch,
      folders: [join(store.home, 'registers'), join(store.home, 'comparison')],
      files: [],
    },
    work,
  );
}

interface JobRun {
  readonly store: RegisterStore;
  readonly rules: ComparisonRules;
  readonly job: ComparisonJob;
  readonly options: RunOptions;
  readonly database: Database;
  readonly decisions: string;
  /** Table of accepted pairs, and the checks it has some of. */
  readonly accepted: string;
  readonly linked: ReadonlySet<string>;
  readonly scratch: string;
}

async function runJob(jobRun: JobRun): Promise<ComparisonRun> {
  const { store, rules, job, options, database, decisions, accepted, linked, scratch } = jobRun;
  const parameters = rules.parameters(options.asOf.slice(0, 4));
  const builder = new PlanBuilder((kind) => store.latest(kind, options.asOf), parameters);
  const checks = job.checks.filter(
    ({ shape, left, rights }) =>
      builder.has(left) && (shape !== 'matched' || rights.some((source) => builder.has(source))),
  );
  const found = checks.map((check) => planCheck(builder, check, parameters, linked.has(check.check)));
  const stated = job.counts.filter(({ register }) => builder.has(register));
  countNumbers(builder, stated);
  const previous = listRuns(store, job.job).at(-1);
  const folder = join(store.home, 'comparison', job.job);
  const previousFile = previous === undefined ? undefined : join(folder, previous.id.slice(0, 12), 'findings.parquet');
  const hash = planHash(builder.plan());
  const journal = decisionsDigest(store);
  const id = createHash('sha256')
    .update(JSON.stringify([job.job, hash, [...builder.datasets.keys()].sort(), parameters.year, journal]))
    .digest('hex');
  if (previous?.id === id) return previous;
  const number = (previous?.number ?? 0) + 1;
  const current = lifecycle(builder, found, previousFile !== undefined, number);
  const listed = job.checks.filter(({ workList }) => workList).map(({ check }) => check);
  if (listed.length > 0) planWorkList(builder, current, listed, ['state']);
  const staged = join(scratch, `run-${job.job}`);
  mkdirSync(staged, { mode: 0o700 });
  const [file, list] = [join(staged, 'findings.parquet'), join(staged, WORK_LIST_FILE)];
  const targets = new Map([
    ['findings', file],
    ['worklist', list],
    ['numbers', join(scratch, 'numbers.parquet')],
  ]);
  const tables = new Map([...builder.datasets].map(([key, dataset]) => [key, dataset.rows ?? '']));
  if (previousFile !== undefined) tables.set('previous', previousFile);
  tables.set('decisions', decisions);
  tables.set('accepted', accepted);
  const plan = builder.plan();
  await runPlan(database, plan, { tables, targets, key: store.findingKey() });
  for (const step of plan.steps) if (step.keep === true) await database.run(`DROP TABLE "${step.name}"`);
  const [[digest] = []] = await database.rows(
    rowSetHashSql(`read_parquet(${sqlText(file)})`, ['finding', 'check', 'level', 'state']),
  );
  const counts = await database.rows(
    `SELECT "check", level, state, count(*), CAST(sum(money) AS VARCHAR) FROM read_parquet(${sqlText(file)}) GROUP BY ALL ORDER BY ALL`,
  );
  const numbers =
    stated.length === 0
      ? []
      : await database.rows(
          `SELECT "count", number FROM read_parquet(${sqlText(join(scratch, 'numbers.parquet'))}) ORDER BY ALL`,
        );
  const run: ComparisonRun = {
    id,
    job: job.job,
    title: job.title,
    number,
    asOf: options.asOf,
    ranOn: options.today,
    document: job.document,
    verified: job.verified,
    datasets: [...builder.datasets.values()].map(datasetReference),
    absent: optionalKinds(job).filter((kind) => store.latest(kind, options.asOf).length === 0),
    planHash: hash,
    rowSetHash: String(digest),
    counts: counts.map(([check, level, state, findings, money]) => ({
      check: String(check),
      finding: job.checks.find((each) => each.check === check)?.finding ?? String(check),
      level: String(level),
      state: String(state) as FindingState,
      findings: Number(findings),
      money: money === null || money === undefined ? null : String(money),
    })),
    numbers: stated.map(({ count, label, of }) => ({
      count,
      label,
      of,
      number: Number(numbers.find(([name]) => name === count)?.[1] ?? 0),
    })),
    ...(previous === undefined ? {} : { previous: previous.id }),
  };
  writeSafely(join(staged, 'run.json'), `${JSON.stringify(run, null, 2)}\n`);
  for (const written of readdirSync(staged)) chmodSync(join(staged, written), 0o600);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const place = join(folder, id.slice(0, 12));
  // The same question asked again later: a list of its proposals may still come back.
  if (existsSync(join(place, PROPOSALS))) renameSync(join(place, PROPOSALS), join(staged, PROPOSALS));
  rmSync(place, { recursive: true, force: true });
  renameSync(staged, place);
  return run;
}

/** Adds the numbers a job states: each person, or each value of a field, once. */
function countNumbers(builder: PlanBuilder, counts: ComparisonJob['counts']): void {
  if (counts.length === 0) return;
  const numbers = counts.map(({ count, register, of }) => {
    const rows = builder.source(register, of === 'person' ? [] : [of]);
    const value = of === 'person' ? personOf('') : column(of);
    const things = builder.add({ kind: 'project', from: rows, columns: [{ name: 'thing', value }] });
    const number = builder.add({
      kind: 'aggregate',
      from: things,
      by: [],
      measures: [{ name: 'number', measure: 'count-distinct', of: 'thing' }],
    });
    return builder.add({
      kind: 'project',
      from: number,
      columns: [{ name: 'count', value: words(count) }, ...same('number')],
    });
  });
  const together = builder.add({ kind: 'union', from: numbers });
  builder.add({ kind: 'write', from: together, target: 'numbers', order: ['count'] });
}

/** Adds what became of each finding since the run before, and the write; gives the step that holds them. */
function lifecycle(builder: PlanBuilder, found: readonly string[], hasPrevious: boolean, number: number): string {
  const current = builder.add({ kind: 'union', from: found }, true);
  const scan = (table: string, names: readonly string[], present: boolean): string =>
    builder.add({
      kind: 'scan',
      table,
      columns: names.map((name) => ({ name, type: WHOLE.has(name) ? 'whole' : 'text', present })),
    });
  const decided = scan('decisions', ['finding', 'effect'], true);
  const carried = FINDING_COLUMNS.map((name) => ({ name, value: column(`l.${name}`) }));
  const withDecision = builder.add({
    kind: 'join',
    how: 'left',
    left: current,
    right: decided,
    on: [['finding', 'finding']],
    columns: [...carried, { name: 'effect', value: column('r.effect') }],
  });
  const is = (name: string, value: string): Expression => equal(column(name), words(value));
  const run = words(String(number));
  const dismissed = coalesceFalse(is('l.effect', 'dismissed'));
  if (!hasPrevious) {
    const now = builder.add(
      {
        kind: 'project',
        from: withDecision,
        columns: [
          ...same(...FINDING_COLUMNS),
          { name: 'state', value: choose(coalesceFalse(is('effect', 'dismissed')), words('dismissed'), words('new')) },
          { name: 'first_run', value: run },
          { name: 'last_run', value: run },
        ],
      },
      true,
    );
    builder.add({ kind: 'write', from: now, target: 'findings', order: FINDING_ORDER });
    return now;
  }
  const before = scan('previous', [...FINDING_COLUMNS, 'state', 'first_run', 'last_run'], true);
  const now = builder.add({
    kind: 'join',
    how: 'left',
    left: withDecision,
    right: before,
    on: [['finding', 'finding']],
    columns: [
      ...carried,
      {
        name: 'state',
        value: choose(
          dismissed,
          words('dismissed'),
          choose(
            isNull(column('r.state')),
            words('new'),
            choose(
              coalesceFalse({
                kind: 'or',
                of: [
                  { kind: 'one-of', of: column('r.state'), values: ['gone', 'resolved'] },
                  coalesceFalse(is('l.effect', 'resolved')),
                ],
              }),
              words('reopened'),
              // Dismissed stays, unless who dismissed it took that back.
              choose(
                all(is('r.state', 'dismissed'), not(coalesceFalse(is('l.effect', 'open')))),
                words('dismissed'),
                words('open'),
              ),
            ),
          ),
        ),
      },
      { name: 'first_run', value: coalesce(column('r.first_run'), run) },
      { name: 'last_run', value: run },
    ],
  });
  const left = builder.add({ kind: 'join', how: 'anti', left: before, right: current, on: [['finding', 'finding']] });
  const gone = builder.add({
    kind: 'join',
    how: 'left',
    left,
    right: decided,
    on: [['finding', 'finding']],
    columns: [
      ...carried,
      {
        name: 'state',
        value: choose(
          { kind: 'one-of', of: column('l.state'), values: ['gone', 'resolved', 'dismissed'] },
          column('l.state'),
          choose(coalesceFalse(is('r.effect', 'resolved')), words('resolved'), words('gone')),
        ),
      },
      { name: 'first_run', value: column('l.first_run') },
      { name: 'last_run', value: column('l.last_run') },
    ],
  });
  const together = builder.add({ kind: 'union', from: [now, gone] }, true);
  builder.add({ kind: 'write', from: together, target: 'findings', order: FINDING_ORDER });
  return together;
}

const PROPOSALS = 'proposals.json';
export const WORK_LIST_FILE = 'worklist.parquet';
const WHOLE: ReadonlySet<string> = new Set(['left_row', 'right_row', 'money']);

/** A condition in which unknown counts as no. */
function coalesceFalse(of: Expression): Expression {
  return { kind: 'and', of: [of, { kind: 'not', of: { kind: 'is-null', of } }] };
}

/** All runs of a job, oldest first. */
export function listRuns(store: RegisterStore, job: string): readonly ComparisonRun[] {
  const folder = join(store.home, 'comparison', job);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .map((name) => join(folder, name, 'run.json'))
    .filter((path) => existsSync(path))
    .map((path) => JSON.parse(readFileSync(path, 'utf8')) as ComparisonRun)
    .sort((a, b) => a.number - b.number);
}

/** Where what trained linkage proposed beside a run is kept: keyed ids, rows and probabilities, nothing personal. */
export function proposalsFile(store: RegisterStore, run: ComparisonRun): string {
  return join(store.home, 'comparison', run.job, run.id.slice(0, 12), PROPOSALS);
}

/** The findings file of a run. @throws JipingError `not-found` */
export function findingsFile(store: RegisterStore, run: ComparisonRun): string {
  const path = join(store.home, 'comparison', run.job, run.id.slice(0, 12), 'findings.parquet');
  if (!existsSync(path))
    throw new JipingError('not-found', text(`没有 ${run.job} 的疑点文件`, `the findings of ${run.job} are not there`));
  return path;
}

/** What a work list is printed from: the sorted list of the run, or its findings where a run has no list. */
export function workListFile(store: RegisterStore, run: ComparisonRun): string {
  const path = join(store.home, 'comparison', run.job, run.id.slice(0, 12), WORK_LIST_FILE);
  return existsSync(path) ? path : findingsFile(store, run);
}

function decisionsDigest(store: RegisterStore): string {
  const decisions: readonly Decision[] = readDecisionJournal(store);
  return createHash('sha256').update(JSON.stringify(decisions)).digest('hex');
}

function sourcesOf(check: Check): readonly RegisterSource[] {
  return [check.left, ...check.rights, ...check.besides, ...check.without, ...check.within];
}

function requiredKinds(job: ComparisonJob): readonly string[] {
  return [
    ...new Set(
      job.checks
        .flatMap(sourcesOf)
        .filter(({ optional }) => !optional)
        .map(({ kind }) => kind),
    ),
  ];
}

function optionalKinds(job: ComparisonJob): readonly string[] {
  return [
    ...new Set(
      job.checks
        .flatMap(sourcesOf)
        .filter(({ optional }) => optional)
        .map(({ kind }) => kind),
    ),
  ];
}
