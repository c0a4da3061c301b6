import { text } from '../../problem/index.ts';
import { Exact, toFixed } from '../../quantity/index.ts';
import { type Detect, nameOf, rowQuotes } from '../context.ts';
import { type Finding, warning } from '../finding.ts';
import { fulfilment } from './overfulfilment-without-reason.ts';

/** The actual is twice the target or more: the target asked for too little. */
export const targetTooLow: Detect = (context) =>
  context.rows.flatMap((row): Finding[] => {
    const ratio = fulfilment(row);
    if (ratio === undefined || ratio.lt(Exact.of(2)) || ratio.gt(Exact.of(100))) return [];
    return [
      warning('target-too-low', {
        message: text(
          `“${nameOf(row)}”完成值是目标的 ${toFixed(ratio, { places: 2, mode: 'half-up' })} 倍，目标可能偏低`,
          `“${nameOf(row)}” reached ${toFixed(ratio, { places: 2, mode: 'half-up' })} times its target: set too low`,
        ),
        stated: row.target?.text ?? '',
        expected: row.actual?.text ?? '',
        quotes: rowQuotes(row),
      }),
    ];
  });
