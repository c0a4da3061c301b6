import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSpreadsheet } from '../document/index.ts';
import {
  balancePersons,
  importReturnedList,
  loadComparisonRules,
  runComparisons,
  writeWorkLists,
} from '../linkage/index.ts';
import {
  findRegisterKind,
  importRegister,
  loadRegisterKinds,
  RegisterStore,
  type SyntheticCounty,
  synthesiseCounty,
  withImportSession,
  writeLargeSheet,
} from '../register/index.ts';
import { jiping } from './testing/run-in-process.ts';
import { sheetRows } from './testing/sheet-rows.ts';

const folder = mkdtempSync(join(tmpdir(), 'jiping-county-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const AS_OF = '2025-03-01';
const AGENCIES: Readonly<Record<string, string>> = {
  household: '县公安局',
  resident: '县医保中心',
  death: '县民政局',
  payment: '县税务局',
};
const rules = loadComparisonRules();
const kinds = loadRegisterKinds();
/** Eighteen characters as only an identity number has them. */
const NUMBER = /(?<!\d)\d{6}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])\d{2}\d{3}[\dX](?!\d)/;

function* filesUnder(path: string): Generator<string> {
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const child = join(path, entry.name);
    if (entry.isDirectory()) yield* filesUnder(child);
    else yield child;
  }
}

