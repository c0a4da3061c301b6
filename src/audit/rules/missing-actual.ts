import { text } from '../../problem/index.ts';
import { type Detect, figure, nameOf, readable, rowQuotes } from '../context.ts';
import { type Finding, warning } from '../finding.ts';

/** A scored or targeted row whose 完成值 is empty. */
export const missingActual: Detect = (context) =>
  context.tables.flatMap((table) => {
    if (!table.roles.includes('actual')) return [];
    return table.indicators.flatMap((row): Finding[] => {
      if (row.actual !== undefined || !readable(row, 'actual', 'target')) return [];
      const score = figure(row.score);
      const scored = score !== undefined && score.value.value.sign > 0;
      const targeted = row.target !== undefined;
      if (!scored && !targeted) return [];
      if (!scored && !table.celled && table.roles.includes('score')) return [];
      const message = scored
        ? text(
            `“${nameOf(row)}”没有实际完成值，却得 ${score.text} 分`,
            `“${nameOf(row)}” has no actual value, yet scores ${score.text}`,
          )
        : text(`“${nameOf(row)}”没有实际完成值`, `“${nameOf(row)}” has no actual value`);
      return [warning('missing-actual', { message, expected: '实际完成值', quotes: rowQuotes(row) })];
    });
  });
