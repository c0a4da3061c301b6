import { text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import { type AuditContext, countedRows, type Detect, figure, operand, span, totalRow } from '../context.ts';
import { type Finding, proven, warning } from '../finding.ts';
import type { AuditTable, TableCell } from '../read/table.ts';
import type { CellValue } from '../read/value.ts';
import { bonus } from './bonus.ts';
import { columnTotals } from './column-totals.ts';
import { labelPoints } from './label-points.ts';
import { proseWeights } from './prose-points.ts';

const RULE = 'weights-not-100';

/** The weights do not sum to 100 (90 beside a budget row of 10, and declared bonus points, are accepted). */
export const weightsNot100: Detect = (context) => {
  const found = [
    ...context.tables.flatMap((table) => [...checkBudgetWeight(table), ...checkTable(context, table)]),
    ...labelPoints(context),
    ...proseWeights(context),
  ];
  return found.length > 0 ? found : columnTotals(context).filter((finding) => finding.rule === RULE);
};

function checkTable(context: AuditContext, table: AuditTable): Finding[] {
  const indicators = countedRows(table);
  if (!table.roles.includes('weight') || indicators.length < 2 || bonus(context)) return [];
  if (indicators.some((row) => row.unreadable.length > 0)) return [];
  const weights = indicators.map((row) => figure(row.weight));
  const leaves = weights.filter((weight) => weight !== undefined);
  if (leaves.length < weights.length) return [];
  const row = totalRow(table.budget);
  const budget = row?.unreadable === true ? undefined : figure(row?.weight);
  const sum = Exact.sum(leaves.map((leaf) => leaf.value.value));
  const whole = budget === undefined ? sum : sum.add(budget.value.value);
  const ninety = budget === undefined && table.budget !== undefined && sum.eq(Exact.of(90));
  const onTop = budgetOnTop(table);
  if (onTop !== undefined)
    return [
      warning(RULE, {
        message: text(
          `各指标分值相加已是 100，加上预算执行的 ${onTop.text} 分为 ${whole}`,
          `the weights of the indicators alone make 100; with the ${onTop.text} of the budget row they make ${whole}`,
        ),
        stated: whole.toString(),
        expected: '100',
        quotes: [...span(statedWeights(table)), ...span(...leaves), ...span(onTop)],
      }),
    ];
  if (
    sum.eq(Exact.hundred) ||
    whole.eq(Exact.hundred) ||
    ninety ||
    sum.eq(Exact.one) ||
    (sum.eq(Exact.of(80)) && budget === undefined)
  )
    return [];
  const scores = indicators.map((each) => figure(each.score));
  const stated = figure(table.stated.scoreTotal);
  const given = scores.filter((score) => score !== undefined);
  const weightTotal = statedWeights(table);
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
    quotes: [...span(weightTotal), ...span(...leaves), ...span(budget)],
  };
  if (proved && weightTotal?.value.value.eq(Exact.hundred) && table.celled && !guessed(table))
    return [
      proven(
        RULE,
        {
          kind: 'sum-differs',
          parts: [...leaves, ...(budget === undefined ? [] : [budget])].map((leaf) => operand('分值', leaf)),
          whole: operand('分值合计', weightTotal),
          rounded: false,
        },
        context.source,
        parts,
      ),
    ];
  // More than 100 is too much whatever was left unread.
  const over = whole.gt(Exact.hundred) && indicators.every((each) => each.together);
  // Half of the points: the other rows were not read.
  const near = whole.ge(Exact.of(80));
  return proved || (stated !== undefined && table.celled && near) || over ? [warning(RULE, parts)] : [];
}

function statedWeights(table: AuditTable): (TableCell & { readonly value: CellValue }) | undefined {
  return figure(table.stated.weightTotal);
}

/** The weight of a budget row that is scored although the indicators alone already have 100 points. */
export function budgetOnTop(table: AuditTable): (TableCell & { readonly value: CellValue }) | undefined {
  const row = totalRow(table.budget);
  const [weight, score] = [figure(row?.weight), figure(row?.score)];
  if (row === undefined || row.unreadable || weight === undefined || score === undefined) return undefined;
  if (!weight.value.value.eq(Exact.of(10)) || score.value.value.isZero) return undefined;
  const leaves = table.indicators.map((each) => figure(each.weight)?.value.value ?? Exact.zero);
  return table.complete && Exact.sum(leaves).eq(Exact.hundred) ? weight : undefined;
}

/** The heads of the table were guessed. */
export function guessed(table: AuditTable): boolean {
  return table.indicators.every((row) => !row.together);
}

/** 100 stands as the weight of the budget row, whose score is 10. */
function checkBudgetWeight(table: AuditTable): Finding[] {
  const row = totalRow(table.budget);
  const [weight, score] = [figure(row?.weight), figure(row?.score)];
  if (row === undefined || row.unreadable || weight === undefined || table.indicators.length < 2) return [];
  if (!weight.value.value.eq(Exact.hundred) || weight.value.unit !== '') return [];
  if (score !== undefined && (score.value.value.gt(Exact.of(20)) || score.value.value.isZero)) return [];
  return [
    warning(RULE, {
      message: text(
        `预算执行行的分值写 ${weight.text}，应为 10`,
        `the budget row has a weight of ${weight.text}; it should be 10`,
      ),
      stated: weight.text,
      expected: '10',
      quotes: span(weight, score),
    }),
  ];
}
