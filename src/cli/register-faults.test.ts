import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RegisterStore, writeLargeSheet } from '../register/index.ts';
import { jiping } from './testing/run-in-process.ts';
import { COUNTY_DAY, smallCounty } from './testing/small-county.ts';

// Whatever happens in the middle: earlier versions and runs are as they were, nothing half done stays, no identity number
// gets into a name, a log or a message.

const folder = mkdtempSync(join(tmpdir(), 'jiping-faults-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const home = join(folder, '.jiping-home');
const county = (name: string): string => join(folder, 'county', name);
const KINDS = ['household', 'resident', 'employee', 'death', 'aid'];
/** Eighteen characters as only an identity number has them, or fifteen. */
const NUMBER = /(?<![\da-f])\d{6}(?:18|19|20)?\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]?(?![\da-f])/;

function* filesUnder(path: string): Generator<string> {
  if (!existsSync(path)) return;
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const child = join(path, entry.name);
    if (entry.isDirectory()) yield* filesUnder(child);
    else yield child;
  }
}

/** Digest of every file that an earlier command left. */
function standing(): ReadonlyMap<string, string> {
  return new Map(
    [...filesUnder(home)].map((path) => [
      relative(home, path),
      createHash('sha256').update(readFileSync(path)).digest('hex'),
    ]),
  );
}

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly err: string;
}

async function run(command: string, args: readonly string[]): Promise<Ended> {
  const child = spawn(command, args, {
    env: { ...process.env, JIPING_HOME: home, JIPING_TEST_CWD: folder },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let err = '';
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString('utf8');
  });
  return new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal, err })));
}

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const dieAt = (point: string, words: readonly string[]): Promise<Ended> =>
  run(process.execPath, ['--import', 'tsx', here('testing/die-at.ts'), point, ...words]);

/** Opens the data folder as the next command would, and looks for anything that should not be there. */
function expectClean(before: ReadonlyMap<string, string>, changing: readonly string[] = []): void {
  const store = new RegisterStore(home);
  const after = standing();
  for (const [path, digest] of before)
    if (!changing.some((part) => path.includes(part))) expect([path, after.get(path)]).toEqual([path, digest]);
  expect(readdirSync(join(home, 'scratch'))).toEqual([]);
  for (const path of after.keys()) {
    expect(path).not.toMatch(/\.tmp|tmp-/);
    expect(path).not.toMatch(NUMBER);
    if (!path.endsWith('.parquet')) expect(readFileSync(join(home, path), 'utf8')).not.toMatch(NUMBER);
  }
  for (const { manifest, rows } of store.list()) expect(rows === undefined).toBe(manifest.purgedOn !== undefined);
}

beforeAll(async () => {
  await smallCounty(folder, { persons: 900, seed: 3, errors: 80, only: KINDS });
  const ran = await jiping(['compare', 'c1', 'c4', 'balance', '--out', join(folder, 'out')], folder, COUNTY_DAY);
  expect(ran.status).toBe(0);
});

