import { text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import { type Detect, figure, nameOf, operand, readable, rowQuotes, span, totalRow } from '../context.ts';
import { proven, warning } from '../finding.ts';
import { bonus } from './bonus.ts';
import { gridExcess } from './grid-columns.ts';
import { proseExcess } from './prose-points.ts';

const RULE = 'score-exceeds-weight';

/** A score above the maximum of its row. */
export const scoreExceedsWeight: Detect = (context) => {
  if (bonus(context)) return [];
  return [...proseExcess(context), ...ofTables(context), ...besidePoints(context), ...gridExcess(context)];
};

const ofTables: Detect = (context) =>
  context.tables.flatMap((table) => {
    const leaves = table.indicators
      .filter((row) => readable(row, 'weight', 'score') && row.together && (table.celled || table.complete))
      .map((row) => ({
        name: nameOf(row),
        weight: figure(row.weight),
        score: figure(row.score),
        quotes: rowQuotes(row),
      }));
    const budget = totalRow(table.budget);
    const all =
      budget === undefined || budget.unreadable
        ? leaves
        : [
            ...leaves,
            {
              name: '预算执行',
              weight: figure(budget.weight),
              score: figure(budget.score),
              quotes: span(budget.weight, budget.score),
            },
          ];
    return all.flatMap(({ name, weight, score, quotes }) => {
      if (weight === undefined || score === undefined || !score.value.value.gt(weight.value.value)) return [];
      return [
        proven(
          RULE,
          { kind: 'exceeds', value: operand('得分', score), bound: operand('分值', weight) },
          context.source,
          {
            message: text(
              `“${name}”得 ${score.text} 分，超过分值 ${weight.text} 分`,
              `“${name}” scores ${score.text} of ${weight.text}`,
            ),
            stated: score.text,
            expected: `≤${weight.text}`,
            quotes: [...quotes, ...span(score)],
          },
        ),
      ];
    });
  });

const POINTS =
  /([\p{Script=Han}、]{2,24})\s?\(\s?(\d{1,2}(?:\.\d)?)\s?分\s?\)\s?\|\s?(\d{1,2}(?:\.\d{1,2})?)\s?(?=\||\n|$)/gu;

/** 决算公开(2分) | 3: the points stand in the name, the score in the next cell. */
const besidePoints: Detect = (context) =>
  [...context.text.matchAll(POINTS)].flatMap((match) => {
    const [points, score] = [Exact.of(match[2] ?? '0'), Exact.of(match[3] ?? '0')];
    const end = match.index + match[0].trimEnd().length;
    const known = context.rows.some((row) => row.score !== undefined && row.score.end === end);
    if (known || points.isZero || !score.gt(points)) return [];
    return [
      warning(RULE, {
        message: text(
          `“${match[1]}”得 ${score} 分，超过分值 ${points} 分`,
          `“${match[1]}” scores ${score} of ${points}`,
        ),
        stated: score.toString(),
        expected: `≤${points}`,
        quotes: [{ start: match.index, end }],
      }),
    ];
  });
