import { text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import { type AuditContext, type Detect, figure, operand, span, totalRow } from '../context.ts';
import { type Finding, proven, warning } from '../finding.ts';
import type { AuditTable } from '../read/table.ts';
import { bonus } from './total-mismatch.ts';

const RULE = 'weights-not-100';

/** The weights do not sum to 100 (90 beside a budget row of 10, and declared bonus points, are accepted). */
export const weightsNot100: Detect = (context) => context.tables.flatMap((table) => checkTable(context, table));

function checkTable(context: AuditContext, table: AuditTable): Finding[] {
  if (!table.roles.includes('weight') || table.indicators.length < 2 || bonus(context)) return [];
  if (table.indicators.some((row) => row.unreadable.length > 0)) return [];
  const weights = table.indicators.map((row) => figure(row.weight));
  const leaves = weights.filter((weight) => weight !== undefined);
  if (leaves.length < weights.length) return [];
  const row = totalRow(table.budget);
  const budget = row?.unreadable === true ? undefined : figure(row?.weight);
  const sum = Exact.sum(leaves.map((leaf) => leaf.value.value));
  const whole = budget === undefined ? sum : sum.add(budget.value.value);
  const ninety = budget === undefined && table.budget !== undefined && sum.eq(Exact.of(90));
  if (
    sum.eq(Exact.hundred) ||
    whole.eq(Exact.hundred) ||
    ninety ||
    sum.eq(Exact.one) ||
    (sum.eq(Exact.of(80)) && budget === undefined)
  )
    return [];
  const scores = table.indicators.map((each) => figure(each.score));
  const stated = figure(table.stated.scoreTotal);
  const given = scores.filter((score) => score !== undefined);
  const statedWeights = figure(table.stated.weightTotal);
  // The scores add up to the printed total: every row was read, so the weights are all there too.
  const scoreSum = Exact.sum(given.map((score) => score.value.value));
  const budgetScore = figure(row?.score)?.value.value;
  const proved =
    stated !== undefined &&
    given.length === scores.length &&
    (scoreSum.eq(stated.value.value) ||
      (budgetScore !== undefined && scoreSum.add(budgetScore).eq(stated.value.value)));
  const printed = budget === undefined ? sum : whole;
  const parts = {
    message: text(`分值相加为 ${printed}，不是 100`, `the weights add up to ${printed}, not 100`),
    stated: printed.toString(),
    expected: '100',
    quotes: [...span(statedWeights), ...span(...leaves), ...span(budget)],
  };
  if (proved && statedWeights?.value.value.eq(Exact.hundred) && table.celled)
    return [
      proven(
        RULE,
        {
          kind: 'sum-differs',
          parts: [...leaves, ...(budget === undefined ? [] : [budget])].map((leaf) => operand('分值', leaf)),
          whole: operand('分值合计', statedWeights),
          rounded: false,
        },
        context.source,
        parts,
      ),
    ];
  // More than 100 is too much whatever was left unread.
  const over = whole.gt(Exact.hundred) && table.indicators.every((each) => each.together);
  // Half of the points: the other rows were not read.
  const near = whole.ge(Exact.of(80));
  return proved || (stated !== undefined && table.celled && near) || over ? [warning(RULE, parts)] : [];
}
