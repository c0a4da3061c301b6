import { cellOf, type ProjectBook } from '../ledger/index.ts';
import { Exact, POINT, type RoundingRule } from '../quantity/index.ts';
import { leafNotices } from './checks/leaf-notices.ts';
import type { Budget, Figure, Operator, ScoredIndicator, SuggestedScore } from './evaluation.ts';
import { type FactBook, figure, numberValue, spanValue } from './facts.ts';
import { type MeasureValue, measureFact, type ReadMeasure, readMeasure } from './measure.ts';
import { roundedSpan, shownPercent } from './print-number.ts';
import type { ProblemBook } from './problem-book.ts';
import {
  type Actual,
  enteredActual,
  type IndicatorRecord,
  measureOf,
  NO_MEASURE,
  rateActual,
  rateOf,
  rateOfLeaf,
  surveyActual,
  surveyOf,
} from './resolve-actual.ts';
import type { RuleReader } from './rule-reader.ts';
import type { RateKey } from './rule-set.ts';
import { scoreChecklist } from './scoring/checklist.ts';
import { scoreExecution } from './scoring/execution.ts';
import { type Noticed, type Outcome, undecided } from './scoring/outcome.ts';
import { type ScoringKind, scoreLeaf } from './scoring/score-leaf.ts';

/** What scoring one evaluation needs. */
export interface Scoring {
  readonly book: ProjectBook;
  readonly facts: FactBook;
  readonly rules: RuleReader;
  readonly problems: ProblemBook;
  readonly budget: Budget;
}

/** A scored leaf with what later checks ask of it. */
export interface LeafResult {
  readonly indicator: ScoredIndicator;
  readonly record: IndicatorRecord | undefined;
  readonly applicable: boolean;
  readonly met: boolean | undefined;
  readonly target: MeasureValue;
  readonly actual: MeasureValue;
}

const NONE: MeasureValue = { kind: 'none' };
const COMPARING: readonly string[] = ['按比例', '达到即满分', '定性分档', '等级', '阶梯', '满意度'];

/** Scores every row of the 绩效指标 sheet, and the execution leaf that the form keeps in its money block. */
export function scoreIndicators(scoring: Scoring): readonly LeafResult[] {
  const { records } = scoring.book.tables.indicators;
  const results = records.map((record) => scoreRecord(scoring, record));
  const weighted = results.some((result) => result.indicator.weight !== undefined);
  const hasExecution = results.some((result) => result.indicator.isExecution);
  const implicit = weighted && !hasExecution ? implicitExecution(scoring) : undefined;
  return implicit === undefined ? results : [implicit, ...results];
}

function scoreRecord(scoring: Scoring, record: IndicatorRecord): LeafResult {
  const { book, facts, rules, budget } = scoring;
  const sheet = book.tables.indicators;
  const own = rules.fork();
  const path = [record.level1 ?? '', record.level2 ?? '', record.level3 ?? ''] as const;
  const rateKey = rateOfLeaf(record, own);
  const isExecution = rateKey === 'executionAdjusted' || rateKey === 'executionInitial';
  if (path[2] === '' && !isExecution)
    return { indicator: emptyRow(record, path), record, applicable: false, met: undefined, target: NONE, actual: NONE };
  const target = readMeasure(record.target, record.unit);
  const operator = operatorOf(target, record);
  const points = book.tables.checklists.records.filter((point) => point.indicator === record.level3);
  const byPoints = points.length > 0 || record.scoring === '评价要点';
  const evidence = record.evidence ?? [];
  const actual = actualOf(scoring, record, target, rateKey);
  const targetFact =
    target.value.kind === 'none'
      ? undefined
      : facts.entered(
          { concept: `indicator.${record.row}.target`, label: `${path[2]}指标值` },
          measureFact(target.value),
          { sheet: sheet.sheet, cell: cellOf(sheet, record, 'target') },
        );
  const points3 = (key: 'weight' | 'claimed' | 'reviewed', label: string): Figure | undefined => {
    const value = record[key];
    if (value === undefined) return undefined;
    const fact = facts.entered(
      { concept: `indicator.${record.row}.${key}`, label: `${path[2] || path[1] || path[0]}${label}` },
      numberValue(value, POINT),
      { sheet: sheet.sheet, cell: cellOf(sheet, record, key) },
    );
    return figure(fact, value, POINT);
  };
  const weight = points3('weight', '分值');
  const full = weight?.value ?? Exact.zero;
  const applicable = record.notApplicable !== true;
  const outcome = byPoints
    ? points.length > 0
      ? scoreChecklist(full, points)
      : undecided(full, '没有评价要点记录，待定。', [
          {
            rule: 'checklist-missing',
            zh: '评分方式是评价要点，但“评价要点”表没有它的要点',
            en: 'no check points are entered for this indicator',
          },
        ])
    : rateKey !== undefined && target.value.kind === 'none'
      ? executionOutcome(own, full, budget, rateKey)
      : scoreLeaf(
          {
            weight: full,
            operator,
            target: target.value,
            targetText: target.text,
            actual: actual.value,
            actualText: actual.measure.text,
            targetTooLow: record.targetTooLow,
            rules: own,
          },
          scoringKind(record, own, target),
        );
  const noticed = [
    ...(outcome.noticed ?? []),
    ...leafNotices({ scoring, record, rules: own, target, actual, outcome, rateKey, byPoints }),
  ];
  const limited = applicable ? applyNotices(scoring, record, own, full, outcome, noticed, rateKey) : outcome;
  const rounding = own.read('rounding');
  const inputs = [weight?.factId, targetFact?.id, actual.measure.factId].filter((id) => id !== undefined);
  const suggested =
    weight === undefined || !applicable
      ? undefined
      : suggestedScore(facts, `indicator.${record.row}`, path[2], limited, full, rounding, inputs, own);
  const indicator: ScoredIndicator = {
    path,
    operator,
    target: targetFact === undefined ? NO_MEASURE : measureOf(target.value, target.text, targetFact.id),
    actual: actual.measure,
    weight,
    suggested,
    claimed: points3('claimed', '自评得分'),
    reviewed: points3('reviewed', '复核得分'),
    explanation: applicable ? explained(limited, weight === undefined) : '本项不适用，不参加计分。',
    reason: record.reason ?? '',
    factId: actual.measure.factId ?? suggested?.factId ?? targetFact?.id,
    evidence,
    undecided: applicable && (suggested === undefined || !suggested.min.eq(suggested.max)),
    isExecution,
    row: record.row,
  };
  return { indicator, record, applicable, met: outcome.met, target: target.value, actual: actual.value };
}

