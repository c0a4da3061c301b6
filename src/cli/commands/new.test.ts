import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openProjectBook } from '../../workbook/index.ts';
import { jiping, type Ran } from '../testing/run-in-process.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jiping-new-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (...words: string[]): Promise<Ran> => jiping(words, folder, '2026-11-22');

test('a clerk makes a book for the working fund: typical indicators, no invented weights or targets', async () => {
  const { status, out } = await run('new', '工作经费.xlsx', '--type', 'work-fund', '--format', 'json');
  expect(status).toBe(0);
  expect(JSON.parse(out)).toEqual({ file: join(folder, '工作经费.xlsx'), type: 'work-fund' });
  const { book } = await openProjectBook(join(folder, '工作经费.xlsx'));
  expect(book.project.type?.value).toBe('工作经费');
  const names = book.tables.indicators.records.map(({ level3 }) => level3);
  expect(names).toContain('召开医保工作会议或培训次数');
  expect(
    book.tables.indicators.records.every(({ weight, target }) => weight === undefined && target === undefined),
  ).toBe(true);
});

test('the matching fund has the indicators that tell something: days late and head-count accuracy', async () => {
  await run('new', 'a.xlsx', '--type', 'matching-fund');
  const { book } = await openProjectBook(join(folder, 'a.xlsx'));
  const names = book.tables.indicators.records.map(({ level3 }) => level3);
  expect(names).toEqual(expect.arrayContaining(['配套资金到位及时天数', '核定人数准确率']));
});

test('an existing file is never overwritten, and nothing is left behind', async () => {
  await run('new', 'a.xlsx');
  const before = readFileSync(join(folder, 'a.xlsx'));
  expect((await run('new', 'a.xlsx', '--type', 'work-fund')).status).toBe(2);
  expect(readFileSync(join(folder, 'a.xlsx')).equals(before)).toBe(true);
  expect(readdirSync(folder)).toEqual(['a.xlsx']);
});

test.each([
  [['new']],
  [['new', 'a.docx']],
  [['new', 'a.xlsx', 'b.xlsx']],
  [['new', 'a.xlsx', '--type', 'none']],
  [['new', 'a.xlsx', '--from', 'no-such-file.docx']],
  [['new', 'a.xlsx', '--unknown']],
  [['new', join('no', 'such', 'folder', 'a.xlsx')]],
])('%j is refused in one sentence', async (words) => {
  const { status, out, err } = await run(...words);
  expect(status).toBe(2);
  expect(out).toBe('');
  expect(err.trim().split('\n')).toHaveLength(1);
  expect(readdirSync(folder)).toEqual([]);
});
