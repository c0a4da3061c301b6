import { text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import { type Detect, figure, nameOf, readable, rowQuotes } from '../context.ts';
import { type Finding, notice, warning } from '../finding.ts';
import type { IndicatorRow } from '../read/table.ts';

const RULE = 'target-equals-actual';

/** Targets that look written from the results: a count equal to the last digit, or most leaves exactly equal. */
export const targetEqualsActual: Detect = (context) =>
  context.tables.flatMap((table) => {
    const pairs = table.indicators.filter(
      (row) =>
        figure(row.target) !== undefined && figure(row.actual) !== undefined && readable(row, 'target', 'actual'),
    );
    const equal = pairs.filter((row) =>
      figure(row.target)?.value.value.eq(figure(row.actual)?.value.value ?? Exact.of(-1)),
    );
    const findings: Finding[] = equal.filter(isNonRound).map((row) =>
      notice(RULE, {
        message: text(
          `“${nameOf(row)}”目标与完成值一位不差（${row.actual?.text}），请说明目标是何时定的`,
          `target and actual of “${nameOf(row)}” agree to the last digit (“${row.actual?.text}”)`,
        ),
        stated: row.actual?.text ?? '',
        quotes: rowQuotes(row),
      }),
    );
    if (
      pairs.length >= 4 &&
      equal.length * 10 >= pairs.length * 6 &&
      equal.some((row) => figure(row.target)?.value.unit !== '%' && isNonRound(row))
    )
      findings.push(
        warning(RULE, {
          message: text(
            `${pairs.length} 项定量指标中有 ${equal.length} 项完成值恰好等于目标值`,
            `${equal.length} of ${pairs.length} actuals equal their targets exactly`,
          ),
          stated: `${equal.length}/${pairs.length}`,
          quotes: equal.slice(0, 3).flatMap(rowQuotes),
        }),
      );
    return findings;
  });

/** 177297 is a count; 100, 95 and 5000 are plans. */
function isNonRound(row: IndicatorRow): boolean {
  const value = figure(row.target)?.value;
  if (value === undefined || value.unit === '%') return false;
  const digits = value.value.toString().replace('.', '');
  return digits.replace(/0+$/, '').length >= 4;
}