function emptyRow(record: IndicatorRecord, path: readonly [string, string, string]): ScoredIndicator {
  return {
    path,
    operator: '定性',
    target: NO_MEASURE,
    actual: NO_MEASURE,
    weight: undefined,
    suggested: undefined,
    claimed: undefined,
    reviewed: undefined,
    explanation: '',
    reason: record.reason ?? '',
    factId: undefined,
    evidence: [],
    undecided: false,
    isExecution: false,
    row: record.row,
  };
}

/** A target without a sign is a floor, for costs a ceiling. */
function operatorOf(target: ReadMeasure, record: IndicatorRecord): Operator {
  if (target.operator !== undefined) return target.operator;
  const words = `${record.level1 ?? ''}${record.level2 ?? ''}`;
  return words.includes('成本') || words.includes('经济性') ? '≤' : '≥';
}

function scoringKind(record: IndicatorRecord, rules: RuleReader, target: ReadMeasure): ScoringKind | undefined {
  if (record.scoring !== undefined && COMPARING.includes(record.scoring)) return record.scoring as ScoringKind;
  const isPercent = target.value.kind === 'number' && target.value.unit.symbol === '%';
  const isSatisfaction = `${record.level1 ?? ''}${record.level2 ?? ''}${record.level3 ?? ''}`.includes('满意');
  return isPercent && isSatisfaction && rules.read('satisfaction').names.includes('满意') ? '满意度' : undefined;
}

function actualOf(
  scoring: Scoring,
  record: IndicatorRecord,
  target: ReadMeasure,
  rateKey: RateKey | undefined,
): Actual {
  const { book, facts, budget } = scoring;
  if (rateKey !== undefined) return rateActual(rateOf(budget, rateKey));
  const survey = surveyOf(book, record);
  const surveyed = survey === undefined ? undefined : surveyActual(book, facts, record, survey);
  if (surveyed !== undefined) return surveyed;
  const unit =
    record.unit ?? (target.value.kind === 'number' || target.value.kind === 'range' ? target.value.unit.symbol : '');
  return enteredActual(book, facts, record, unit, record.evidence ?? []);
}

function executionOutcome(rules: RuleReader, weight: Exact, budget: Budget, key: RateKey): Outcome {
  const rate = rateOf(budget, key);
  if (rate !== undefined) return scoreExecution(rules, weight, rate.value);
  const other = budget.rates.executionInitial;
  const beside = other === undefined ? '' : `对年初预算的执行率为${shownPercent(other.value)}，不能代替。`;
  return undecided(weight, `计算所需的分子或分母没有填写，待定。${beside}`, [
    {
      rule: 'actual-missing',
      zh: '资金表没有填写计算执行率（支付率、到位率）所需的数，不作假定',
      en: 'the money sheet lacks a figure this rate needs; nothing is assumed',
    },
  ]);
}

