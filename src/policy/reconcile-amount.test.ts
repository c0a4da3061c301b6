import { describe, expect, it } from 'vitest';
import { type Text, text } from '../problem/index.ts';
import { Exact, MONEY_IN_YUAN, toFixed } from '../quantity/index.ts';
import { readAmount } from './money-tables.ts';
import { nearestCombinations } from './nearest-combinations.ts';
import { reconcileAmount } from './reconcile-amount.ts';
import { packagedPolicy } from './testing/policy-fixtures.ts';

const rules = packagedPolicy();
const region = rules.jurisdictions.find('共青城');

function amount(words: string) {
  const read = readAmount(words);
  if (read === undefined) throw new Error(words);
  return read;
}

const wan = (value: Exact | undefined): string =>
  toFixed((value ?? Exact.zero).div(Exact.of(10_000)), { places: 2, mode: 'half-up' });

describe('the 2028.45 puzzle: a settled amount that does not follow from its own heads', () => {
  const result = reconcileAmount(rules, {
    region,
    amount: amount('2028.45万元'),
    heads: [{ group: 'residents', heads: Exact.of(177_297) }],
    level: 'county',
    budget: { amount: amount('2,109.07万元'), heads: Exact.of(186_314) },
    otherHeads: [Exact.of(86_049)],
  });
  const at = (year: number) => result.steps.find((step) => step.year === year);

  it('does not follow under any year', () => {
    expect(result.follows).toBe(false);
    expect([wan(at(2023)?.computed), wan(at(2023)?.difference)]).toEqual(['2007.00', '21.45']);
    expect([wan(at(2024)?.computed), wan(at(2024)?.difference)]).toEqual(['2155.93', '-127.48']);
    expect(toFixed(at(2024)?.deviation?.mul(Exact.hundred) ?? Exact.zero, { places: 2, mode: 'half-up' })).toBe(
      '-5.91',
    );
  });

  it('says what would have to be true, and how little a whole number proves', () => {
    expect(at(2023)?.headsThatFit).toEqual({ low: Exact.of(179_192), high: Exact.of(179_192), count: Exact.one });
    expect(at(2024)?.headsThatFit?.low.toString()).toBe('166813');
    expect(toFixed(at(2023)?.matchByChance ?? Exact.zero, { places: 2, mode: 'half-up' })).toBe('0.88');
    expect(toFixed(result.implied.low, { places: 4, mode: 'half-up' })).toBe('114.4094');
    expect(toFixed(result.implied.high, { places: 4, mode: 'half-up' })).toBe('114.4100');
    expect(at(2023)?.differenceInHeads.toString()).toBe('1895');
    expect(at(2024)?.differenceInHeads.toString()).toBe('-10484');
    expect(at(2024)?.differenceInHeadsAtPrevious?.toString()).toBe('-11262');
    expect([result.mixed?.headsAtUpper.toString(), result.mixed?.headsAtLower.toString()]).toEqual(['25533', '151764']);
    expect(wan(result.increments.find((step) => step.to === 2024)?.amount)).toBe('148.93');
  });

  it('holds the budget against its own heads and the change against both', () => {
    expect(
      result.budget?.steps
        .filter((step) => step.follows)
        .map((step) => [step.year, toFixed(step.computed, MONEY_IN_YUAN)]),
    ).toEqual([[2023, '21090744.80']]);
    expect(wan(result.budget?.steps.find((step) => step.year === 2024)?.computed)).toBe('2265.58');
    expect([wan(result.budget?.difference), result.budget?.headsChange.toString()]).toEqual(['-80.62', '-9017']);
    const budget2023 = result.budget?.byYear.find((entry) => entry.year === 2023);
    expect([budget2023?.differenceInHeads.toString(), wan(budget2023?.headsChangeAmount)]).toEqual([
      '-7122',
      '-102.07',
    ]);
  });

  it('finds no combination of the figures of the report within 2,000 yuan', () => {
    const label = (values: string): { value: Exact; label: Text }[] =>
      values.split(' ').map((value) => ({ value: Exact.of(value), label: text(value, value) }));
    const search = nearestCombinations(
      amount('2028.45万元').interval,
      label('177297 186314 86049 100265 91248 9017'),
      label('88 96.4 104.8 113.2 121.6 102.4 107.2 179.2 142.8 146.4 256 268 8.4 30 320 80 380 400'),
    );
    expect(search.nearest.every((combination) => !combination.within)).toBe(true);
    expect(search.nearest[0]?.distance.gt(Exact.of(2000))).toBe(true);
  });

  it('follows where it should: 2109.07万元 from 186,314', () => {
    const budget = reconcileAmount(rules, {
      region,
      amount: amount('21090744.80元'),
      heads: [
        { group: 'residents', heads: Exact.of(100_265) },
        { group: 'students-local', heads: Exact.of(86_049) },
      ],
      level: 'county',
    });
    expect(budget.follows).toBe(true);
    expect(budget.steps.filter((step) => step.follows).map((step) => step.year)).toEqual([2023]);
  });
});
