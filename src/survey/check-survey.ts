import type { TableRecord } from '../ledger/index.ts';
import { Exact } from '../quantity/index.ts';
import { sampleSize } from './sample-size.ts';

export type SurveyRecord = TableRecord<'surveys'>;

/** What is wrong or weak about one survey; `column` is where it stands. */
export interface SurveyFinding {
  readonly rule: 'survey-faulty' | 'survey-after-report' | 'survey-small' | 'survey-undated';
  readonly column: keyof SurveyRecord;
  readonly zh: string;
  readonly en: string;
}

/**
 * Counts that cannot be (valid ≤ returned ≤ distributed ≤ population, positive ≤ valid, none negative), a survey
 * ended after the report was filled in, a sample too small to say anything. `reportedOn`: `YYYY-MM-DD`.
 */
export function checkSurvey(
  survey: SurveyRecord,
  options: { readonly reportedOn?: string | undefined; readonly minimumValid: number },
): readonly SurveyFinding[] {
  return [...countFindings(survey), ...dateFindings(survey, options.reportedOn), ...sizeFindings(survey, options)];
}

const CHAIN = [
  ['positive', '满意（知晓）份数'],
  ['valid', '有效份数'],
  ['returned', '收回份数'],
  ['distributed', '发放份数'],
] as const;

function countFindings(survey: SurveyRecord): readonly SurveyFinding[] {
  const stated = CHAIN.flatMap(([key, name]) => {
    const value = survey[key];
    return value === undefined ? [] : [{ key, name, value }];
  });
  const findings: SurveyFinding[] = [];
  for (const [index, part] of stated.entries()) {
    if (part.value.sign < 0 || !part.value.isInteger)
      findings.push(faulty(part.key, `${part.name}${part.value.toString()}不是份数`, `${part.key} is not a count`));
    const wider = stated[index + 1];
    if (wider !== undefined && part.value.gt(wider.value))
      findings.push(
        faulty(
          part.key,
          `${part.name}${part.value.toString()}大于${wider.name}${wider.value.toString()}`,
          `${part.key} exceeds ${wider.key}`,
        ),
      );
  }
  if (survey.valid?.isZero === true) findings.push(faulty('valid', '有效份数为0，算不出比率', 'no valid answers'));
  return findings;
}

function faulty(column: SurveyFinding['column'], zh: string, en: string): SurveyFinding {
  return { rule: 'survey-faulty', column, zh, en };
}

function dateFindings(survey: SurveyRecord, reportedOn: string | undefined): readonly SurveyFinding[] {
  const { from, to } = survey;
  const last = to ?? from;
  if (last === undefined)
    return [{ rule: 'survey-undated', column: 'to', zh: '没有写调查日期', en: 'the survey has no date' }];
  if (from !== undefined && to !== undefined && from > to)
    return [faulty('to', `结束日期${to}早于开始日期${from}`, 'the survey ends before it begins')];
  if (reportedOn === undefined || last <= reportedOn) return [];
  return [
    {
      rule: 'survey-after-report',
      column: to === undefined ? 'from' : 'to',
      zh: `调查日期${last}晚于填报日期${reportedOn}`,
      en: `the survey of ${last} is later than the report of ${reportedOn}`,
    },
  ];
}

function sizeFindings(survey: SurveyRecord, options: { readonly minimumValid: number }): readonly SurveyFinding[] {
  const { valid, population } = survey;
  if (valid === undefined || valid.sign <= 0) return [];
  const all = population !== undefined && valid.ge(population);
  if (all || survey.method === '全数' || valid.ge(Exact.of(options.minimumValid))) return [];
  const advised = sampleSize(Exact.of('0.05'), population).toString();
  return [
    {
      rule: 'survey-small',
      column: 'valid',
      zh: `有效份数${valid.toString()}少于${options.minimumValid}份；误差±5个百分点（95%置信）需要${advised}份`,
      en: `only ${valid.toString()} valid answers; ±5 points at 95% needs ${advised}`,
    },
  ];
}
