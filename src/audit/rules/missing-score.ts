import { text } from '../../problem/index.ts';
import { type Detect, nameOf, readable, rowQuotes, span, totalRow } from '../context.ts';
import { type Finding, warning } from '../finding.ts';

/** A row with a weight and no score, the budget row included. */
export const missingScore: Detect = (context) =>
  context.tables.flatMap((table) => {
    const findings: Finding[] = [];
    const budget = totalRow(table.budget);
    if (
      budget?.weight !== undefined &&
      budget.score === undefined &&
      !budget.unreadable &&
      table.budget?.roles.includes('score')
    )
      findings.push(
        warning('missing-score', {
          message: text(
            `预算执行行分值 ${budget.weight.text}，得分为空`,
            `the budget row has weight ${budget.weight.text} and no score`,
          ),
          expected: '得分',
          quotes: span(budget.adjusted, budget.executed, budget.weight, budget.rate),
        }),
      );
    if (!table.roles.includes('score')) return findings;
    for (const row of table.indicators) {
      if (row.score !== undefined || !readable(row, 'weight', 'score')) continue;
      if (row.weight === undefined && (row.actual === undefined || table.roles.includes('weight'))) continue;
      findings.push(
        warning('missing-score', {
          message: text(`“${nameOf(row)}”没有得分`, `“${nameOf(row)}” has no score`),
          expected: '得分',
          quotes: rowQuotes(row),
        }),
      );
    }
    return findings;
  });
