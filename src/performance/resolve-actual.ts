import type { FactValue } from '../fact/index.ts';
import { cellOf, type ProjectBook, type TableRecord } from '../ledger/index.ts';
import { Exact, findUnit, NO_UNIT, PERCENT, toFixed } from '../quantity/index.ts';
import type { ComputedActual } from './compute-actuals.ts';
import type { Measure, Rate } from './evaluation.ts';
import { type FactBook, numberValue } from './facts.ts';
import { type MeasureValue, measureFact, measureText, measureUnit, type ReadMeasure, readMeasure } from './measure.ts';
import type { RuleReader } from './rule-reader.ts';
import type { RateKey } from './rule-set.ts';
import type { Notice } from './scoring/outcome.ts';
import type { IndicatorRecord, Scoring } from './scoring-context.ts';
import { subUnitActual, unitBooksActual } from './sub-units.ts';

/** The actual of a leaf and how it came about. */
export interface Actual {
  readonly source: 'rate' | 'computed' | 'survey' | 'entered' | 'none';
  readonly value: MeasureValue;
  readonly measure: Measure;
  /** Why a formula gave nothing. */
  readonly failure?: Notice;
}

const COPIES = findUnit('份') ?? NO_UNIT;

export const NO_MEASURE: Measure = { kind: 'none', value: null, text: '', unit: '', factId: undefined };

/** Which rate of the money block a third-level name stands for. */
export function rateOfLeaf(record: IndicatorRecord, rules: RuleReader): RateKey | undefined {
  const names = rules.read('rateLeaves');
  const own = names[record.level3 ?? ''] ?? names[record.level2 ?? ''];
  if (own !== undefined) return own;
  return record.scoring === '预算执行' || record.level1 === '预算执行率' || record.level1 === '预算执行'
    ? rules.read('execution').rate
    : undefined;
}

/** The actual of a leaf: the rate it names, else what the books of its sub-units give, else its formula, its sub-units, the survey it names, else what is entered. */
export function actualOf(
  scoring: Scoring,
  record: IndicatorRecord,
  target: ReadMeasure,
  rateKey: RateKey | undefined,
): Actual {
  const { book, facts, budget } = scoring;
  if (rateKey !== undefined) return rateActual(budget.rates[rateKey]);
  const own = scoring.computed.get(record.row);
  const isStatedHere = own?.kind === 'value' || record.survey !== undefined || (record.actual ?? '').trim() !== '';
  const computed =
    unitBooksActual(scoring, record, isStatedHere) ??
    own ??
    subUnitActual(scoring, record, record.unit ?? measureUnit(target.value));
  if (computed !== undefined) return computedActual(computed, target);
  const survey = surveyOf(book, record);
  const surveyed = survey === undefined ? undefined : surveyActual(book, facts, record, survey);
  return surveyed ?? enteredActual(book, facts, record, record.unit ?? measureUnit(target.value));
}

function computedActual(computed: ComputedActual, target: ReadMeasure): Actual {
  if (computed.kind === 'failed') {
    const { rule, zh, en } = computed;
    const failure: Notice = { rule, zh, en, column: 'formula' };
    return { source: 'computed', value: { kind: 'none' }, measure: NO_MEASURE, failure };
  }
  const { value, id } = computed.fact;
  const isPercent = target.value.kind === 'number' && target.value.unit.symbol === '%';
  if (value.kind === 'number' && value.unit.symbol === '' && isPercent)
    return percentActual('computed', value.value, id);
  const measured = measureOfFact(value);
  return { source: 'computed', value: measured, measure: measureOf(measured, printed(measured), id) };
}

function measureOfFact(value: FactValue): MeasureValue {
  switch (value.kind) {
    case 'number':
      return { kind: 'number', value: value.value, unit: value.unit, unitless: false };
    case 'date':
    case 'text':
      return { kind: value.kind, value: value.value };
    default:
      return { kind: 'none' };
  }
}

