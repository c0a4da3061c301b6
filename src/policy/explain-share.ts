import { type Fact, Lineage, makeFact, type RuleReference } from '../fact/index.ts';
import { JipingError, type Problem, problem, text } from '../problem/index.ts';
import { Exact, findUnit, type Unit, YUAN } from '../quantity/index.ts';
import { RuleTrace } from '../rules/index.ts';
import { type GroupId, groupName } from './insured-group.ts';
import type { Region } from './jurisdiction.ts';
import { type LevelId, levelName } from './paying-level.ts';
import type { PolicyRules, RuleReading, SharingPlan, Standard } from './policy-rules.ts';
import { type BudgetYear, finalNoticeOf, type NoticeYear, type SubsidyYears } from './policy-years.ts';
import { type LevelShare, splitStandard } from './split-standard.ts';

/** Which share is asked for. */
export interface ShareQuestion {
  readonly region: Region;
  readonly group: GroupId;
  /** Year whose budget pays: chooses the sharing rule. */
  readonly budget: BudgetYear;
  /** Notice whose standard is shared. */
  readonly standard: NoticeYear;
  readonly className?: string | undefined;
  /** A standard that is in no rule file (scenario), 元/人. */
  readonly assumedStandard?: Exact | undefined;
  /** Ratios of the remainder that replace the rule of these levels (scenario). The last level still takes the rest. */
  readonly assumedRatios?: ReadonlyMap<LevelId, Exact> | undefined;
}

export interface ExplainedShare extends LevelShare {
  readonly reading: RuleReading;
  readonly fact: Fact;
}

/** The parts of the per-capita subsidy, level by level, with every step, rule and document. Facts are in `lineage`. */
export interface ShareExplanation {
  readonly question: ShareQuestion;
  readonly standard: Exact;
  readonly standardReading: RuleReading;
  readonly standardFact: Fact;
  readonly plan: SharingPlan;
  readonly shares: readonly ExplainedShare[];
}

export const YUAN_PER_PERSON: Unit = findUnit('元/人') ?? YUAN;

/**
 * Shares of one group in one region and year. Facts are added to `lineage`, reads to `trace`.
 * @throws JipingError `not-found` or `unsupported` when no filled rule exists.
 */
export function explainShare(
  rules: PolicyRules,
  question: ShareQuestion,
  lineage: Lineage = new Lineage(),
  trace: RuleTrace = new RuleTrace(),
): ShareExplanation {
  const { region, group, budget } = question;
  const standard = standardOf(rules, question, trace);
  const plan = assumeRatios(rules.plan(region, group, budget, question.className, trace), question, trace);
  const standardFact = lineage.add(
    makeFact({
      concept: 'subsidy.standard',
      label: '人均财政补助标准',
      value: { kind: 'number', value: standard.subsidy, unit: YUAN_PER_PERSON },
      period: String(question.standard.year),
      place: region.name,
      origin: {
        kind: 'computed',
        formula: '规则取值',
        inputs: [],
        rules: [reference(standard.reading)],
        steps: [`${standard.reading.what}：${standard.reading.status}`],
      },
    }),
  );
  const shares = splitStandard(standard.subsidy, plan.levels).map((share, index): ExplainedShare => {
    const reading = plan.readings[index];
    if (reading === undefined) throw new JipingError('internal', text('分担方案缺来源', 'a plan level has no reading'));
    const fact = lineage.add(
      makeFact({
        concept: `subsidy.share.${group}.${share.level}`,
        label: `${share.name}人均补助（${groupName(group, rules.aidedKindNames())}）`,
        value: { kind: 'number', value: share.amount, unit: YUAN_PER_PERSON },
        period: String(budget.year),
        place: region.name,
        origin: {
          kind: 'computed',
          formula: share.step,
          inputs: [standardFact.id],
          rules: plan.readings.slice(0, index + 1).map(reference),
          steps: [`${reading.what}：${reading.status}`],
        },
      }),
    );
    return { ...share, reading, fact };
  });
  return {
    question,
    standard: standard.subsidy,
    standardReading: standard.reading,
    standardFact,
    plan,
    shares,
  };
}

/** The part of one level; `undefined` when the plan of this group does not pay from it. */
export function shareOf(explanation: ShareExplanation, level: LevelId): ExplainedShare | undefined {
  return explanation.shares.find((share) => share.level === level);
}

function standardOf(rules: PolicyRules, question: ShareQuestion, trace: RuleTrace): Standard {
  if (question.assumedStandard === undefined) return rules.standard(question.region, question.standard, trace);
  const reading: RuleReading = {
    ruleSet: 'assumption',
    version: String(question.budget.year),
    key: `standard.${question.standard.year}`,
    verified: false,
    status: '情景假设，不是规定',
    what: `${question.standard.year} 年补助标准假设为 ${question.assumedStandard} 元/人`,
  };
  trace.record(reading);
  return { notice: question.standard, subsidy: question.assumedStandard, reading };
}

