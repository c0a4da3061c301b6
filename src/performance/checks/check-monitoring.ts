import { DEVIATION_CAUSES } from '../../ledger/index.ts';
import { isMidPeriod } from '../book-as-of.ts';
import type { MonitoringFlag, ScoredIndicator } from '../evaluation.ts';
import { type MeasureValue, readMeasure } from '../measure.ts';
import { placeOf } from '../place-of.ts';
import { inUnitOf, reaches } from '../scoring/compare.ts';
import type { LeafResult, Scoring } from '../scoring-context.ts';

/**
 * What the monitoring form asks while the period runs: a likelihood for every leaf, and for 有可能 and 不可能 the
 * reason and the remedy; 确定能 beside a red flag is pointed out.
 */
export function checkMonitoring(
  { book, problems }: Scoring,
  leaves: readonly LeafResult[],
  flags: readonly MonitoringFlag[],
  asOf: string,
): void {
  if (!isMidPeriod(book, asOf)) return;
  const sheet = book.tables.indicators;
  for (const { indicator, record, applicable, target } of leaves) {
    if (record === undefined || !applicable || indicator.isExecution || indicator.path[2] === '') continue;
    const name = indicator.path[2];
    const isEmpty = (value: string | undefined): boolean => (value ?? '').trim() === '';
    if (isEmpty(record.likelihood))
      problems.add(
        'likelihood-missing',
        `${name}：监控期内应判断完成目标可能性（确定能、有可能、不可能）`,
        `“${name}”: say whether the goal will be reached`,
        placeOf(sheet, record, 'likelihood'),
      );
    else if (record.likelihood === '确定能') {
      if (missesBy(indicator, target))
        problems.add(
          'likelihood-against-forecast',
          `${name}：填“确定能”，但全年预计完成值${indicator.outlook.forecast.text}达不到指标值${indicator.target.text}`,
          `“${name}”: said to be certain, yet the forecast ${indicator.outlook.forecast.text} misses the target ${indicator.target.text}`,
          placeOf(sheet, record, 'forecast'),
        );
      const red = flags.find((flag) => flag.level === 'red' && flag.path?.[2] === name);
      if (red !== undefined)
        problems.add(
          'likelihood-against-progress',
          `${name}：填“确定能”，但${red.explanation.zh.replace(/。$/, '')}`,
          `“${name}”: said to be certain, yet: ${red.explanation.en}`,
          placeOf(sheet, record, 'likelihood'),
        );
    } else {
      if (indicator.outlook.causes.length === 0)
        problems.add(
          'likelihood-without-cause',
          `${name}：填“${record.likelihood ?? ''}”的应选偏差原因类别（${DEVIATION_CAUSES.join('、')}）`,
          `“${name}”: name the kind of cause when the goal is not certain`,
          placeOf(sheet, record, 'causes'),
        );
      if (isEmpty(record.reason))
        problems.add(
          'likelihood-without-reason',
          `${name}：填“${record.likelihood ?? ''}”的必须写明偏差或不能完成的原因`,
          `“${name}”: the reason must be given when the goal is not certain`,
          placeOf(sheet, record, 'reason'),
        );
      if (isEmpty(record.remedy))
        problems.add(
          'likelihood-without-remedy',
          `${name}：填“${record.likelihood ?? ''}”的必须写明建议或举措`,
          `“${name}”: the remedy must be given when the goal is not certain`,
          placeOf(sheet, record, 'remedy'),
        );
    }
  }
}

/** Whether the stated full-year forecast is a number on the wrong side of the target. */
function missesBy({ operator, outlook }: ScoredIndicator, target: MeasureValue): boolean {
  const forecast = readMeasure(outlook.forecast.text, outlook.forecast.unit).value;
  if (target.kind !== 'number' || forecast.kind !== 'number') return false;
  const value = inUnitOf(target.unit, forecast);
  if (value === undefined) return false;
  return operator !== '定性' && !reaches(value, operator, target.value);
}
