import { text } from '../../problem/index.ts';
import type { Detect } from '../context.ts';
import { notice } from '../finding.ts';

/** A figure as of a day long before the report or inside the collection window, given as the result. */
export const staleAsOf: Detect = (context) => {
  const filed = /(?:填报日期|报告日期|编制日期)[:：]?\s*(20\d{2})\s*年\s*(\d{1,2})\s*月/.exec(context.text);
  const year = context.year;
  return (
    [...context.text.matchAll(/截[至止]到?\s*(20\d{2})\s*年\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日|底)?/g)]
      .filter((match) => {
        const asOf = Number(match[1]) * 12 + Number(match[2]);
        if (filed !== null) return Number(filed[1]) * 12 + Number(filed[2]) - asOf >= 6;
        return year !== undefined && asOf < year * 12 + 1;
      })
      // A head-count of that day from which a budget was worked out is no result.
      .filter((match) => !/预算|测算|应配套|参照/.test(context.text.slice(match.index, match.index + 90)))
      .slice(0, 3)
      .map((match) =>
        notice('stale-as-of', {
          message: text(
            `“${match[0]}”早于报告半年以上或早于评价年度，不是最终结果`,
            `“${match[0]}” is not the final result`,
          ),
          stated: match[0],
          expected: '最终日期的数据',
          quotes: [{ start: match.index, end: match.index + match[0].length }],
        }),
      )
  );
};
