import type { FactId } from '../fact/index.ts';
import { cellOf, type TableRecord } from '../ledger/index.ts';
import { text } from '../problem/index.ts';
import { Exact, findUnit, NO_UNIT, POINT } from '../quantity/index.ts';
import { leafNotices } from './checks/leaf-notices.ts';
import type { Figure, Measure, Operator, Outlook, ScoredIndicator } from './evaluation.ts';
import { executionOutcome, implicitExecution } from './execution-leaf.ts';
import { figure, numberValue, rowRanges } from './facts.ts';
import { isFourPart } from './four-part.ts';
import { limited } from './limit-score.ts';
import { measureFact, measureUnit, type ReadMeasure, readMeasure } from './measure.ts';
import { sentence } from './print-number.ts';
import { type Actual, actualOf, measureOf, NO_MEASURE, rateOfLeaf } from './resolve-actual.ts';
import type { RuleReader } from './rule-reader.ts';
import { scoreChecklist } from './scoring/checklist.ts';
import { type Outcome, undecided } from './scoring/outcome.ts';
import { type ScoringKind, scoreLeaf } from './scoring/score-leaf.ts';
import type { IndicatorRecord, LeafResult, Scoring } from './scoring-context.ts';
import { suggest } from './suggest-score.ts';

type Path = readonly [string, string, string];

const COMPARING: readonly string[] = ['按比例', '达到即满分', '定性分档', '等级', '阶梯', '满意度'];

/** Scores every row of the 绩效指标 sheet, and the execution leaf that the form keeps in its money block. */
export function scoreIndicators(scoring: Scoring): readonly LeafResult[] {
  const results = scoring.book.tables.indicators.records.map((record) => scoreRecord(scoring, record));
  const weighted = results.some((result) => result.indicator.weight !== undefined);
  const hasExecution = results.some((result) => result.indicator.isExecution);
  const implicit = weighted && !hasExecution && !isFourPart(scoring) ? implicitExecution(scoring) : undefined;
  return implicit === undefined ? results : [implicit, ...results];
}

function scoreRecord(scoring: Scoring, record: IndicatorRecord): LeafResult {
  const { book, facts, budget } = scoring;
  const own = scoring.rules.fork();
  const path: Path = [record.level1 ?? '', record.level2 ?? '', record.level3 ?? ''];
  const name = path[2] || path[1] || path[0];
  const rateKey = rateOfLeaf(record, own);
  const isRate = rateKey === 'executionAdjusted' || rateKey === 'executionInitial';
  // Under 过程 a rate is a leaf like any other; else the form keeps it in its money block.
  const isExecution = isRate && !own.read('fourPart').levels.includes(path[0]);
  if (path[2] === '' && !isRate) return blankRow(record, path);
  const target = readMeasure(record.target, record.unit);
  const actual = actualOf(scoring, record, target, rateKey);
  const targetMeasure = enterTarget(scoring, record, target, name);
  const [weight, claimed, reviewed] = (['weight', 'claimed', 'reviewed'] as const).map((key) =>
    enterPoints(scoring, record, key, name),
  );
  const points = book.tables.checklists.records.filter((point) => point.indicator === path[2]);
  const byPoints = points.length > 0 || record.scoring === '评价要点';
  const applicable = record.notApplicable !== true;
  const full = Exact.max(Exact.zero, weight?.value ?? Exact.zero);
  const raw = byPoints
    ? checklistOutcome(full, points)
    : rateKey !== undefined && target.value.kind === 'none'
      ? executionOutcome(own, full, budget, rateKey)
      : compareOutcome(record, own, full, target, actual);
  const outcome = applicable
    ? limited(
        { scoring, record, rules: own, weight: full, rateKey },
        raw,
        leafNotices({ scoring, record, rules: own, target, actual, outcome: raw, rateKey, byPoints }),
      )
    : raw;
  const checked = points.length === 0 ? undefined : enterCheckPoints(scoring, record, points);
  const inputs = [weight?.factId, targetMeasure.factId, actual.measure.factId, checked].filter(
    (id) => id !== undefined,
  );
  const suggested =
    weight === undefined || !applicable
      ? undefined
      : suggest(facts, own, { concept: `indicator.${record.row}`, name }, full, outcome, inputs);
  const indicator: ScoredIndicator = {
    path,
    operator: targetMeasure.kind === 'none' ? '定性' : operatorOf(target, record),
    target: targetMeasure,
    termTarget: enterMeasure(scoring, record, 'termTarget', name, measureUnit(target.value)),
    actual: actual.measure,
    outlook: outlookOf(scoring, record, name, measureUnit(target.value)),
    weight,
    suggested,
    claimed,
    reviewed,
    explanation: !applicable
      ? text('本项不适用，不参加计分。', 'Not applicable: not scored.')
      : weight === undefined
        ? text(`没有分值，不评分。${outcome.explanation.zh}`, `No points stated: not scored. ${outcome.explanation.en}`)
        : outcome.explanation,
    reason: record.reason ?? '',
    factId: actual.measure.factId ?? suggested?.factId ?? targetMeasure.factId,
    evidence: record.evidence ?? [],
    undecided: applicable && (suggested === undefined || !suggested.min.eq(suggested.max)),
    isExecution,
    row: record.row,
  };
  return { indicator, record, applicable, met: raw.met, target: target.value, actual: actual.value };
}

