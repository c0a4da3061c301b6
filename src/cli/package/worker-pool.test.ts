import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Exact } from '../../quantity/index.ts';
import { writeProjectBook } from '../../workbook/index.ts';
import { evaluateFolder } from './evaluate-folder.ts';
import type { WorkerSetup } from './messages.ts';

const canSeeChildren = existsSync(`/proc/self/task/${process.pid}/children`);
if (!canSeeChildren) console.log('the test that kills a worker is skipped: it needs /proc of Linux');

let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jiping-pool-'));
  for (const name of ['甲', '乙', '丙', '丁'])
    writeFileSync(
      join(folder, `${name}.xlsx`),
      await writeProjectBook(
        {
          project: { name, type: '工作经费', kind: '单位自评', department: '某县医疗保障局', year: Exact.of(2024) },
          tables: { money: [{ kind: '年初预算', source: '县级财政', amount: Exact.of(10) }] },
        },
        { sample: false },
      ),
    );
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const setup = (out?: string): WorkerSetup => ({
  today: '2025-03-01',
  language: 'zh',
  formFolders: [],
  home: join(folder, '.home'),
  out,
});

function childrenOf(pid: number): readonly number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim().split(/\s+/).filter(Boolean).map(Number),
  );
}

test.skipIf(!canSeeChildren)('a worker killed with -9 costs its workbook only, with one clear sentence', async () => {
  const before = new Set(childrenOf(process.pid));
  let killed: number | undefined;
  const result = await evaluateFolder(folder, setup(), (line) => {
    if (killed !== undefined || !line.startsWith('1/')) return;
    killed = childrenOf(process.pid).find((pid) => !before.has(pid));
    if (killed !== undefined) process.kill(killed, 'SIGKILL');
  });
  expect(killed).toBeDefined();
  expect(result.projects.length + result.failed.length).toBe(4);
  expect(result.failed.length).toBeLessThanOrEqual(1);
  for (const one of result.failed) expect(one.message.zh).toBe('评价时意外中止（多为内存不足），请单独评价');
  expect(result.projects.length).toBeGreaterThanOrEqual(3);
});

test('progress counts the workbooks as they are done, and ends blank', async () => {
  const lines: string[] = [];
  await evaluateFolder(folder, setup(), (line) => lines.push(line));
  expect(lines.slice(0, -1).map((line) => line.split(' ')[0])).toEqual(['1/4', '2/4', '3/4', '4/4']);
  expect(new Set(lines.slice(0, -1).map((line) => line.split(' ')[1]))).toEqual(
    new Set(['甲.xlsx', '乙.xlsx', '丙.xlsx', '丁.xlsx']),
  );
  expect(lines.at(-1)).toBe('');
});

test('a package made again over itself is the same to the byte', async () => {
  const out = join(folder, '成册');
  const made = async (): Promise<readonly string[]> => {
    const { files } = await evaluateFolder(folder, setup(out), () => undefined);
    return [...files].sort().map((file) => `${file} ${createHash('sha256').update(readFileSync(file)).digest('hex')}`);
  };
  const first = await made();
  expect(first.length).toBeGreaterThan(20);
  expect(await made()).toEqual(first);
});