function printed(value: MeasureValue): string {
  if (value.kind !== 'number') return measureText(value) ?? '';
  const digits =
    value.value.decimalPlaces === undefined
      ? toFixed(value.value, { places: 2, mode: 'half-up' })
      : value.value.toString();
  return `${digits}${value.unit.symbol}`;
}

export function rateActual(rate: Rate | undefined): Actual {
  if (rate === undefined) return { source: 'none', value: { kind: 'none' }, measure: NO_MEASURE };
  return percentActual('rate', rate.value, rate.factId);
}

/** `ratio`: 1 = 100%. An endless decimal is printed, and given in the JSON, at two places of a percent. */
function percentActual(source: Actual['source'], ratio: Exact, factId: Measure['factId']): Actual {
  const percent = ratio.mul(Exact.hundred);
  const value =
    percent.decimalPlaces === undefined ? toFixed(percent, { places: 2, mode: 'half-up' }) : percent.toString();
  return {
    source,
    value: { kind: 'number', value: percent, unit: PERCENT, unitless: false },
    measure: { kind: 'number', value, text: `${value}%`, unit: '%', factId },
  };
}

function enteredActual(book: ProjectBook, facts: FactBook, record: IndicatorRecord, unit: string): Actual {
  const read = readMeasure(record.actual, unit);
  if (read.value.kind === 'none') return { source: 'none', value: read.value, measure: NO_MEASURE };
  const sheet = book.tables.indicators;
  const fact = facts.entered(
    {
      concept: `indicator.${record.row}.actual`,
      label: `${record.level3 ?? ''}实际完成值`,
      ...(record.asOf === undefined ? {} : { period: record.asOf }),
    },
    measureFact(read.value),
    { sheet: sheet.sheet, cell: cellOf(sheet, record, 'actual'), evidence: record.evidence ?? [] },
  );
  return { source: 'entered', value: read.value, measure: measureOf(read.value, read.text, fact.id) };
}

export function measureOf(value: MeasureValue, text: string, factId: Measure['factId']): Measure {
  return { kind: value.kind, value: measureText(value), text, unit: measureUnit(value), factId };
}

/** The survey row an indicator names, by 调查名称 and, when several questions share it, by 满意度 or 知晓率. */
export function surveyOf(book: ProjectBook, record: IndicatorRecord): TableRecord<'surveys'> | undefined {
  const name = record.survey?.trim();
  if (name === undefined || name === '') return undefined;
  const named = book.tables.surveys.records.filter((survey) => survey.name?.trim() === name);
  const words = `${record.level2 ?? ''}${record.level3 ?? ''}`;
  const measure = words.includes('知晓') ? '知晓率' : words.includes('满意') ? '满意度' : undefined;
  return named.find((survey) => survey.measure === measure) ?? named[0];
}

function surveyActual(
  book: ProjectBook,
  facts: FactBook,
  record: IndicatorRecord,
  survey: TableRecord<'surveys'>,
): Actual | undefined {
  const { valid, positive } = survey;
  if (valid === undefined || positive === undefined || valid.sign <= 0) return undefined;
  const sheet = book.tables.surveys;
  const entered = (key: 'valid' | 'positive', label: string, value: Exact) =>
    facts.entered(
      { concept: `survey.${survey.row}.${key}`, label: `${survey.name ?? ''}${label}` },
      measureFact({ kind: 'number', value, unit: COPIES, unitless: false }),
      { sheet: sheet.sheet, cell: cellOf(sheet, survey, key), evidence: survey.evidence ?? [] },
    ).id;
  const inputs = [entered('positive', '满意（知晓）份数', positive), entered('valid', '有效份数', valid)];
  const percent = positive.div(valid).mul(Exact.hundred);
  const fact = facts.surveyed(
    { concept: `indicator.${record.row}.actual`, label: `${record.level3 ?? ''}实际完成值` },
    numberValue(percent, PERCENT),
    { name: survey.name ?? '', valid, inputs, formula: '满意（知晓）份数 ÷ 有效份数' },
  );
  return percentActual('survey', positive.div(valid), fact.id);
}
