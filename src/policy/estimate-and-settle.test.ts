import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Exact, MONEY_IN_YUAN, toFixed } from '../quantity/index.ts';
import { estimateDue } from './estimate-due.ts';
import { readHeads } from './heads-table.ts';
import type { GroupId } from './insured-group.ts';
import { readNotice, readPayments } from './money-tables.ts';
import { type BudgetYear, budgetYear, coverageFinancedBy, noticeYear } from './policy-years.ts';
import { decideAid } from './premium-aid.ts';
import { settleYear } from './settle-year.ts';
import { headsRow, packagedPolicy, table, years } from './testing/policy-fixtures.ts';

const rules = packagedPolicy();
const region = rules.jurisdictions.find('共青城');
const yuan = (value: Exact | undefined): string => toFixed(value ?? Exact.of(-1), MONEY_IN_YUAN);

function countyDue(estimate: ReturnType<typeof estimateDue>): string {
  return yuan(estimate.levels.find((level) => level.level === 'county')?.due);
}

describe('the estimate of the source report', () => {
  const heads = [headsRow('residents', 100_265), headsRow('students-local', 86_049, 3)];

  it('budget 2024 on the 2023 standard: 186,314 × 113.20 = 21,090,744.80', () => {
    const estimate = estimateDue(rules, { region, years: years(2024, { standard: 2023, asOf: '2023-08-31' }), heads });
    expect(estimate.heads.toString()).toBe('186314');
    expect(countyDue(estimate)).toBe('21090744.80');
    expect(estimate.problems.map((entry) => entry.rule)).toContain('standard-superseded');
  });

  it('keeps the years apart: another year’s standard must be declared provisional, a later one never serves', () => {
    const mixed = { ...years(2024, { standard: 2023 }), provisional: false };
    expect(() => estimateDue(rules, { region, years: mixed, heads })).toThrow(/--provisional/);
    expect(() => estimateDue(rules, { region, years: years(2023, { standard: 2024 }), heads })).toThrow(
      /标准晚于预算年度/,
    );
    // @ts-expect-error a notice year is not a budget year
    const wrong: BudgetYear = noticeYear(2024);
    expect(wrong.year).toBe(2024);
    expect(coverageFinancedBy(budgetYear(2024)).year).toBe(2024);
  });

  it('lets the province pay for its colleges and the centre for its own', () => {
    const estimate = estimateDue(rules, {
      region,
      years: years(2024),
      heads: [headsRow('residents', 100), headsRow('students-provincial', 50, 3), headsRow('students-central', 10, 4)],
    });
    expect(estimate.levels.map((level) => [level.level, yuan(level.due)])).toEqual([
      ['central', yuan(Exact.of(402 * 150 + 670 * 10))],
      [
        'province',
        yuan(
          Exact.of('146.40')
            .mul(Exact.of(100))
            .add(Exact.of(268 * 50)),
        ),
      ],
      ['county', '12160.00'],
    ]);
  });

  it('keeps premium aid in its own sheet by fund, outside the due', () => {
    const plain = estimateDue(rules, { region, years: years(2024), heads: [headsRow('residents', 420)] });
    const aided = estimateDue(rules, {
      region,
      years: years(2024),
      heads: [headsRow('aided-destitute', 120), headsRow('aided-disabled-adult', 300, 3)],
      aid: [headsRow('aided-大学生代缴', 5, 9)],
    });
    expect(countyDue(aided)).toBe(countyDue(plain));
    expect(aided.aid?.notice.year).toBe(2023);
    expect(aided.aid?.byFund.map((entry) => [entry.fund, yuan(entry.total)])).toEqual([
      ['medical-assistance', '45600.00'],
      ['own-budget', '96000.00'],
    ]);
    expect(aided.aid?.lines.map((line) => yuan(line.personPays))).toEqual(['0.00', '60.00']);
    expect(aided.problems.find((entry) => entry.rule === 'student-aid-without-document')?.severity).toBe('error');
  });

  it('aids the best tier once, and for the next year who had already paid', () => {
    const jiangxi = rules.aid(region, noticeYear(2023));
    if (jiangxi === undefined) throw new Error('no aid rules');
    const coverage = coverageFinancedBy(budgetYear(2024));
    const person = { identities: ['重残', '特困'], recognisedOn: '2023-10-01', insuredHere: true };
    expect(decideAid(jiangxi, person, coverage, Exact.of(380))).toMatchObject({
      aided: true,
      coverage: { year: 2024 },
    });
    const later = decideAid(
      jiangxi,
      { ...person, recognisedOn: '2024-05-01', paidOn: '2023-11-01' },
      coverage,
      Exact.of(380),
    );
    expect(later).toMatchObject({ aided: true, coverage: { year: 2025 } });
    expect(decideAid(jiangxi, { ...person, insuredHere: false }, coverage, Exact.of(380))).toEqual({
      aided: false,
      reason: 'insured-elsewhere',
    });
    const guangdong = rules.aid(rules.jurisdictions.find('丰顺'), noticeYear(2023));
    if (guangdong === undefined) throw new Error('no aid rules');
    const midYear = { identities: ['孤儿'], recognisedOn: '2024-05-01', insuredHere: true };
    expect(decideAid(guangdong, midYear, coverage, Exact.of(380))).toMatchObject({ coverage: { year: 2024 } });
  });
});

