import { type Text, text } from '../problem/index.ts';
import { Exact } from '../quantity/index.ts';
import type { MonitoringFlag } from './evaluation.ts';
import { periodEnd, periodStart } from './period.ts';
import { shownPercent } from './print-number.ts';
import { inUnitOf } from './scoring/compare.ts';
import type { LeafResult, Scoring } from './scoring-context.ts';

/**
 * 双监控 while the period runs: execution and every ascending numeric goal against the part of the period that has
 * passed in whole months. Empty before the first month is over and after the period.
 */
export function monitor(scoring: Scoring, leaves: readonly LeafResult[], asOf: string): readonly MonitoringFlag[] {
  const start = periodStart(scoring.book);
  const end = periodEnd(scoring.book);
  if (asOf < start || asOf >= end) return [];
  const months = wholeMonths(start, asOf);
  const length = wholeMonths(start, end);
  if (months < 1 || length < 1) return [];
  const expected = Exact.ratio(BigInt(months), BigInt(length));
  const rules = scoring.rules.fork();
  const { yellowBehind, redBehind, redZeroFromMonth } = rules.read('monitoring');
  const flag = (path: MonitoringFlag['path'], name: Text, done: Exact): readonly MonitoringFlag[] => {
    const behind = expected.sub(done);
    const stalled = done.sign <= 0 && months >= redZeroFromMonth;
    if (behind.le(yellowBehind) && !stalled) return [];
    const level = stalled || behind.gt(redBehind) ? 'red' : 'yellow';
    const explanation = text(
      `截至${asOf}（第${months}个月末）${name.zh}进度${shownPercent(done)}，按时序应为${shownPercent(expected)}。`,
      `By ${asOf} (end of month ${months}) ${name.en} is at ${shownPercent(done)}; the time passed calls for ${shownPercent(expected)}.`,
    );
    return [{ path, level, explanation }];
  };
  const { executionAdjusted, executionInitial } = scoring.budget.rates;
  const execution = executionAdjusted ?? executionInitial;
  return [
    ...(execution === undefined ? [] : flag(undefined, text('预算执行', 'budget execution'), execution.value)),
    ...leaves.flatMap(({ indicator, record, target, actual }) => {
      if (record === undefined || indicator.isExecution || (indicator.operator !== '≥' && indicator.operator !== '>'))
        return [];
      if (target.kind !== 'number' || target.value.sign <= 0 || target.unit.symbol === '%') return [];
      const value = actual.kind === 'number' ? inUnitOf(target.unit, actual) : Exact.zero;
      return value === undefined
        ? []
        : flag(indicator.path, text(indicator.path[2], `“${indicator.path[2]}”`), value.div(target.value));
    }),
  ];
}

/** Months that have ended by `to`, counted from the month of `from`: 2024-01-01 to 2024-07-31 is 7. */
function wholeMonths(from: string, to: string): number {
  const [fromYear = 0, fromMonth = 0] = from.split('-').map(Number);
  const [toYear = 0, toMonth = 0, toDay = 0] = to.split('-').map(Number);
  const lastDay = new Date(Date.UTC(toYear, toMonth, 0)).getUTCDate();
  return (toYear - fromYear) * 12 + (toMonth - fromMonth) + (toDay === lastDay ? 1 : 0);
}
