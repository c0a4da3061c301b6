import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Text, text } from '../../problem/index.ts';
import { type Database, type RegisterStore, writeSafely } from '../../register/index.ts';
import { sqlText } from '../engines/duckdb/open-duckdb.ts';
import { runPlan } from '../engines/duckdb/run-plan.ts';
import { probabilityOf } from '../fellegi-sunter/trained-model.ts';
import { linkTables } from '../link-tables.ts';
import { column, same } from '../plan/plan.ts';
import { columnsOf } from '../records/prepare-records.ts';
import { cellOf, readCsvTables, type TextTable } from '../records/read-csv.ts';
import { readDecisionJournal } from './decision-journal.ts';
import type { Check, ComparisonJob, ComparisonRules } from './job-rules.ts';
import { isSure, PlanBuilder } from './person-match.ts';
import { personOf } from './plan-check.ts';
import type { LinkProposal } from './read-proposals.ts';
import {
  type ComparisonRun,
  findingsFile,
  proposalsFile,
  type RunOptions,
  withComparisonDatabase,
} from './run-comparison.ts';

/** A proposal with what a person needs to decide; names are masked nowhere, so it goes to a work list only. */
export interface ShownProposal extends LinkProposal {
  readonly left: ProposedRecord;
  readonly right: ProposedRecord;
}

export interface ProposedRecord {
  readonly name: string;
  readonly sex: string;
  readonly birth: string;
  readonly town: string;
  readonly village: string;
}

export interface ProposedLinks {
  readonly job: string;
  readonly proposals: readonly ShownProposal[];
  /** Pairs compared, over all checks. */
  readonly comparedPairs: number;
  /** Checks that were left out, with the reason. */
  readonly left: readonly { readonly check: string; readonly reason: Text }[];
}

/** Least probability at which a pair is put before a person. */
const LEAST = 0.8;
/** Records of one side beyond which linkage is a job of its own (`jiping link`, by region). */
const MOST_RECORDS = 2_000_000;
/** Pairs with one number that train what a true pair looks like. */
const TRAINING_PERSONS = 20_000;

/**
 * The last level of comparison: for persons of a job whom no earlier level found, the records of the other registers that
 * belong to nobody there and are most likely the same person. Blocked, so linear in the records. Nothing is decided here.
 */
export async function proposeLinks(
  store: RegisterStore,
  rules: ComparisonRules,
  job: ComparisonJob,
  run: ComparisonRun,
  options: RunOptions,
): Promise<ProposedLinks> {
  const proposals: ShownProposal[] = [];
  const left: ProposedLinks['left'][number][] = [];
  let comparedPairs = 0;
  await store.locked(() =>
    store.inScratch((scratch) =>
      withComparisonDatabase(store, scratch, options, async (database) => {
        for (const check of job.checks.filter(({ shape, key }) => shape === 'missing' && key === undefined)) {
          const found = await proposeForCheck({ store, rules, check, run, options, database, scratch });
          if ('reason' in found) left.push({ check: check.check, reason: found.reason });
          else {
            proposals.push(...found.proposals);
            comparedPairs += found.comparedPairs;
          }
        }
      }),
    ),
  );
  const kept = proposals.map(({ left: _left, right: _right, ...proposal }): LinkProposal => proposal);
  await store.locked(async () => writeSafely(proposalsFile(store, run), `${JSON.stringify(kept)}\n`));
  return { job: job.job, proposals, comparedPairs, left };
}

interface CheckLinks {
  readonly store: RegisterStore;
  readonly rules: ComparisonRules;
  readonly check: Check;
  readonly run: ComparisonRun;
  readonly options: RunOptions;
  readonly database: Database;
  readonly scratch: string;
}

type Found =
  | { readonly proposals: readonly ShownProposal[]; readonly comparedPairs: number }
  | { readonly reason: Text };