describe('a county of 3,000 with errors in its registers', () => {
  const home = join(folder, 'home');
  const store = new RegisterStore(home);
  const options = { asOf: AS_OF, today: AS_OF };
  let county: SyntheticCounty;
  beforeAll(async () => {
    county = await synthesiseCounty({
      persons: 3000,
      seed: 5,
      asOf: AS_OF,
      folder: join(folder, 'county'),
      encoding: 'gb18030',
      errors: 60,
    });
    await withImportSession(
      store,
      county.files.map(({ path }) => path),
      async (database) => {
        for (const { kind, path, rows } of county.files)
          await importRegister(store, {
            path,
            kind: findRegisterKind(kinds, kind),
            asOf: AS_OF,
            agency: AGENCIES[kind] ?? '某局',
            today: AS_OF,
            confirmed: false,
            expectedRows: rows,
            database,
          });
      },
    );
  });

  it('finds what the truth says, follows findings from run to run, and takes work lists back', async () => {
    const { runs, skipped } = await runComparisons(store, rules, rules.jobs, options);
    expect(skipped).toEqual([]);
    const found: Record<string, number> = {};
    for (const { check, findings } of runs.flatMap(({ counts }) => counts))
      found[check] = (found[check] ?? 0) + findings;
    expect(found).toEqual(county.findings);
    const again = await runComparisons(store, rules, rules.jobs, options);
    expect(again.runs).toEqual(runs);

    const balance = await balancePersons(store, rules, options);
    expect(balance.county.registered).toBe(3000);
    expect(
      Object.fromEntries(
        balance.statuses
          .map((status, index) => [status, balance.county.counts[index]])
          .filter(([, count]) => count !== 0),
      ),
    ).toEqual(county.statuses);

    const job = rules.jobs.find((each) => each.job === 'c4');
    const run = runs.find((each) => each.job === 'c4');
    if (job === undefined || run === undefined) throw new Error('no c4');
    const [list] = await writeWorkLists(store, rules, job, run, join(folder, 'lists'), options);
    const book = await openSpreadsheet(list?.path ?? '');
    const rows: string[][] = [];
    for await (const row of book.sheets[0]?.rows() ?? []) rows.push(row.cells.map(({ raw }) => raw));
    book.close();
    expect(rows[1]).toContain('核实结果代码');
    expect(JSON.stringify(rows)).not.toMatch(NUMBER);
    const [first, second] = rows.slice(2).map((row) => row.at(-1) ?? '');
    const headings = ['编号', '核实结果代码', '说明', '核实日期'].map((heading) => ({ heading, width: 10 }));
    const returned = join(folder, 'returned.xlsx');
    await writeLargeSheet(returned, [
      {
        name: '返回',
        columns: headings,
        rows: [
          [first ?? '', '01异地参保', '在深圳参保', '2025-03-05'],
          [second ?? '', '77', '', ''],
        ],
      },
    ]);
    const result = await importReturnedList(store, rules, returned, '2025-03-06');
    expect([result.added, result.problems.map(({ rule }) => rule)]).toEqual([1, ['return-code']]);
    const next = await runComparisons(store, rules, [job], options);
    const states = Object.fromEntries(
      (next.runs[0]?.counts ?? [])
        .filter(({ check }) => check === 'c4-not-insured')
        .map(({ state, findings }) => [state, findings]),
    );
    expect(states).toEqual({ dismissed: 1, open: (county.findings['c4-not-insured'] ?? 0) - 1 });
  });

  it('sends each agency the records of its register that another contradicts, and takes its answer back', async () => {
    const { runs } = await runComparisons(store, rules, rules.jobs, options);
    const listsOf = async (name: string): Promise<ReadonlyMap<string, readonly string[][]>> => {
      const job = rules.jobs.find((each) => each.job === name);
      const run = runs.find((each) => each.job === name);
      if (job === undefined || run === undefined) throw new Error(name);
      const lists = await writeWorkLists(store, rules, job, run, join(folder, 'agencies'), options);
      const read = lists.map(async ({ path, receiver }) => [receiver, await sheetRows(path)] as const);
      return new Map(await Promise.all(read));
    };
    const columnOf = (rows: readonly string[][], heading: string): readonly string[] => {
      const at = rows[1]?.indexOf(heading) ?? -1;
      return rows.slice(2).map((row) => row[at] ?? '');
    };
    const dead = await listsOf('c3');
    expect([...dead.keys()].sort()).toEqual(['县医保中心', '县公安局', '县民政局'].sort());
    expect(dead.get('县医保中心')?.length).toBe(2 + (county.findings['c3-dead'] ?? 0));
    expect(dead.get('县公安局')?.length).toBe(2 + (county.findings['c3-dead-registered'] ?? 0));
    expect(JSON.stringify([...dead.values()])).not.toMatch(NUMBER);
    // By the order of the register, whose rows they name.
    const rows = columnOf(dead.get('县公安局') ?? [], '行号').map(Number);
    expect(rows.every((row) => Number.isInteger(row) && row > 0)).toBe(true);
    const paid = await listsOf('c11');
    const reasons = columnOf(paid.get('县税务局') ?? [], '事由');
    const count = (words: string): number => reasons.filter((reason) => reason.includes(words)).length;
    expect([count('未见参保登记'), count('税务缴费明细中没有找到')]).toEqual([
      county.findings['c11-paid-not-registered'],
      county.findings['c11-registered-not-paid'],
    ]);
    // A number can be put right only where it is wrong: the two lists together hold every case.
    const numbers = await listsOf('c4');
    const wrong = ['县公安局', '县医保中心'].flatMap((agency) => columnOf(numbers.get(agency) ?? [], '编号'));
    expect(new Set(wrong).size).toBe(county.findings['c4-wrong-number']);

    const [alive = ''] = columnOf(dead.get('县民政局') ?? [], '编号');
    const returned = join(folder, 'agency-returned.xlsx');
    const headings = ['编号', '核实结果代码', '说明', '核实日期'].map((heading) => ({ heading, width: 10 }));
    await writeLargeSheet(returned, [{ name: '返回', columns: headings, rows: [[alive, '16', '健在', '2025-03-07']] }]);
    expect(await importReturnedList(store, rules, returned, '2025-03-08')).toMatchObject({ added: 1, problems: [] });
    const again = await runComparisons(
      store,
      rules,
      rules.jobs.filter(({ job }) => job === 'c3'),
      options,
    );
    const dismissed = again.runs[0]?.counts.filter(({ state }) => state === 'dismissed') ?? [];
    expect(dismissed.map(({ findings }) => findings)).toEqual([1]);
  });

  it('leaves no identity number in a name, manifest, run, journal or message', async () => {
    for (const path of filesUnder(home)) {
      expect(path).not.toMatch(NUMBER);
      if (!path.endsWith('.parquet'))
        expect(readFileSync(path, 'utf8').replaceAll(/[0-9a-f]{32,64}/g, '')).not.toMatch(NUMBER);
    }
    const ran = await jiping(
      ['register', 'import', join(folder, 'county', '死亡.csv'), '--kind', '学籍', '--as-of', AS_OF],
      folder,
    );
    expect(ran.status).toBe(2);
    expect(ran.out + ran.err).not.toMatch(NUMBER);
  });

  it('killed in the middle of an import, keeps what was there and leaves no scratch after the next run', async () => {
    const before = store.list().map(({ manifest }) => manifest.id);
    const main = fileURLToPath(new URL('main.ts', import.meta.url));
    const file = county.files.find(({ kind }) => kind === 'household')?.path ?? '';
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', main, 'register', 'import', file, '--kind', 'permanent', '--as-of', '2025-02-01'],
      { env: { ...process.env, JIPING_HOME: home }, stdio: 'ignore' },
    );
    const ended = new Promise((resolve) => child.on('exit', resolve));
    // As soon as it has begun to write, or has ended by itself.
    while (readdirSync(join(home, 'scratch')).length === 0 && child.exitCode === null)
      await new Promise((resolve) => setTimeout(resolve, 5));
    child.kill('SIGKILL');
    await ended;
    const after = new RegisterStore(home);
    expect(readdirSync(join(home, 'scratch'))).toEqual([]);
    expect(
      after
        .list()
        .map(({ manifest }) => manifest.id)
        .filter((id) => before.includes(id)),
    ).toEqual(before);
    for (const { rows } of after.list()) expect(rows === undefined || existsSync(rows)).toBe(true);
    await expect(after.locked(async () => 'free')).resolves.toBe('free');
  });
});
