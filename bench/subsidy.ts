import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import {
  budgetYear,
  coverageFinancedBy,
  explainShare,
  findGroup,
  noticeYear,
  PolicyRules,
  type Simulation,
  simulatePersons,
  withPersonDatabase,
} from '../src/policy/index.ts';
import { Exact } from '../src/quantity/index.ts';
import { packagedRulesFolder, readRuleFolder } from '../src/rules/index.ts';
import { machineLine, peakMemory, pythonHas } from './machine-support.ts';

const GROUPS = ['residents', 'students-local', 'students-provincial', 'students-central', 'aided-destitute'] as const;
const AIDS = ['destitute', 'subsistence', 'disabled-child', 'disabled-adult', 'urban-low-income'] as const;
const SEED = 20261122;

/**
 * `npm run bench -- subsidy [--smoke] [--rows N]… [--python PATH]`: the subsidy of a register person by person.
 * Two timings from the same Parquet: totals only against a bare GROUP BY of the same columns, and every level's amount
 * per person written to Parquet against a hand-written SQL COPY; OpenFisca-core beside it. No ratio without equality.
 */
export async function run(args: string[]): Promise<void> {
  const sizes = args.includes('--smoke') ? [100_000] : rowsOf(args);
  const python = args[args.indexOf('--python') + 1] ?? '';
  const interpreter = args.includes('--python') ? python : (process.env.JIPING_PYTHON ?? 'python3');
  console.log(machineLine());
  console.log(`seed ${SEED}; DuckDB 2 threads, memory_limit 4GB, both sides; best of 3 in turns; times in seconds`);
  for (const rows of sizes) await runSize(rows, interpreter);
  console.log(`peak memory of this process (without the database process): ${peakMemory()} MiB`);
}

function rowsOf(args: readonly string[]): number[] {
  const given = args.flatMap((word, index) => (word === '--rows' ? [Number(args[index + 1])] : []));
  return given.length > 0 ? given : [1_000_000, 10_000_000];
}

async function runSize(rows: number, python: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'jiping-bench-'));
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '2',
    memory_limit: '4GB',
    temp_directory: folder,
  });
  const connection = await instance.connect();
  try {
    const dataset = join(folder, 'persons.parquet');
    await synthesise(connection, rows, dataset);
    const rules = PolicyRules.load(readRuleFolder(packagedRulesFolder(), 'policy'));
    console.log(`\n${rows} persons`);

    const one = join(folder, 'one.parquet');
    await synthesise(connection, 1, one);
    const out = join(folder, 'ours.parquet');
    const hand = join(folder, 'hand.parquet');
    const handSql = handWritten(rules, dataset, hand);
    let totals: Simulation | undefined;
    const [start, bare, ours, written, copied] = await bestInTurns([
      () => simulate(rules, one, undefined),
      () => connection.runAndReadAll(`SELECT category, identities, months, count(*) FROM '${dataset}' GROUP BY ALL`),
      async () => {
        totals = await simulate(rules, dataset, undefined);
      },
      () => simulate(rules, dataset, out),
      () => connection.run(handSql),
    ]);
    const equal = await sameFiles(connection, out, hand, totals);
    console.log(`  starting the database process (a dataset of one person): ${start.toFixed(2)}`);
    console.log(
      `  totals only         ${ours.toFixed(2)}   bare GROUP BY ${bare.toFixed(2)}${ratios(equal, ours, start, bare, 3)}`,
    );
    console.log(
      `  amounts per person  ${written.toFixed(2)}   hand-written COPY ${copied.toFixed(2)}${ratios(equal, written, start, copied, 1.5)}`,
    );
    console.log(`  every person and total equal to the fen: ${equal ? 'yes' : 'NO'}`);
    for (const level of totals?.levels ?? []) console.log(`    ${level.level.padEnd(9)} ${level.due.toString()}`);
    peer(rules, python, folder, dataset, out, ours, written);
  } finally {
    connection.closeSync();
    instance.closeSync();
    rmSync(folder, { recursive: true, force: true });
  }
}

function ratios(equal: boolean, ours: number, start: number, theirs: number, aim: number): string {
  if (!equal) return '   no ratio: results differ';
  const apart = Math.max(0, ours - start);
  return `   ratio ${(ours / theirs).toFixed(2)}, start apart ${(apart / theirs).toFixed(2)} (aim ≤ ${aim})`;
}

