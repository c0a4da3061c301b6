import { contains, Exact, isCount, roundingInterval } from '../../quantity/index.ts';
import { checkSurvey, estimateRate, type SurveyRecord } from '../../survey/index.ts';
import type { ReadMeasure } from '../measure.ts';
import { readMeasure } from '../measure.ts';
import { periodEnd, periodStart } from '../period.ts';
import { shownPercent } from '../print-number.ts';
import { type Actual, surveyOf } from '../resolve-actual.ts';
import type { RuleReader } from '../rule-reader.ts';
import type { RateKey } from '../rule-set.ts';
import { inUnitOf } from '../scoring/compare.ts';
import type { Notice, NoticeColumn, Outcome } from '../scoring/outcome.ts';
import type { IndicatorRecord, Scoring } from '../scoring-context.ts';

type LeafNotice = Notice & { readonly column: NoticeColumn };

interface Look {
  readonly scoring: Scoring;
  readonly record: IndicatorRecord;
  readonly rules: RuleReader;
  readonly target: ReadMeasure;
  readonly actual: Actual;
  readonly outcome: Outcome;
  readonly rateKey: RateKey | undefined;
  readonly byPoints: boolean;
}

/** Why the evidence of one leaf does not carry its score. */
export function leafNotices(look: Look): readonly LeafNotice[] {
  return [
    ...evidenceNotices(look),
    ...surveyNotices(look),
    ...targetNotices(look),
    ...denominatorNotices(look),
    ...reasonNotices(look),
    ...enteredNotices(look),
    ...classNotices(look),
  ];
}

function evidenceNotices({ scoring, record, actual, byPoints }: Look): readonly LeafNotice[] {
  const known = new Set(scoring.book.tables.evidence.records.map((one) => one.number));
  const named = record.evidence ?? [];
  const unknown = named.filter((number) => !known.has(number));
  const notices: LeafNotice[] = [];
  if (unknown.length > 0)
    notices.push({
      rule: 'unknown-evidence',
      column: 'evidence',
      zh: `佐证编号${unknown.join('、')}在“佐证”表中不存在`,
      en: `evidence ${unknown.join(', ')} is not in the 佐证 sheet`,
    });
  if (actual.source === 'entered' && !byPoints && named.length === 0)
    notices.push({
      rule: 'actual-without-evidence',
      column: 'evidence',
      zh: '实际完成值没有佐证材料',
      en: 'the actual has no evidence',
    });
  return notices;
}

function surveyNotices({ scoring, record, rules, actual, target }: Look): readonly LeafNotice[] {
  const words = `${record.level2 ?? ''}${record.level3 ?? ''}`;
  if (!rules.read('satisfaction').names.some((name) => words.includes(name))) return [];
  const survey = surveyOf(scoring.book, record);
  if (survey === undefined)
    return [
      {
        rule: 'no-survey',
        column: 'survey',
        zh:
          record.survey === undefined
            ? '满意度、知晓率没有调查，不能支撑得分'
            : `“调查”表中没有名为“${record.survey}”的调查`,
        en: 'satisfaction or awareness without a survey cannot carry a score',
      },
    ];
  const found = faultOf(scoring, rules, survey);
  if (found !== undefined) return [found];
  return [...differenceOf(record, actual), ...uncertaintyOf(survey, target)];
}

function differenceOf(record: IndicatorRecord, actual: Actual): readonly LeafNotice[] {
  const said = readMeasure(record.actual, '%').value;
  if (actual.source !== 'survey' || actual.value.kind !== 'number' || said.kind !== 'number') return [];
  const saidPercent = inUnitOf(actual.value.unit, said);
  const places = saidPercent?.decimalPlaces ?? 0;
  if (saidPercent === undefined || contains(roundingInterval(saidPercent, places), actual.value.value)) return [];
  return [
    {
      rule: 'survey-differs',
      column: 'actual',
      zh: `填写的${said.value.toString()}%与调查结果${shownPercent(actual.value.value.div(Exact.hundred))}不一致，按调查结果计`,
      en: 'the entered figure differs from the survey; the survey counts',
    },
  ];
}

/** The rate reaches the target, but within the error of the sample it may not. */
function uncertaintyOf(survey: SurveyRecord, target: ReadMeasure): readonly LeafNotice[] {
  const { positive, valid } = survey;
  if (positive === undefined || valid === undefined || target.value.kind !== 'number') return [];
  const estimate = estimateRate(positive, valid);
  if (estimate === undefined || target.value.unit.symbol !== '%' || survey.method === '全数') return [];
  const wanted = target.value.value.div(Exact.hundred);
  if (estimate.rate.lt(wanted) || estimate.low.ge(wanted)) return [];
  return [
    {
      rule: 'survey-uncertain',
      column: 'survey',
      zh: `调查结果${shownPercent(estimate.rate)}（有效${valid.toString()}份），95%置信区间${shownPercent(estimate.low)}—${shownPercent(estimate.high)}，不能排除低于指标值${shownPercent(wanted)}`,
      en: 'the 95% confidence interval of the survey reaches below the target',
    },
  ];
}

/** The first fault of the linked survey that the rule set lets touch the score. */
function faultOf({ book }: Scoring, rules: RuleReader, survey: SurveyRecord): LeafNotice | undefined {
  const { minimumValid } = rules.read('survey');
  const found = checkSurvey(survey, { reportedOn: book.project.preparedOn?.value, minimumValid }).find(
    (one) => one.rule === 'survey-faulty' || one.rule === 'survey-after-report',
  );
  if (found === undefined) return undefined;
  return {
    rule: found.rule,
    column: 'survey',
    zh: `所用调查有误：${found.zh}`,
    en: `the survey used is faulty: ${found.en}`,
  };
}

