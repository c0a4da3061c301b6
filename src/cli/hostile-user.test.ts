import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Exact } from '../quantity/index.ts';
import { writeProjectBook } from '../workbook/index.ts';
import { jiping } from './testing/run-in-process.ts';

const isRoot = process.getuid?.() === 0;
if (isRoot)
  console.log('the test of a read-only folder is skipped: root may write everywhere; run the tests as a user');

const NAMES = ['甲', '乙', '丙', '丁', '戊', '己'] as const;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jiping-hostile-'));
  mkdirSync(join(folder, 'books'));
  for (const name of NAMES)
    writeFileSync(
      join(folder, 'books', `${name}.xlsx`),
      await writeProjectBook(
        {
          project: { name, type: '工作经费', kind: '单位自评', department: '某县医疗保障局', year: Exact.of(2024) },
          tables: { money: [{ kind: '年初预算', source: '县级财政', amount: Exact.of(10) }] },
        },
        { sample: false },
      ),
    );
  writeFileSync(join(folder, 'a-file'), 'no folder');
  const foreign = new ExcelJS.Workbook();
  foreign.addWorksheet('工资表').addRow(['姓名', '基本工资']);
  await foreign.xlsx.writeFile(join(folder, '工资.xlsx'));
  const empty = new ExcelJS.Workbook();
  empty.addWorksheet('Sheet1');
  await empty.xlsx.writeFile(join(folder, '空.xlsx'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Refused with exit status 2 and one sentence; gives the sentence. */
async function refusal(words: readonly string[]): Promise<string> {
  const { status, out, err } = await jiping(words, folder);
  expect([status, out, err.trim().split('\n').length], err).toEqual([2, '', 1]);
  expect(err).not.toContain('内部错误');
  return err;
}

describe('Ctrl-C', () => {
  it('in the middle of a folder says one sentence, exits with 130 and leaves whole packages of projects only', async () => {
    const out = join(folder, 'stopped');
    const main = fileURLToPath(new URL('./main.ts', import.meta.url));
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', main, 'evaluate', join(folder, 'books'), '--out', out],
      // A process group of its own gets the signal as that of a terminal does: the workers too.
      { detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, JIPING_HOME: join(folder, 'home') } },
    );
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    const ended = new Promise<number | null>((resume) => child.once('exit', resume));
    const pid = child.pid ?? 0;
    while (!existsSync(out) && child.exitCode === null) await new Promise((resume) => setTimeout(resume, 5));
    process.kill(-pid, 'SIGINT');
    expect(await ended).toBe(130);
    expect(said).toMatch(/^jiping: 已中断.*\n$/);
    while (isAlive(-pid)) await new Promise((resume) => setTimeout(resume, 20));
    const projects = existsSync(out) ? readdirSync(out) : [];
    expect(projects).not.toContain('项目支出绩效自评汇总表.docx');
    for (const project of projects) {
      const files = statSync(join(out, project)).isDirectory() ? readdirSync(join(out, project)) : [];
      if (files.length > 0) expect(files).toEqual(expect.arrayContaining(['evaluation.json', '佐证材料目录.pdf']));
      expect(files.filter((name) => name.startsWith('.'))).toEqual([]);
    }
  }, 120_000);
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('a place that cannot be written', () => {
  it.each(['books', 'books/甲.xlsx'])('an output folder that is a file stops %s before the work', async (what) => {
    for (const out of ['a-file', 'a-file/deeper/still'])
      for (const command of ['evaluate', 'audit'])
        expect(await refusal([command, what, '--out', out])).toContain('不是文件夹');
  });

  it.skipIf(isRoot)('a read-only output folder is named before the work', async () => {
    const out = join(folder, 'locked');
    mkdirSync(out, { mode: 0o500 });
    for (const what of ['books', 'books/甲.xlsx'])
      expect(await refusal(['evaluate', what, '--out', 'locked/deeper'])).toContain('没有写入权限');
    chmodSync(out, 0o700);
    expect(readdirSync(out)).toEqual([]);
  });

  it('a new workbook below a file, or in no folder', async () => {
    for (const path of ['a-file/x.xlsx', 'nowhere/x.xlsx'])
      expect(await refusal(['new', path])).toContain('写不了这个文件');
  });
});

describe('a workbook that is none of a project', () => {
  it.each(['空.xlsx', '工资.xlsx'])('%s is refused with what to do', async (file) => {
    expect(await refusal(['evaluate', file])).toContain('这不是项目工作簿');
    expect(await refusal(['new', 'next.xlsx', '--from', file])).toContain('没有找到指标表');
    expect(await refusal(['ledger', 'import', file, '--kind', 'payments', '--into', 'books/甲.xlsx'])).toContain(
      '表头',
    );
  });

  it('a path through a file is a file that is not there', async () => {
    expect(await refusal(['evaluate', 'a-file/x.xlsx'])).toContain('x.xlsx');
  });
});

describe('options that cannot be meant', () => {
  it.each(['books', 'books/甲.xlsx'])(
    'an unknown form is named with code and name of those there are, for %s',
    async (what) => {
      for (const form of ['F99', 'F1,F99', ',']) {
        expect(await refusal(['evaluate', what, '--form', form])).toContain('F3 四川省部门预算项目支出绩效自评表');
        const english = await refusal(['--lang', 'en', 'evaluate', what, '--form', form]);
        expect(english).toContain('F3 Sichuan self-evaluation table');
        expect(english).not.toMatch(/\p{Script=Han}/u);
      }
    },
  );

  it('two languages or formats contradict each other; the same twice does not', async () => {
    expect(await refusal(['--lang', 'zh', 'evaluate', 'books/甲.xlsx', '--lang=en'])).toContain(
      '--lang is given twice',
    );
    expect(await refusal(['evaluate', 'books/甲.xlsx', '--format', 'json', '--format', 'text'])).toContain('--format');
    expect((await jiping(['help', '--lang', 'en', '--lang', 'en'], folder)).status).toBe(0);
  });

  it('an empty word is no path: the folder one stands in is not meant', async () => {
    expect(await refusal(['evaluate', ''])).toContain('有一个参数是空的');
    expect(await refusal(['evaluate', 'books/甲.xlsx', '--out', ''])).toContain('--out 的值是空的');
    expect(await refusal(['evaluate', 'books/甲.xlsx', '--forms', 'a-file'])).toContain('没有这个表式文件夹');
  });

  it('a flag with a value', async () => {
    expect(await refusal(['evaluate', 'books/甲.xlsx', '--strict=no'])).toContain('--strict 不带值');
  });
});