/** What each notice does to the score, as the rule set says. */
function applyNotices(
  scoring: Scoring,
  record: IndicatorRecord | undefined,
  rules: RuleReader,
  weight: Exact,
  outcome: Outcome,
  noticed: readonly (Noticed & { readonly column?: keyof typeof CELLS })[],
  rateKey: RateKey | undefined,
): Outcome {
  const { book, budget, problems } = scoring;
  const sheet = book.tables.indicators;
  let { low, high } = outcome;
  const remarks: string[] = [];
  for (const notice of noticed) {
    const cell = record === undefined ? undefined : cellOf(sheet, record, CELLS[notice.column ?? 'actual']);
    const where = cell === undefined ? {} : { sheet: sheet.sheet, cell };
    const name = record?.level3 ?? record?.level2 ?? '预算执行率';
    const limit = problems.add(notice.rule, `${name}：${notice.zh}`, `${name}: ${notice.en}`, where, rules);
    if (limit.effect === 'none') continue;
    if (limit.effect === 'undecided') low = Exact.zero;
    if (limit.effect === 'cap') high = Exact.min(high, weight.mul(limit.cap ?? Exact.one));
    if (limit.effect === 'denominator' && rateKey !== undefined) {
      const initial = budget.rates.executionInitial?.value ?? Exact.zero;
      low = Exact.min(low, weight.mul(Exact.min(Exact.one, initial)));
    }
    low = Exact.min(low, high);
    if (outcome.noticed?.includes(notice) === true && limit.effect === 'undecided' && outcome.low.isZero) continue;
    remarks.push(`${notice.zh}，${limit.effect === 'cap' ? '建议分封顶' : '建议分待定'}。`);
  }
  return { ...outcome, low, high, explanation: [outcome.explanation, ...remarks].join('') };
}

const CELLS = {
  actual: 'actual',
  target: 'target',
  evidence: 'evidence',
  reason: 'reason',
  targetSetOn: 'targetSetOn',
  survey: 'survey',
  weight: 'weight',
  claimed: 'claimed',
} as const;

function suggestedScore(
  facts: FactBook,
  concept: string,
  label: string,
  outcome: Outcome,
  weight: Exact,
  rounding: RoundingRule,
  inputs: readonly string[],
  rules: RuleReader,
): SuggestedScore {
  const clamp = (value: Exact) => Exact.min(weight, Exact.max(Exact.zero, value));
  const { min, max } = roundedSpan(clamp(outcome.low), clamp(outcome.high), outcome.highOpen === true, rounding);
  const fact = facts.computed(
    { concept: `${concept}.suggested`, label: `${label}建议分` },
    spanValue(min, max, POINT),
    {
      formula: outcome.explanation,
      inputs,
      rules: rules.references(),
    },
  );
  return { min, max, factId: fact.id };
}

function explained(outcome: Outcome, noWeight: boolean): string {
  return noWeight ? `没有分值，不评分。${outcome.explanation}` : outcome.explanation;
}

/** The execution points of the weight template, for a table whose indicator rows leave them to the money block. */
function implicitExecution(scoring: Scoring): LeafResult | undefined {
  const { facts, rules, budget } = scoring;
  const own = rules.fork();
  const [template] = own.read('weights');
  const points = template?.points.预算执行;
  if (template === undefined || points === undefined) return undefined;
  const key = own.read('execution').rate;
  const weightFact = facts.computed(
    { concept: 'indicator.execution.weight', label: '预算执行率分值' },
    numberValue(points, POINT),
    { formula: `规则集分值模板“${template.name}”`, inputs: [], rules: own.references() },
  );
  const outcome = executionOutcome(own, points, budget, key);
  const limited = applyNotices(scoring, undefined, own, points, outcome, outcome.noticed ?? [], key);
  const actual = rateActual(rateOf(budget, key));
  const inputs = [weightFact.id, actual.measure.factId].filter((id) => id !== undefined);
  const suggested = suggestedScore(
    facts,
    'indicator.execution',
    '预算执行率',
    limited,
    points,
    own.read('rounding'),
    inputs,
    own,
  );
  return {
    record: undefined,
    applicable: true,
    met: outcome.met,
    target: NONE,
    actual: actual.value,
    indicator: {
      path: ['预算执行', '预算执行率', '预算执行率'],
      operator: '=',
      target: NO_MEASURE,
      actual: actual.measure,
      weight: figure(weightFact, points, POINT),
      suggested,
      claimed: undefined,
      reviewed: undefined,
      explanation: limited.explanation,
      reason: '',
      factId: actual.measure.factId ?? suggested.factId,
      evidence: [],
      undecided: !suggested.min.eq(suggested.max),
      isExecution: true,
      row: undefined,
    },
  };
}
