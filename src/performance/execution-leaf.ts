import { type Text, text } from '../problem/index.ts';
import { type Exact, POINT } from '../quantity/index.ts';
import type { Budget } from './evaluation.ts';
import { figure, numberValue } from './facts.ts';
import { limited } from './limit-score.ts';
import { shownPercent } from './print-number.ts';
import { NO_MEASURE, rateActual } from './resolve-actual.ts';
import type { RuleReader } from './rule-reader.ts';
import type { RateKey } from './rule-set.ts';
import { scoreExecution } from './scoring/execution.ts';
import { type Outcome, undecided } from './scoring/outcome.ts';
import type { LeafResult, Scoring } from './scoring-context.ts';
import { suggest } from './suggest-score.ts';

const RATE_NAMES = {
  arrival: text('资金到位率', 'Arrival rate'),
  payment: text('资金支付率', 'Payment rate'),
  executionInitial: text('执行率', 'Execution rate'),
  executionAdjusted: text('执行率', 'Execution rate'),
} as const satisfies Record<RateKey, Text>;

/** The score of a leaf that is one of the rates of the money block; 待定 where the book lacks a figure for it. */
export function executionOutcome(rules: RuleReader, weight: Exact, budget: Budget, key: RateKey): Outcome {
  const rate = budget.rates[key];
  if (rate !== undefined) return scoreExecution(rules, weight, rate.value, RATE_NAMES[key]);
  if (key === 'executionAdjusted' && budget.adjusted?.value.isZero === true)
    return undecided(
      weight,
      text(
        '全年预算数为0，执行率无法计算；没有安排预算的，请标为不适用。',
        'The adjusted budget is 0, so there is no execution rate; if nothing was budgeted, mark the indicator as not applicable.',
      ),
      [
        {
          rule: 'actual-missing',
          zh: '全年预算数为0，执行率无法计算',
          en: 'the adjusted budget is 0, so there is no execution rate; mark the leaf as not applicable',
        },
      ],
    );
  const other = budget.rates.executionInitial;
  const beside =
    other === undefined
      ? text('', '')
      : text(
          `对年初预算的执行率为${shownPercent(other.value)}，不能代替。`,
          ` The rate against the initial budget, ${shownPercent(other.value)}, does not stand in for it.`,
        );
  return undecided(
    weight,
    text(
      `计算所需的分子或分母没有填写，待定。${beside.zh}`,
      `The numerator or denominator it needs is not filled in: undecided.${beside.en}`,
    ),
    [
      {
        rule: 'actual-missing',
        zh: '资金表没有填写计算执行率（支付率、到位率）所需的数，不作假定',
        en: 'the money sheet lacks a figure this rate needs; nothing is assumed',
      },
    ],
  );
}

/** The execution points of the weight template, for a table whose indicator rows leave them to the money block. */
export function implicitExecution(scoring: Scoring): LeafResult | undefined {
  const { facts, rules, budget } = scoring;
  const own = rules.fork();
  const [template] = own.read('weights');
  const points = template?.points.预算执行;
  if (template === undefined || points === undefined) return undefined;
  const key = own.read('execution').rate;
  const weight = facts.computed(
    { concept: 'indicator.execution.weight', label: '预算执行率分值' },
    numberValue(points, POINT),
    { formula: `规则集分值模板“${template.name}”`, inputs: [], rules: own.references() },
  );
  const raw = executionOutcome(own, points, budget, key);
  const outcome = limited({ scoring, record: undefined, rules: own, weight: points, rateKey: key }, raw, []);
  const actual = rateActual(budget.rates[key]);
  const inputs = [weight.id, ...(actual.measure.factId === undefined ? [] : [actual.measure.factId])];
  const suggested = suggest(
    facts,
    own,
    { concept: 'indicator.execution', name: '预算执行率' },
    points,
    outcome,
    inputs,
  );
  return {
    record: undefined,
    applicable: true,
    met: raw.met,
    target: { kind: 'none' },
    actual: actual.value,
    indicator: {
      path: ['预算执行', '预算执行率', '预算执行率'],
      operator: '=',
      target: NO_MEASURE,
      termTarget: NO_MEASURE,
      actual: actual.measure,
      outlook: { forecast: NO_MEASURE, likelihood: undefined, causes: [], remedy: '' },
      weight: figure(weight, points, POINT),
      suggested,
      claimed: undefined,
      reviewed: undefined,
      explanation: outcome.explanation,
      reason: '',
      factId: actual.measure.factId ?? suggested.factId,
      evidence: [],
      undecided: !suggested.min.eq(suggested.max),
      isExecution: true,
      row: undefined,
    },
  };
}