async function proposeForCheck(links: CheckLinks): Promise<Found> {
  const { store, rules, check, run, options, database } = links;
  const tables = await restOf(links);
  if ('reason' in tables) return tables;
  const [lefts, rights] = tables.tables;
  if (lefts === undefined || rights === undefined || tables.open === 0 || tables.free === 0)
    return { proposals: [], comparedPairs: 0 };
  const outcome = await linkTables(rules.linkage, [lefts, rights], {
    threads: options.threads ?? 2,
    minProbability: LEAST,
    threshold: LEAST,
  });
  const key = Buffer.from(store.findingKey(), 'hex');
  const rejected = new Set(
    readDecisionJournal(store)
      .filter(({ code }) => rules.proposals[code]?.effect === 'rejected')
      .map(({ finding }) => finding),
  );
  const findings = new Map(
    (
      await database.rows(
        `SELECT left_row, finding FROM read_parquet(${sqlText(findingsFile(store, run))}) WHERE "check" = ${sqlText(check.check)} AND state IN ('new', 'open', 'reopened')`,
      )
    ).map(([row, finding]) => [String(row), String(finding)]),
  );
  const [leftAt, rightAt] = [placesOf(lefts), placesOf(rights)];
  const { records } = outcome.linkage;
  const best = new Map<string, ShownProposal & { readonly weight: number }>();
  outcome.pairs.weight.forEach((weight, at) => {
    const [a, b] = [outcome.pairs.left[at] ?? 0, outcome.pairs.right[at] ?? 0];
    const [leftName = '', rightName = ''] = [records.identifiers[a], records.identifiers[b]];
    // Rows beside the rest are there to train by.
    if (!leftName.startsWith(REST) || !rightName.startsWith(REST)) return;
    const leftRow = leftName.slice(REST.length);
    const [rightKind = '', rightRow = ''] = rightName.slice(REST.length).split(':');
    const finding = findings.get(leftRow);
    const person = cellOf(rights, 'person', rightAt.get(rightName) ?? -1);
    if (finding === undefined) return;
    const proposal = createHmac('sha256', key)
      .update(`linkage|${finding}|${rightKind}|${person}`, 'utf8')
      .digest('hex')
      .slice(0, 32);
    const before = best.get(leftRow);
    const better =
      before === undefined ||
      weight > before.weight ||
      (weight === before.weight && rightName < `${REST}${before.rightKind}:${before.rightRow}`);
    if (!better || rejected.has(proposal)) return;
    best.set(leftRow, {
      proposal,
      finding,
      check: check.check,
      level: 'linkage',
      probability: probabilityOf(weight).toFixed(4),
      leftRow,
      rightKind,
      rightRow,
      left: recordAt(lefts, leftAt.get(leftName) ?? -1),
      right: recordAt(rights, rightAt.get(rightName) ?? -1),
      weight,
    });
  });
  const order = ({ left, finding }: ShownProposal): string =>
    [left.town, left.village, left.name, finding].join('\u0000');
  const proposals = [...best.values()]
    .map(({ weight: _weight, ...proposal }) => proposal)
    .sort((a, b) => (order(a) < order(b) ? -1 : 1));
  return { proposals, comparedPairs: outcome.linkage.comparedPairs };
}

const REST = 'rest:';

/** Both sides as tables: the rest, and persons found by number to train by. */
async function restOf({
  store,
  rules,
  check,
  run,
  options,
  database,
  scratch,
}: CheckLinks): Promise<
  { readonly tables: readonly TextTable[]; readonly open: number; readonly free: number } | { readonly reason: Text }
