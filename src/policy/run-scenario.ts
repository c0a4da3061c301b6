import { type Fact, Lineage, makeFact } from '../fact/index.ts';
import { JipingError, type Problem, text } from '../problem/index.ts';
import { Exact, round, YUAN } from '../quantity/index.ts';
import { type DueEstimate, estimateDue } from './estimate-due.ts';
import type { HeadsRow } from './heads-table.ts';
import type { GroupId } from './insured-group.ts';
import type { Region } from './jurisdiction.ts';
import { LEVELS, type LevelId, levelName } from './paying-level.ts';
import type { PolicyRules, RuleReading } from './policy-rules.ts';
import { budgetYear, coverageFinancedBy, noticeYear } from './policy-years.ts';

/** What is changed against the present rules. Everything absent stays as it is. */
export interface ScenarioChanges {
  /** 元/人 by budget year. */
  readonly standards: ReadonlyMap<number, Exact>;
  /** Change of heads a year, e.g. −0.02; the first year keeps the heads given. */
  readonly headsGrowth: Exact;
  /** Groups paid as another group. */
  readonly moves: ReadonlyMap<GroupId, GroupId>;
  /** Ratios of the remainder by level. */
  readonly ratios: ReadonlyMap<LevelId, Exact>;
  /** Other rules (a draft of next year's document). */
  readonly rules?: PolicyRules | undefined;
}

export interface ScenarioInput {
  readonly region: Region;
  readonly years: { readonly from: number; readonly to: number };
  readonly heads: readonly HeadsRow[];
  readonly className?: string | undefined;
  /** Yearly increase of the standard beyond the last known notice, 元/人; serves both sides of the comparison. */
  readonly standardStep?: Exact | undefined;
  readonly changes: ScenarioChanges;
}

export interface ScenarioLevel {
  readonly level: LevelId;
  readonly name: string;
  readonly baseline: Exact;
  readonly baselineFact: Fact;
  readonly scenario: Exact;
  readonly scenarioFact: Fact;
  readonly change: Exact;
  readonly changeFact: Fact;
}

export interface ScenarioYear {
  readonly year: number;
  readonly standard: { readonly baseline: Exact; readonly scenario: Exact; readonly projected: boolean };
  readonly heads: { readonly baseline: Exact; readonly scenario: Exact };
  readonly levels: readonly ScenarioLevel[];
  readonly total: { readonly baseline: Exact; readonly scenario: Exact };
}

export interface ScenarioResult {
  readonly region: Region;
  readonly years: readonly ScenarioYear[];
  readonly levels: readonly { readonly level: LevelId; readonly name: string }[];
  readonly readings: readonly RuleReading[];
  readonly facts: readonly Fact[];
  readonly problems: readonly Problem[];
}

/**
 * The effect of changes on every level and year, beside the present rules.
 * @throws JipingError `usage` for a year whose standard is neither known nor assumed
 */
export function runScenario(rules: PolicyRules, input: ScenarioInput): ScenarioResult {
  const { from, to } = input.years;
  if (to < from || to - from > 30)
    throw new JipingError(
      'usage',
      text('年度范围应从早到晚、不超过 30 年', 'the years should run forward, at most 30'),
    );
  const lineage = new Lineage();
  const readings = new Map<string, RuleReading>();
  const years: ScenarioYear[] = [];
  for (let year = from; year <= to; year += 1) {
    const base = standardFor(rules, input, year);
    const changed = input.changes.standards.get(year) ?? base.amount;
    const baseline = estimateYear(rules, input, year, base.assumed ? base.amount : undefined, input.heads);
    const scenario = estimateYear(
      input.changes.rules ?? rules,
      input,
      year,
      base.assumed || !changed.eq(base.amount) ? changed : undefined,
      changedHeads(input, year - from),
      input.changes.ratios,
    );
    for (const fact of [...baseline.facts, ...scenario.facts]) lineage.add(fact);
    for (const reading of [...baseline.readings, ...scenario.readings])
      readings.set(`${reading.ruleSet}#${reading.key}`, reading);
    years.push({
      year,
      standard: { baseline: baseline.standard, scenario: scenario.standard, projected: base.assumed },
      heads: { baseline: baseline.heads, scenario: scenario.heads },
      levels: compareLevels(baseline, scenario, year, input.region, lineage),
      total: { baseline: baseline.total, scenario: scenario.total },
    });
  }
  const present = new Map(years.flatMap((entry) => entry.levels.map((level) => [level.level, level.name] as const)));
  return {
    region: input.region,
    years,
    levels: LEVELS.filter((level) => present.has(level)).map((level) => ({
      level,
      name: present.get(level) ?? levelName(level),
    })),
    readings: [...readings.values()],
    facts: lineage.all(),
    problems: [],
  };
}

