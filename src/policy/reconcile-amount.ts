import { JipingError, type Text, text } from '../problem/index.ts';
import { contains, Exact, type Interval, round } from '../quantity/index.ts';
import type { GroupId } from './insured-group.ts';
import type { Region } from './jurisdiction.ts';
import type { StatedAmount } from './money-tables.ts';
import { type CombinationSearch, type Labelled, nearestCombinations } from './nearest-combinations.ts';
import { type LevelId, levelName } from './paying-level.ts';
import type { PolicyRules, RuleReading } from './policy-rules.ts';
import { budgetYear, noticeYear } from './policy-years.ts';
import { aidAmount } from './premium-aid.ts';
import { type LadderStep, shareLadder } from './share-ladder.ts';

export interface GroupHeads {
  readonly group: GroupId;
  readonly heads: Exact;
}

export interface ReconcileInput {
  readonly region: Region;
  readonly amount: StatedAmount;
  readonly heads: readonly GroupHeads[];
  /** Absent = the last paying level (本级). */
  readonly level: LevelId;
  readonly className?: string | undefined;
  /** An earlier stated pair (年初预算), to be compared with. */
  readonly budget?: { readonly amount: StatedAmount; readonly heads: Exact } | undefined;
  /** Other head-counts the paper mentions, tried in combinations. */
  readonly otherHeads?: readonly Exact[] | undefined;
}

/** The stated amount held against one year's share. */
export interface ReconcileStep {
  readonly year: number;
  readonly standard: Exact;
  /** 元/人 of the group; of the first group where several are stated. */
  readonly share: Exact;
  /** What the stated heads give, 元. */
  readonly computed: Exact;
  /** stated − computed, 元. */
  readonly difference: Exact;
  /** difference ÷ computed; undefined when nothing is computed. */
  readonly deviation: Exact | undefined;
  readonly follows: boolean;
  /** Whole numbers of persons that would give the stated amount at this share; null where groups differ in share. */
  readonly headsThatFit: { readonly low: Exact; readonly high: Exact; readonly count: Exact } | undefined;
  /** How likely any amount at all has a fitting whole number: min(1, width of rounding ÷ share). */
  readonly matchByChance: Exact;
  /** difference ÷ share: the carry-over (+) or the persons missing (−), in persons. */
  readonly differenceInHeads: Exact;
  /** The same at the share of the year before. */
  readonly differenceInHeadsAtPrevious: Exact | undefined;
  readonly readings: readonly RuleReading[];
}

export interface MixedRates {
  readonly lower: LadderStep;
  readonly upper: LadderStep;
  readonly headsAtUpper: Exact;
  readonly headsAtLower: Exact;
}

export interface BudgetComparison {
  readonly steps: readonly ReconcileStep[];
  readonly follows: boolean;
  /** stated amount − budget, 元. */
  readonly difference: Exact;
  readonly deviation: Exact;
  /** heads − budget heads. */
  readonly headsChange: Exact;
  readonly byYear: readonly {
    readonly year: number;
    readonly share: Exact;
    /** The change of amount in persons at this share. */
    readonly differenceInHeads: Exact;
    /** What the change of heads alone would have moved, 元. */
    readonly headsChangeAmount: Exact;
  }[];
}

export interface Reconciliation {
  readonly region: Region;
  readonly level: LevelId;
  readonly amount: StatedAmount;
  readonly heads: Exact;
  readonly groups: readonly GroupHeads[];
  /** Under at least one year's rule the stated heads give the stated amount. */
  readonly follows: boolean;
  readonly steps: readonly ReconcileStep[];
  /** What the amount comes to per head, 元/人 (unrounded bounds of the rounding). */
  readonly implied: Interval;
  /** The two neighbouring years whose shares enclose the implied amount. */
  readonly mixed: MixedRates | undefined;
  /** What a year's increase of the share costs for the stated heads. */
  readonly increments: readonly {
    readonly from: number;
    readonly to: number;
    readonly perHead: Exact;
    readonly amount: Exact;
  }[];
  readonly combinations: CombinationSearch;
  readonly budget: BudgetComparison | undefined;
}

const INTEGER = { places: 0, mode: 'half-up' } as const;

/**
 * Does a stated amount follow from stated heads under any rule in force; if not, what would have to be true.
 * @throws JipingError `not-found` when the region has no filled rule for the level in any year.
 */
