import { expect, test } from 'vitest';
import { buildBook, type Typed } from '../ledger/testing/book-builder.ts';
import { evaluate } from './evaluate.ts';
import { ruleSet } from './testing/rule-sets.ts';

function baseData(tables: Parameters<typeof buildBook>[1]): readonly string[] {
  const evaluation = evaluate(buildBook({ year: '2023' }, tables), ruleSet('CN2020'), { asOf: '2024-07-11' });
  return evaluation.baseData.map((id) => {
    const { label, value } = evaluation.lineage.get(id);
    return `${label} ${value.kind === 'number' ? `${value.value.toString()}${value.unit.symbol}` : ''}`;
  });
}

test('items and manners of assistance are told apart, and people are not added up', () => {
  const assistance: readonly Typed[] = [
    { kind: '一站式和零星（未分开）', episodes: '44730', persons: '21529', amount: '28367300' },
    { kind: '其他救助', persons: '146', amount: '688714.32' },
  ];
  const materials: readonly Typed[] = [
    { item: '宣传海报', ordered: '200' },
    { item: '宣传手册', ordered: '3600' },
  ];
  expect(baseData({ assistance, materials })).toEqual([
    '宣传海报：宣传品订购 200份',
    '宣传手册：宣传品订购 3600份',
    '一站式和零星（未分开）：医疗救助人次 44730人次',
    '一站式和零星（未分开）：医疗救助人数 21529人',
    '其他救助：医疗救助人数 146人',
    '一站式和零星（未分开）：医疗救助金额 28367300元',
    '其他救助：医疗救助金额 688714.32元',
  ]);
  const months: readonly Typed[] = ['3', '4'].map((persons) => ({ kind: '一站式', persons, amount: '10' }));
  expect(baseData({ assistance: months })).toEqual(['医疗救助金额 20元']);
});

test('every figure of the estimate is there as entered', () => {
  const basis: readonly Typed[] = [
    { quantity: '参保人数', value: '186314', unit: '人', asOf: '2023-08-31', use: '年初测算' },
    { quantity: '县级财政补助', value: '113.2', unit: '元/人', use: '年初测算' },
  ];
  expect(baseData({ basis })).toEqual(['年初测算：参保人数 186314人', '年初测算：县级财政补助 113.2元/人']);
});

test('a book without a year has no middle of the year', () => {
  expect(evaluate(buildBook({}), ruleSet('CN2020'), { asOf: '2026-11-22' }).isMidPeriod).toBe(false);
});
