import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadComparisonRules, nameForms, planComparison, runPlan } from '../src/linkage/index.ts';
import {
  type Database,
  type Dataset,
  findRegisterKind,
  importRegister,
  loadRegisterKinds,
  RegisterStore,
  withDatabase,
  withImportSession,
  writeLargeSheet,
} from '../src/register/index.ts';
import { machineLine, peakMemory, processUse } from './machine-support.ts';

const AS_OF = '2025-03-01';
const SHEET_ROWS = 200_000;

interface Size {
  readonly name: string;
  readonly left: number;
  readonly right: number;
  readonly rounds: number;
}
const SIZES: readonly Size[] = [
  { name: '0.5m', left: 458_507, right: 500_000, rounds: 5 },
  { name: '10m', left: 10_000_000, right: 10_000_000, rounds: 3 },
  { name: '50m', left: 50_000_000, right: 50_000_000, rounds: 1 },
];
const SMOKE: Size = { name: 'smoke', left: 20_000, right: 22_000, rounds: 1 };

/**
 * Import (CSV to cleaned Parquet with its quality report) against DuckDB's own all-text read_csv to Parquet, and comparison
 * (Parquet to findings and work-list Parquet) against the bare hash join and hand-written SQL with the same output, whose rows
 * are held against ours. Everything runs in database processes that stand already; each has its own peak memory. `--only
 * 0.5m|10m|50m|sheet`, `--rounds N`, `--memory 10GB`, `--folder` for data and spill (50m needs some 25 GB). `--clean` leaves the import
 * out: the clean Parquet is made straight away, with the manifest of a small import.
 */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      smoke: { type: 'boolean' },
      only: { type: 'string' },
      rounds: { type: 'string' },
      memory: { type: 'string', default: '10GB' },
      folder: { type: 'string', default: tmpdir() },
      clean: { type: 'boolean' },
    },
  });
  const only = values.only?.split(',');
  const sizes = values.smoke === true ? [SMOKE] : SIZES.filter(({ name }) => only?.includes(name) ?? true);
  console.log(machineLine());
  console.log(
    'made-up persons drawn from the row number (no seed); 1 in 100 right-hand numbers is wrong, 1 in 20 left-hand persons is not on the right',
  );
  for (const size of sizes) {
    const folder = mkdtempSync(join(values.folder, 'jiping-bench-'));
    try {
      const rounds = Number(values.rounds ?? size.rounds);
      const sides = values.clean === true ? makeClean : generateAndImport;
      await compareSize({ ...size, rounds }, folder, values.memory, sides);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  if (values.smoke === true || (only?.includes('sheet') ?? true)) {
    const folder = mkdtempSync(join(values.folder, 'jiping-bench-'));
    try {
      await importSheet(values.smoke === true ? 5_000 : SHEET_ROWS, folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  console.log(`this process at most ${peakMemory()} MiB`);
}

interface Cost {
  readonly wall: number;
  readonly processor: number;
}

/** Seconds of some work of a database process. */
async function costOf(database: Database, work: () => Promise<unknown>): Promise<Cost> {
  const [start, before] = [performance.now(), processUse(database.pid).processor];
  await work();
  return {
    wall: (performance.now() - start) / 1000,
    processor: processUse(database.pid).processor - before,
  };
}

const shown = ({ wall, processor }: Cost): string => `${wall.toFixed(2)} s (${processor.toFixed(2)} s processor)`;
const ratio = (a: Cost, b: Cost): string =>
  `${(a.wall / b.wall).toFixed(2)} (processor ${(a.processor / b.processor).toFixed(2)})`;
const sum = (costs: readonly Cost[]): Cost => ({
  wall: costs.reduce((total, { wall }) => total + wall, 0),
  processor: costs.reduce((total, { processor }) => total + processor, 0),
});
function median(costs: readonly Cost[]): Cost {
  const middle = (of: (cost: Cost) => number): number =>
    [...costs].map(of).sort((a, b) => a - b)[Math.floor((costs.length - 1) / 2)] ?? 0;
  return { wall: middle(({ wall }) => wall), processor: middle(({ processor }) => processor) };
}

/** Prints a line with the time and the load of the machine, which is shared. */
function say(line: string): void {
  console.log(`${line}  [load ${loadavg()[0]?.toFixed(1)}]`);
}

type Options = Parameters<typeof withDatabase>[0];
type Sides = (size: Size, folder: string, options: Options) => Promise<readonly Dataset[]>;

/** The queries of both sides. The right register: nineteen of twenty of the left one, the others new. */
function bothSql({ left, right }: Size, columns?: string): readonly [string, string] {
  return [
    personsSql(left, 'i', false, columns),
    personsSql(right, `CASE WHEN i % 20 = 3 OR i >= ${left} THEN i + ${left} + ${right} ELSE i END`, true, columns),
  ];
}

/** A side each in a process of its own; the clock of the comparison does not run yet. */
async function generate(options: Options, statements: readonly string[]): Promise<void> {
  const start = performance.now();
  await Promise.all(statements.map((sql) => withDatabase({ ...options, threads: 1 }, (database) => database.run(sql))));
  say(`generated in ${((performance.now() - start) / 1000).toFixed(0)} s`);
}

async function makeClean(size: Size, folder: string, options: Options): Promise<readonly Dataset[]> {
  const sample = await generateAndImport({ ...size, left: 2_000, right: 2_000 }, folder, options);
  const columns = `CASE WHEN wrong THEN NULL ELSE 身份证号 END AS id, CASE WHEN wrong THEN 身份证号 END AS id_raw, 姓名 AS name, NULL::VARCHAR AS name_raw, CASE 性别 WHEN '男' THEN '1' ELSE '2' END AS sex, NULL::VARCHAR AS sex_raw, 出生日期 AS birth, NULL::VARCHAR AS birth_raw, 乡镇 AS town, 村 AS village, 户号 AS household`;
  const paths = [join(folder, 'left.parquet'), join(folder, 'right.parquet')] as const;
  await generate(
    options,
    bothSql(size, columns).map((sql, side) => `COPY (${sql}) TO '${paths[side]}' (FORMAT parquet, COMPRESSION zstd)`),
  );
  return sample.map((dataset, side) => {
    const rows = side === 0 ? size.left : size.right;
    return { ...dataset, rows: paths[side] ?? '', manifest: { ...dataset.manifest, rows } };
  });
}

async function generateAndImport(size: Size, folder: string, options: Options): Promise<readonly Dataset[]> {
  const { left, right } = size;
  const { memory } = options;
  const csv = [join(folder, 'left.csv'), join(folder, 'right.csv')] as const;
  await generate(
    options,
    bothSql(size).map((sql, side) => `COPY (${sql}) TO '${csv[side]}' (FORMAT csv, HEADER true)`),
  );
  const bytes = csv.map((path) => statSync(path).size);
  say(`CSV ${bytes.map((each) => Math.round(each / 2 ** 20)).join(' and ')} MiB`);

  const own = await withDatabase(options, async (database) => {
    const costs: Cost[] = [];
    for (const path of csv)
      costs.push(
        await costOf(database, () =>
          database.run(
            `COPY (SELECT * FROM read_csv('${path}', all_varchar = true, header = true)) TO '${join(folder, 'own.parquet')}' (FORMAT parquet, COMPRESSION zstd)`,
          ),
        ),
      );
    rmSync(join(folder, 'own.parquet'));
    return { cost: sum(costs), peak: processUse(database.pid).peak };
  });
  const store = new RegisterStore(join(folder, 'home'));
  const datasets: Dataset[] = [];
  const few = join(folder, 'few.csv');
  writeFileSync(few, '姓名,身份证号,学校,学籍号\n张三,11010519491231002X,一小,G1\n');
  const imported = await withImportSession(
    store,
    [...csv, few],
    async (database) => {
      const importOne = async (path: string, kind: string): Promise<void> => {
        const request = {
          path,
          kind: findRegisterKind(loadRegisterKinds(), kind),
          asOf: AS_OF,
          agency: 'bench',
          today: AS_OF,
          confirmed: false,
          database,
        };
        datasets.push((await importRegister(store, request)).dataset);
      };
      // The readers are loaded with the first file, whatever its size.
      await importOne(few, 'student');
      datasets.length = 0;
      const costs: Cost[] = [];
      for (const [index, kind] of ['household', 'permanent'].entries())
        costs.push(await costOf(database, () => importOne(csv[index] ?? '', kind)));
      return { cost: sum(costs), peak: processUse(database.pid).peak };
    },
    memory,
  );
  for (const path of csv) rmSync(path);
  const rows = left + right;
  say(
    `import of both: ${shown(imported.cost)}, ${Math.round(rows / imported.cost.wall)} rows/s, database process at most ${imported.peak} MiB; ` +
      `DuckDB read_csv → Parquet, no cleaning: ${shown(own.cost)}, ${own.peak} MiB; import at ${ratio(own.cost, imported.cost)} of its speed`,
  );
  return datasets;
}

async function compareSize(size: Size, folder: string, memory: string, sides: Sides): Promise<void> {
  const { name, left, right, rounds } = size;
  console.log(`\n${name}: ${left} × ${right} persons, ${rounds} round(s), engine limit ${memory}, 2 threads`);
  const spill = join(folder, 'spill');
  mkdirSync(spill);
  const options = { threads: 2, memory, scratch: spill, folders: [folder], files: [] };
  const datasets = await sides(size, folder, options);
  const [leftSet, rightSet] = datasets;
  if (leftSet?.rows === undefined || rightSet?.rows === undefined) throw new Error('not imported');
  say(
    `Parquet ${datasets.map(({ rows: path }) => Math.round(statSync(path ?? '').size / 2 ** 20)).join(' and ')} MiB; without a sound number on the right: ${rightSet.manifest.withoutId}`,
  );
  const [hand, plan] = [
    { findings: join(folder, 'hand.parquet'), worklist: join(folder, 'hand-list.parquet') },
    { findings: join(folder, 'plan.parquet'), worklist: join(folder, 'plan-list.parquet') },
  ];
  const inTurn =
    (statements: readonly string[]) =>
    async (database: Database): Promise<void> => {
      for (const sql of statements) await database.run(sql);
    };
  const ways = {
    bare: inTurn([
      `SELECT count(*) FROM read_parquet('${leftSet.rows}') l JOIN read_parquet('${rightSet.rows}') r ON l.id = r.id`,
    ]),
    hand: inTurn(handWritten(leftSet.rows, rightSet.rows, hand)),
    plan: planned(leftSet, rightSet, plan),
  } as const;
  const results = new Map<string, { readonly cost: Cost; readonly peak: number }[]>();
  // One round of each in turn, so that what else the machine does falls on all; a process each time, so that none finds memory warm.
  for (let round = 0; round < rounds; round += 1)
    for (const [way, work] of Object.entries(ways))
      await withDatabase(options, async (database) => {
        const cost = await costOf(database, () => work(database));
        results.set(way, [...(results.get(way) ?? []), { cost, peak: processUse(database.pid).peak }]);
      });
  const of = (way: keyof typeof ways): { readonly cost: Cost; readonly peak: number } => ({
    cost: median((results.get(way) ?? []).map(({ cost }) => cost)),
    peak: Math.max(...(results.get(way) ?? []).map(({ peak }) => peak)),
  });
  const [bare, byHand, byPlan] = [of('bare'), of('hand'), of('plan')];
  for (const [way, { cost, peak }] of [
    ['bare hash join, count only', bare],
    ['hand-written SQL', byHand],
    ['plan', byPlan],
  ] as const)
    say(`comparison, ${way}: ${shown(cost)}, database process at most ${peak} MiB`);
  say(`plan : bare ${ratio(byPlan.cost, bare.cost)}; plan : hand-written ${ratio(byPlan.cost, byHand.cost)}`);
  await withDatabase(options, async (database) => {
    const count = async (sql: string): Promise<string> => String((await database.rows(sql))[0]?.[0]);
    const found = await count(
      `SELECT count(*) || ' findings, ' || count(*) FILTER (level = '—') || ' certain' FROM read_parquet('${plan.findings}')`,
    );
    const differing: string[] = [];
    for (const target of ['findings', 'worklist'] as const) {
      const [a, b] = [`SELECT * FROM read_parquet('${plan[target]}')`, `SELECT * FROM read_parquet('${hand[target]}')`];
      differing.push(
        await count(
          `SELECT (SELECT count(*) FROM (${a} EXCEPT ALL ${b})) + (SELECT count(*) FROM (${b} EXCEPT ALL ${a}))`,
        ),
      );
    }
    say(`${found}; rows that differ from the hand-written ones: ${differing.join(' findings, ')} of the work list`);
  });
}

function planned(left: Dataset, right: Dataset, targets: Targets): (database: Database) => Promise<void> {
  const rules = loadComparisonRules();
  const [model] = rules.jobs.find(({ job }) => job === 'c4')?.checks ?? [];
  if (model === undefined) throw new Error('no job c4');
  const source = (kind: string) => ({ kind, where: [], optional: false });
  const check = { ...model, check: 'bench', left: source('household'), rights: [source('permanent')] };
  const datasetsOf = (kind: string): readonly Dataset[] => (kind === 'household' ? [left] : [right]);
  const { plan, places } = planComparison(rules, check, datasetsOf, AS_OF, targets, '00'.repeat(32));
  return (database) => runPlan(database, plan, places);
}

/** Workbooks apart: a list of persons written and imported. */
async function importSheet(rows: number, folder: string): Promise<void> {
  const path = join(folder, 'list.xlsx');
  const options = { threads: 2, memory: '4GB', scratch: folder, folders: [folder], files: [] };
  await withDatabase(options, async (database) => {
    const persons = await database.rows(personsSql(rows, 'i'));
    const headings = ['身份证号', '姓名', '出生日期', '性别', '乡镇', '村', '户号'];
    await writeLargeSheet(path, [
      {
        name: '名单',
        columns: headings.map((heading) => ({ heading, width: 12 })),
        rows: persons.map((cells) => cells.map(String)),
      },
    ]);
  });
  const store = new RegisterStore(join(folder, 'home'));
  await withImportSession(store, [path], async (database) => {
    const kind = findRegisterKind(loadRegisterKinds(), 'household');
    const request = { path, kind, asOf: AS_OF, agency: 'bench', today: AS_OF, confirmed: false, database };
    const cost = await costOf(database, () => importRegister(store, request));
    say(
      `\nworkbook of ${rows} rows × 7 columns, ${Math.round(statSync(path).size / 2 ** 20)} MiB: import ${shown(cost)}, ${Math.round(rows / cost.wall)} rows/s, database process at most ${processUse(database.pid).peak} MiB`,
    );
  });
}

/** Characters of given names; one name in about a hundred has an old form, which the comparison folds. */
const GIVEN =
  '伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂文辉玲建华红春梅兰志国庆林波宇浩凯鹏飞健斌峰海燕雪琴云莲真荣爱妹瑞凡佳嘉琼勤珍贞莉慧巧美淑惠珠翠雅芝玉萍娥彩菊凤洁琳素东成康星光天达安岩中茂进有坚和彪博诚先敬震振壮会思群豪心邦承乐绍功松善厚裕河哲江超清彬富顺信子发武新利永昌荣全才仁兴良生福家龙胜学祥政谦亨奇固之轮翰朗伯宏言若鸣朋梁栋维启克伦翔旭泽晨辰士以致树炎德行时泰盛雄琛钧冠策腾楠榕风航弘正日晓冬亮山水土田月强';
function given(hash: string): string {
  return `CASE WHEN ${hash} % 199 = 0 THEN '強' ELSE '${GIVEN}'[CAST(1 + ${hash} % ${GIVEN.length} AS INTEGER)] END`;
}

const AS_EXPORTED = '身份证号, 姓名, 出生日期, 性别, 乡镇, 村, 户号';

function personsSql(rows: number, person: string, errors = false, columns = AS_EXPORTED): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.map((weight, index) => `${weight} * (ascii(p[${index + 1}]) - 48)`).join(' + ');
  const wrong = errors ? 'i % 100 = 7' : 'false';
  const number = errors
    ? "CASE WHEN i % 100 = 7 THEN left(p, 9) || CASE WHEN p[10] = '1' THEN '2' ELSE '1' END || p[11:] || c ELSE p || c END"
    : 'p || c';
  return `SELECT ${columns} FROM (SELECT ${wrong} AS wrong, ${number} AS 身份证号, name AS 姓名, birth AS 出生日期, CASE WHEN ascii(p[17]) % 2 = 1 THEN '男' ELSE '女' END AS 性别, '第' || (k // 4000) || '镇' AS 乡镇, '第' || (k // 800) || '村' AS 村, 'H' || (k // 4) AS 户号
FROM (SELECT *, '10X98765432'[((${sum}) % 11) + 1] AS c FROM (SELECT i, k, lpad(CAST(110000 + (k // 14000000) * 17 + (k % 14) AS VARCHAR), 6, '0') || strftime(day, '%Y%m%d') || lpad(CAST((k // 14) // 25000 % 1000 AS VARCHAR), 3, '0') AS p, strftime(day, '%Y-%m-%d') AS birth, '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨'[1 + k % 16] || ${given('hash(k)')} || ${given('hash(k + 1)')} AS name
FROM (SELECT *, DATE '1945-01-01' + CAST((k // 14) % 25000 AS INTEGER) AS day FROM (SELECT i, ${person} AS k FROM range(${rows}) AS t(i))))))`;
}

interface Targets {
  readonly findings: string;
  readonly worklist: string;
}

/** First character with another form: 㐀 begins the ideographs. */
const FIRST_FORM = 0x3400;

/** The same findings and work list as somebody would write them for this one case. */
function handWritten(left: string, right: string, out: Targets): readonly string[] {
  const inner = `unhex('${'36'.repeat(64)}')`;
  const outer = `unhex('${'5c'.repeat(64)}')`;
  const person =
    "coalesce(id, coalesce(name, '') || '|' || coalesce(birth, '') || '|' || coalesce(sex, '') || '|' || coalesce(village, ''))";
  // translate() reads its whole table for every name. Quicker: a list by code point, for names that hold an old form.
  const { from, to } = nameForms();
  const places = [1, 2, 3, 4].map((at) => `coalesce(forms[unicode(name[${at}]) - ${FIRST_FORM - 1}], name[${at}])`);
  const folded = `CASE WHEN regexp_matches(name, '[${from}]') THEN ${places.join(' || ')} || name[5:] ELSE name END`;
  return [
    `CREATE TEMP TABLE forms AS SELECT list(folded ORDER BY code) AS forms FROM range(${FIRST_FORM}, 65536) AS codes(code) LEFT JOIN (SELECT unicode(unnest(string_split('${from}', ''))) AS code, unnest(string_split('${to}', '')) AS folded) USING (code)`,
    `CREATE TEMP TABLE found AS
WITH l AS (SELECT file_row_number + 1 AS "row", id, name, birth, sex, town, village, household FROM read_parquet('${left}', file_row_number = true)),
r AS (SELECT id, name, birth, sex, village FROM read_parquet('${right}')),
rest AS MATERIALIZED (SELECT l.* FROM l ANTI JOIN r ON l.id = r.id),
likes AS MATERIALIZED (SELECT a."row", a.id AS lid, b.id AS rid, a.name, a.birth, a.sex, a.village FROM (SELECT * REPLACE (${folded} AS name) FROM rest, forms) a JOIN (SELECT * REPLACE (${folded} AS name) FROM (SELECT * FROM r WHERE id IS NULL), forms) b USING (name, birth, sex, village)),
groups AS (SELECT name, birth, sex, village, count(DISTINCT lid) AS lefts, count(DISTINCT rid) AS rights FROM likes GROUP BY ALL),
levels AS MATERIALIZED (SELECT "row", CASE WHEN lefts > 1 OR rights > 1 THEN 'L4' ELSE 'L3' END AS level FROM likes JOIN groups USING (name, birth, sex, village)),
open AS (SELECT rest.*, coalesce(d.level, '—') AS level FROM rest ANTI JOIN (SELECT * FROM levels WHERE level = 'L3') s ON rest."row" = s."row" LEFT JOIN (SELECT "row", max(level) AS level FROM levels GROUP BY "row") d ON rest."row" = d."row"),
keyed AS (SELECT left(sha256(${outer} || unhex(sha256(${inner} || encode('bench|' || ${person})))), 32) AS finding, 'bench' AS "check", level, "row" AS left_row, NULL::VARCHAR AS right_kind, NULL::BIGINT AS right_row, name, birth, sex, town, village, NULL::VARCHAR AS "group", household, NULL::VARCHAR AS head, NULL::VARCHAR AS phone, NULL::VARCHAR AS school, NULL::VARCHAR AS grade, NULL::VARCHAR AS employer, NULL::VARCHAR AS detail, NULL::BIGINT AS money FROM open)
SELECT * FROM keyed QUALIFY row_number() OVER (PARTITION BY finding ORDER BY level, left_row) = 1`,
    `COPY (SELECT * FROM found ORDER BY "check", town, village, left_row, finding) TO '${out.findings}' (FORMAT parquet, COMPRESSION zstd)`,
    `COPY (SELECT town, "check", village, "group", household, left_row, finding, name, sex, birth, head, phone, school, grade, employer FROM found ORDER BY town, "check", village, "group", household, left_row) TO '${out.worklist}' (FORMAT parquet, COMPRESSION zstd)`,
  ];
}
