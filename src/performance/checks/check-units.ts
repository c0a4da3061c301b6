import { counted } from '../../problem/index.ts';
import { Exact, parseNumber, round } from '../../quantity/index.ts';
import { readMeasure } from '../measure.ts';
import { placeOf } from '../place-of.ts';
import { inUnitOf } from '../scoring/compare.ts';
import type { LeafResult, Scoring } from '../scoring-context.ts';

/** The books of the sub-units against that of the whole: the money paid, the stated actuals, who carries what out. */
export function checkUnits({ book, budget, problems, units }: Scoring, leaves: readonly LeafResult[]): void {
  if (units.length === 0) return;
  for (const { name, evaluation, readProblems } of units) {
    const count = [...readProblems, ...evaluation.problems].filter((one) => one.severity === 'error').length;
    if (count > 0)
      problems.add(
        'unit-has-errors',
        `子单位“${name}”的工作簿有${count}处错误，请单独评价它的工作簿看明细`,
        `the book of the sub-unit “${name}” has ${counted(count, 'error')}; evaluate it alone to see them`,
      );
  }
  const paid = units.flatMap(({ evaluation }) => evaluation.budget.executed?.value ?? []);
  const sum = Exact.sum(paid);
  if (paid.length === units.length && budget.executed !== undefined && !budget.executed.value.eq(sum))
    problems.add(
      'unit-money-differs',
      `全年执行数${budget.executed.value.toString()}万元与各子单位之和${sum.toString()}万元不同`,
      `paid: ${budget.executed.value.toString()} here, ${sum.toString()} in the books of the sub-units`,
      { sheet: book.tables.money.sheet },
    );
  const sheet = book.tables.indicators;
  for (const { indicator, record, actual } of leaves) {
    const name = indicator.path[2];
    if (record === undefined || name === '' || indicator.isExecution) continue;
    const without = units.filter(({ evaluation }) => evaluation.indicators.every((one) => one.path[2] !== name));
    if (without.length > 0 && without.length < units.length)
      problems.add(
        'unit-without-indicator',
        `${name}：${without.map((unit) => `“${unit.name}”`).join('、')}的工作簿没有这个指标，汇总时不计`,
        `“${name}”: ${without.map((unit) => `“${unit.name}”`).join(', ')} do not carry it and are left out`,
        placeOf(sheet, record, 'level3'),
      );
    if (without.length === units.length || actual.kind !== 'number') continue;
    const stated = readMeasure(record.actual, record.unit ?? actual.unit.symbol).value;
    const value = stated.kind === 'number' ? inUnitOf(actual.unit, stated) : undefined;
    const places = parseNumber(record.actual ?? '')?.places ?? 0;
    if (value !== undefined && !round(actual.value, { places, mode: 'half-up' }).eq(value))
      problems.add(
        'unit-actual-differs',
        `${name}：填写的实际完成值${record.actual ?? ''}与各子单位汇总的${indicator.actual.text}不同，按汇总的计`,
        `“${name}”: the stated actual ${record.actual ?? ''} differs from the ${indicator.actual.text} of the sub-units, which counts`,
        placeOf(sheet, record, 'actual'),
      );
  }
}
