import { expect, test } from 'vitest';
import type { ProjectBook } from '../ledger/index.ts';
import { packagedRulesFolder, readRuleFolder } from '../rules/index.ts';
import { evaluate } from './evaluate.ts';
import { resolveRuleSet } from './resolve-rule-set.ts';
import { readRuleSets } from './rule-set.ts';
import { fengshun, gongqingcheng } from './testing/source-projects.ts';

const ruleSets = readRuleSets(readRuleFolder(packagedRulesFolder(), 'scoring'));

function evaluated(book: ProjectBook) {
  const region = book.project.region?.value;
  const year = book.project.year?.value.toString() ?? '';
  return evaluate(book, resolveRuleSet(ruleSets, { region, year }), { asOf: '2025-03-01' });
}

test('Gongqingcheng: execution is 100% against the adjusted and 96.18% against the initial budget', () => {
  const result = evaluated(gongqingcheng());
  expect(result.ruleSet.id).toBe('JX');
  expect(result.budget.rates.executionAdjusted?.value.toString()).toBe('1');
  expect(result.budget.rates.executionInitial?.value.toString()).toBe('202845/210907');
  expect(result.budget.destinations.map((one) => `${one.name} ${one.amount.value}`)).toEqual([
    '已支付 2028.45',
    '调减 80.62',
  ]);
  expect(result.budget.adjusted?.value.toString()).toBe('2028.45');
  const execution = result.indicators.find((leaf) => leaf.isExecution);
  expect(execution?.suggested?.min.toString()).toBe('10');
  const late = result.indicators.find((leaf) => leaf.path[1] === '时效指标');
  expect([late?.suggested?.min.toString(), late?.suggested?.max.toString()]).toEqual(['0', '7.99']);
  expect(result.total.claimed?.value.toString()).toBe('100');
  expect(result.grade.claimed?.label).toBe('优');
  expect(result.grade.suggested).toBeUndefined();
});

test('Fengshun: 28.57% arrived beside a payment rate of 100%, and 50 of 70 are unexplained', () => {
  const result = evaluated(fengshun());
  expect(result.ruleSet.id).toBe('GD');
  expect(result.budget.rates.executionAdjusted).toBeUndefined();
  expect(result.budget.rates.arrival?.value.toString()).toBe('2/7');
  expect(result.budget.rates.payment?.value.toString()).toBe('1');
  expect(result.budget.destinations.map((one) => `${one.name} ${one.amount.value}`)).toEqual([
    '已支付 20',
    '去向未说明 50',
  ]);
  expect(result.total.suggested).toBeUndefined();
  const rules = result.problems.map((one) => one.rule);
  expect(rules).toContain('claimed-total-without-leaves');
  expect(rules).toContain('grade-word-unknown');

  const weighted = evaluated(fengshun('stated'));
  expect(weighted.total.suggested?.min.toString()).toBe('5.71');
  expect(weighted.total.undecided).toBe(6);
});
