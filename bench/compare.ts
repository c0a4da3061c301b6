import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadComparisonRules, planComparison } from '../src/linkage/index.ts';
import {
  type Dataset,
  findRegisterKind,
  importRegister,
  loadRegisterKinds,
  RegisterStore,
  withDatabase,
} from '../src/register/index.ts';
import { machineLine, peakMemory } from './machine-support.ts';

const AS_OF = '2025-03-01';

/**
 * Import (CSV to cleaned Parquet) against DuckDB's own all-text read_csv to Parquet, and comparison (Parquet to findings) against
 * the bare hash join and hand-written SQL with the same output. `--left N --right M`, `--memory 8GB`.
 */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      smoke: { type: 'boolean' },
      left: { type: 'string' },
      right: { type: 'string' },
      memory: { type: 'string', default: '6GB' },
    },
  });
  const left = Number(values.left ?? (values.smoke === true ? 20_000 : 458_507));
  const right = Number(values.right ?? (values.smoke === true ? 22_000 : 500_000));
  const folder = mkdtempSync(join(tmpdir(), 'jiping-bench-'));
  const lines = [
    machineLine(),
    `rows ${left} × ${right}; 1 in 100 right-hand numbers is wrong, 1 in 20 left-hand persons is not on the right; seed none (drawn from the row number)`,
  ];
  const seconds = async (work: () => Promise<unknown>): Promise<number> => {
    const start = performance.now();
    await work();
    return (performance.now() - start) / 1000;
  };
  try {
    const csv = { left: join(folder, 'left.csv'), right: join(folder, 'right.csv') };
    const options = { threads: 2, memory: values.memory, scratch: folder, folders: [folder], files: [] };
    await withDatabase(options, async (database) => {
      await database.run(`COPY (${personsSql(left, 'i')}) TO '${csv.left}' (FORMAT csv, HEADER true)`);
      // The right register: nineteen of twenty of the left one, the others new.
      await database.run(
        `COPY (${personsSql(right, `CASE WHEN i % 20 = 3 OR i >= ${left} THEN i + ${left} + ${right} ELSE i END`, true)}) TO '${csv.right}' (FORMAT csv, HEADER true)`,
      );
    });
    lines.push(`left.csv ${Math.round(statSync(csv.left).size / 2 ** 20)} MiB`);
    const store = new RegisterStore(join(folder, 'home'));
    const kinds = loadRegisterKinds();
    const datasets: Dataset[] = [];
    const imported: number[] = [];
    for (const [path, kind] of [
      [csv.left, 'household'],
      [csv.right, 'permanent'],
    ] as const)
      imported.push(
        await seconds(async () => {
          const request = {
            path,
            kind: findRegisterKind(kinds, kind),
            asOf: AS_OF,
            agency: 'bench',
            today: AS_OF,
            confirmed: false,
            memory: values.memory,
          };
          datasets.push((await importRegister(store, request)).dataset);
        }),
      );
    const [leftSet, rightSet] = datasets;
    if (leftSet?.rows === undefined || rightSet?.rows === undefined) throw new Error('not imported');
    const [leftRows, rightRows] = [leftSet.rows, rightSet.rows];
    await withDatabase({ ...options, folders: [folder] }, async (database) => {
      const own = await seconds(() =>
        database.run(
          `COPY (SELECT * FROM read_csv('${csv.left}', all_varchar = true, header = true)) TO '${join(folder, 'own.parquet')}' (FORMAT parquet, COMPRESSION zstd)`,
        ),
      );
      lines.push(
        `import of left: ${imported[0]?.toFixed(2)} s (${Math.round(left / (imported[0] ?? 1))} rows/s); DuckDB read_csv to Parquet, no cleaning: ${own.toFixed(2)} s; ${(own / (imported[0] ?? 1)).toFixed(2)} of its speed`,
      );
      lines.push(
        `import of right: ${imported[1]?.toFixed(2)} s; without a sound number: ${rightSet.manifest.withoutId}`,
      );
      const rules = loadComparisonRules();
      const [model] = rules.jobs.find(({ job }) => job === 'c4')?.checks ?? [];
      if (model === undefined) throw new Error('no job c4');
      const source = (kind: string) => ({ kind, where: [], optional: false });
      const check = { ...model, check: 'bench', left: source('household'), rights: [source('permanent')] };
      const times: Record<'bare' | 'hand' | 'plan', number[]> = { bare: [], hand: [], plan: [] };
      const key = '00'.repeat(32);
      const [outPlan, outHand] = [join(folder, 'plan.parquet'), join(folder, 'hand.parquet')];
      const statements = planComparison(
        rules,
        check,
        (kind) => (kind === 'household' ? [leftSet] : [rightSet]),
        AS_OF,
        outPlan,
        key,
      );
      for (let round = 0; round < 3; round += 1) {
        times.bare.push(
          await seconds(() =>
            database.rows(
              `SELECT count(*) FROM read_parquet('${leftRows}') l JOIN read_parquet('${rightRows}') r ON l.id = r.id`,
            ),
          ),
        );
        times.hand.push(await seconds(() => database.run(handWritten(leftRows, rightRows, outHand))));
        times.plan.push(
          await seconds(async () => {
            for (const sql of statements) await database.run(sql);
          }),
        );
        for (const sql of statements) {
          const name = /^CREATE TEMP TABLE ("[^"]+")/.exec(sql)?.[1];
          if (name !== undefined) await database.run(`DROP TABLE ${name}`);
        }
      }
      const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[1] ?? 0;
      const [bare, hand, plan] = [median(times.bare), median(times.hand), median(times.plan)];
      const count = async (path: string): Promise<string> =>
        String(
          (
            await database.rows(
              `SELECT count(*) || ' findings, ' || count(*) FILTER (level = '—') || ' certain' FROM read_parquet('${path}')`,
            )
          )[0]?.[0],
        );
      lines.push(
        `comparison, medians of 3: bare hash join ${bare.toFixed(2)} s; hand-written SQL ${hand.toFixed(2)} s (${await count(outHand)}); plan ${plan.toFixed(2)} s (${await count(outPlan)})`,
      );
      lines.push(`plan : bare ${(plan / bare).toFixed(2)}; plan : hand-written ${(plan / hand).toFixed(2)}`);
      const [[memory] = []] = await database.rows(
        `SELECT CAST(sum(memory_usage_bytes) AS BIGINT) FROM duckdb_memory()`,
      );
      lines.push(
        `this process at most ${peakMemory()} MiB; database process: limit ${values.memory}, in use at the end ${Math.round(Number(memory ?? 0) / 2 ** 20)} MiB`,
      );
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(lines.join('\n'));
}

function personsSql(rows: number, person: string, errors = false): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.map((weight, index) => `${weight} * (ascii(p[${index + 1}]) - 48)`).join(' + ');
  const number = errors
    ? "CASE WHEN i % 100 = 7 THEN left(p, 9) || CASE WHEN p[10] = '1' THEN '2' ELSE '1' END || p[11:] || c ELSE p || c END"
    : 'p || c';
  return `SELECT ${number} AS 身份证号, name AS 姓名, birth AS 出生日期, CASE WHEN ascii(p[17]) % 2 = 1 THEN '男' ELSE '女' END AS 性别, '第' || (k // 4000) || '镇' AS 乡镇, '第' || (k // 800) || '村' AS 村, 'H' || (k // 4) AS 户号
FROM (SELECT *, '10X98765432'[((${sum}) % 11) + 1] AS c FROM (SELECT i, k, lpad(CAST(110000 + (k // 14000000) * 17 + (k % 14) AS VARCHAR), 6, '0') || strftime(day, '%Y%m%d') || lpad(CAST((k // 14) // 25000 % 1000 AS VARCHAR), 3, '0') AS p, strftime(day, '%Y-%m-%d') AS birth, '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨'[1 + k % 16] || chr(CAST(19968 + hash(k) % 6000 AS INTEGER)) || chr(CAST(19968 + hash(k + 1) % 6000 AS INTEGER)) AS name
FROM (SELECT *, DATE '1945-01-01' + CAST((k // 14) % 25000 AS INTEGER) AS day FROM (SELECT i, ${person} AS k FROM range(${rows}) AS t(i)))))`;
}

/** The same findings as somebody would write them for this one case. */
function handWritten(left: string, right: string, out: string): string {
  const inner = `unhex('${'36'.repeat(64)}')`;
  const outer = `unhex('${'5c'.repeat(64)}')`;
  const person =
    "coalesce(id, coalesce(name, '') || '|' || coalesce(birth, '') || '|' || coalesce(sex, '') || '|' || coalesce(village, ''))";
  return `COPY (
WITH l AS (SELECT "row", id, name, birth, sex, town, village, household FROM read_parquet('${left}')),
r AS (SELECT id, name, birth, sex, village FROM read_parquet('${right}')),
rest AS MATERIALIZED (SELECT l.* FROM l ANTI JOIN r ON l.id = r.id),
likes AS MATERIALIZED (SELECT rest."row", rest.id AS lid, r.id AS rid, rest.name, rest.birth, rest.sex, rest.village FROM rest JOIN (SELECT * FROM r WHERE id IS NULL) r USING (name, birth, sex, village)),
groups AS (SELECT name, birth, sex, village, count(DISTINCT lid) AS lefts, count(DISTINCT rid) AS rights FROM likes GROUP BY ALL),
levels AS MATERIALIZED (SELECT "row", CASE WHEN lefts > 1 OR rights > 1 THEN 'L4' ELSE 'L3' END AS level FROM likes JOIN groups USING (name, birth, sex, village)),
open AS (SELECT rest.*, coalesce(d.level, '—') AS level FROM rest ANTI JOIN (SELECT * FROM levels WHERE level = 'L3') s ON rest."row" = s."row" LEFT JOIN (SELECT "row", max(level) AS level FROM levels GROUP BY "row") d ON rest."row" = d."row"),
found AS (SELECT left(sha256(${outer} || unhex(sha256(${inner} || encode('bench|' || ${person})))), 32) AS finding, 'bench' AS "check", level, "row" AS left_row, NULL::VARCHAR AS right_kind, NULL::BIGINT AS right_row, name, birth, sex, town, village, NULL::VARCHAR AS "group", household, NULL::VARCHAR AS head, NULL::VARCHAR AS phone, NULL::VARCHAR AS detail, NULL::BIGINT AS money FROM open)
SELECT * FROM found QUALIFY row_number() OVER (PARTITION BY finding ORDER BY level, left_row) = 1 ORDER BY "check", town, village, finding) TO '${out}' (FORMAT parquet, COMPRESSION zstd)`;
}
