import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cleanValue } from '../cleaning/clean-value.ts';
import { plainRule } from '../cleaning/plain-sql.ts';
import { type Database, openDatabase } from '../database/database.ts';
import { sqlText } from '../database/sql.ts';
import { RegisterStore } from '../dataset/register-store.ts';
import { identityCheckCharacter } from '../identity-number.ts';
import { FIELD_TYPES, findRegisterKind, loadRegisterKinds } from '../kinds/register-kinds.ts';
import { writeLargeSheet } from '../sheet/write-large-sheet.ts';
import { importRegister } from './import-register.ts';

const ID = '11010519491231002X';
const OLD = '110105491231002';
const folder = mkdtempSync(join(tmpdir(), 'jiping-register-'));
const store = new RegisterStore(join(folder, 'home'));
const kinds = loadRegisterKinds();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const HEAD = '姓名,身份证号,性别,村（社区）,缴费日期,缴费金额\r\n';
const ROWS = [
  `张三,${ID},女,水石村,2024-11-03,400\r\n`,
  `李 四,'${OLD},女, 水石村,2024/1/5,"1,200.50"\r\n`,
  `王五,1.10105E+17,男,土桥村,45300,四百\r\n`,
].join('');

function put(name: string, bytes: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

function importPayment(path: string, more: object = {}) {
  return importRegister(store, {
    path,
    kind: findRegisterKind(kinds, '税务缴费'),
    asOf: '2025-03-01',
    agency: '某县税务局',
    today: '2025-03-02',
    confirmed: false,
    ...more,
  });
}

async function rowsOf(path: string): Promise<readonly (readonly unknown[])[]> {
  const database = await openDatabase({ threads: 1, memory: '1GB', scratch: folder, folders: [], files: [path] });
  try {
    return await database.rows(
      `SELECT file_row_number + 1, id, id_raw, name, sex, birth, village, paid, amount FROM read_parquet(${sqlText(path)}, file_row_number = true) ORDER BY 1`,
    );
  } finally {
    database.close();
  }
}

const VALUES = { '1': ['男', '居民'], '2': ['女', '男', '1'], '390': [' 男', '职工医保'] };

const EXPECTED = [
  [1n, ID, null, '张三', '2', '1949-12-31', '水石村', '2024-11-03', 40000n],
  [2n, ID, `'${OLD}`, '李四', '2', '1949-12-31', '水石村', '2024-01-05', 120050n],
  [3n, null, '1.10105E+17', '王五', '1', null, '土桥村', '2024-01-09', null],
];

describe('importing a register', () => {
  it.each([
    ['utf8.csv', Buffer.from(HEAD + ROWS), 'utf-8'],
    ['bom.csv', Buffer.from(`\uFEFF${HEAD}${ROWS}`), 'utf-8'],
    ['gbk.csv', iconv.encode(HEAD + ROWS, 'gb18030'), 'gb18030'],
    ['utf16.csv', Buffer.from(`\uFEFF${HEAD}${ROWS}`, 'utf16le'), 'utf-16le'],
    ['title.csv', Buffer.from(`某县缴费名单\r\n${HEAD}${ROWS}`), 'utf-8'],
  ])('a tax officer’s %s gives the same clean rows', async (name, bytes, encoding) => {
    const { dataset } = await importPayment(put(name, bytes));
    expect(dataset.manifest).toMatchObject({ rows: 3, withoutId: 1, source: { encoding } });
    expect(await rowsOf(dataset.rows ?? '')).toEqual(EXPECTED);
    expect(dataset.manifest.quality.map(({ rule, rows }) => [rule, rows])).toEqual(
      expect.arrayContaining([
        ['identity-scientific', 1],
        ['date-serial', 1],
        ['money-unreadable', 1],
        ['identity-repeated', 1],
      ]),
    );
    expect(JSON.stringify(dataset.manifest)).not.toMatch(new RegExp(`${ID}|${OLD}`));
  });

  it('reads a workbook as it reads a CSV file', async () => {
    const path = join(folder, 'book.xlsx');
    const cells = ROWS.trim()
      .split('\r\n')
      .map((line) => line.replace('"1,200.50"', '1200.50').split(','));
    await writeLargeSheet(path, [
      {
        name: '缴费',
        title: '缴费名单',
        columns: HEAD.trim()
          .split(',')
          .map((heading) => ({ heading, width: 12 })),
        rows: cells,
      },
    ]);
    const { dataset } = await importPayment(path);
    expect(await rowsOf(dataset.rows ?? '')).toEqual(EXPECTED);
    expect(dataset.manifest.source).toMatchObject({ encoding: 'workbook', sheet: '缴费', headingRow: 2 });
  });

  it('gives equal input one version, kept safe, and a purged one only its counts', async () => {
    const path = put('again.csv', `${HEAD}${ROWS}`);
    const first = await importPayment(path);
    const second = await importPayment(path);
    expect([first.dataset.manifest.id, second.known]).toEqual([second.dataset.manifest.id, true]);
    const other = await importPayment(path, { asOf: '2025-04-01' });
    expect(other.dataset.manifest.id).not.toBe(first.dataset.manifest.id);
    expect(statSync(other.dataset.rows ?? '').mode & 0o777).toBe(0o600);
    expect(statSync(other.dataset.folder).mode & 0o777).toBe(0o700);
    store.purge(other.dataset, '2025-05-01');
    expect(readdirSync(other.dataset.folder)).toEqual(['manifest.json']);
    expect(store.find(other.dataset.manifest.id).manifest).toMatchObject({ rows: 3, purgedOn: '2025-05-01' });
  });

  it('takes of several versions for one day the one brought in last, also when it was brought in before', async () => {
    const day = { asOf: '2025-06-01', agency: '更正县税务局' };
    const counts = (): string | undefined =>
      store.latest('payment', day.asOf).find(({ manifest }) => manifest.agency === day.agency)?.manifest.id;
    const paths = [2, 3, 4, 5, 6].map((rows) =>
      put(`corrected-${rows}.csv`, `${HEAD}${ROWS.slice(0, -1).repeat(rows)}\n`),
    );
    for (const path of paths) {
      const { dataset } = await importPayment(path, day);
      expect(counts()).toBe(dataset.manifest.id);
    }
    const [first = '', , , , last = ''] = paths;
    const again = await importPayment(first, day);
    expect([again.known, again.countsAgain, counts()]).toEqual([true, true, again.dataset.manifest.id]);
    expect((await importPayment(first, day)).countsAgain).toBe(false);
    expect((await importPayment(last, { ...day, asOf: '2025-06-02' })).countsAgain).toBe(false);
  });

  it.each([
    ['wrong encoding', Buffer.concat([Buffer.from(HEAD), Buffer.from([0x81, 0xff, 0x20, 0x0a])]), /编码/],
    ['truncated file', Buffer.from(`${HEAD}张三,${ID},女,水石`), /第 2 行/],
    ['headings that stand twice', Buffer.from(`姓名,身份证号,身份证号,缴费金额\n张三,${ID},${ID},1\n`), /出现了两次/],
    ['another agency’s file', Buffer.from(`姓名,身份证号,学校,学籍号\n张三,${ID},一小,G1\n`), /student/],
    ['an empty file', Buffer.from(''), /空/],
    ['a file without rows', Buffer.from(HEAD), /没有数据行/],
    ['a page of the web', Buffer.from('<html><body>登录</body></html>'), /网页|表头/],
  ])('refuses %s and leaves nothing', async (name, bytes, message) => {
    const before = store.list().map(({ manifest }) => manifest.id);
    const fault = await importPayment(put(`${name.replaceAll(/\W/g, '-')}.csv`, bytes)).catch((error: Error) => error);
    expect(fault).toBeInstanceOf(Error);
    expect((fault as Error).message).toMatch(message);
    expect((fault as Error).message).not.toContain(ID);
    expect(store.list().map(({ manifest }) => manifest.id)).toEqual(before);
    expect(readdirSync(join(store.home, 'scratch'))).toEqual([]);
  });

  it('refuses a file shorter than its hand-over note says', async () => {
    await expect(importPayment(put('short.csv', `${HEAD}${ROWS}\n`), { expectedRows: 5 })).rejects.toThrow(
      /交接单为 5 行/,
    );
  });

  it('asks before it believes a likeness, and remembers the answer', async () => {
    const path = put('likeness.csv', `缴款人员姓名,纳税人身份证号,实际缴费金额\n张三,${ID},400\n`);
    await expect(importPayment(path, { agency: '另一局' })).rejects.toThrow(/--yes/);
    await importPayment(path, { agency: '另一局', confirmed: true });
    const next = put('next.csv', `缴款人员姓名,纳税人身份证号,实际缴费金额\n李四,${ID},380\n`);
    expect((await importPayment(next, { agency: '另一局' })).dataset.manifest.mapping).toMatchObject({
      id: '纳税人身份证号',
    });
  });
});

describe('plain cells are cleaned in SQL as in TypeScript', () => {
  let database: Database;
  beforeAll(async () => {
    database = await openDatabase({ threads: 1, memory: '1GB', scratch: folder, folders: [], files: [] });
  });
  afterAll(() => database.close());

  it('on random strings, many of them nearly right', async () => {
    const digits = (length: number) =>
      fc.array(fc.constantFrom(...'0123456789'), { minLength: length, maxLength: length }).map((list) => list.join(''));
    const identity = fc
      .tuple(
        digits(6),
        fc.constantFrom('19491231', '20240229', '20230229', '18991231', '20260101', '19051201'),
        digits(3),
        fc.boolean(),
      )
      .map(([region, birth, serial, right]) => {
        const first17 = region + birth + serial;
        return first17 + (right ? identityCheckCharacter(first17) : '0');
      });
    const texts = fc.oneof(
      identity,
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.string({ unit: fc.constantFrom(...'张三·．欧 阳A1-/年月日〇Ｘ０,.'), maxLength: 8 }),
      fc
        .tuple(fc.integer({ min: 1800, max: 2101 }), fc.integer({ min: 0, max: 13 }), fc.integer({ min: 0, max: 32 }))
        .map(([y, m, d]) => `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`),
      fc.tuple(fc.nat(9999), fc.nat(999)).map(([yuan, rest]) => `${yuan}.${rest}`),
      // What a database reads as a number of 17 digits, with every check character.
      fc
        .tuple(
          fc.constantFrom(
            '1.1010519491231e16',
            '11010519491231e+3',
            '0x18722bee00fd000',
            '1101_519491231002',
            '+1010519491231002',
            '11010519491231e12',
            '1101051949123100e',
            '110105194912310.2',
          ),
          fc.constantFrom(...'0123456789X'),
        )
        .map((parts) => parts.join('')),
      digits(11),
      fc.tuple(fc.constantFrom('1', '+', '1.', '13'), digits(9)).map((parts) => parts.join('')),
      fc
        .tuple(fc.constantFrom('2024', '1999', '2103'), fc.constantFrom('-', '/', '.', ''), digits(2), digits(2))
        .map(([year, mark, month, day]) => [year, month, day].join(mark)),
      fc
        .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 31 }), fc.constantFrom('-', '/'))
        .map(([month, day, mark]) => ['2024', month, day].join(mark)),
      fc.constantFrom(
        '男',
        '女',
        '男 ',
        '1',
        '２',
        '390',
        '居民',
        '职工医保',
        '20240229',
        '20230229',
        '2024-11',
        '2024-13',
        '2024',
      ),
      fc.string({ unit: fc.constantFrom(...`村（组）()-'’"· 、。1a~|`), maxLength: 6 }),
    );
    const samples = fc.sample(texts, { numRuns: 1500, seed: 4 }).map((sample) => sample.replaceAll('\0', ''));
    const list = samples.map(sqlText).join(', ');
    for (const type of FIELD_TYPES) {
      const field = { type, values: type === 'code' ? VALUES : {} };
      const rule = plainRule(field, '2025-03-01');
      const nearly = rule.nearly.map(({ is, value }) => `WHEN ${is('x')} THEN ${value('x')}`).join(' ');
      const step = (name: string) => `step_${name}`;
      const from = rule.steps.reduce(
        (inner, { name, sql }) => `(SELECT *, ${sql('x', step)} AS ${step(name)} FROM ${inner})`,
        `(SELECT unnest([${list}]) AS x)`,
      );
      const rows = await database.rows(
        `SELECT x, CASE WHEN ${rule.isPlain('x', step)} THEN CAST(${rule.value('x')} AS VARCHAR) ${nearly} END, ${rule.isWrong?.(step) ?? 'false'} FROM ${from}`,
      );
      expect(rows).toHaveLength(samples.length);
      for (const [x, value, wrong] of rows) {
        if (wrong === 'true')
          expect([type, x, value, cleanValue(String(x), field, '2025-03-01').value]).toEqual([type, x, null, null]);
        if (value === null) continue;
        expect([type, x, value]).toEqual([type, x, cleanValue(String(x), field, '2025-03-01').value]);
      }
      // A rule that finds nothing plain would pass, and make imports slow.
      expect([type, rows.filter(([, value]) => value !== null).length > 0]).toEqual([type, true]);
      if (rule.isWrong !== undefined) expect(rows.some(([, , wrong]) => wrong === 'true')).toBe(true);
    }
  });
});

it('a sheet written twice has equal bytes', async () => {
  const digest = async (name: string) => {
    const path = join(folder, name);
    await writeLargeSheet(path, [
      { name: '一', columns: [{ heading: '姓名', width: 8, choices: ['甲', '乙'] }], rows: [['a<b'], ['']] },
    ]);
    return createHash('sha256').update(readFileSync(path)).digest('hex');
  };
  expect(await digest('one.xlsx')).toBe(await digest('two.xlsx'));
});
