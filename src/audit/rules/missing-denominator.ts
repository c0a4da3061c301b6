import { text } from '../../problem/index.ts';
import type { Detect } from '../context.ts';
import { notice } from '../finding.ts';

/** A completion or coverage rate in the words whose denominator is nowhere. */
export const missingDenominator: Detect = (context) =>
  [...context.text.matchAll(/((?:任务)?完成率|参保率|覆盖率|参保任务完成率)(?:为|达到?)?\s*(\d+(?:\.\d+)?)\s*%/g)]
    .filter((match) => !context.tables.some((table) => match.index >= table.start && match.index <= table.end))
    .filter(
      (match) =>
        match[2] !== '100' &&
        !/任务数(?:为)?\s*\d|应参保\s*\d|常住人口\s*\d|户籍人口\s*\d/.test(
          context.text.slice(Math.max(0, match.index - 120), match.index + 120),
        ),
    )
    .slice(0, 4)
    .map((match) =>
      notice('missing-denominator', {
        message: text(`“${match[0]}”没有写分母`, `“${match[0]}” gives no denominator`),
        stated: match[0],
        expected: '分母',
        quotes: [{ start: match.index, end: match.index + match[0].length }],
      }),
    );