/** A second-level row without an indicator: the form prints it blank. */
function blankRow(record: IndicatorRecord, path: Path): LeafResult {
  const indicator: ScoredIndicator = {
    path,
    operator: '定性',
    target: NO_MEASURE,
    termTarget: NO_MEASURE,
    actual: NO_MEASURE,
    outlook: { forecast: NO_MEASURE, likelihood: undefined, causes: [], remedy: '' },
    weight: undefined,
    suggested: undefined,
    claimed: undefined,
    reviewed: undefined,
    explanation: text('', ''),
    reason: record.reason ?? '',
    factId: undefined,
    evidence: [],
    undecided: false,
    isExecution: false,
    row: record.row,
  };
  const nothing = { kind: 'none' } as const;
  return { indicator, record, applicable: false, met: undefined, target: nothing, actual: nothing };
}

function enterTarget({ book, facts }: Scoring, record: IndicatorRecord, target: ReadMeasure, name: string): Measure {
  if (target.value.kind === 'none') return NO_MEASURE;
  const sheet = book.tables.indicators;
  const fact = facts.entered(
    { concept: `indicator.${record.row}.target`, label: `${name}指标值` },
    measureFact(target.value),
    { sheet: sheet.sheet, cell: cellOf(sheet, record, 'target') },
  );
  return measureOf(target.value, target.text, fact.id);
}

const STATED_LABELS = { termTarget: '中期指标值', forecast: '全年预计完成值' } as const;

function enterMeasure(
  { book, facts }: Scoring,
  record: IndicatorRecord,
  key: keyof typeof STATED_LABELS,
  name: string,
  unit: string,
): Measure {
  const read = readMeasure(record[key], record.unit ?? unit);
  if (read.value.kind === 'none') return NO_MEASURE;
  const sheet = book.tables.indicators;
  const fact = facts.entered(
    { concept: `indicator.${record.row}.${key}`, label: `${name}${STATED_LABELS[key]}` },
    measureFact(read.value),
    { sheet: sheet.sheet, cell: cellOf(sheet, record, key) },
  );
  return measureOf(read.value, read.text, fact.id);
}

function outlookOf(scoring: Scoring, record: IndicatorRecord, name: string, unit: string): Outlook {
  return {
    forecast: enterMeasure(scoring, record, 'forecast', name, unit),
    likelihood: record.likelihood,
    causes: record.causes ?? [],
    remedy: record.remedy ?? '',
  };
}

const POINT_LABELS = { weight: '分值', claimed: '自评得分', reviewed: '复核得分' } as const;

function enterPoints(
  { book, facts }: Scoring,
  record: IndicatorRecord,
  key: keyof typeof POINT_LABELS,
  name: string,
): Figure | undefined {
  const value = record[key];
  if (value === undefined) return undefined;
  const sheet = book.tables.indicators;
  const fact = facts.entered(
    { concept: `indicator.${record.row}.${key}`, label: `${name}${POINT_LABELS[key]}` },
    numberValue(value, POINT),
    { sheet: sheet.sheet, cell: cellOf(sheet, record, key) },
  );
  return figure(fact, value, POINT);
}

/** The rows of the check points a score was computed from. */
function enterCheckPoints(
  { book, facts }: Scoring,
  record: IndicatorRecord,
  points: readonly TableRecord<'checklists'>[],
): FactId {
  const name = record.level3 ?? '';
  return facts.counted(
    { concept: `indicator.${record.row}.points`, label: `${name}评价要点` },
    numberValue(Exact.of(points.length), findUnit('项') ?? NO_UNIT),
    {
      sheet: book.tables.checklists.sheet,
      query: `次数(评价要点, 三级指标="${name}")`,
      rows: rowRanges(points.map((point) => point.row)),
      rowCount: points.length,
    },
  ).id;
}

function checklistOutcome(weight: Exact, points: readonly TableRecord<'checklists'>[]): Outcome {
  if (points.length > 0) return scoreChecklist(weight, points);
  return undecided(weight, text('没有评价要点，待定。', 'No check points: undecided.'), [
    {
      rule: 'actual-missing',
      zh: '评分方式是评价要点，但“评价要点”表没有这个指标的要点',
      en: 'no check points are entered for this indicator',
    },
  ]);
}

function compareOutcome(
  record: IndicatorRecord,
  rules: RuleReader,
  weight: Exact,
  target: ReadMeasure,
  actual: Actual,
): Outcome {
  if (actual.failure !== undefined)
    return undecided(weight, text(`${actual.failure.zh}，待定。`, `${sentence(actual.failure.en)}: undecided.`), [
      actual.failure,
    ]);
  const leaf = {
    weight,
    operator: operatorOf(target, record),
    target: target.value,
    targetText: target.text,
    actual: actual.value,
    actualText: actual.measure.text,
    targetTooLow: record.targetTooLow,
    hasReason: (record.reason ?? '').trim() !== '',
    rules,
  };
  return scoreLeaf(leaf, scoringKind(record, target));
}

/** A target without a sign is a floor, for costs a ceiling. */
function operatorOf(target: ReadMeasure, record: IndicatorRecord): Operator {
  if (target.operator !== undefined) return target.operator;
  return /成本|经济性/.test(`${record.level1 ?? ''}${record.level2 ?? ''}`) ? '≤' : '≥';
}

/** As the sheet says; a satisfaction rate without a saying is scored as 满意度赋分. */
function scoringKind(record: IndicatorRecord, target: ReadMeasure): ScoringKind | undefined {
  if (record.scoring !== undefined && COMPARING.includes(record.scoring)) return record.scoring as ScoringKind;
  const isPercent = target.value.kind === 'number' && target.value.unit.symbol === '%';
  const words = `${record.level1 ?? ''}${record.level2 ?? ''}${record.level3 ?? ''}`;
  return isPercent && words.includes('满意') ? '满意度' : undefined;
}
