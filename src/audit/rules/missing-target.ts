import { text } from '../../problem/index.ts';
import { type Detect, figure, nameOf, readable, rowQuotes } from '../context.ts';
import { type Finding, warning } from '../finding.ts';

/** A row with an actual or a score whose target is empty. */
export const missingTarget: Detect = (context) =>
  context.tables.flatMap((table) => {
    if (!table.roles.includes('target')) return [];
    return table.indicators.flatMap((row): Finding[] => {
      if (row.target !== undefined || !readable(row, 'target', 'actual')) return [];
      const score = figure(row.score);
      if (row.actual === undefined && (score === undefined || score.value.value.sign <= 0)) return [];
      return [
        warning('missing-target', {
          message: text(`“${nameOf(row)}”没有年度指标值`, `“${nameOf(row)}” has no target`),
          expected: '年度指标值',
          quotes: rowQuotes(row),
        }),
      ];
    });
  });