export function reconcileAmount(rules: PolicyRules, input: ReconcileInput): Reconciliation {
  const heads = Exact.sum(input.heads.map((entry) => entry.heads));
  if (heads.sign <= 0) throw new JipingError('usage', text('人数应大于零', 'heads must be above zero'));
  const ladders = input.heads.map((entry) => ({
    entry,
    ladder: shareLadder(rules, input.region, entry.group, input.level, input.className),
  }));
  const first = ladders[0]?.ladder ?? [];
  if (first.length === 0)
    throw new JipingError(
      'not-found',
      text(
        `${rules.jurisdictions.fullName(input.region.code)}没有任何年度可用的分担规定；请先在本地规则文件中写入`,
        `no filled sharing rule for ${input.region.code} in any year`,
      ),
    );
  const steps = first.map((step, index) => {
    const computed = Exact.sum(
      ladders.map(({ entry, ladder }) =>
        entry.heads.mul(ladder.find((other) => other.year === step.year)?.share ?? Exact.zero),
      ),
    );
    const uniform = ladders.every(({ ladder }) =>
      ladder.find((other) => other.year === step.year)?.share.eq(step.share),
    );
    return holdAgainst(input.amount, step, first[index - 1], computed, uniform);
  });
  const implied: Interval = {
    ...input.amount.interval,
    low: input.amount.interval.low.div(heads),
    high: input.amount.interval.high.div(heads),
  };
  const mixed = mixedRates(first, input.amount, heads);
  return {
    region: input.region,
    level: input.level,
    amount: input.amount,
    heads,
    groups: input.heads,
    follows: steps.some((step) => step.follows),
    steps,
    implied,
    mixed,
    increments: first.slice(1).map((step, index) => {
      const before = first[index];
      const perHead = step.share.sub(before?.share ?? Exact.zero);
      return { from: before?.year ?? step.year, to: step.year, perHead, amount: perHead.mul(heads) };
    }),
    combinations: nearestCombinations(
      input.amount.interval,
      candidateHeads(input, heads),
      candidateRates(rules, input, first, mixed),
    ),
    budget: input.budget === undefined ? undefined : compareBudget(input.amount, heads, input.budget, first),
  };
}

function holdAgainst(
  amount: StatedAmount,
  step: LadderStep,
  previous: LadderStep | undefined,
  computed: Exact,
  uniform: boolean,
): ReconcileStep {
  const difference = amount.yuan.sub(computed);
  const width = amount.interval.high.sub(amount.interval.low);
  return {
    year: step.year,
    standard: step.standard,
    share: step.share,
    computed,
    difference,
    deviation: computed.isZero ? undefined : difference.div(computed),
    follows: contains(amount.interval, computed),
    headsThatFit: uniform && step.share.sign > 0 ? wholeHeads(amount.interval, step.share) : undefined,
    matchByChance: step.share.isZero ? Exact.zero : Exact.min(Exact.one, width.div(step.share)),
    differenceInHeads: step.share.isZero ? Exact.zero : round(difference.div(step.share), INTEGER),
    differenceInHeadsAtPrevious:
      previous === undefined || previous.share.isZero ? undefined : round(difference.div(previous.share), INTEGER),
    readings: step.readings,
  };
}

/** The whole numbers n with n × share inside the interval. */
function wholeHeads(interval: Interval, share: Exact): { low: Exact; high: Exact; count: Exact } {
  let low = round(interval.low.div(share), { places: 0, mode: 'ceiling' });
  if (!interval.lowClosed && low.mul(share).eq(interval.low)) low = low.add(Exact.one);
  let high = round(interval.high.div(share), { places: 0, mode: 'floor' });
  if (!interval.highClosed && high.mul(share).eq(interval.high)) high = high.sub(Exact.one);
  return { low, high, count: Exact.max(Exact.zero, high.sub(low).add(Exact.one)) };
}

/** Some persons at the older share and the rest at the newer: the split that gives the amount. */
function mixedRates(ladder: readonly LadderStep[], amount: StatedAmount, heads: Exact): MixedRates | undefined {
  const perHead = amount.yuan.div(heads);
  for (const [index, upper] of ladder.entries()) {
    const lower = ladder[index - 1];
    if (lower === undefined || lower.share.ge(upper.share) || perHead.lt(lower.share) || perHead.gt(upper.share))
      continue;
    const headsAtUpper = round(amount.yuan.sub(heads.mul(lower.share)).div(upper.share.sub(lower.share)), INTEGER);
    return { lower, upper, headsAtUpper, headsAtLower: heads.sub(headsAtUpper) };
  }
  return undefined;
}

function compareBudget(
  amount: StatedAmount,
  heads: Exact,
  budget: NonNullable<ReconcileInput['budget']>,
  ladder: readonly LadderStep[],
): BudgetComparison {
  const difference = amount.yuan.sub(budget.amount.yuan);
  const headsChange = heads.sub(budget.heads);
  const steps = ladder.map((step, index) =>
    holdAgainst(budget.amount, step, ladder[index - 1], budget.heads.mul(step.share), true),
  );
  return {
    steps,
    follows: steps.some((step) => step.follows),
    difference,
    deviation: budget.amount.yuan.isZero ? Exact.zero : difference.div(budget.amount.yuan),
    headsChange,
    byYear: ladder.map((step) => ({
      year: step.year,
      share: step.share,
      differenceInHeads: step.share.isZero ? Exact.zero : round(difference.div(step.share), INTEGER),
      headsChangeAmount: headsChange.mul(step.share),
    })),
  };
}