describe('heads tables', () => {
  it('reads Chinese headings, checks the total, refuses students not divided by affiliation', () => {
    const read = readHeads(table('heads.csv', '人群,参保人数\n城乡居民,"x\n特困,120\n合计,9'), rules.aidedNames());
    expect(read.problems.map((entry) => [entry.rule, entry.where.row])).toEqual([
      ['heads-not-a-count', 2],
      ['heads-total', 4],
    ]);
    expect(() => readHeads(table('heads.csv', 'group,heads\n大学生,5'), rules.aidedNames())).toThrow(/隶属/);
  });
});

const PAID = table(
  'payments.csv',
  'level,date,amount,unit,document\n县级,2024-03-15,1000,万元,A〔2024〕3号\n县级,2024-11-28,1028.45,万元,A〔2024〕41号',
);

describe('the settlement of the source report', () => {
  const heads = [headsRow('residents', 91_248), headsRow('students-local', 86_049, 3)];
  const input = { region, years: years(2024, { standard: 2023, settlement: 2024 }), heads };

  it('sets the superior’s figure beside ours and says that the rest is explained by nothing', () => {
    const { notice } = readNotice(
      table(
        'notice.csv',
        'group,heads,amount,unit,document,date,year\n合计,177297,2028.45,万元,九财社〔2024〕55号,2024-07-15,2024',
      ),
      rules.aidedNames(),
    );
    const settlement = settleYear(rules, { ...input, payments: readPayments(PAID).rows, notice });
    const total = settlement.lines.at(-1);
    expect(settlement.paper).toBe('settlement');
    expect([yuan(total?.approved?.amount.yuan), yuan(total?.own.amount), yuan(total?.difference?.amount)]).toEqual([
      '20284500.00',
      '20070020.40',
      '214479.60',
    ]);
    expect(total?.reasons[0]?.zh).toMatch(/114\.41/);
    expect(settlement.outcome).toBe('settled');
    expect(settlement.problems.filter((entry) => entry.severity === 'error').map((entry) => entry.rule)).toEqual([
      'settlement-differs',
    ]);
  });

  it('explains a difference of heads and of the year’s standard', () => {
    const { notice } = readNotice(
      table(
        'n.csv',
        'group,heads,amount,unit,document,date,year\nresidents,91000,11065600,元,X〔2024〕1号,2024-07-15,2024',
      ),
      rules.aidedNames(),
    );
    const [line] = settleYear(rules, { ...input, heads: heads.slice(0, 1), payments: [], notice }).lines;
    expect(line?.reasons.map((reason) => reason.zh)).toEqual([
      '人数：核定 91000 人，本级 91248 人，相差 -248 人 × 113.20 = -28073.60 元',
      '标准：核定按 2024 年标准的 121.60 元/人，本级按 113.20 元/人，差 764400.00 元',
    ]);
  });

  it('is an estimate without a notice, supplements with carry-over, refunds or offsets an excess', () => {
    const own = settleYear(rules, { ...input, payments: readPayments(PAID).rows });
    expect([own.paper, yuan(own.balance), own.outcome]).toEqual(['estimate', '-214479.60', 'refund']);
    expect(settleYear(rules, { ...input, payments: readPayments(PAID).rows, excess: 'offset' }).outcome).toBe('offset');
    const owed = settleYear(rules, { ...input, payments: readPayments(PAID).rows, carryOver: Exact.of(300_000) });
    expect([yuan(owed.balance), owed.outcome]).toEqual(['85520.40', 'supplement']);
  });

  it('refuses a notice of another budget year and flags heads counted before the coverage year', () => {
    const { notice } = readNotice(table('n.csv', 'amount,unit,year\n1,元,2023'), rules.aidedNames());
    expect(() => settleYear(rules, { ...input, payments: [], notice })).toThrow(/2023 年度/);
    const early = settleYear(rules, {
      ...input,
      years: years(2024, { settlement: 2024, asOf: '2023-08-31' }),
      payments: [],
    });
    expect(early.problems.map((entry) => entry.rule)).toContain('heads-before-coverage');
  });
});

