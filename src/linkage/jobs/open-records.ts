import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Text, text } from '../../problem/index.ts';
import type { Database, RegisterStore } from '../../register/index.ts';
import { sqlText } from '../engines/duckdb/open-duckdb.ts';
import { runPlan } from '../engines/duckdb/run-plan.ts';
import { type Column, column, type Expression, same, words } from '../plan/plan.ts';
import { columnsOf } from '../records/prepare-records.ts';
import { readCsvTables, type TextTable } from '../records/read-csv.ts';
import type { Check, ComparisonParameters, ComparisonRules, RegisterSource } from './job-rules.ts';
import { isSure, PlanBuilder } from './person-match.ts';
import { personOf } from './plan-check.ts';
import { type ComparisonRun, findingsFile, type RunOptions } from './run-comparison.ts';

/** Records of one side beyond which linkage is a job of its own (`jiping link`, by region). */
const MOST_RECORDS = 2_000_000;
/** Pairs with one number that train what a true pair looks like. */
const TRAINING_PERSONS = 20_000;
const HOUSEHOLD: RegisterSource = { kind: 'household', where: [], optional: true };
/** Of a register without dates of birth: the date in a number that is not sound, if it is one. */
const BIRTH_IN_NUMBER =
  "strftime(try_strptime(substr(regexp_extract(id_raw, '\\d{17}[0-9Xx]'), 7, 8), '%Y%m%d'), '%Y-%m-%d')";
/** Begins the row name of a record to be linked, as against one to train by. */
export const REST = 'rest:';

export interface CheckLinks {
  readonly store: RegisterStore;
  readonly rules: ComparisonRules;
  readonly parameters: ComparisonParameters;
  readonly check: Check;
  readonly run: ComparisonRun;
  readonly options: RunOptions;
  readonly database: Database;
  readonly scratch: string;
}

/**
 * Both sides as tables: persons nobody was found for, records that belong to nobody, and persons found by number to train
 * by. Of a missing check the left ones are those with a finding, of a matched check those without.
 */
export async function openRecords({
  store,
  rules,
  parameters,
  check,
  run,
  options,
  database,
  scratch,
}: CheckLinks): Promise<
  { readonly tables: readonly TextTable[]; readonly open: number; readonly free: number } | { readonly reason: Text }
> {
  const builder = new PlanBuilder((kind) => store.latest(kind, options.asOf), parameters);
  const sources = [...check.rights, ...check.besides].filter((source) => builder.has(source));
  if (!builder.has(check.left) || sources.length === 0) return { tables: [], open: 0, free: 0 };
  const matched = check.shape === 'matched';
  const [mine, theirs] = check.differs ?? check.total ?? [];
  let left = builder.source(check.left, ['town', ...(mine === undefined ? [] : [mine])]);
  if (matched && check.without.length > 0) left = builder.filterBy('anti', left, [check.left], check.without, true);
  if (matched && check.within.length > 0) left = builder.filterBy('semi', left, [check.left], check.within, true);
  const right = builder.sources(sources, ['town', ...(theirs === undefined ? [] : [theirs])]);
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
  const told = builder.add({
    kind: 'filter',
    from: findings,
    where: {
      kind: 'and',
      of: [
        { kind: 'one-of', of: column('check'), values: [check.check] },
        {
          kind: 'one-of',
          of: column('state'),
          values: matched ? ['new', 'open', 'reopened', 'dismissed'] : ['new', 'open', 'reopened'],
        },
      ],
    },
  });
  const open = builder.add({
    kind: 'join',
    how: matched ? 'anti' : 'semi',
    left: unfound,
    right: told,
    on: [['key', 'left_row']],
  });
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
  const none = { kind: 'null', type: 'text' } as const;
  const keyed = (...of: readonly Expression[]): Expression => ({ kind: 'keyed', of: { kind: 'joined', of } });
  const shown = (from: string, more: readonly string[], columns: readonly Column[]): string =>
    builder.add({
      kind: 'project',
      from,
      columns: [
        ...same('key', ...more, 'id', 'id_raw', 'name', 'birth', 'sex', 'town', 'village'),
        { name: 'person', value: personOf('') },
        ...['finding', 'person_key', 'held'].map(
          (name) => columns.find((each) => each.name === name) ?? { name, value: none },
        ),
      ],
    });
  const held = (field: string | undefined): Column => ({
    name: 'held',
    value: field === undefined ? none : { kind: 'joined', of: [column(field)] },
  });
  // Few persons stand in both registers of a matched check: the household register is there to train by too.
  const trainers =
    matched && check.left.kind !== HOUSEHOLD.kind && builder.has(HOUSEHOLD) ? [...sources, HOUSEHOLD] : sources;
  const trainer = trainers.length === sources.length ? right : builder.sources(trainers, ['town']);
  const known = builder.add({ kind: 'join', how: 'semi', left, right: trainer, on: [['id', 'id']] });
  const knownRight = builder.add({ kind: 'join', how: 'semi', left: trainer, right: left, on: [['id', 'id']] });
  for (const [target, from, more, columns] of [
    ['open', open, [], [{ name: 'finding', value: keyed(words(check.check), personOf('')) }, held(mine)]],
    [
      'free',
      free,
      ['kind'],
      [{ name: 'person_key', value: keyed(words('person'), column('kind'), personOf('')) }, held(theirs)],
    ],
    ['known-left', known, [], []],
    ['known-right', knownRight, ['kind'], []],
  ] as const)
    builder.add({ kind: 'write', from: shown(from, more, columns), target, order: ['key'] });
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
    `${prefix} AS row, coalesce(id, id_raw) AS number, name, coalesce(birth, ${BIRTH_IN_NUMBER}) AS birth, sex, coalesce(town, '') || coalesce(village, '') AS place, town, village, person, finding, person_key, held`;
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
  const wanted = [
    ...new Set([...columnsOf(rules.linkage), 'town', 'village', 'person', 'finding', 'person_key', 'held']),
  ];
  const tables = readCsvTables(
    files.map((path, side) => ({ bytes: readFileSync(path), file: `${run.job}-${side + 1}` })),
    wanted,
    rules.linkage.uniqueId,
  );
  return { tables, open: opens, free: frees };
}
