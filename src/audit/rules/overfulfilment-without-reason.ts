import { text } from '../../problem/index.ts';
import { Exact, toFixed } from '../../quantity/index.ts';
import { type Detect, explained, figure, nameOf, readable, rowQuotes, sameUnit } from '../context.ts';
import { type Finding, warning } from '../finding.ts';
import type { IndicatorRow } from '../read/table.ts';

/** actual ÷ target of a floor target in one unit, when both can be read. */
export function fulfilment(row: IndicatorRow): Exact | undefined {
  const target = figure(row.target);
  const actual = figure(row.actual);
  if (target === undefined || actual === undefined || !readable(row, 'target', 'actual')) return undefined;
  if (target.value.operator !== '≥' && target.value.operator !== '>') return undefined;
  if (!sameUnit(target.value, actual.value) || target.value.value.sign <= 0 || target.value.unit === '%')
    return undefined;
  return actual.value.value.div(target.value.value);
}

/** More than 130% of the target and no word why (财预〔2020〕10号: an easy target costs points). */
export const overfulfilmentWithoutReason: Detect = (context) =>
  context.rows.flatMap((row): Finding[] => {
    const ratio = fulfilment(row);
    if (ratio === undefined || ratio.le(Exact.of('1.3')) || ratio.gt(Exact.of(20)) || explained(row)) return [];
    return [
      warning('overfulfilment-without-reason', {
        message: text(
          `“${nameOf(row)}”完成值是目标的 ${toFixed(ratio, { places: 2, mode: 'half-up' })} 倍，没有说明`,
          `“${nameOf(row)}” reached ${toFixed(ratio, { places: 2, mode: 'half-up' })} times its target without a reason`,
        ),
        stated: row.actual?.text ?? '',
        expected: row.target?.text ?? '',
        quotes: rowQuotes(row),
      }),
    ];
  });