describe('killed', () => {
  const importing = ['register', 'import', 'county/户籍人口.csv', '--kind', 'permanent', '--as-of', '2025-02-01'];
  const points: readonly (readonly [string, readonly string[]])[] = [
    ['progress:编码:0', importing],
    ['progress:读入:0', importing],
    ['progress:读入:150', importing],
    ['before:renameSync:manifest.json', importing],
    ['before:renameSync:registers', importing],
    ['after:renameSync:registers', importing],
    ['before:renameSync:permanent', importing],
  ];
  it.each(points)('at %s of an import', async (point, words) => {
    const before = standing();
    const ended = await dieAt(point, words);
    expect(ended).toMatchObject({ signal: 'SIGKILL', err: '' });
    expectClean(before);
    // The next time starts from nothing, or from the whole version.
    for (const { manifest } of new RegisterStore(home).list())
      if (manifest.kind === 'permanent') rmSync(join(home, 'registers', manifest.id.slice(0, 12)), { recursive: true });
    rmSync(join(home, 'mappings'), { recursive: true });
  });

  it('at any point of a comparison, a returned list, a bulletin or a purge', async () => {
    const list = readdirSync(join(folder, 'out', '任务清单')).find((name) => /^户籍在册未参保-.*镇\.xlsx$/.test(name));
    copyFileSync(join(folder, 'out', '任务清单', list ?? ''), join(folder, 'list.xlsx'));
    await fillIn(join(folder, 'list.xlsx'), '11失联');
    const towns = new RegisterStore(home).latest('household').map(({ manifest }) => manifest.rows);
    expect(towns).toEqual([900]);
    await writeLargeSheet(join(folder, 'tasks.xlsx'), [
      { name: '任务', columns: ['乡镇', '任务数'].map((heading) => ({ heading, width: 9 })), rows: await taskRows() },
    ]);
    const compare = ['compare', 'c4', 'balance', '--as-of', '2025-03-02', '--out', 'out2'];
    const findings = ['findings', 'import', 'list.xlsx'];
    const progress = ['progress', '--tasks', 'tasks.xlsx', '--as-of', '2025-03-02', '--out', 'out3'];
    // A run is the same run while its input is the same: a decision makes it another one.
    const points: readonly (readonly [string, readonly string[], readonly string[]])[] = [
      ['before:appendFileSync:decisions', findings, []],
      ['progress:c4:60', compare, []],
      ['before:renameSync:comparison', compare, []],
      ['after:renameSync:comparison', compare, []],
      ['before:renameSync:one-file', compare, []],
      ['before:renameSync:progress.json', progress, []],
      ['after:renameSync:manifest', ['register', 'purge', await idOf('aid')], [await idOf('aid')]],
    ];
    for (const [point, words, changing] of points) {
      const before = standing();
      const ended = await dieAt(point, words);
      expect([point, ended.signal, ended.err]).toEqual([point, 'SIGKILL', '']);
      expectClean(before, changing);
    }
    const again = await jiping(compare, folder, '2025-03-02');
    expect(again).toMatchObject({ status: 0, err: '' });
  });
});

async function idOf(kind: string): Promise<string> {
  return new RegisterStore(home).latest(kind)[0]?.manifest.id.slice(0, 12) ?? '';
}

async function taskRows(): Promise<readonly (readonly string[])[]> {
  const ran = await jiping(['compare', 'balance', '--format', 'json'], folder, COUNTY_DAY);
  const { balance } = JSON.parse(ran.out) as { balance: { towns: { town: string; registered: number }[] } };
  return balance.towns.map(({ town, registered }) => [town, String(registered)]);
}

/** Writes a return code into every row of a work list. */
async function fillIn(path: string, code: string): Promise<void> {
  const { openSpreadsheet } = await import('../document/index.ts');
  const book = await openSpreadsheet(path);
  const rows: string[][] = [];
  for await (const row of book.sheets[0]?.rows() ?? []) rows.push(row.cells.map(({ raw }) => raw));
  book.close();
  await writeLargeSheet(path, [
    {
      name: '返回',
      columns: ['编号', '核实结果代码'].map((heading) => ({ heading, width: 12 })),
      rows: rows.slice(2).map((row) => [row.at(-1) ?? '', code]),
    },
  ]);
}

describe('a disk that is full', () => {
  const limited = async (kibibytes: number, words: readonly string[]): Promise<Ended> =>
    run('bash', [
      '-c',
      `trap '' XFSZ; ulimit -f ${kibibytes}; exec "$@"`,
      'bash',
      process.execPath,
      '--import',
      'tsx',
      here('main.ts'),
      ...words,
    ]);

  // GB18030 is converted first; UTF-8 goes straight to the database.
  it.each(['gb18030', 'utf-8'])('of an import of %s leaves nothing and says so', async (encoding) => {
    const path = join(folder, `large-${encoding}.csv`);
    const lines = ['姓名,身份证号,村（社区）,户号,备注'];
    for (let row = 0; row < 20_000; row += 1)
      lines.push(`某${String.fromCodePoint(0x4e00 + (row % 5000))},,水口村,H${row},${row * 7919}`);
    writeFileSync(path, iconv.encode(`${lines.join('\n')}\n`, encoding));
    const before = standing();
    const ended = await limited(8, ['register', 'import', path, '--kind', 'household', '--as-of', '2025-02-03']);
    expect(ended.code).toBe(2);
    expect(ended.err).toMatch(/^jiping: .*磁盘已满[^\n]*\n$/);
    expectClean(before);
  });

  it('of a comparison leaves the earlier run', async () => {
    const before = standing();
    const ended = await limited(3, ['compare', 'c4', '--as-of', '2025-03-01', '--out', join(folder, 'out4')]);
    // Nothing new to compare: the run is known, and the work lists do not fit.
    expect(ended.code).toBe(2);
    expect(ended.err).toMatch(/^jiping: .*磁盘已满[^\n]*\n$/);
    expect([...filesUnder(join(folder, 'out4'))].filter((path) => path.includes('tmp'))).toEqual([]);
    expectClean(before);
  });
});

