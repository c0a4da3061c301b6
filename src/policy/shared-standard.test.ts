import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Exact, MONEY_IN_YUAN, round, toFixed } from '../quantity/index.ts';
import { RuleTrace } from '../rules/index.ts';
import { explainShare, readingsOf } from './explain-share.ts';
import type { GroupId } from './insured-group.ts';
import { LEVELS } from './paying-level.ts';
import { budgetYear, noticeYear } from './policy-years.ts';
import { type PayingLevel, splitStandard } from './split-standard.ts';
import { packagedPolicy } from './testing/policy-fixtures.ts';

const rules = packagedPolicy();

function shares(place: string, year: number, group: GroupId = 'residents', className?: string): string[] {
  return explainShare(rules, {
    region: rules.jurisdictions.find(place),
    group,
    budget: budgetYear(year),
    standard: noticeYear(year),
    className,
  }).shares.map((share) => toFixed(share.amount, MONEY_IN_YUAN));
}

describe('the shares of a county, as its finance office states them', () => {
  it.each([
    [2020, ['330.00', '132.00', '88.00']],
    [2021, ['348.00', '135.60', '96.40']],
    [2022, ['366.00', '139.20', '104.80']],
    [2023, ['384.00', '142.80', '113.20']],
    [2024, ['402.00', '146.40', '121.60']],
    [2025, ['420.00', '150.00', '130.00']],
  ])('共青城 %i', (year, expected) => {
    expect(shares('共青城', year)).toEqual(expected);
  });

  it('Daqing 2023 in both variants, Zhejiang 2015, a township, students by affiliation', () => {
    expect(shares('大庆', 2023, 'residents', 'equalisation')).toEqual(['384.00', '179.20', '76.80']);
    expect(shares('大庆', 2023, 'residents', '其他县（市、区）')).toEqual(['384.00', '153.60', '102.40']);
    expect(shares('浙江省', 2015, 'residents', 'tier-6')).toEqual(['54.00', '346.00']);
    expect(shares('320482', 2012)).toEqual(['210.00', '30.00']);
    expect(shares('共青城', 2023, 'students-central')).toEqual(['640.00']);
    expect(shares('共青城', 2023, 'students-provincial')).toEqual(['384.00', '256.00']);
    expect(shares('吉林省', 2023, 'students-provincial')).toEqual(['320.00', '320.00']);
  });

  it('names every rule read and says which document has not been seen', () => {
    const trace = new RuleTrace();
    explainShare(
      rules,
      {
        region: rules.jurisdictions.find('共青城'),
        group: 'residents',
        budget: budgetYear(2023),
        standard: noticeYear(2023),
      },
      undefined,
      trace,
    );
    const readings = readingsOf(trace);
    expect(readings.map((reading) => reading.key)).toEqual([
      'years.2023.subsidy',
      'periods.five-tiers.tiers.T2',
      'plans.increment-three-seven.levels.province',
      'plans.increment-three-seven.levels.county',
    ]);
    expect(trace.hasUnverified).toBe(true);
    expect(readings[2]).toMatchObject({
      verified: false,
      status: '由报告数据反推，文件原文未核',
      document: '赣府厅字〔2019〕54号、赣府字〔2020〕91号',
    });
  });

  it('refuses a template, an unknown class, a year without a rule; nothing is assumed', () => {
    expect(() => shares('丰顺', 2024, 'residents', 'tier-1')).toThrow(/待填/);
    expect(() => shares('大庆', 2023)).toThrow(/--class/);
    expect(() => shares('大庆', 2024, 'residents', 'other')).toThrow(/没有 2024 年/);
    expect(() => shares('共青城', 2026)).toThrow(/没有 2026 年的财政补助标准/);
  });
});

const ratio = fc.integer({ min: 0, max: 1000 }).map((value) => Exact.ratio(BigInt(value), 1000n));
const amount = fc.integer({ min: 0, max: 100_000 }).map((fen) => Exact.ratio(BigInt(fen), 100n));

/** Plans whose levels together never exceed the standard: ratios of a remainder, ratios of the total ≤ 1/4 each. */
const randomPlan: fc.Arbitrary<PayingLevel[]> = fc
  .array(
    fc.oneof(
      ratio.map((value) => ({ method: 'RATIO_OF_REMAINDER' as const, ratio: value })),
      ratio.map((value) => ({ method: 'RATIO_OF_TOTAL' as const, ratio: value.div(Exact.of(8)) })),
      amount.map((value) => ({
        method: 'FIXED_PER_CAPITA' as const,
        amount: round(value.div(Exact.of(20)), MONEY_IN_YUAN),
      })),
      fc.tuple(amount, ratio, ratio).map(([base, first, second]) => ({
        method: 'BASE_PLUS_INCREMENT' as const,
        of: 'REMAINDER' as const,
        base,
        baseShare: { kind: 'ratio' as const, ratio: first.div(Exact.of(2)) },
        incrementRatio: second.div(Exact.of(2)),
      })),
    ),
    { maxLength: LEVELS.length - 1 },
  )
  .map((methods) => [
    ...methods.map((rule, index) => ({ level: LEVELS[index] ?? 'central', rule })),
    { level: LEVELS[methods.length] ?? ('township' as const), rule: { method: 'REMAINDER' as const } },
  ]);

describe('over random rules', () => {
  it('the levels add up to the standard, none is negative, none has more than two decimals', () => {
    let computed = 0;
    fc.assert(
      fc.property(randomPlan, amount, (plan, standard) => {
        let parts: ReturnType<typeof splitStandard>;
        try {
          parts = splitStandard(standard, plan);
        } catch {
          return; // a plan that asks for more than is left is refused, never bent
        }
        computed += 1;
        expect(Exact.sum(parts.map((part) => part.amount)).eq(standard)).toBe(true);
        for (const part of parts) {
          expect(part.amount.sign).toBeGreaterThanOrEqual(0);
          expect(part.amount.decimalPlaces).toBeLessThanOrEqual(2);
        }
      }),
      { numRuns: 500 },
    );
    expect(computed).toBeGreaterThan(200);
  });

  it('refuses a plan that pays more than the standard or whose last level does not take the rest', () => {
    const fixed = { method: 'FIXED_PER_CAPITA' as const, amount: Exact.of(700) };
    expect(() =>
      splitStandard(Exact.of(640), [
        { level: 'central', rule: fixed },
        { level: 'county', rule: { method: 'REMAINDER' } },
      ]),
    ).toThrow(/超出/);
    expect(() => splitStandard(Exact.of(640), [{ level: 'county', rule: fixed }])).toThrow(/最末一级/);
  });
});
