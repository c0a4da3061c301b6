import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileSize } from './file-size.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'jiping-size-'));
  writeFileSync(join(folder, '目标.xlsx'), 'ab');
  writeFileSync(join(folder, '~$目标.xlsx'), 'x');
});

afterAll(() => rmSync(folder, { recursive: true }));

test('a file has its size', async () => {
  await expect(fileSize(join(folder, '目标.xlsx'), '目标.xlsx')).resolves.toBe(2);
});

test.each([
  ['.', 'unreadable', /文件夹/],
  ['~$目标.xlsx', 'unreadable', /锁文件/],
  ['没有.xlsx', 'not-found', /没有找到/],
  ['目标.xlsx/里面.xlsx', 'not-found', /没有找到/],
])('%s is refused by its reason', async (name, code, words) => {
  await expect(fileSize(join(folder, name), name)).rejects.toMatchObject({
    code,
    text: { zh: expect.stringMatching(words) },
    where: { file: name },
  });
});
