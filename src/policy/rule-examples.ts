import { JipingError, text } from '../problem/index.ts';
import { type Exact, MONEY_IN_YUAN, toFixed } from '../quantity/index.ts';
import type { RuleSource } from '../rules/index.ts';
import type { GroupId } from './insured-group.ts';
import type { Region } from './jurisdiction.ts';
import type { PolicyRules } from './policy-rules.ts';
import { budgetYear, noticeYear } from './policy-years.ts';
import { bestAid } from './premium-aid.ts';
import { type Filed, lineOfKey, type RuleLibrary } from './rule-library.ts';
import type { PlanLevel } from './rule-schema.ts';
import { type LevelShare, splitStandard } from './split-standard.ts';
import { toLevelRule } from './to-level-rule.ts';

/**
 * Runs the examples that stand inside the rule files: they are the files' tests, and a county's own file is held to
 * its own examples before it may compute anything.
 * @param of the files whose examples are run
 * @throws JipingError `invalid-rule` naming the file and the example that does not come out.
 */
export function checkExamples(rules: PolicyRules, all: RuleLibrary, of: readonly RuleSource[]): void {
  const own = <T>(files: readonly Filed<T>[]): readonly Filed<T>[] => files.filter((file) => of.includes(file.source));
  const library = {
    sharing: own(all.sharing),
    memberships: own(all.memberships),
    central: own(all.central),
    standards: own(all.standards),
    aid: own(all.aid),
  };
  for (const { source, data } of library.sharing)
    for (const example of data.examples) checkShares(rules, source, example.region ?? data.jurisdiction, example);
  for (const { source, data } of library.memberships)
    for (const example of data.examples) checkShares(rules, source, example.region ?? data.region, example);
  for (const { source, data } of library.central)
    for (const example of data.examples) {
      const { level } = rules.centralRule(regionOf(rules, source, example.region), budgetYear(example.year));
      const amount = centralAmount(level, example.standard);
      expectAmount(source, example.about, '中央', amount, example.amount);
    }
  for (const { source, data } of library.standards)
    for (const example of data.examples) {
      const region = regionOf(rules, source, data.jurisdiction);
      const standard = rules.standard(region, noticeYear(example.year));
      expectAmount(source, example.about, '补助标准', standard.subsidy, example.subsidy);
      if (example.individual !== undefined)
        expectAmount(source, example.about, '个人缴费', standard.individual?.high, example.individual);
    }
  for (const { source, data } of library.aid)
    for (const example of data.examples) {
      const region = regionOf(rules, source, example.region ?? data.jurisdiction);
      const notice = noticeYear(example['notice-year']);
      const aid = rules.aid(region, notice);
      const individual = rules.individual(region, notice);
      const best =
        aid === undefined || individual === undefined ? undefined : bestAid(aid, example.kinds, individual.high);
      expectAmount(source, example.about, '资助', best?.amount, example.aid);
      expectAmount(source, example.about, '个人缴', best?.pays, example.pays);
    }
}

interface ShareExample {
  readonly about: string;
  readonly group: string;
  readonly class?: string | undefined;
  readonly year: number;
  readonly standard: Exact;
  readonly shares: Partial<Record<string, Exact>>;
}

function checkShares(rules: PolicyRules, source: RuleSource, code: string, example: ShareExample): void {
  const region = regionOf(rules, source, code);
  const plan = rules.plan(region, example.group as GroupId, budgetYear(example.year), example.class);
  const shares = splitStandard(example.standard, plan.levels);
  for (const share of shares)
    expectAmount(source, example.about, share.name, share.amount, example.shares[share.level]);
  for (const level of Object.keys(example.shares))
    if (!shares.some((share) => share.level === level))
      expectAmount(source, example.about, level, undefined, example.shares[level]);
}

function centralAmount(level: PlanLevel, standard: Exact): Exact | undefined {
  const rule = toLevelRule(level);
  if (rule === undefined) return undefined;
  const [share]: readonly LevelShare[] = splitStandard(standard, [
    { level: 'central', rule },
    { level: 'county', rule: { method: 'REMAINDER' } },
  ]);
  return share?.amount;
}

function regionOf(rules: PolicyRules, source: RuleSource, code: string): Region {
  const region = rules.jurisdictions.region(code);
  if (region === undefined)
    throw new JipingError('invalid-rule', text(`没有区划代码 ${code}`, `no region ${code}`), {
      file: source.file,
      line: lineOfKey(source, code),
    });
  return region;
}

function expectAmount(
  source: RuleSource,
  about: string,
  what: string,
  actual: Exact | undefined,
  expected: Exact | undefined,
): void {
  if (actual !== undefined && expected !== undefined && actual.eq(expected)) return;
  const print = (value: Exact | undefined): string => (value === undefined ? '无' : toFixed(value, MONEY_IN_YUAN));
  throw new JipingError(
    'invalid-rule',
    text(
      `样例“${about}”不符：${what}应为 ${print(expected)}，按规则算得 ${print(actual)}`,
      `example “${about}” fails: ${what} should be ${print(expected)}, the rule gives ${print(actual)}`,
    ),
    { file: source.file, line: lineOfKey(source, about), key: 'examples' },
  );
}