/** The standard of a budget year: the notice's, else the last notice plus the yearly step. */
function standardFor(rules: PolicyRules, input: ScenarioInput, year: number): { amount: Exact; assumed: boolean } {
  const known = rules.noticeYears(input.region);
  if (known.includes(year)) return { amount: rules.standard(input.region, noticeYear(year)).subsidy, assumed: false };
  const last = known.at(-1);
  const override = input.changes.standards.get(year);
  if (last !== undefined && year > last && input.standardStep !== undefined) {
    const amount = rules
      .standard(input.region, noticeYear(last))
      .subsidy.add(input.standardStep.mul(Exact.of(year - last)));
    return { amount, assumed: true };
  }
  if (override !== undefined) return { amount: override, assumed: true };
  throw new JipingError(
    'usage',
    text(
      `没有 ${year} 年的补助标准：用 --standard-step 30 假设每年提高的元数，或用 --standard ${year}=金额`,
      `no standard of ${year}: assume one with --standard-step 30 or --standard ${year}=AMOUNT`,
    ),
  );
}

function estimateYear(
  rules: PolicyRules,
  input: ScenarioInput,
  year: number,
  assumedStandard: Exact | undefined,
  heads: readonly HeadsRow[],
  assumedRatios?: ReadonlyMap<LevelId, Exact>,
): DueEstimate {
  const budget = budgetYear(year);
  return estimateDue(rules, {
    region: input.region,
    years: {
      standard: noticeYear(year),
      provisional: false,
      coverage: coverageFinancedBy(budget),
      budget,
      headsAsOf: `${year}-01-01`,
    },
    heads,
    className: input.className,
    assumedStandard,
    assumedRatios,
  });
}

/** Heads of the n-th year: moved to the paying group, grown, whole persons. */
function changedHeads(input: ScenarioInput, n: number): readonly HeadsRow[] {
  const { moves, headsGrowth } = input.changes;
  let factor = Exact.one;
  for (let step = 0; step < n; step += 1) factor = factor.mul(Exact.one.add(headsGrowth));
  const scale = (count: Exact): Exact => round(count.mul(factor), { places: 0, mode: 'half-up' });
  return input.heads.map((row) => ({
    ...row,
    group: moves.get(row.group) ?? row.group,
    heads: scale(row.heads),
    deductions: {
      duplicates: scale(row.deductions.duplicates),
      deaths: scale(row.deductions.deaths),
      elsewhere: scale(row.deductions.elsewhere),
    },
  }));
}

function compareLevels(
  baseline: DueEstimate,
  scenario: DueEstimate,
  year: number,
  region: Region,
  lineage: Lineage,
): readonly ScenarioLevel[] {
  const zero = (level: LevelId): Fact =>
    lineage.add(
      makeFact({
        concept: `subsidy.due.${level}`,
        label: `${levelName(level)}应担补助`,
        value: { kind: 'number', value: Exact.zero, unit: YUAN },
        period: String(year),
        place: region.name,
        origin: { kind: 'computed', formula: '此级不承担', inputs: [], rules: [] },
      }),
    );
  return LEVELS.flatMap((level): ScenarioLevel[] => {
    const before = baseline.levels.find((entry) => entry.level === level);
    const after = scenario.levels.find((entry) => entry.level === level);
    if (before === undefined && after === undefined) return [];
    const baselineFact = before?.fact ?? zero(level);
    const scenarioFact = after?.fact ?? zero(level);
    const change = (after?.due ?? Exact.zero).sub(before?.due ?? Exact.zero);
    return [
      {
        level,
        name: after?.name ?? before?.name ?? levelName(level),
        baseline: before?.due ?? Exact.zero,
        baselineFact,
        scenario: after?.due ?? Exact.zero,
        scenarioFact,
        change,
        changeFact: lineage.add(
          makeFact({
            concept: `subsidy.scenario.change.${level}`,
            label: `情景变化（${levelName(level)}）`,
            value: { kind: 'number', value: change, unit: YUAN },
            period: String(year),
            place: region.name,
            origin: {
              kind: 'computed',
              formula: '情景应担 − 现行应担',
              inputs: [baselineFact.id, scenarioFact.id],
              rules: [],
            },
          }),
        ),
      },
    ];
  });
}
