import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../rules/index.ts';
import { openProjectBook } from './index.ts';

const example = (name: string): string => join(packageRoot(), 'examples', name);

test('the Gongqingcheng example reads without a problem and keeps the figures of the report', async () => {
  const { book, problems } = await openProjectBook(example('gongqingcheng-2024.xlsx'));
  expect(problems).toEqual([]);
  const { money, indicators, basis } = book.tables;
  expect(money.records.map((record) => [record.kind, record.amount?.toString()])).toEqual([
    ['年初预算', '2109.07'],
    ['调减', '80.62'],
    ['全年预算数（汇总）', '2028.45'],
    ['支付（汇总）', '2028.45'],
    ['结余', '0'],
  ]);
  expect(indicators.records.filter((record) => record.level3 === undefined).map((record) => record.level2)).toEqual([
    '社会成本指标',
    '生态环境成本指标',
    '经济效益指标',
    '生态效益指标',
  ]);
  expect(indicators.records.reduce((sum, record) => sum + Number(record.weight?.toString() ?? 0), 0)).toBe(100);
  expect(basis.records.find((record) => record.quantity === '县级财政补助')?.value?.toString()).toBe('113.2');
  expect(book.project.claimedTotal).toMatchObject({ cell: expect.stringMatching(/^B\d+$/) });
});

test('the Fengshun example states no leaf score, labels its weights as samples and names no person', async () => {
  const path = example('fengshun-2023.xlsx');
  const { book, problems } = await openProjectBook(path);
  // The report names neither the day of the video nor of the nine trainings.
  expect(problems.map(({ rule, where }) => `${rule} ${where.sheet}`)).toEqual([
    'activity-undated 宣传活动',
    'activity-undated 培训会议',
  ]);
  expect(book.project.weightSource?.value).toBe('示例权重（未经核实）');
  expect(book.tables.indicators.records.every((record) => record.claimed === undefined)).toBe(true);
  expect(book.project.claimedTotal?.value.toString()).toBe('100');
  expect(book.project.preparedBy).toBeUndefined();
  expect(book.project.phone).toBeUndefined();
  expect(book.tables.trainings.records[0]).toMatchObject({ manner: '参加' });
  expect(readFileSync(path).subarray(0, 2).toString()).toBe('PK');
});
