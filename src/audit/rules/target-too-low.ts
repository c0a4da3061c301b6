import { text } from '../../problem/index.ts';
import { Exact, toFixed } from '../../quantity/index.ts';
import { type Detect, nameOf, rowQuotes } from '../context.ts';
import { type Finding, warning } from '../finding.ts';
import { fulfilment } from './overfulfilment-without-reason.ts';

/** The actual is twice the target or more: the target asked for too little. */
export const targetTooLow: Detect = (context) => [...ofRows(context), ...told(context)];

const ofRows: Detect = (context) =>
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

const MANIFOLD =
  /(?:完成率|完工率|任务完成比例)(?:为|达到|达)?\s*([2-9]\d{2}|[1-9]\d{3})(?:\.\d+)?\s*%|任务数?(?:为|是)?\s*(\d+)\s*([户人个座处亩台家])[^。;\n\d]{0,12}(?:完成|改造)\s*(\d+)\s*\3/g;

/** 完工率243%, or 任务数为105户,实际完成242户. */
const told: Detect = (context) =>
  [...context.text.matchAll(MANIFOLD)]
    .filter((match) => match[1] !== undefined || Number(match[4]) >= 2 * Number(match[2]))
    .slice(0, 1)
    .map((match) =>
      warning('target-too-low', {
        message: text(
          `“${match[0]}”是任务的两倍以上，目标可能偏低`,
          `“${match[0]}” is more than twice the target: set too low`,
        ),
        stated: match[0],
        expected: '<200%',
        quotes: [{ start: match.index, end: match.index + match[0].length }],
      }),
    );
