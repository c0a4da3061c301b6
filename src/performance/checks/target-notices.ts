import { Exact, isCount } from '../../quantity/index.ts';
import { periodEnd, periodStart } from '../period.ts';
import { inUnitOf } from '../scoring/compare.ts';
import type { LeafNotice, Look } from './look.ts';

/** Targets set late, equal to their results, with the wrong sign or under the wrong heading. */
export function targetNotices(look: Look): readonly LeafNotice[] {
  const { scoring, record, target, actual } = look;
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
  return [...notices, ...classNotices(look)];
}

/** 90%, 95%, 300 and 2 are figures people plan with; 177297 and 2109.07 are results. */
function isRound(value: Exact, isRate: boolean): boolean {
  if (!value.isInteger) return false;
  const step = isRate || value.abs().lt(Exact.of(100)) ? 1n : 5n;
  return value.numerator % step === 0n;
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
