import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MONEY_KINDS } from '../../ledger/index.ts';
import { buildBook } from '../../ledger/testing/book-builder.ts';
import { Exact } from '../../quantity/index.ts';
import { FactBook } from '../facts.ts';
import { reader } from '../testing/rule-sets.ts';
import { computeBudget } from './compute-budget.ts';

const cents = fc.integer({ min: 0, max: 1_000_000 }).map((value) => Exact.ratio(BigInt(value), 100n).toString());
const line = fc.record({
  kind: fc.constantFrom(...MONEY_KINDS),
  source: fc.constantFrom('财政拨款', '其他资金', '上年结转资金'),
  amount: cents,
});
const payment = fc.record({
  date: fc.constant('2024-05-01'),
  voucher: fc.constant('1'),
  amount: cents,
  source: fc.constantFrom('财政拨款', '其他资金'),
});

function budgetOf(money: readonly Record<string, string>[], payments: readonly Record<string, string>[] = []) {
  const book = buildBook({ name: 'x', year: '2024' }, { money, payments });
  return computeBudget(book, new FactBook(book, '2024', '某县'), reader());
}

test('whatever the ledger says, the destinations add up to the money there was', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 15 }), fc.array(payment, { maxLength: 5 }), (money, payments) => {
      const { initial, destinations, adjusted } = budgetOf(money, payments);
      if (initial === undefined) {
        expect(destinations).toEqual([]);
        return;
      }
      const of = (...kinds: string[]) =>
        Exact.sum(money.filter((one) => kinds.includes(one.kind)).map((one) => Exact.of(one.amount)));
      const added = of('上年结转', '追加');
      const hasLines = money.some((one) => ['上年结转', '追加', '调减'].includes(one.kind));
      const rise =
        !hasLines && adjusted?.value.gt(initial.value) === true ? adjusted.value.sub(initial.value) : Exact.zero;
      const sum = Exact.sum(destinations.map((one) => one.amount.value));
      expect(sum.toString()).toBe(initial.value.add(added).add(rise).toString());
    }),
    { numRuns: 300 },
  );
});

test('each total is the sum of its sources, and a rate exists only with both of its parts', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 15 }), (money) => {
      const budget = budgetOf(money);
      for (const key of ['initial', 'adjusted', 'inPlace', 'executed'] as const) {
        const parts = budget.rows.flatMap((row) => row[key] ?? []);
        expect(budget[key]?.value.toString()).toBe(
          parts.length === 0 ? undefined : Exact.sum(parts.map((part) => part.value)).toString(),
        );
      }
      const { rates, initial, executed, inPlace, adjusted } = budget;
      const exists = (above: unknown, below: { value: Exact } | undefined) =>
        above !== undefined && below !== undefined && !below.value.isZero;
      expect(rates.arrival !== undefined).toBe(exists(inPlace, initial));
      expect(rates.payment !== undefined).toBe(exists(executed, inPlace));
      expect(rates.executionInitial !== undefined).toBe(exists(executed, initial));
      expect(rates.executionAdjusted !== undefined).toBe(exists(executed, adjusted));
    }),
    { numRuns: 200 },
  );
});

test('a line whose amount cannot be read makes no figure, instead of a sum without it', () => {
  const cut = { kind: '调减', source: '财政拨款', amount: '80.62' };
  const paid = { kind: '支付（汇总）', source: '财政拨款', amount: '2028.45' };
  const unread = { kind: '年初预算', source: '财政拨款' };
  const budget = budgetOf([unread, cut, paid]);
  expect(budget.initial).toBeUndefined();
  expect(budget.adjusted).toBeUndefined();
  expect(budget.rates.executionAdjusted).toBeUndefined();
  const stated = { kind: '全年预算数（汇总）', source: '财政拨款', amount: '2028.45' };
  expect(budgetOf([unread, cut, paid, stated]).adjusted?.value.toString()).toBe('2028.45');
  const half = budgetOf([unread, { kind: '年初预算', source: '其他资金', amount: '30' }]);
  expect(half.initial).toBeUndefined();
  expect(half.destinations).toEqual([]);
});

test('payments that cannot be read are not payments of nothing', () => {
  const initial = { kind: '年初预算', source: '财政拨款', amount: '70' };
  const lines = [
    { date: '2024-05-01', voucher: '1', source: '财政拨款', amount: '100000' },
    { date: '2024-05-02', voucher: '2', source: '财政拨款' },
  ];
  const budget = budgetOf([initial], lines);
  expect(budget.executed).toBeUndefined();
  expect(budget.rates.executionInitial).toBeUndefined();
  expect(budget.destinations).toEqual([]);
  const unsourced = budgetOf([initial, { ...initial, source: '其他资金' }], [{ date: '2024-05-02', voucher: '2' }]);
  expect(unsourced.executed).toBeUndefined();
});