describe('a file that is not what it should be', () => {
  const faulty = (name: string, content: Uint8Array | string): string => {
    mkdirSync(join(folder, 'faulty'), { recursive: true });
    writeFileSync(join(folder, 'faulty', name), content);
    return join(folder, 'faulty', name);
  };
  const residents = (): Buffer => readFileSync(county('居民参保.csv'));
  const words = (): string => iconv.decode(residents(), 'gb18030');
  const numberOf = (): string => /\d{17}[\dX]/.exec(words())?.[0] ?? '';

  const cases: readonly (readonly [string, () => string, string, RegExp])[] = [
    [
      'cut in the middle of a row',
      () => faulty('a.csv', residents().subarray(0, residents().lastIndexOf(',', -10))),
      'resident',
      /截断|列数/,
    ],
    [
      'cut in a character',
      () => faulty('b.csv', Buffer.concat([residents(), Buffer.from([0x81])])),
      'resident',
      /编码/,
    ],
    [
      'with a broken byte',
      () => {
        const bytes = Buffer.from(residents());
        bytes[5000] = 0xff;
        return faulty('c.csv', bytes);
      },
      'resident',
      /编码/,
    ],
    [
      'with a heading twice',
      () => faulty('d.csv', words().replace('姓名,性别', '姓名,姓名')),
      'resident',
      /重复|两次|两列/,
    ],
    ['of another kind', () => county('死亡.csv'), 'resident', /参保状态|死亡|种类/],
    ['of another agency', () => county('学籍.xlsx'), 'payment', /缺少|金额|种类/],
    ['half a workbook', () => faulty('e.xlsx', readFileSync(county('学籍.xlsx')).subarray(0, 4000)), 'student', /.+/],
    [
      'a web page',
      () => faulty('f.xls', '<html><body><table><tr><td>姓名</td></tr></table></body></html>'),
      'student',
      /.+/,
    ],
    ['empty', () => faulty('g.csv', ''), 'student', /空/],
    ['only a heading', () => faulty('h.csv', '姓名,身份证号,户号,村\n'), 'household', /没有数据行/],
    [
      'a row with an extra cell',
      () => faulty('i.csv', words().replace(/\n(.*?)\r\n/, '\n$1,1\r\n')),
      'resident',
      /列数/,
    ],
    ['named by a person', () => faulty(`${numberOf()}.csv`, words().replace('姓名', '某')), 'resident', /姓名/],
  ];
  it.each(cases)('%s', async (_name, file, kind, sentence) => {
    const before = standing();
    const path = file();
    const ran = await jiping(['register', 'import', path, '--kind', kind, '--as-of', '2025-02-04'], folder);
    expect(ran.status).toBe(2);
    expect(ran.out).toBe('');
    expect(ran.err).toMatch(sentence);
    expect(ran.err.trim().split('\n')).toHaveLength(1);
    expect(ran.err).not.toMatch(NUMBER);
    expect(ran.err).not.toContain('内部错误');
    expectClean(before);
  });

  it('leaves no identity number in any log, message or name, whatever the command', async () => {
    const number = numberOf();
    const lines = [
      ['register', 'list'],
      ['register', 'show', await idOf('resident')],
      ['register', 'show', number],
      ['register', 'purge', number],
      ['findings', 'list', '--limit', '500'],
      ['findings', 'import', county('居民参保.csv')],
      ['findings', 'import', county('死亡.csv'), '--issuer', number],
      ['compare', number],
      ['progress', '--tasks', county('死亡.csv')],
      ['register', 'import', join(folder, `${number}.csv`), '--kind', 'resident', '--as-of', '2025-01-01'],
    ];
    for (const line of lines)
      for (const format of ['text', 'json']) {
        const ran = await jiping([...line, '--format', format], folder);
        // What somebody typed may be said back; nothing else.
        expect([basename(line.join(' ')), (ran.out + ran.err).replaceAll(number, '')]).not.toEqual([
          expect.anything(),
          expect.stringMatching(NUMBER),
        ]);
      }
    expectClean(new Map());
    for (const path of filesUnder(folder)) {
      const name = relative(folder, path);
      if (!name.startsWith('faulty')) expect(name).not.toMatch(NUMBER);
    }
  });
});