function targetNotices({ scoring, record, target, actual }: Look): readonly LeafNotice[] {
  const notices: LeafNotice[] = [];
  const end = periodEnd(scoring.book);
  if (record.targetSetOn !== undefined && record.targetSetOn > end)
    notices.push({
      rule: 'target-set-late',
      column: 'targetSetOn',
      zh: `目标在${record.targetSetOn}设定，晚于评价期末${end}，不能支撑得分`,
      en: 'the target was set after the end of the period and cannot carry a score',
    });
  if (target.value.kind === 'number' && actual.value.kind === 'number' && actual.source !== 'rate') {
    const value = inUnitOf(target.value.unit, actual.value);
    const isRate = target.value.unit.symbol === '%';
    if (value?.eq(target.value.value) === true && !isRound(target.value.value, isRate))
      notices.push({
        rule: 'target-equals-actual',
        column: 'actual',
        zh: `实际完成值与指标值${target.value.value.toString()}一位不差，请说明目标的设定依据和时间`,
        en: 'the actual equals a non-round target to the last digit: say how and when the target was set',
      });
  }
  const start = periodStart(scoring.book);
  if (record.asOf !== undefined && (record.asOf < start || record.asOf > end))
    notices.push({
      rule: 'as-of-outside-period',
      column: 'asOf',
      zh: `数据截至${record.asOf}，不在评价期${start}至${end}内`,
      en: `the figure is as of ${record.asOf}, outside the evaluated period`,
    });
  const words = `${record.level1 ?? ''}${record.level2 ?? ''}`;
  if (words.includes('成本') && (target.operator === '≥' || target.operator === '>'))
    notices.push({
      rule: 'direction-smell',
      column: 'target',
      zh: `成本指标的方向写成“${target.operator}”，花得越多得分越高，请核对`,
      en: 'a cost target with a lower bound rewards spending more: check the sign',
    });
  return notices;
}

/** 90%, 95%, 300 and 2 are figures people plan with; 177297 and 2109.07 are results. */
function isRound(value: Exact, isRate: boolean): boolean {
  if (!value.isInteger) return false;
  const step = isRate || value.abs().lt(Exact.of(100)) ? 1n : 5n;
  return value.numerator % step === 0n;
}

function denominatorNotices({ scoring, rules, rateKey }: Look): readonly LeafNotice[] {
  const { arrival, payment, executionInitial } = scoring.budget.rates;
  if (rateKey !== 'payment' || arrival === undefined || payment === undefined) return [];
  if (arrival.value.ge(rules.read('arrivalConcern')) || payment.value.lt(arrival.value)) return [];
  const initial = executionInitial === undefined ? '' : `，对年初预算只有${shownPercent(executionInitial.value)}`;
  return [
    {
      rule: 'favourable-denominator',
      column: 'actual',
      zh: `支付率${shownPercent(payment.value)}以到位资金为分母，而到位率只有${shownPercent(arrival.value)}${initial}`,
      en: `the payment rate ${shownPercent(payment.value)} is over the money received, while only ${shownPercent(arrival.value)} arrived`,
    },
  ];
}

function reasonNotices({ record, outcome, rules, rateKey, scoring }: Look): readonly LeafNotice[] {
  if ((record.reason ?? '').trim() !== '') return [];
  const overfulfilled = outcome.notices?.some((one) => one.rule === 'overfulfilment-without-reason') === true;
  const rate = rateKey === undefined ? undefined : scoring.budget.rates[rateKey];
  const lowRate = rate?.value.lt(rules.read('execution').reasonBelow) === true;
  if (outcome.met !== false || overfulfilled) return [];
  if (rateKey !== undefined && !lowRate) return [];
  return [
    {
      rule: 'reason-missing',
      column: 'reason',
      zh: '未达到指标值，应填写偏差原因分析及改进措施',
      en: 'the target was not reached: give the reason and the remedy',
    },
  ];
}

/** A formula counts; a figure written beside it that says something else is shown. */
function enteredNotices({ record, actual }: Look): readonly LeafNotice[] {
  if (actual.source !== 'computed' || actual.value.kind !== 'number') return [];
  const said = readMeasure(record.actual, actual.value.unit.symbol).value;
  if (said.kind !== 'number') return [];
  const value = inUnitOf(actual.value.unit, said);
  const isSame = value !== undefined && contains(roundingInterval(value, value.decimalPlaces ?? 0), actual.value.value);
  if (isSame) return [];
  return [
    {
      rule: 'entered-differs',
      column: 'actual',
      zh: `填写的实际完成值${record.actual ?? ''}与公式算出的${actual.measure.text}不一致，按公式计`,
      en: 'the entered actual differs from what the formula gives; the formula counts',
    },
  ];
}

/** R17: how many times something was done says nothing about its quality. */
function classNotices({ record, target }: Look): readonly LeafNotice[] {
  if (target.value.kind !== 'number' || !(record.level2 ?? '').includes('质量') || !isCount(target.value.unit))
    return [];
  return [
    {
      rule: 'indicator-misfiled',
      column: 'target',
      zh: `以“${target.value.unit.symbol}”计的是数量，不是质量指标`,
      en: 'a count is a quantity, not a quality',
    },
  ];
}