function assumeRatios(plan: SharingPlan, question: ShareQuestion, trace: RuleTrace): SharingPlan {
  const { assumedRatios } = question;
  if (assumedRatios === undefined || assumedRatios.size === 0) return plan;
  const replaced = plan.levels.map((paying, index) => {
    const ratio = assumedRatios.get(paying.level);
    const reading = plan.readings[index];
    if (ratio === undefined || paying.rule.method === 'REMAINDER') return { paying, reading };
    const assumed: RuleReading = {
      ruleSet: 'assumption',
      version: String(question.budget.year),
      key: `ratio.${paying.level}`,
      verified: false,
      status: '情景假设，不是规定',
      what: `${levelName(paying.level)}按剩余部分的 ${ratio.mul(Exact.hundred)}% 分担`,
    };
    trace.record(assumed);
    return { paying: { ...paying, rule: { method: 'RATIO_OF_REMAINDER' as const, ratio } }, reading: assumed };
  });
  return {
    ...plan,
    levels: replaced.map((entry) => entry.paying),
    readings: replaced.flatMap((entry) => entry.reading ?? []),
  };
}

/** A reading without its words: what a fact's origin stores. */
export function reference(reading: RuleReading): RuleReference {
  return {
    ruleSet: reading.ruleSet,
    version: reading.version,
    key: reading.key,
    ...(reading.document === undefined ? {} : { document: reading.document }),
    verified: reading.verified,
  };
}

/** Every reading of a trace; the policy rules record nothing but readings. */
export function readingsOf(trace: RuleTrace): readonly RuleReading[] {
  return trace.all().filter((entry): entry is RuleReading => 'status' in entry);
}

/**
 * What mixes the four years is refused or flagged.
 * @throws JipingError `usage` for a standard of another year that is not declared provisional, or of a later year.
 */
export function checkYears(rules: PolicyRules, region: Region, years: SubsidyYears): readonly Problem[] {
  const { standard, budget, provisional, headsAsOf, settlement, coverage } = years;
  const found: Problem[] = [];
  if (standard.year > budget.year)
    throw new JipingError(
      'usage',
      text(
        `${budget.year} 年度预算不能用 ${standard.year} 年的标准：标准晚于预算年度`,
        `the standard of ${standard.year} is later than budget year ${budget.year}`,
      ),
    );
  if (standard.year < budget.year && !provisional)
    throw new JipingError(
      'usage',
      text(
        `${budget.year} 年度预算用了 ${standard.year} 年的标准：若 ${budget.year} 年通知未出、暂按旧标准，请加 --provisional；否则改用 --standard-year ${budget.year}`,
        `budget year ${budget.year} with the standard of ${standard.year}: add --provisional, or use --standard-year ${budget.year}`,
      ),
    );
  if (provisional && standard.year === budget.year)
    found.push(
      problem(
        'provisional-own-year',
        'warning',
        text(
          `标准年度与预算年度同为 ${budget.year}，却标为暂定；若通知已出，请去掉 --provisional`,
          `marked provisional though the standard is of the budget year itself`,
        ),
      ),
    );
  if (standard.year < budget.year && rules.noticeYears(region).includes(budget.year)) {
    const own = rules.standard(region, finalNoticeOf(budget));
    const used = rules.standard(region, standard);
    found.push(
      problem(
        'standard-superseded',
        settlement === undefined ? 'notice' : 'warning',
        text(
          `${budget.year} 年标准 ${own.subsidy} 元/人已在规则中（${own.document ?? own.reading.status}），本表仍用 ${standard.year} 年的 ${used.subsidy} 元/人`,
          `the ${budget.year} standard is ${own.subsidy}; this sheet uses that of ${standard.year}, ${used.subsidy}`,
        ),
      ),
    );
  }
  if (headsAsOf === undefined)
    found.push(
      problem(
        'heads-as-of-missing',
        'warning',
        text('没有写人数的截止日期，请用 --as-of YYYY-MM-DD', 'the as-of date of the heads is missing; give --as-of'),
      ),
    );
  else if (settlement !== undefined && headsAsOf < `${coverage.year}-01-01`)
    found.push(
      problem(
        'heads-before-coverage',
        'error',
        text(
          `结算人数截至 ${headsAsOf}，早于参保年度 ${coverage.year}：是测算口径，不是核定口径`,
          `settled heads as of ${headsAsOf} precede coverage year ${coverage.year}`,
        ),
      ),
    );
  else if (headsAsOf > `${budget.year}-12-31` || headsAsOf < `${budget.year - 1}-01-01`)
    found.push(
      problem(
        'heads-other-year',
        settlement !== undefined && headsAsOf > `${budget.year}-12-31` ? 'notice' : 'warning',
        text(
          `人数截至 ${headsAsOf}，与预算年度 ${budget.year} 相隔一年以上`,
          `heads as of ${headsAsOf} are not of budget year ${budget.year}`,
        ),
      ),
    );
  return found;
}

/** One notice for all unread documents a result rests on. */
export function unverifiedProblem(readings: readonly RuleReading[]): readonly Problem[] {
  const unread = readings.filter((reading) => !reading.verified);
  if (unread.length === 0) return [];
  const list = [...new Set(unread.map((reading) => `${reading.what}：${reading.status}`))].join('；');
  return [
    problem(
      'rule-unverified',
      'notice',
      text(
        `所用规则有未核实的：${list}`,
        `rules not read in their document were used: ${[...new Set(unread.map(nameInEnglish))].join(', ')}`,
      ),
    ),
  ];
}

/** The rule as the reader may look it up: its name in its own words, and its document. */
function nameInEnglish({ what, document }: RuleReading): string {
  return document === undefined ? `“${what}”` : `“${what}” (${document.replaceAll('、', ', ')})`;
}