describe('properties', () => {
  const groups: readonly GroupId[] = ['residents', 'students-local', 'students-provincial', 'aided-destitute'];
  const headsOf = fc.array(fc.tuple(fc.constantFrom(...groups), fc.integer({ min: 0, max: 2_000_000 })), {
    minLength: 1,
    maxLength: 6,
  });
  const year = fc.integer({ min: 2019, max: 2025 });

  it('groups add to the total, doubling heads doubles money, paid in full settles to zero', () => {
    fc.assert(
      fc.property(headsOf, year, (entries, budget) => {
        const heads = entries.map(([group, count], index) => headsRow(group, count, index + 2));
        const estimate = estimateDue(rules, { region, years: years(budget), heads });
        expect(Exact.sum(estimate.groups.map((group) => group.total)).eq(estimate.total)).toBe(true);
        expect(Exact.sum(estimate.levels.map((level) => level.due)).eq(estimate.total)).toBe(true);
        const twice = estimateDue(rules, {
          region,
          years: years(budget),
          heads: entries.map(([group, count], index) => headsRow(group, count * 2, index + 2)),
        });
        expect(twice.total.eq(estimate.total.mul(Exact.of(2)))).toBe(true);
        const level = estimate.groups[0]?.levels.at(-1)?.level ?? 'county';
        const due = estimate.levels.find((entry) => entry.level === level)?.due ?? Exact.zero;
        const payments = readPayments(
          table('p.csv', `level,date,amount,unit,document\n${level},${budget}-12-01,${yuan(due)},元,X`),
        ).rows;
        const settled = settleYear(rules, {
          region,
          years: years(budget, { settlement: budget + 1 }),
          heads,
          payments,
        });
        expect(settled.balance.isZero).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe('over random rule sets', () => {
  const permille = fc.integer({ min: 0, max: 1000 }).map((value) => (value / 1000).toFixed(3));
  const fen = fc.integer({ min: 0, max: 60_000 }).map((value) => (value / 100).toFixed(2));
  const level = (name: string) =>
    fc.oneof(
      permille.map((ratio) => `{level: ${name}, method: RATIO_OF_REMAINDER, ratio: ${ratio}}`),
      fc
        .tuple(fen, permille, permille)
        .map(
          ([base, first, second]) =>
            `{level: ${name}, method: BASE_PLUS_INCREMENT, of: REMAINDER, base: ${base}, base-ratio: ${first}, increment-ratio: ${second}}`,
        ),
    );
  const plan = (id: string, groups: string, levels: readonly string[]): string =>
    `  - id: ${id}\n    groups: [${groups}]\n    validity: {from: 2019-01-01}\n    verified: false\n    status: 随机\n    levels:\n${levels
      .map((line) => `      - ${line}\n`)
      .join('')}      - {level: county}\n`;
  const ruleSet = fc.tuple(level('province'), level('city'), level('province')).map(
    ([province, city, students]) => `id: local.random
kind: sharing
version: "1"
title: 随机规则
jurisdiction: "360482"
plans:
${plan('residents', 'residents, aided-*', ['{level: central, method: NATIONAL_TIER}', province, city])}${plan('students', 'students-local', ['{level: central, method: NATIONAL_TIER}', students])}`,
  );

  it('levels add to groups, groups to the total, twice the heads is twice the money, paid in full is settled', () => {
    fc.assert(
      fc.property(
        ruleSet,
        fc.integer({ min: 1, max: 3_000_000 }),
        fc.integer({ min: 0, max: 500_000 }),
        (content, residents, students) => {
          const random = packagedPolicy([{ file: 'local/random.yaml', content }]);
          const estimate = (times: number) =>
            estimateDue(random, {
              region,
              years: years(2024),
              heads: [headsRow('residents', residents * times), headsRow('students-local', students * times, 3)],
            });
          const once = estimate(1);
          for (const group of once.groups) {
            expect(Exact.sum(group.levels.map((entry) => entry.share)).toString()).toBe('670');
            expect(Exact.sum(group.levels.map((entry) => entry.due)).eq(group.total)).toBe(true);
          }
          expect(once.total.toString()).toBe(String((residents + students) * 670));
          const twice = estimate(2);
          for (const [index, entry] of once.levels.entries())
            expect(twice.levels[index]?.due.eq(entry.due.mul(Exact.of(2)))).toBe(true);
          const payments = readPayments(
            table('p.csv', `level,date,amount,unit,document\ncounty,2024-12-01,${countyDue(once)},元,X`),
          ).rows;
          const settled = settleYear(random, {
            region,
            years: years(2024, { settlement: 2025 }),
            heads: [headsRow('residents', residents), headsRow('students-local', students, 3)],
            payments,
          });
          expect(settled.balance.isZero).toBe(true);
        },
      ),
      { numRuns: 8 },
    );
  });
});
