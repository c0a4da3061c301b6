import { contains, Exact, roundingInterval } from '../../quantity/index.ts';
import { checkSurvey, estimateRate, type SurveyRecord } from '../../survey/index.ts';
import { type ReadMeasure, readMeasure } from '../measure.ts';
import { shownPercent } from '../print-number.ts';
import { type Actual, surveyOf } from '../resolve-actual.ts';
import type { RuleReader } from '../rule-reader.ts';
import { inUnitOf } from '../scoring/compare.ts';
import type { IndicatorRecord, Scoring } from '../scoring-context.ts';
import type { LeafNotice, Look } from './look.ts';

/** Satisfaction and awareness: there must be a survey, it must be sound, and what is entered must be what it says. */
export function surveyNotices({ scoring, record, rules, actual, target }: Look): readonly LeafNotice[] {
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
