import { text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import { type AuditContext, countedRows, type Detect, figure, operand, span, totalRow } from '../context.ts';
import { type Finding, proven, warning } from '../finding.ts';
import { classScores } from '../prose/class-scores.ts';
import type { AuditTable, TableCell } from '../read/table.ts';
import type { CellValue } from '../read/value.ts';
import { bonus } from './bonus.ts';
import { columnTotals } from './column-totals.ts';
import { lineTotals } from './line-totals.ts';
import { budgetOnTop, guessed } from './weights-not-100.ts';

const RULE = 'total-mismatch';

/** The printed total of scores is not the sum of the leaf scores, in a table whose weights prove that no row is missing. */
export const totalMismatch: Detect = (context) => {
  const found = context.tables.flatMap((table) => checkTable(context, table));
  if (found.length > 0) return found;
  const lines = lineTotals(context);
  if (lines.length > 0) return lines;
  const columns = columnTotals(context).filter((finding) => finding.rule === RULE);
  return columns.length > 0 ? columns : classScores(context);
};

function checkTable(context: AuditContext, table: AuditTable): Finding[] {
  const stated = figure(table.stated.scoreTotal);
  if (stated === undefined || table.indicators.length === 0) return [];
  const rows = countedRows(table).map((row) => ({ row, score: figure(row.score), weight: figure(row.weight) }));
  if (rows.some(({ row, score }) => score === undefined || row.unreadable.length > 0)) return [];
  const budgetRow = totalRow(table.budget);
  const budget = budgetRow?.unreadable === true ? undefined : figure(budgetRow?.score);
  const budgetWeight = figure(budgetRow?.weight);
  const weighted = table.roles.includes('weight');
  const weights = Exact.sum(rows.map(({ weight }) => weight?.value.value ?? Exact.zero));
  const alone = weights.eq(Exact.hundred);
  const withBudget = budgetWeight !== undefined && weights.add(budgetWeight.value.value).eq(Exact.hundred);
  const leaves = rows.map(({ score }) => score).filter((score) => score !== undefined);
  if (withBudget && budget === undefined) return [];
  const parts = [...leaves, ...(withBudget && !alone && budget !== undefined ? [budget] : [])];
  const sum = Exact.sum(parts.map((part) => part.value.value));
  if (sum.eq(stated.value.value)) return [...withoutBudget(table, stated, leaves, budget)];
  // Forms repeat their totals, and some total the leaves without the budget row.
  const leafSum = Exact.sum(leaves.map((leaf) => leaf.value.value));
  const printed = [
    stated,
    ...(table.stated.all ?? []).map((cell) => figure(cell)).filter((cell) => cell !== undefined),
  ];
  if (printed.slice(1).some((cell) => cell.value.value.eq(sum) && !cell.value.value.eq(Exact.hundred))) return [];
  if (leafSum.eq(stated.value.value)) return [];
  // A figure without points of its own is no leaf that the weights speak for: a count told behind the total, a bonus.
  const weightless = weighted ? rows.filter(({ weight }) => weight === undefined) : [];
  const beside = Exact.sum(weightless.map(({ score }) => score?.value.value ?? Exact.zero));
  if (weightless.length > 0 && sum.sub(beside).eq(stated.value.value)) return [];
  const gap = stated.value.value.sub(sum);
  if (explainedByBonus(context, gap) || roundedAway(gap, stated.value.places, parts)) return [];
  const message = text(
    `总分写 ${stated.text}，各项得分相加为 ${sum}`,
    `the total says ${stated.text}; the scores add up to ${sum}`,
  );
  const quotes = [...span(stated), ...span(...parts)];
  if (stated.value.value.isZero || !weighted || (!alone && !withBudget)) {
    // Without weights nothing proves that every row was read; with the budget row both ways of adding are looked at.
    const other = budget === undefined ? sum : sum.add(budget.value.value);
    if (other.eq(stated.value.value)) return [];
    // Half of the points are not there: the rows that would bear the total were not read.
    if (weighted && weights.add(budgetWeight?.value.value ?? Exact.zero).lt(Exact.of(80))) return [];
    const read = table.celled || (!weighted && budget !== undefined && table.indicators.every((row) => row.together));
    return read && table.complete && !bonus(context)
      ? [warning(RULE, { message, stated: stated.text, expected: sum.toString(), quotes })]
      : [];
  }
  const doubtful =
    guessed(table) || weightless.length > 0 || (table.stated.single === true && stated.value.value.eq(Exact.hundred));
  if (bonus(context) || doubtful)
    return [warning(RULE, { message, stated: stated.text, expected: sum.toString(), quotes })];
  return [
    proven(
      RULE,
      {
        kind: 'sum-differs',
        parts: parts.map((part) => operand('得分', part)),
        whole: operand('总分', stated),
        rounded: false,
      },
      context.source,
      { message, stated: stated.text, expected: sum.toString(), quotes },
    ),
  ];
}

/** The printed total is that of the indicators, whose weights alone are 100; the score of the budget row comes on top. */
function withoutBudget(
  table: AuditTable,
  stated: TableCell & { readonly value: CellValue },
  leaves: readonly (TableCell & { readonly value: CellValue })[],
  budget: (TableCell & { readonly value: CellValue }) | undefined,
): Finding[] {
  if (budget === undefined || budgetOnTop(table) === undefined) return [];
  const sum = stated.value.value.add(budget.value.value);
  return [
    warning(RULE, {
      message: text(
        `总分写 ${stated.text}，各指标得分已有 ${stated.text} 分，加上预算执行的 ${budget.text} 分为 ${sum}`,
        `the total says ${stated.text}, which the indicators alone have; with the ${budget.text} of the budget row it is ${sum}`,
      ),
      stated: stated.text,
      expected: sum.toString(),
      quotes: [...span(stated), ...span(budget), ...span(...leaves)],
    }),
  ];
}

/** 加分2分 beside a total that is 2 above the sum. */
function explainedByBonus(context: AuditContext, gap: Exact): boolean {
  const words =
    gap.sign > 0
      ? /(?:加|奖励|附加)[^\d。;\n]{0,6}(\d+(?:\.\d+)?)\s*分/g
      : /(?:扣减?|减)[^\d。;\n]{0,6}(\d+(?:\.\d+)?)\s*分/g;
  return [...context.text.matchAll(words)].some((match) => Exact.of(match[1] ?? '0').eq(gap.abs()));
}

/** A total printed with fewer decimals than its parts. */
function roundedAway(gap: Exact, places: number, parts: readonly { readonly value: CellValue }[]): boolean {
  return parts.some((part) => part.value.places > places) && gap.abs().le(Exact.ratio(1n, 2n * 10n ** BigInt(places)));
}