/** All heads the paper states, and the differences between any two of them. */
function candidateHeads(input: ReconcileInput, heads: Exact): readonly Labelled[] {
  const stated = [
    heads,
    ...(input.heads.length > 1 ? input.heads.map((entry) => entry.heads) : []),
    ...(input.budget === undefined ? [] : [input.budget.heads]),
    ...(input.otherHeads ?? []),
  ];
  const found = new Map<string, Labelled>();
  for (const value of stated) found.set(value.toString(), { value, label: text(`${value} 人`, `${value} heads`) });
  for (const a of stated)
    for (const b of stated) {
      const value = a.sub(b);
      if (value.sign > 0 && !found.has(value.toString()))
        found.set(value.toString(), {
          value,
          label: text(`${value} 人（${a} − ${b}）`, `${value} heads (${a} − ${b})`),
        });
    }
  return [...found.values()];
}

/** Every share of the level, and around the implied amount also what else is paid per head. */
function candidateRates(
  rules: PolicyRules,
  input: ReconcileInput,
  ladder: readonly LadderStep[],
  mixed: MixedRates | undefined,
): readonly Labelled[] {
  const found = new Map<string, Labelled>();
  const add = (value: Exact, label: Text): void => {
    if (value.sign > 0 && !found.has(value.toString())) found.set(value.toString(), { value, label });
  };
  for (const step of ladder) add(step.share, text(`${step.year} 年份额`, `share of ${step.year}`));
  const last = ladder.at(-1);
  const near = mixed === undefined ? (last === undefined ? [] : [last]) : [mixed.lower, mixed.upper];
  const { group } = input.heads[0] ?? { group: 'residents' as const };
  for (const { year, standard } of near) {
    const plan = rules.plan(input.region, group, budgetYear(year), input.className);
    const shares = shareLadders(
      rules,
      input,
      group,
      plan.levels.map((level) => level.level),
      year,
    );
    for (const [level, share] of shares)
      if (level !== input.level)
        add(share, text(`${year} 年${levelName(level)}份额`, `${levelName(level, 'en')} share of ${year}`));
    const central = shares.get('central') ?? Exact.zero;
    const local = standard.sub(central);
    add(local, text(`${year} 年地方负担合计`, `all local levels of ${year}`));
    for (const { rule } of plan.levels)
      if (rule.method === 'BASE_PLUS_INCREMENT' && rule.of === 'REMAINDER') {
        if (rule.baseShare.kind === 'ratio')
          add(
            local.mul(Exact.one.sub(rule.baseShare.ratio)),
            text(`${year} 年若全按基数比例`, `${year} if the ratio of the base held for all`),
          );
        add(
          local.mul(Exact.one.sub(rule.incrementRatio)),
          text(`${year} 年若全按增量比例`, `${year} if the ratio of the increment held for all`),
        );
      }
    const notice = noticeYear(year);
    const individual = rules.individual(input.region, notice)?.high;
    if (individual === undefined) continue;
    add(individual, text(`${year} 年个人缴费`, `individual contribution of ${year}`));
    for (const kind of rules.aid(input.region, notice)?.kinds.values() ?? []) {
      const aid = aidAmount(kind, individual);
      if (aid === undefined) continue;
      add(aid, text(`${year} 年资助参保`, `premium aid of ${year}`));
      add(individual.sub(aid), text(`${year} 年资助后个人缴`, `individual contribution of ${year} after aid`));
    }
  }
  if (mixed !== undefined) {
    add(
      mixed.upper.share.sub(mixed.lower.share),
      text(`${mixed.upper.year} 年份额增量`, `rise of the share in ${mixed.upper.year}`),
    );
    add(
      mixed.upper.standard.sub(mixed.lower.standard),
      text(`${mixed.upper.year} 年标准增量`, `rise of the standard in ${mixed.upper.year}`),
    );
  }
  return [...found.values()];
}

function shareLadders(
  rules: PolicyRules,
  input: ReconcileInput,
  group: GroupId,
  levels: readonly LevelId[],
  year: number,
): ReadonlyMap<LevelId, Exact> {
  return new Map(
    levels.flatMap((level) => {
      const step = shareLadder(rules, input.region, group, level, input.className).find((entry) => entry.year === year);
      return step === undefined ? [] : [[level, step.share] as const];
    }),
  );
}
