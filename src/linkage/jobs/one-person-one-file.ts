import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { JipingError, text } from '../../problem/index.ts';
import { type RegisterStore, type SqlValue, writeSafely } from '../../register/index.ts';
import { sqlText } from '../engines/duckdb/open-duckdb.ts';
import { runPlan } from '../engines/duckdb/run-plan.ts';
import {
  all,
  type Column,
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
import { readDecisionJournal, writeTextTable } from './decision-journal.ts';
import type { ComparisonRules, RegisterSource } from './job-rules.ts';
import { isSure, PlanBuilder } from './person-match.ts';
import { personOf } from './plan-check.ts';
import { type RunOptions, withComparisonDatabase } from './run-comparison.ts';

/** Registered persons of one village, town or the county by their one status. */
export interface BalanceRow {
  readonly town: string;
  readonly village: string;
  readonly registered: number;
  /** In the order of `statuses`; sums to `registered`, exactly. */
  readonly counts: readonly number[];
}

/** 应保未保平衡表. */
export interface BalanceTable {
  readonly asOf: string;
  readonly statuses: readonly string[];
  readonly villages: readonly BalanceRow[];
  readonly towns: readonly BalanceRow[];
  readonly county: BalanceRow;
  readonly datasets: readonly DatasetReference[];
  readonly planHash: string;
  /** Kinds whose registers are not there. */
  readonly absent: readonly string[];
  /** Why persons of status 未参保 have no insurance, as returned on work lists; of the others nothing came back. */
  readonly reasons: readonly { readonly reason: string; readonly persons: number }[];
  /** What became of persons since the table before: of an earlier day, kept in the data folder. */
  readonly since?: { readonly asOf: string; readonly changes: readonly StatusChange[] };
}

/**
 * Persons who went from one status to another; `undefined` = not in the household register on that day. Persons of status
 * 待核 cannot be followed and are in no change.
 */
export interface StatusChange {
  readonly from?: string;
  readonly to?: string;
  readonly persons: number;
}

/** Columns of the persons' file. `reason`: of 未参保, as returned. `was`, `changed`: the status before and the day since which the present one is known. */
const KEPT = [
  'person',
  'name',
  'birth',
  'sex',
  'town',
  'village',
  'group',
  'household',
  'status',
  'since',
  'source',
  'reason',
];

const HOUSEHOLD: RegisterSource = { kind: 'household', where: [], optional: false };
const CARRIED = ['key', 'id', 'id_raw', 'name', 'birth', 'sex', 'town', 'village', 'group', 'household'] as const;
export const UNINSURED = '未参保';
export const DOUBTFUL = '待核';

/**
 * Gives every person of the household register exactly one status, in the order of the rules, with its source, and sums them up.
 * The persons' file stays in the data folder beside the table.
 * @throws JipingError `not-found` without a household register, `internal` if a sum did not come out
 */
export async function balancePersons(
  store: RegisterStore,
  rules: ComparisonRules,
  options: RunOptions,
): Promise<BalanceTable> {
  const parameters = rules.parameters(options.asOf.slice(0, 4));
  const builder = new PlanBuilder((kind) => store.latest(kind, options.asOf), parameters);
  if (!builder.has(HOUSEHOLD))
    throw new JipingError(
      'not-found',
      text('还没有户籍人口名册（--kind household），无法做一人一档。', 'no household register yet (--kind household).'),
    );
  const registered = builder.source(HOUSEHOLD, ['town', 'group', 'household']);
  const persons = builder.add(
    { kind: 'project', from: registered, columns: [...same(...CARRIED), { name: 'person', value: personOf('') }] },
    true,
  );
  const unique = builder.add({ kind: 'distinct', from: persons, by: ['person'], order: ['key'] }, true);
  const twice = builder.add({ kind: 'join', how: 'anti', left: persons, right: unique, on: [['key', 'key']] });
  const parts = [stated(builder, twice, DOUBTFUL, { kind: 'null', type: 'text' }, { kind: 'null', type: 'text' })];
  let rest = unique;
  for (const { status, register, date } of rules.statuses) {
    if (!builder.has(register)) continue;
    const right = builder.sources([register], [date]);
    const byNumber = builder.add({
      kind: 'join',
      how: 'inner',
      left: rest,
      right,
      on: [['id', 'id']],
      columns: [
        ...[...CARRIED, 'person'].map((name) => ({ name, value: column(`l.${name}`) })),
        { name: 'since', value: column(`r.${date}`) },
      ],
    });
    const first = builder.add({ kind: 'distinct', from: byNumber, by: ['key'], order: ['key', 'since'] }, true);
    parts.push(stated(builder, first, status, column('since'), words(register.kind)));
    rest = builder.add({ kind: 'join', how: 'anti', left: rest, right: first, on: [['key', 'key']] }, true);
    const pairs = builder.likePairs(rest, right, {
      left: unique,
      lefts: [HOUSEHOLD],
      rights: [register],
      unfound: true,
    });
    if (pairs === undefined) continue;
    const sure = builder.add({ kind: 'filter', from: pairs, where: isSure() });
    const alike = builder.add({ kind: 'join', how: 'semi', left: rest, right: sure, on: [['key', 'lkey']] }, true);
    parts.push(stated(builder, alike, status, { kind: 'null', type: 'text' }, words(register.kind)));
    const doubtful = builder.add({ kind: 'filter', from: pairs, where: not(isSure()) });
    const others = builder.add({ kind: 'join', how: 'anti', left: rest, right: alike, on: [['key', 'key']] }, true);
    const unclear = builder.add(
      { kind: 'join', how: 'semi', left: others, right: doubtful, on: [['key', 'lkey']] },
      true,
    );
    parts.push(stated(builder, unclear, DOUBTFUL, { kind: 'null', type: 'text' }, words(register.kind)));
    rest = builder.add({ kind: 'join', how: 'anti', left: others, right: unclear, on: [['key', 'key']] }, true);
  }
  const returned = returnedReasons(store, rules);
  const asked = returned.length === 0 ? [] : checksOfHousehold(rules);
  parts.push(statedWithReason(builder, rest, asked));
  const together = builder.add({ kind: 'union', from: parts }, true);
  const counted = builder.add({
    kind: 'aggregate',
    from: together,
    by: ['town', 'village', 'status'],
    measures: [{ name: 'persons', measure: 'count' }],
  });
  builder.add({ kind: 'write', from: counted, target: 'balance', order: ['town', 'village', 'status'] });
  const hash = planHash(builder.plan());
  const before = lastBalance(store, options.asOf);
  withHistory(builder, together, before?.asOf, options.asOf);
  const plan = builder.plan();
  const statuses = [...rules.statuses.map(({ status }) => status), UNINSURED, DOUBTFUL];
  return store.locked(() =>
    store.inScratch((scratch) =>
      withComparisonDatabase(store, scratch, options, async (database) => {
        const staged = join(scratch, 'one-file');
        mkdirSync(staged, { mode: 0o700 });
        const reasons = join(scratch, 'reasons.parquet');
        if (asked.length > 0) await writeTextTable(database, ['finding', 'reason'], returned, scratch, reasons);
        const places = {
          tables: new Map([
            ...[...builder.datasets].map(([id, dataset]) => [id, dataset.rows ?? ''] as const),
            ['before', before?.persons ?? ''] as const,
            ['reasons', reasons] as const,
          ]),
          targets: new Map([
            ['persons', join(staged, 'persons.parquet')],
            ['changes', join(scratch, 'changes.parquet')],
            ['balance', join(scratch, 'balance.parquet')],
          ]),
          key: store.findingKey(),
        };
        await runPlan(database, plan, places);
        const rows = await database.rows(
          `SELECT coalesce(town, ''), coalesce(village, ''), status, persons FROM read_parquet(${sqlText(join(scratch, 'balance.parquet'))}) ORDER BY ALL`,
        );
        const table: BalanceTable = {
          ...sumUp(rows, statuses),
          asOf: options.asOf,
          statuses,
          datasets: [...builder.datasets.values()].map(datasetReference),
          planHash: hash,
          absent: [...new Set(rules.statuses.map(({ register }) => register.kind))].filter(
            (kind) => store.latest(kind, options.asOf).length === 0,
          ),
          reasons: (
            await database.rows(
              `SELECT reason, count(*) FROM read_parquet(${sqlText(join(staged, 'persons.parquet'))}) WHERE reason IS NOT NULL GROUP BY ALL ORDER BY ALL`,
            )
          ).map(([reason, count]) => ({ reason: String(reason), persons: Number(count) })),
          ...(before === undefined
            ? {}
            : {
                since: {
                  asOf: before.asOf,
                  changes: (
                    await database.rows(
                      `SELECT was, status, persons FROM read_parquet(${sqlText(join(scratch, 'changes.parquet'))}) ORDER BY ALL`,
                    )
                  ).map(([from, to, count]) => ({
                    ...(from === null || from === undefined ? {} : { from: String(from) }),
                    ...(to === null || to === undefined ? {} : { to: String(to) }),
                    persons: Number(count),
                  })),
                },
              }),
        };
        checkSums(table, store, options.asOf);
        writeSafely(join(staged, 'balance.json'), `${JSON.stringify(table, null, 2)}\n`);
        chmodSync(join(staged, 'persons.parquet'), 0o600);
        const version = createHash('sha256').update(JSON.stringify(table)).digest('hex').slice(0, 12);
        keepTable(store, staged, options.asOf, version);
        return table;
      }),
    ),
  );
}

interface KeptTable {
  readonly name: string;
  readonly asOf: string;
  /** Counts up over the tables of one day: of several the one made last counts. */
  readonly serial: number;
  readonly version: string;
}

function folderOfTables(store: RegisterStore): string {
  return join(store.home, 'comparison', 'one-file');
}

/** The tables kept, in order of day and of making. */
function keptTables(store: RegisterStore): readonly KeptTable[] {
  const folder = folderOfTables(store);
  if (!existsSync(folder)) return [];
  const found = readdirSync(folder).flatMap((name): readonly KeptTable[] => {
    const parts = /^(\d{4}-\d{2}-\d{2})-(?:(\d+)-)?([0-9a-f]{12})$/.exec(name);
    return parts === null
      ? []
      : [{ name, asOf: parts[1] ?? '', serial: Number(parts[2] ?? 0), version: parts[3] ?? '' }];
  });
  const order = ({ asOf, serial, version }: KeptTable): string =>
    [asOf, String(serial).padStart(SERIAL_DIGITS, '0'), version].join('-');
  return found.sort((one, other) => (order(one) < order(other) ? -1 : 1));
}

const SERIAL_DIGITS = 9;

/** Puts a table in its place as the last of its day: the same table is there already, comes again, or is put there whole. */
function keepTable(store: RegisterStore, staged: string, asOf: string, version: string): void {
  const ofDay = keptTables(store).filter((each) => each.asOf === asOf);
  const last = ofDay.at(-1);
  if (last?.version === version) return;
  const folder = folderOfTables(store);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const again = ofDay.find((each) => each.version === version);
  const name = `${asOf}-${String((last?.serial ?? 0) + 1).padStart(3, '0')}-${version}`;
  renameSync(again === undefined ? staged : join(folder, again.name), join(folder, name));
}

/** The newest table of an earlier day whose persons are still there. */
function lastBalance(store: RegisterStore, asOf: string): { asOf: string; persons: string } | undefined {
  return keptTables(store)
    .map((table) => ({ asOf: table.asOf, persons: join(folderOfTables(store), table.name, 'persons.parquet') }))
    .filter((each) => each.asOf < asOf && existsSync(each.persons))
    .at(-1);
}

/** Adds to every person the status before and since when the present one is known, and counts who went where. */
function withHistory(builder: PlanBuilder, together: string, before: string | undefined, asOf: string): void {
  const none = { kind: 'null', type: 'text' } as const;
  if (before === undefined) {
    const now = builder.add({
      kind: 'project',
      from: together,
      columns: [...same('key', ...KEPT), { name: 'was', value: none }, { name: 'changed', value: words(asOf) }],
    });
    builder.add({ kind: 'write', from: now, target: 'persons', order: ['town', 'village', 'household', 'key'] });
    return;
  }
  const scanned = builder.add({
    kind: 'scan',
    table: 'before',
    columns: ['person', 'status', 'was', 'changed'].map((name) => ({ name, type: 'text' as const, present: true })),
  });
  const followed = not(isNull(column('person')));
  const earlier = builder.add({ kind: 'filter', from: scanned, where: followed }, true);
  const now = builder.add(
    {
      kind: 'join',
      how: 'left',
      left: together,
      right: earlier,
      on: [['person', 'person']],
      columns: [
        ...['key', ...KEPT].map((name) => ({ name, value: column(`l.${name}`) })),
        { name: 'previous', value: column('r.status') },
        ...held(asOf),
      ],
    },
    true,
  );
  const kept = builder.add({ kind: 'project', from: now, columns: same('key', ...KEPT, 'was', 'changed') });
  builder.add({ kind: 'write', from: kept, target: 'persons', order: ['town', 'village', 'household', 'key'] });
  const gone = builder.add({ kind: 'join', how: 'anti', left: earlier, right: together, on: [['person', 'person']] });
  const moves = builder.add({
    kind: 'union',
    from: [
      builder.add({
        kind: 'project',
        from: builder.add({ kind: 'filter', from: now, where: followed }),
        columns: [{ name: 'was', value: column('previous') }, ...same('status')],
      }),
      builder.add({
        kind: 'project',
        from: gone,
        columns: [
          { name: 'was', value: column('status') },
          { name: 'status', value: none },
        ],
      }),
    ],
  });
  const counted = builder.add({
    kind: 'aggregate',
    from: moves,
    by: ['was', 'status'],
    measures: [{ name: 'persons', measure: 'count' }],
  });
  builder.add({ kind: 'write', from: counted, target: 'changes', order: ['was', 'status'] });
}

/** Whose status is the one before keeps what was known of it. */
function held(asOf: string): readonly Column[] {
  const unchanged = all(not(isNull(column('r.status'))), equal(column('l.status'), column('r.status')));
  return [
    { name: 'was', value: choose(unchanged, column('r.was'), column('r.status')) },
    { name: 'changed', value: choose(unchanged, column('r.changed'), words(asOf)) },
  ];
}

function stated(
  builder: PlanBuilder,
  from: string,
  status: string,
  since: Expression,
  source: Expression,
  reason: Expression = { kind: 'null', type: 'text' },
): string {
  const columns: readonly Column[] = [
    ...same('key', 'name', 'birth', 'sex', 'town', 'village', 'group', 'household'),
    // Two rows of one number cannot be told apart from day to day.
    {
      name: 'person',
      value: status === DOUBTFUL ? { kind: 'null', type: 'text' } : { kind: 'keyed', of: column('person') },
    },
    { name: 'status', value: words(status) },
    { name: 'since', value: since },
    { name: 'source', value: source },
    { name: 'reason', value: reason },
  ];
  return builder.add({ kind: 'project', from, columns });
}

function sumUp(
  rows: readonly (readonly SqlValue[])[],
  statuses: readonly string[],
): Pick<BalanceTable, 'villages' | 'towns' | 'county'> {
  const add = (map: Map<string, BalanceRow>, town: string, village: string, status: string, persons: number): void => {
    const key = `${town}\u0000${village}`;
    const old = map.get(key) ?? { town, village, registered: 0, counts: statuses.map(() => 0) };
    const at = statuses.indexOf(status);
    map.set(key, {
      ...old,
      registered: old.registered + persons,
      counts: old.counts.map((count, index) => (index === at ? count + persons : count)),
    });
  };
  const villages = new Map<string, BalanceRow>();
  const towns = new Map<string, BalanceRow>();
  const county = new Map<string, BalanceRow>();
  for (const [town, village, status, persons] of rows) {
    add(villages, String(town), String(village), String(status), Number(persons));
    add(towns, String(town), '', String(status), Number(persons));
    add(county, '', '', String(status), Number(persons));
  }
  return {
    villages: [...villages.values()],
    towns: [...towns.values()],
    county: county.get('\u0000') ?? { town: '', village: '', registered: 0, counts: statuses.map(() => 0) },
  };
}

/** The table must balance: each row over its statuses, and the county against the rows of the register. */
function checkSums(table: BalanceTable, store: RegisterStore, asOf: string): void {
  const total = (row: BalanceRow): number => row.counts.reduce((sum, count) => sum + count, 0);
  const population = store.latest('household', asOf).reduce((sum, { manifest }) => sum + manifest.rows, 0);
  const rows = [...table.villages, ...table.towns, table.county];
  if (rows.every((row) => total(row) === row.registered) && table.county.registered === population) return;
  throw new JipingError(
    'internal',
    text(
      '平衡表各状态之和不等于户籍人口，请报告给维护者。',
      'the balance table does not sum to the registered population.',
    ),
  );
}

/** Findings that something came back for, with the reason it gives. */
function returnedReasons(store: RegisterStore, rules: ComparisonRules): readonly (readonly [string, string])[] {
  return readDecisionJournal(store).flatMap(({ finding, code }) => {
    const reason = rules.codes[code]?.reason;
    return reason === undefined ? [] : [[finding, reason] as const];
  });
}

/** Checks whose lists ask why somebody of the household register is not insured. */
function checksOfHousehold(rules: ComparisonRules): readonly string[] {
  return rules.jobs
    .flatMap(({ checks }) => checks)
    .filter(({ shape, left, workList }) => shape === 'missing' && left.kind === HOUSEHOLD.kind && workList)
    .map(({ check }) => check);
}

/** Persons nothing was found for, with the reason the first of these checks was answered with. */
function statedWithReason(builder: PlanBuilder, rest: string, checks: readonly string[]): string {
  const none = { kind: 'null', type: 'text' } as const;
  if (checks.length === 0) return stated(builder, rest, UNINSURED, none, none);
  const kept = [...CARRIED, 'person'];
  const named = (index: number): string => `reason_${index + 1}`;
  const reasons = builder.add({
    kind: 'scan',
    table: 'reasons',
    columns: ['finding', 'reason'].map((name) => ({ name, type: 'text', present: true })),
  });
  let from = rest;
  for (const [index, check] of checks.entries()) {
    const before = checks.slice(0, index).map((_, at) => named(at));
    const asked = builder.add({
      kind: 'project',
      from,
      columns: [
        ...same(...kept, ...before),
        {
          name: 'finding',
          value: { kind: 'keyed', of: { kind: 'joined', of: [words(check), column('person')] } },
        },
      ],
    });
    from = builder.add({
      kind: 'join',
      how: 'left',
      left: asked,
      right: reasons,
      on: [['finding', 'finding']],
      columns: [
        ...[...kept, ...before].map((name) => ({ name, value: column(`l.${name}`) })),
        { name: named(index), value: column('r.reason') },
      ],
    });
  }
  return stated(builder, from, UNINSURED, none, none, coalesce(...checks.map((_, at) => column(named(at)))));
}