> {
  const builder = new PlanBuilder(
    (kind) => store.latest(kind, options.asOf),
    rules.parameters(options.asOf.slice(0, 4)),
  );
  const sources = [...check.rights, ...check.besides].filter((source) => builder.has(source));
  const left = builder.source(check.left, ['town']);
  const right = builder.sources(sources, ['town']);
  const unfound = builder.add({ kind: 'join', how: 'anti', left, right, on: [['id', 'id']] }, true);
  const pairs = builder.likePairs(unfound, right, { left, lefts: [check.left], rights: sources, unfound: true });
  const findings = builder.add({
    kind: 'scan',
    table: 'findings',
    columns: [
      ...['check', 'state'].map((name) => ({ name, type: 'text' as const, present: true })),
      { name: 'left_row', type: 'whole', present: true },
    ],
  });
  const listed = builder.add({
    kind: 'filter',
    from: findings,
    where: {
      kind: 'and',
      of: [
        { kind: 'one-of', of: column('check'), values: [check.check] },
        { kind: 'one-of', of: column('state'), values: ['new', 'open', 'reopened'] },
      ],
    },
  });
  const open = builder.add({ kind: 'join', how: 'semi', left: unfound, right: listed, on: [['key', 'left_row']] });
  let free = builder.add({ kind: 'join', how: 'anti', left: right, right: left, on: [['id', 'id']] });
  if (pairs !== undefined) {
    const sure = builder.add({ kind: 'filter', from: pairs, where: isSure() });
    free = builder.add({
      kind: 'join',
      how: 'anti',
      left: free,
      right: sure,
      on: [
        ['key', 'rkey'],
        ['kind', 'rkind'],
      ],
    });
  }
  const shown = (from: string, more: readonly string[]): string =>
    builder.add({
      kind: 'project',
      from,
      columns: [
        ...same('key', ...more, 'id', 'id_raw', 'name', 'birth', 'sex', 'town', 'village'),
        { name: 'person', value: personOf('') },
      ],
    });
  const matched = builder.add({ kind: 'join', how: 'semi', left, right, on: [['id', 'id']] });
  for (const [target, from, more] of [
    ['open', open, []],
    ['free', free, ['kind']],
    ['known-left', matched, []],
    ['known-right', builder.add({ kind: 'join', how: 'semi', left: right, right: left, on: [['id', 'id']] }), ['kind']],
  ] as const)
    builder.add({ kind: 'write', from: shown(from, more), target, order: ['key'] });
  const at = (name: string): string => join(scratch, `link-${name}.parquet`);
  const plan = builder.plan();
  const places = {
    tables: new Map([
      ...[...builder.datasets].map(([id, dataset]) => [id, dataset.rows ?? ''] as const),
      ['findings', findingsFile(store, run)] as const,
    ]),
    targets: new Map(['open', 'free', 'known-left', 'known-right'].map((name) => [name, at(name)])),
    key: store.findingKey(),
  };
  await runPlan(database, plan, places);
  for (const step of plan.steps) if (step.keep === true) await database.run(`DROP TABLE "${step.name}"`);
  const count = async (name: string): Promise<number> =>
    Number((await database.rows(`SELECT count(*) FROM read_parquet(${sqlText(at(name))})`))[0]?.[0] ?? 0);
  const [opens, frees] = [await count('open'), await count('free')];
  if (opens > MOST_RECORDS || frees > MOST_RECORDS)
    return {
      reason: text(
        `没有对上的记录超过 ${MOST_RECORDS} 条，请按乡镇分开用 jiping link`,
        `more than ${MOST_RECORDS} records are left; use jiping link by region`,
      ),
    };
  // Every n-th person by a digest of the number, so that the same registers train the same model.
  const every = Math.max(1, Math.floor((await count('known-left')) / TRAINING_PERSONS));
  const cells = (prefix: string): string =>
    `${prefix} AS row, coalesce(id, id_raw) AS number, name, birth, sex, coalesce(town, '') || coalesce(village, '') AS place, town, village, person`;
  const write = async (side: string, rest: string, known: string, name: string): Promise<string> => {
    const path = join(scratch, `link-${side}.csv`);
    await database.run(
      `COPY (SELECT columns(*)::VARCHAR FROM (SELECT ${cells(`'${REST}' || ${name}`)} FROM read_parquet(${sqlText(at(rest))}) UNION ALL SELECT ${cells(`'known:' || ${name}`)} FROM read_parquet(${sqlText(at(known))}) WHERE CAST('0x' || substr(md5(id), 1, 7) AS BIGINT) % ${every} = 0) ORDER BY row) TO ${sqlText(path)} (FORMAT csv, HEADER true)`,
    );
    return path;
  };
  const files = [
    await write('left', 'open', 'known-left', 'key'),
    await write('right', 'free', 'known-right', "kind || ':' || key"),
  ];
  const wanted = [...new Set([...columnsOf(rules.linkage), 'town', 'village', 'person'])];
  const tables = readCsvTables(
    files.map((path, side) => ({ bytes: readFileSync(path), file: `${run.job}-${side + 1}` })),
    wanted,
    rules.linkage.uniqueId,
  );
  return { tables, open: opens, free: frees };
}

function placesOf(table: TextTable): ReadonlyMap<string, number> {
  return new Map(Array.from({ length: table.rows }, (_, row) => [cellOf(table, 'row', row), row]));
}

function recordAt(table: TextTable, row: number): ProposedRecord {
  const cell = (name: string): string => (row < 0 ? '' : cellOf(table, name, row));
  return {
    name: cell('name'),
    sex: cell('sex'),
    birth: cell('birth'),
    town: cell('town'),
    village: cell('village'),
  };
}