/** About 46 % students, 8 % aided, some with two identities, 1 % without a month. */
async function synthesise(connection: DuckDBConnection, rows: number, path: string): Promise<void> {
  const pick = (salt: number, modulus: number): string => `(hash(i + ${SEED + salt * 1_000_003}) % ${modulus})`;
  await connection.run(`COPY (
    SELECT i AS person,
      CASE WHEN ${pick(1, 1000)} < 510 THEN 'residents' WHEN ${pick(1, 1000)} < 900 THEN 'students-local'
           WHEN ${pick(1, 1000)} < 950 THEN 'students-provincial' WHEN ${pick(1, 1000)} < 970 THEN 'students-central'
           ELSE 'aided-destitute' END AS category,
      CASE WHEN ${pick(2, 1000)} < 920 THEN '' WHEN ${pick(2, 1000)} < 940 THEN 'destitute'
           WHEN ${pick(2, 1000)} < 960 THEN 'subsistence' WHEN ${pick(2, 1000)} < 975 THEN 'disabled-adult'
           WHEN ${pick(2, 1000)} < 985 THEN 'subsistence|disabled-adult' WHEN ${pick(2, 1000)} < 990 THEN 'disabled-child'
           ELSE 'destitute|urban-low-income' END AS identities,
      CASE WHEN ${pick(3, 100)} = 0 THEN 0 WHEN ${pick(3, 100)} < 90 THEN 12 ELSE ${pick(4, 12)} + 1 END::TINYINT AS months
    FROM range(${rows}) t(i)) TO '${path}' (FORMAT parquet)`);
}

async function simulate(rules: PolicyRules, dataset: string, out: string | undefined): Promise<Simulation> {
  return withPersonDatabase({ dataset, out, threads: 2, memoryLimit: '4GB' }, (database) =>
    simulatePersons(
      rules,
      {
        region: rules.jurisdictions.find('共青城'),
        years: {
          standard: noticeYear(2024),
          provisional: false,
          coverage: coverageFinancedBy(budgetYear(2024)),
          budget: budgetYear(2024),
          headsAsOf: '2024-06-30',
        },
        perPerson: out !== undefined,
      },
      database,
    ),
  );
}

interface Rates {
  readonly levels: readonly string[];
  readonly shares: Record<string, Record<string, number>>;
  readonly aid: Record<string, number>;
  readonly individual: number;
}

const fen = (amount: Exact): number => Number(amount.mul(Exact.hundred).toString());

/** The figures a person would copy out of the rules to write the SQL or the peer's parameters by hand. */
function ratesOf(rules: PolicyRules): Rates {
  const region = rules.jurisdictions.find('共青城');
  const shares: Rates['shares'] = {};
  for (const name of GROUPS) {
    const group = findGroup(name);
    if (group === undefined) throw new Error(name);
    const explained = explainShare(rules, { region, group, budget: budgetYear(2024), standard: noticeYear(2024) });
    shares[name] = Object.fromEntries(explained.shares.map((share) => [share.level, fen(share.amount)]));
  }
  const individual = rules.individual(region, noticeYear(2023))?.high ?? Exact.zero;
  const kinds = rules.aid(region, noticeYear(2023))?.kinds;
  const aid = Object.fromEntries(
    AIDS.map((name) => {
      const kind = kinds?.get(name);
      return [name, fen(kind?.mode === 'FULL' ? individual : (kind?.amount ?? Exact.zero))];
    }),
  );
  return { levels: ['central', 'province', 'county'], shares, aid, individual: fen(individual) };
}

/** What a good SQL writer would write by hand for this county and year: literals, CASE, no lookup. */
function handWritten(rules: PolicyRules, dataset: string, out: string): string {
  const rates = ratesOf(rules);
  const level = (name: string): string =>
    `CASE WHEN months = 0 THEN 0 ELSE CASE category ${GROUPS.map((group) => `WHEN '${group}' THEN ${rates.shares[group]?.[name] ?? 0}`).join(' ')} END END::INTEGER AS ${name}_fen`;
  const best = `CASE identities WHEN '' THEN 0 WHEN 'destitute' THEN ${rates.aid['destitute']} WHEN 'destitute|urban-low-income' THEN ${rates.aid['destitute']}
    WHEN 'subsistence' THEN ${rates.aid['subsistence']} WHEN 'disabled-adult' THEN ${rates.aid['disabled-adult']}
    WHEN 'subsistence|disabled-adult' THEN ${Math.max(rates.aid['subsistence'] ?? 0, rates.aid['disabled-adult'] ?? 0)} WHEN 'disabled-child' THEN ${rates.aid['disabled-child']} END`;
  const fund = `CASE WHEN months = 0 THEN NULL ELSE CASE identities WHEN 'destitute' THEN 'medical-assistance' WHEN 'destitute|urban-low-income' THEN 'medical-assistance'
    WHEN 'subsistence' THEN 'medical-assistance' WHEN 'subsistence|disabled-adult' THEN 'medical-assistance' WHEN 'disabled-adult' THEN 'own-budget' WHEN 'disabled-child' THEN 'own-budget' END END`;
  return `COPY (SELECT *, ${rates.levels.map(level).join(', ')}, (CASE WHEN months = 0 THEN 0 ELSE ${best} END)::INTEGER AS aid_fen, ${fund} AS aid_fund
    FROM '${dataset}') TO '${out}' (FORMAT parquet, COMPRESSION snappy)`;
}

