import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as XLSX from '@e965/xlsx';
import iconv from 'iconv-lite';
import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqlText, withDuckDb } from '../linkage/index.ts';
import { type DatasetManifest, type RegisterStore, type SyntheticCounty, writeLargeSheet } from '../register/index.ts';
import { jiping } from './testing/run-in-process.ts';
import { sheetRows } from './testing/sheet-rows.ts';
import { COUNTY_DAY, smallCounty } from './testing/small-county.ts';

const folder = mkdtempSync(join(tmpdir(), 'jiping-commands-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const KINDS = ['household', 'resident', 'employee', 'death', 'away', 'other-place', 'student'];
let county: SyntheticCounty;
let store: RegisterStore;
beforeAll(async () => {
  ({ county, store } = await smallCounty(folder, { persons: 900, seed: 21, only: KINDS }));
});

async function json<T>(words: readonly string[], today = COUNTY_DAY): Promise<T> {
  const ran = await jiping([...words, '--format', 'json'], folder, today);
  expect([words.join(' '), ran.status, ran.err]).toEqual([words.join(' '), 0, '']);
  return JSON.parse(ran.out) as T;
}

async function writeSheet(
  path: string,
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): Promise<void> {
  await writeLargeSheet(path, [{ name: '表', columns: headings.map((heading) => ({ heading, width: 12 })), rows }]);
}

const office = spawnSync('soffice', ['--version']).status === 0;
if (!office) console.log('pages of the bulletin are not counted: apt-get install libreoffice-writer');

/** Pages of a document as LibreOffice prints it. */
function pagesOf(path: string): number {
  const profile = `-env:UserInstallation=file://${folder}/profile`;
  execFileSync('soffice', ['--headless', profile, '--convert-to', 'pdf', '--outdir', folder, path], {
    stdio: 'ignore',
  });
  const pdf = join(folder, path.replace(/.*\//, '').replace(/docx$/, 'pdf'));
  return readFileSync(pdf, 'latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
}

async function wordsOf(path: string): Promise<string> {
  const zip = await JSZip.loadAsync(readFileSync(path));
  return (await zip.file('word/document.xml')?.async('string'))?.replaceAll(/<[^>]+>/g, '') ?? '';
}

describe('the way of the data', () => {
  it('asks for a register, and notes what was received', async () => {
    const letter = await json<{ files: string[] }>([
      ...[
        'register',
        'letter',
        '--kind',
        '户籍人口',
        '--as-of',
        '2025-03-01',
        '--destroy-by',
        '2025-12-31',
        '--out',
        folder,
      ],
    ]);
    expect(await wordsOf(letter.files[0] ?? '')).toMatch(
      /关于提供户籍人口名册的函.*公安机关.*户号（必填）.*2025年12月31日/,
    );
    const id = store.latest('household')[0]?.manifest.id ?? '';
    const note = await json<{ files: string[] }>(['register', 'handover', id.slice(0, 10), '--out', folder]);
    const words = await wordsOf(note.files[0] ?? '');
    expect(words).toContain('数据交接单');
    expect(words).toContain(store.find(id).manifest.source.sha256);
  });

  it('reads the same register from XLS, Parquet and zip', async () => {
    const file = county.files.find(({ kind }) => kind === 'death')?.path ?? '';
    const table = iconv.decode(readFileSync(file), 'gb18030');
    const cells = table
      .trim()
      .split(/\r?\n/)
      .map((line) => line.split(','));
    const book = XLSX.utils.book_new();
    XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(cells), '死亡');
    writeFileSync(join(folder, 'death.xls'), XLSX.write(book, { type: 'buffer', bookType: 'biff8' }) as Buffer);
    writeFileSync(join(folder, 'death.csv'), table);
    const zip = new JSZip();
    zip.file('目录/死亡名册.csv', readFileSync(file));
    writeFileSync(join(folder, 'death.zip'), await zip.generateAsync({ type: 'nodebuffer' }));
    await withDuckDb({ threads: 1, memory: '1GB' }, async (connection) => {
      await connection.run(
        `COPY (SELECT * FROM read_csv(${sqlText(join(folder, 'death.csv'))}, all_varchar = true)) TO ${sqlText(join(folder, 'death.parquet'))} (FORMAT parquet)`,
      );
    });
    const rows: string[] = [];
    for (const form of ['csv', 'xls', 'zip', 'parquet']) {
      const manifest = await json<DatasetManifest>([
        ...['register', 'import', `death.${form}`, '--kind', 'death', '--as-of', '2024-01-01', '--agency', form],
      ]);
      expect(manifest.rows).toBe(cells.length - 1);
      const path = store.find(manifest.id).rows ?? '';
      await withDuckDb({ threads: 1, memory: '1GB' }, async (connection) => {
        const result = await connection.runAndReadAll(
          `SELECT id, name, birth, sex, village, died FROM read_parquet(${sqlText(path)}) ORDER BY ALL`,
        );
        rows.push(JSON.stringify(result.getRows()));
      });
    }
    expect(new Set(rows).size).toBe(1);
  });

  it('says who is behind, and destroys what is due', async () => {
    interface Listed {
      readonly supplies: readonly { kind: string; agency: string; state: string; due?: string }[];
    }
    const { supplies } = await json<Listed>(['register', 'supplies', '--as-of', '2025-04-20']);
    const state = (kind: string, agency?: string): string | undefined =>
      supplies.find((each) => each.kind === kind && (agency === undefined || each.agency === agency))?.state;
    expect([state('household'), state('resident'), state('payment'), state('death', 'xls')]).toEqual([
      ...['supplied', 'overdue', 'missing', 'overdue'],
    ]);
    const again = await json<Listed>(['register', 'supplies', '--as-of', '2025-04-06']);
    expect(again.supplies.find(({ kind }) => kind === 'resident')).toMatchObject({
      state: 'supplied',
      due: '2025-04-01',
    });

    const kept = await json<DatasetManifest>([
      ...['register', 'import', 'death.csv', '--kind', 'death', '--as-of', '2024-02-01', '--agency', '殡仪馆'],
      ...['--destroy-by', '2025-03-31', '--purpose', '核对'],
    ]);
    expect((await json<{ purged: unknown[] }>(['register', 'purge', '--due'], '2025-03-31')).purged).toEqual([]);
    const { purged } = await json<{ purged: DatasetManifest[] }>(['register', 'purge', '--due'], '2025-04-01');
    expect(purged.map(({ id, purgedOn }) => [id, purgedOn])).toEqual([[kept.id, '2025-04-01']]);
    expect(store.find(kept.id).rows).toBeUndefined();
    expect((await json<DatasetManifest>(['register', 'show', kept.id])).rows).toBe(kept.rows);
  });
});

describe('villages that were merged or renamed', () => {
  it('count as their successors on the day of the register; what the table does not know stays and is counted', async () => {
    await writeSheet(
      join(folder, 'divisions.xlsx'),
      ['代码', '乡镇', '村（社区）', '停用日期', '并入代码'],
      [
        ['520330101201', '水口镇', '东风村', '2024-06-01', '520330101203'],
        ['520330101202', '水口镇', '红旗村', '', ''],
        ['520330101203', '水口镇', '新民社区', '', ''],
        ['520330102201', '石湾镇', '红旗村', '', ''],
      ],
    );
    expect(await json(['register', 'villages', 'divisions.xlsx'])).toMatchObject({ villages: 4, gone: 1 });
    const written = [
      '水口镇,东风村',
      '水口镇,520330101201',
      '石湾镇,红旗村',
      ',红旗村',
      '水口镇,石头村',
      ',水口镇东风村',
    ];
    writeFileSync(
      join(folder, 'placed.csv'),
      `姓名,乡镇,村（社区）\n${written.map((place) => `张三,${place}\n`).join('')}`,
    );
    const placedOn = async (
      asOf: string,
    ): Promise<readonly [readonly string[], readonly (readonly [string, number])[]]> => {
      const { id, quality } = await json<DatasetManifest>([
        ...['register', 'import', 'placed.csv', '--kind', 'permanent', '--as-of', asOf],
      ]);
      const places = await withDuckDb({ threads: 1, memory: '1GB' }, async (connection) => {
        const result = await connection.runAndReadAll(
          `SELECT coalesce(town, '') || village FROM read_parquet(${sqlText(store.find(id).rows ?? '')})`,
        );
        return result.getRows().map(([place]) => String(place));
      });
      return [places, quality.filter(({ rule }) => rule.startsWith('village')).map(({ rule, rows }) => [rule, rows])];
    };
    const other = ['石湾镇红旗村', '红旗村', '水口镇石头村'];
    expect(await placedOn('2024-05-31')).toEqual([
      ['水口镇东风村', '水口镇东风村', ...other, '水口镇东风村'],
      [
        ['village-unknown', 2],
        ['village-succeeded', 2],
      ],
    ]);
    expect(await placedOn('2024-06-01')).toEqual([
      ['水口镇新民社区', '水口镇新民社区', ...other, '水口镇新民社区'],
      [
        ['village-unknown', 2],
        ['village-succeeded', 3],
      ],
    ]);
    rmSync(join(store.home, 'villages.json'));
  });
});

describe('findings over several runs', () => {
  interface Listed {
    readonly findings: readonly { check: string; finding: string; state: string; name: string }[];
  }
  const compare = (asOf: string): Promise<unknown> =>
    json(['compare', 'c4', '--as-of', asOf, '--out', join(folder, asOf)], asOf);
  const states = async (): Promise<ReadonlyMap<string, string>> =>
    new Map(
      (await json<Listed>(['findings', 'list', '--job', 'c4', '--limit', '1000'])).findings.flatMap(
        ({ check, finding, state }) => (check === 'c4-not-insured' ? [[finding, state] as const] : []),
      ),
    );

  it('follows what the villages return: dismissed, resolved, reopened, gone', async () => {
    await compare('2025-03-01');
    const first = [...(await states()).keys()];
    expect(first.length).toBeGreaterThan(5);
    const lists = county.findings['c4-not-insured'];
    expect(first).toHaveLength(lists ?? 0);
    const [enrolled = '', elsewhere = '', lost = '', silent = '', joined = ''] = first;
    await writeSheet(
      join(folder, 'back.xlsx'),
      ['编号', '核实结果代码', '说明', '核实日期'],
      [
        [enrolled, '13', '已动员', '2025-03-05'],
        [elsewhere, '异地参保', '在深圳', '2025/3/5'],
        [lost, '11失联', '', '2025.3.5'],
        [joined, '05', '', '2025年3月6日'],
        [silent, '', '', ''],
        [first[5] ?? '', '77', '', ''],
      ],
    );
    const back = await jiping(['findings', 'import', 'back.xlsx', '--format', 'json'], folder, '2025-03-07');
    expect(back.status).toBe(1);
    expect(JSON.parse(back.out)).toMatchObject({
      results: [{ read: 4, added: 4, open: 1, problems: [{ rule: 'return-code' }] }],
    });

    const { balance } = await json<{ balance: { reasons: { reason: string; persons: number }[] } }>([
      ...['compare', 'balance', '--as-of', '2025-03-08'],
    ]);
    expect(balance.reasons).toEqual(
      ['失联', '已参保', '已缴待入库', '异地参保'].map((reason) => ({ reason, persons: 1 })),
    );

    await compare('2025-03-08');
    const second = await states();
    expect([enrolled, elsewhere, lost, silent].map((id) => second.get(id))).toEqual([
      ...['reopened', 'dismissed', 'open', 'open'],
    ]);

    // A new register of the insured, in which three of them stand.
    const persons = await found([enrolled, silent, joined]);
    const residents = county.files.find(({ kind }) => kind === 'resident')?.path ?? '';
    const [head = '', row = '', ...rest] = iconv.decode(readFileSync(residents), 'gb18030').trim().split('\r\n');
    const cells = row.split(',');
    const more = persons.map(({ name, sex, id, birth, town, village }) =>
      [name, sex === '1' ? '男' : '女', id, birth, town, village, '正常参保', ...cells.slice(7)].join(','),
    );
    writeFileSync(join(folder, 'residents.csv'), [head, row, ...rest, ...more].join('\r\n'));
    const newer = await json<DatasetManifest>([
      'register',
      'import',
      'residents.csv',
      '--kind',
      'resident',
      '--as-of',
      '2025-03-09',
    ]);
    expect(newer.previous?.rows).toBe(newer.rows - 3);
    await compare('2025-03-10');
    const third = await states();
    expect([enrolled, joined, silent, lost].map((id) => third.get(id))).toEqual([
      ...['resolved', 'resolved', 'gone', 'open'],
    ]);

    await json(['register', 'purge', newer.id]);
    await compare('2025-03-11');
    const fourth = await states();
    expect([enrolled, silent, elsewhere].map((id) => fourth.get(id))).toEqual(['reopened', 'reopened', 'dismissed']);
  });

  async function found(findings: readonly string[]): Promise<readonly Record<string, string>[]> {
    const household = store.latest('household')[0];
    const run = (await json<{ runs: { id: string }[] }>(['findings', 'list', '--job', 'c4'])).runs[0]?.id ?? '';
    const path = join(store.home, 'comparison', 'c4', run.slice(0, 12), 'findings.parquet');
    return withDuckDb({ threads: 1, memory: '1GB' }, async (connection) => {
      const result = await connection.runAndReadAll(
        `SELECT h.* FROM read_parquet(${sqlText(path)}) f JOIN read_parquet(${sqlText(household?.rows ?? '')}, file_row_number = true) h ON h.file_row_number + 1 = f.left_row WHERE finding IN (${findings.map(sqlText).join(', ')})`,
      );
      return result.getRowObjects() as Record<string, string>[];
    });
  }
});

describe('a list issued from above', () => {
  it('keeps its serial numbers, and goes back with the results', async () => {
    const residents = iconv.decode(
      readFileSync(county.files.find(({ kind }) => kind === 'resident')?.path ?? ''),
      'gb18030',
    );
    const [, one = '', two = ''] = residents.split('\r\n');
    const rows = [one, two].map((line, index) => [
      `省医保〔2025〕-${index + 7}`,
      line.split(',')[0] ?? '',
      line.split(',')[2] ?? '',
      '疑似重复参保',
    ]);
    await writeSheet(join(folder, 'issued.xlsx'), ['疑点编号', '姓名', '身份证号', '疑点内容'], rows);
    const issued = await json<{ results: { rows: number }[] }>([
      'findings',
      'import',
      'issued.xlsx',
      '--issuer',
      '省医保局',
    ]);
    expect(issued.results[0]?.rows).toBe(2);
    const reply = async (): Promise<string[][]> =>
      sheetRows(
        (await json<{ file: string }>(['findings', 'reply', '--issuer', '省医保局', '--out', join(folder, 'reply')]))
          .file,
      );
    const [title, headings, first = [], second = []] = await reply();
    expect(title?.join('')).toContain('省医保局疑点核查反馈表');
    expect([first[0], second[0]]).toEqual(rows.map(([serial]) => serial));
    expect(JSON.stringify([first, second])).not.toMatch(/\d{17}[\dX]/);
    const code = headings?.indexOf('核实结果代码') ?? 0;
    const filled = [...first];
    filled[code] = '15';
    filled[code + 1] = '已暂停';
    filled[code + 2] = '2025-03-05';
    await writeSheet(join(folder, 'reply-back.xlsx'), headings ?? [], [filled, second]);
    expect(await json(['findings', 'import', 'reply-back.xlsx'])).toMatchObject({ results: [{ added: 1, open: 1 }] });
    const [, , again = []] = await reply();
    expect(again.slice(code, code + 3)).toEqual(['15情况属实已处理', '已暂停', '2025-03-05']);
    const nobody = await jiping(['findings', 'reply', '--issuer', '市局', '--out', folder], folder);
    expect([nobody.status, nobody.err]).toEqual([2, 'jiping: 没有“市局”的疑点清单。\n']);
  });
});

describe('progress of the towns', () => {
  interface Told {
    readonly units: readonly {
      unit: string;
      task: number;
      enrolled: number;
      rankByRate: number;
      rankByNumber: number;
      change?: number;
      rankByScore: number;
    }[];
    readonly below: readonly string[];
    readonly interview: readonly string[];
    readonly total: { change?: number };
    readonly uncovered: readonly string[];
    readonly files: readonly string[];
  }

  it('ranks by rate and number, says the change, and follows the county’s own rule', async () => {
    const { balance } = await json<{
      balance: { towns: { town: string; registered: number; counts: number[] }[]; statuses: string[] };
    }>([...['compare', 'balance', '--as-of', '2025-03-01']]);
    const at = balance.statuses.indexOf('本地居民');
    const tasks = balance.towns.map(({ town, counts }, index) => [town, String((counts[at] ?? 1) * (index + 1))]);
    await writeSheet(join(folder, 'tasks.xlsx'), ['乡镇', '任务数'], tasks);
    writeFileSync(
      join(folder, 'rule.yaml'),
      readFileSync('rules/comparison/progress.yaml', 'utf8').replace('penalty: "10"', 'penalty: "3.5"'),
    );
    const words = ['progress', '--tasks', 'tasks.xlsx', '--scoring', 'rule.yaml', '--out', join(folder, 'progress')];
    const told = await json<Told>([...words, '--as-of', '2025-03-01']);
    expect(told.units[0]).toMatchObject({ unit: balance.towns[0]?.town, rankByRate: 1, rankByScore: 1 });
    expect(told.units.map(({ rankByRate }) => rankByRate)).toEqual(told.units.map((_, index) => index + 1));
    expect(told.below).toEqual(told.units.slice(1).map(({ unit }) => unit));
    expect(told.interview).toEqual(told.units.slice(1).map(({ unit }) => unit));
    expect(told.uncovered).toEqual([]);
    expect(told.files.map((file) => file.replace(/.*\//, ''))).toEqual([
      ...['征缴进度通报.docx', '征缴进度通报.xlsx', '约谈名单.docx', '约谈名单.xlsx'],
      ...['镇级考核计分表.docx', '镇级考核计分表.xlsx', '征缴进度通报.json'],
    ]);
    expect(await wordsOf(join(folder, 'progress', '镇级考核计分表.docx'))).toContain('扣3.5分');
    const later = await json<Told>([...words, '--as-of', '2025-03-02'], '2025-03-02');
    expect(later.total.change).toBe(0);
    expect(await wordsOf(join(folder, 'progress', '征缴进度通报.docx'))).toContain('较上次（2025年3月1日）');

    if (office) expect(pagesOf(join(folder, 'progress', '征缴进度通报.docx'))).toBe(1);

    await writeSheet(join(folder, 'other.xlsx'), ['乡镇', '任务数'], [['外县镇', '5']]);
    const wrong = await jiping(['progress', '--tasks', 'other.xlsx', '--as-of', '2025-03-01'], folder);
    expect([wrong.status, wrong.err]).toEqual([2, expect.stringContaining('外县镇')]);
  });
});

describe('money over a register', () => {
  it('simulates the subsidy person by person over the active persons of a version, and over no other register', async () => {
    const dataset = store.latest('resident', COUNTY_DAY).find(({ manifest }) => manifest.asOf === COUNTY_DAY);
    const path = dataset?.rows ?? '';
    const active = await withDuckDb({ threads: 1, memory: '1GB' }, async (connection) => {
      const result = await connection.runAndReadAll(
        `SELECT count(*) FROM read_parquet(${sqlText(path)}) WHERE status = '1'`,
      );
      return Number(result.getRows()[0]?.[0]);
    });
    const words = [
      ...['subsidy', 'simulate', '--region', '共青城', '--budget-year', '2024', '--standard-year', '2023'],
      ...['--provisional', '--as-of', '2023-08-31'],
    ];
    const run = (version: string): ReturnType<typeof jiping> =>
      jiping(
        [...words, '--register', version.slice(0, 12), '--per-person', 'each.parquet', '--format', 'json'],
        folder,
      );
    const told = await run(dataset?.manifest.id ?? '');
    const value = JSON.parse(told.out) as Record<string, unknown>;
    expect(value).toMatchObject({
      persons: String(active),
      groups: [{ persons: String(active) }],
      total: `${active * 640}.00`,
      written: { persons: String(active) },
    });
    const rows = await withDuckDb({ threads: 1, memory: '1GB' }, async (connection) => {
      const result = await connection.runAndReadAll(
        `SELECT count(*) FROM read_parquet(${sqlText(join(folder, 'each.parquet'))}) e JOIN read_parquet(${sqlText(path)}, file_row_number = true) r ON e."row" = r.file_row_number + 1 WHERE r.status = '1'`,
      );
      return Number(result.getRows()[0]?.[0]);
    });
    expect(rows).toBe(active);
    const household = await run(store.latest('household')[0]?.manifest.id ?? '');
    expect([household.status, household.err]).toEqual([2, expect.stringContaining('要城乡居民参保名册')]);
  });
});

describe('two balance tables for one day', () => {
  it('the next table shows the change since the one made last, whichever that is', async () => {
    const home = join(folder, 'balances');
    mkdirSync(home);
    const told = async <T>(...words: readonly string[]): Promise<T> => {
      const ran = await jiping([...words, '--format', 'json'], home, COUNTY_DAY);
      expect([words.join(' '), ran.status, ran.err]).toEqual([words.join(' '), 0, '']);
      return JSON.parse(ran.out) as T;
    };
    const people = ['甲', '乙', '丙'].map((name) => `张${name},男,1980-01-0${name === '甲' ? 1 : 2},水口镇,东风村`);
    const headings = '姓名,性别,出生日期,乡镇,村（社区）';
    writeFileSync(
      join(home, 'household.csv'),
      `${headings},户号\n${people.map((line, at) => `${line},H${at}\n`).join('')}`,
    );
    const residents = (count: number): string => {
      const name = `residents-${count}.csv`;
      const rows = people.slice(0, count).map((line) => `${line},,正常参保\n`);
      writeFileSync(join(home, name), `${headings},身份证号,参保状态\n${rows.join('')}`);
      return name;
    };
    await told('register', 'import', 'household.csv', '--kind', 'household', '--as-of', '2025-01-31');
    const insured = async (count: number, asOf: string): Promise<{ was: number; now: number }> => {
      await told('register', 'import', residents(count), '--kind', 'resident', '--as-of', '2025-01-31');
      const { balance } = await told<{
        balance: { statuses: string[]; county: { counts: number[] }; since?: { changes: Change[] } };
      }>('compare', 'balance', '--as-of', asOf);
      const now = balance.county.counts[balance.statuses.indexOf('本地居民')] ?? 0;
      const changes = balance.since?.changes.filter(({ from }) => from === '本地居民') ?? [];
      return { now, was: changes.reduce((sum, { persons }) => sum + persons, 0) };
    };
    interface Change {
      readonly from?: string;
      readonly persons: number;
    }
    for (const [first, last] of [
      [1, 2],
      [2, 1],
    ] as const) {
      await insured(first, '2025-01-31');
      await insured(last, '2025-01-31');
      expect(await insured(3, '2025-02-28')).toEqual({ now: 3, was: last });
    }
  });
});
