import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, expect, it } from 'vitest';
import { openSpreadsheet } from '../document/index.ts';
import { sqlText, withDuckDb } from '../linkage/index.ts';
import { RegisterStore, writeLargeSheet } from '../register/index.ts';
import { jiping } from './testing/run-in-process.ts';
import { COUNTY_DAY, smallCounty } from './testing/small-county.ts';

const folder = mkdtempSync(join(tmpdir(), 'jiping-proposals-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Compared {
  readonly runs: readonly {
    readonly id: string;
    readonly counts: readonly {
      check: string;
      level: string;
      state: string;
      findings: number;
      money: string | null;
    }[];
  }[];
  readonly linkage: readonly {
    readonly proposals: readonly {
      check: string;
      proposal: string;
      finding: string;
      level: string;
      probability: string;
    }[];
  }[];
  readonly files: readonly string[];
}

async function json<T>(words: readonly string[], home = folder): Promise<T> {
  const ran = await jiping([...words, '--format', 'json'], home, COUNTY_DAY);
  expect([words.join(' '), ran.status, ran.err]).toEqual([words.join(' '), 0, '']);
  return JSON.parse(ran.out) as T;
}

it('proposes records with a wrong name and number, changes no status, and follows the decision', async () => {
  const { county, store } = await smallCounty(folder, {
    persons: 1500,
    seed: 5,
    only: ['household', 'resident', 'employee', 'death'],
  });
  const compare = (...more: readonly string[]): Promise<Compared> =>
    json<Compared>(['compare', 'c4', '--as-of', COUNTY_DAY, '--out', join(folder, 'out'), ...more]);
  const before = await compare();
  const [run] = before.runs;
  const findings = join(store.home, 'comparison', 'c4', run?.id.slice(0, 12) ?? '', 'findings.parquet');
  const household = store.latest('household')[0]?.rows ?? '';
  // Two of the uninsured are put on the resident register with a homophone or one digit off in name and number.
  const picked = await withDuckDb({ threads: 1, memory: '1GB' }, async (connection) => {
    const result = await connection.runAndReadAll(
      `SELECT f.finding, h.id, h.name, h.sex, h.birth, h.town, h.village FROM read_parquet(${sqlText(findings)}) f JOIN read_parquet(${sqlText(household)}, file_row_number = true) h ON h.file_row_number + 1 = f.left_row WHERE f."check" = 'c4-not-insured' AND h.id IS NOT NULL AND length(h.name) = 3 ORDER BY h.id LIMIT 2`,
    );
    return result.getRowObjects() as Record<string, string>[];
  });
  const file = county.files.find(({ kind }) => kind === 'resident')?.path ?? '';
  const [head = '', first = '', ...rest] = iconv.decode(readFileSync(file), 'gb18030').trim().split('\r\n');
  const added = picked.map(({ id = '', name = '', sex, birth, town, village }) => {
    const digit = (Number(id[16]) + 3) % 10;
    return [
      `${name.slice(0, 2)}${name.endsWith('颖') ? '莹' : '颖'}`,
      sex === '1' ? '男' : '女',
      `${id.slice(0, 16)}${digit}${id.slice(17)}`,
      birth,
      town,
      village,
      '正常参保',
      ...first.split(',').slice(7),
    ].join(',');
  });
  writeFileSync(join(folder, 'residents.csv'), [head, first, ...rest, ...added].join('\r\n'));
  await json(['register', 'import', 'residents.csv', '--kind', 'resident', '--as-of', COUNTY_DAY, '--yes']);

  const proposed = await compare('--linkage');
  const count = ({ runs }: Compared, states: readonly string[]): number =>
    runs
      .flatMap(({ counts }) => counts)
      .filter(({ state }) => states.includes(state))
      .reduce((sum, { findings: some }) => sum + some, 0);
  const active = ['new', 'open', 'reopened'];
  expect(count(proposed, active)).toBe(count(before, active));
  const proposals = proposed.linkage[0]?.proposals ?? [];
  expect(new Set(proposals.map(({ level }) => level))).toEqual(new Set(['linkage']));
  expect(proposals.map(({ finding }) => finding)).toEqual(expect.arrayContaining(picked.map((each) => each.finding)));
  // Nothing beyond the two that were planted.
  expect(proposals).toHaveLength(2);
  expect(JSON.stringify(proposed.linkage)).not.toMatch(/\d{17}[\dX]/);

  const list = proposed.files.find((path) => path.endsWith('关联建议.xlsx')) ?? '';
  const book = await openSpreadsheet(list);
  const numbers: string[] = [];
  for await (const row of book.sheets[0]?.rows() ?? []) {
    const cells = row.cells.map(({ raw }) => raw);
    expect(cells.join(' ')).not.toMatch(/\d{17}[\dX]/);
    numbers.push(...cells.filter((cell) => /^[0-9a-f]{32}$/.test(cell)));
  }
  book.close();
  const of = (index: number): string =>
    proposals.find(({ finding }) => finding === picked[index]?.finding)?.proposal ?? '';
  expect(numbers).toEqual(expect.arrayContaining([of(0), of(1)]));
  const back = async (...rows: readonly (readonly string[])[]): Promise<unknown> => {
    const columns = ['编号', '核实结果代码', '说明', '核实日期'].map((heading) => ({ heading, width: 12 }));
    await writeLargeSheet(join(folder, 'back.xlsx'), [{ name: '表', columns, rows }]);
    return json(['findings', 'import', 'back.xlsx']);
  };
  expect(await back([of(0), '21是同一人', '', ''], [of(1), '22', '同村同名', ''])).toMatchObject({
    results: [{ read: 2, open: 0, problems: [] }],
  });
  const decided = await compare('--linkage');
  expect(count(decided, ['dismissed'])).toBe(1);
  expect(count(decided, active)).toBe(count(before, active) - 1);
  const left = decided.linkage[0]?.proposals.map(({ proposal }) => proposal) ?? [];
  expect([left.includes(of(0)), left.includes(of(1))]).toEqual([false, false]);

  // The word taken back opens the finding again.
  await back([of(0), '22', '', '']);
  expect(count(await compare(), active)).toBe(count(before, active));
});

it('of a check on persons in two registers proposes pairs that would be findings, and makes those a person accepts', async () => {
  const home = join(folder, 'matched');
  const { county } = await smallCounty(home, { persons: 1200, seed: 8, only: ['household', 'resident', 'death'] });
  const tableOf = (kind: string): string[] =>
    iconv
      .decode(readFileSync(county.files.find((file) => file.kind === kind)?.path ?? ''), 'gb18030')
      .trim()
      .split('\r\n');
  const deaths = tableOf('death');
  const dead = new Set(deaths.map((line) => line.split(',')[2]));
  // Three of the insured are put on the register of deaths with a homophone for the name and one digit off in the number.
  const living = tableOf('resident').filter((line) => {
    const [name = '', , id = ''] = line.split(',');
    return /^\d{17}[\dX]$/.test(id) && name.length === 3 && line.includes('正常参保') && !dead.has(id);
  });
  const spoiled = living.slice(0, 3).map((line) => {
    const [name = '', sex, id = '', birth, town, village] = line.split(',');
    const number = `${id.slice(0, 15)}${(Number(id[15]) + 3) % 10}${id.slice(16)}`;
    const other = `${name.slice(0, 2)}${name.endsWith('颖') ? '莹' : '颖'}`;
    return [other, sex, number, birth, town, village, ...(deaths[1] ?? '').split(',').slice(6)].join(',');
  });
  writeFileSync(join(home, 'deaths.csv'), [...deaths, ...spoiled].join('\r\n'));
  await json(['register', 'import', 'deaths.csv', '--kind', 'death', '--as-of', COUNTY_DAY], home);

  const compare = (...more: readonly string[]): Promise<Compared> =>
    json<Compared>(['compare', 'c3', '--as-of', COUNTY_DAY, '--out', join(home, 'out'), ...more], home);
  const found = ({ runs }: Compared): Record<string, number> =>
    Object.fromEntries(
      runs
        .flatMap(({ counts }) => counts)
        .filter(({ check }) => check === 'c3-dead')
        .map(({ level, state, findings }) => [`${level} ${state}`, findings]),
    );
  const proposed = await compare('--linkage');
  const before = found(proposed);
  expect(Object.keys(before).filter((key) => key.startsWith('linkage'))).toEqual([]);
  const proposals = (proposed.linkage[0]?.proposals ?? []).filter(({ check }) => check === 'c3-dead');
  expect(proposals).toHaveLength(3);
  expect(JSON.stringify(proposed.linkage)).not.toMatch(/\d{17}[\dX]/);
  const back = async (rows: readonly (readonly string[])[]): Promise<unknown> => {
    const columns = ['编号', '核实结果代码', '说明', '核实日期'].map((heading) => ({ heading, width: 12 }));
    await writeLargeSheet(join(home, 'back.xlsx'), [{ name: '表', columns, rows }]);
    return json(['findings', 'import', 'back.xlsx'], home);
  };
  const [one, two, three] = proposals.map(({ proposal }) => proposal);
  expect(
    await back([
      [one ?? '', '21', '', ''],
      [two ?? '', '21是同一人', '', ''],
      [three ?? '', '22', '', ''],
    ]),
  ).toMatchObject({ results: [{ read: 3, problems: [] }] });
  const decided = await compare('--linkage');
  expect(found(decided)['linkage new']).toBe(2);
  expect(decided.linkage[0]?.proposals.filter(({ check }) => check === 'c3-dead')).toEqual([]);
  const money = (run: Compared): bigint =>
    run.runs
      .flatMap(({ counts }) => counts)
      .filter(({ check }) => check === 'c3-dead')
      .reduce((sum, count) => sum + BigInt(count.money ?? 0), 0n);
  expect(money(decided) - money(proposed)).toBe(2n * 70_000n);

  await back([[one ?? '', '22', '', '']]);
  expect(found(await compare())).toMatchObject({ 'linkage open': 1, 'linkage gone': 1 });
});

it('empties what findings and persons’ files say of persons when their register is destroyed', async () => {
  await json(['compare', 'balance', '--as-of', COUNTY_DAY]);
  const comparison = join(folder, '.jiping-home', 'comparison');
  const runs = readdirSync(join(comparison, 'c4')).map((run) => join(comparison, 'c4', run));
  const files = [
    ...runs.map((run) => join(run, 'findings.parquet')),
    ...readdirSync(join(comparison, 'one-file')).map((name) => join(comparison, 'one-file', name, 'persons.parquet')),
  ];
  const look = (): Promise<readonly unknown[][]> =>
    withDuckDb({ threads: 1, memory: '1GB' }, async (connection) => {
      const rows: unknown[][] = [];
      for (const file of files) {
        const id = file.endsWith('persons.parquet') ? 'person, status' : 'finding, state, level';
        const result = await connection.runAndReadAll(
          `SELECT count(name), count(birth), count(household), count(*), count(town), md5(string_agg(concat_ws('|', ${id}, town, village), ';')) FROM read_parquet(${sqlText(file)})`,
        );
        rows.push(...result.getRows());
      }
      return rows;
    });
  const before = await look();
  expect(runs.length).toBeGreaterThan(2);
  for (const [names] of before) expect(Number(names)).toBeGreaterThan(0);
  const household = new RegisterStore(join(folder, '.jiping-home')).latest('household')[0]?.manifest.id ?? '';
  await json(['register', 'purge', household]);
  expect((await look()).map((row) => row.map(String))).toEqual(
    before.map(([, , , ...rest]) => ['0', '0', '0', ...rest.map(String)]),
  );
  for (const run of runs) expect(existsSync(join(run, 'worklist.parquet'))).toBe(false);
});