/** Every row of both files the same, and the totals the sums of the rows. */
async function sameFiles(
  connection: DuckDBConnection,
  ours: string,
  hand: string,
  totals: Simulation | undefined,
): Promise<boolean> {
  const columns = 'person, central_fen, province_fen, county_fen, aid_fen, aid_fund';
  const [different] = (
    await connection.runAndReadAll(
      `SELECT count(*)::VARCHAR FROM (SELECT ${columns} FROM '${ours}') a FULL JOIN (SELECT ${columns} FROM '${hand}') b USING (person)
       WHERE a.central_fen IS DISTINCT FROM b.central_fen OR a.province_fen IS DISTINCT FROM b.province_fen OR a.county_fen IS DISTINCT FROM b.county_fen
         OR a.aid_fen IS DISTINCT FROM b.aid_fen OR a.aid_fund IS DISTINCT FROM b.aid_fund`,
    )
  ).getRows();
  const [sums] = (
    await connection.runAndReadAll(
      `SELECT sum(central_fen)::VARCHAR, sum(province_fen)::VARCHAR, sum(county_fen)::VARCHAR, sum(aid_fen)::VARCHAR FROM '${hand}'`,
    )
  ).getRows();
  const expected = ['central', 'province', 'county'].map((name) =>
    String(totals?.levels.find((level) => level.level === name)?.due.mul(Exact.hundred)),
  );
  const aid = Exact.sum(totals?.aid.map((entry) => entry.total) ?? []).mul(Exact.hundred);
  return different?.[0] === '0' && JSON.stringify(sums) === JSON.stringify([...expected, aid.toString()]);
}

/** The best of three of each, taken in turns, so that a busy machine treats all alike. */
async function bestInTurns<const T extends readonly (() => Promise<unknown>)[]>(
  works: T,
): Promise<{ [K in keyof T]: number }> {
  const best = works.map(() => Number.POSITIVE_INFINITY);
  for (let turn = 0; turn < 3; turn += 1)
    for (const [index, work] of works.entries()) {
      const start = process.hrtime.bigint();
      await work();
      best[index] = Math.min(best[index] ?? 0, Number(process.hrtime.bigint() - start) / 1e9);
    }
  return best as { [K in keyof T]: number };
}

function peer(
  rules: PolicyRules,
  python: string,
  folder: string,
  dataset: string,
  out: string,
  totals: number,
  written: number,
): void {
  if (spawnSync(python, ['--version']).status !== 0 || !pythonHas(python, ['openfisca_core', 'pyarrow', 'numpy'])) {
    console.log(
      '  OpenFisca-core is not installed: skipped (python3 -m venv /tmp/of && /tmp/of/bin/pip install openfisca-core pyarrow; then --python /tmp/of/bin/python)',
    );
    return;
  }
  const rates = join(folder, 'rates.json');
  writeFileSync(rates, JSON.stringify(ratesOf(rules)));
  const script = join(dirname(fileURLToPath(import.meta.url)), 'peers', 'openfisca_subsidy.py');
  const said = JSON.parse(
    execFileSync(python, [script, dataset, out, rates], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
  ) as {
    load: number;
    compute: number;
    equal: boolean;
    peak: number;
  };
  console.log(
    `  OpenFisca-core: load ${said.load.toFixed(2)}, compute per person ${said.compute.toFixed(2)}, peak ${said.peak} MiB, equal to ours per person: ${said.equal ? 'yes' : 'NO'}`,
  );
  if (said.equal)
    console.log(
      `    (arrays in memory; ours: totals from Parquet ${totals.toFixed(2)}, per person from Parquet to Parquet ${written.toFixed(2)}; load + compute ${(said.load + said.compute).toFixed(2)})`,
    );
}
