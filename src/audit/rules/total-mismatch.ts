import { text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import { type AuditContext, type Detect, figure, operand, span, totalRow } from '../context.ts';
import { type Finding, proven, warning } from '../finding.ts';
import type { AuditTable } from '../read/table.ts';
import type { CellValue } from '../read/value.ts';

const RULE = 'total-mismatch';

/** The printed total of scores is not the sum of the leaf scores, in a table whose weights prove that no row is missing. */
export const totalMismatch: Detect = (context) => context.tables.flatMap((table) => checkTable(context, table));

function checkTable(context: AuditContext, table: AuditTable): Finding[] {
  const stated = figure(table.stated.scoreTotal);
  if (stated === undefined || table.indicators.length === 0) return [];
  const rows = table.indicators.map((row) => ({ row, score: figure(row.score), weight: figure(row.weight) }));
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
  if (sum.eq(stated.value.value)) return [];
  // Forms repeat their totals, and some total the leaves without the budget row.
  const leafSum = Exact.sum(leaves.map((leaf) => leaf.value.value));
  const printed = [
    stated,
    ...(table.stated.all ?? []).map((cell) => figure(cell)).filter((cell) => cell !== undefined),
  ];
  if (printed.slice(1).some((cell) => cell.value.value.eq(sum) && !cell.value.value.eq(Exact.hundred))) return [];
  if (leafSum.eq(stated.value.value)) return [];
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
    return table.celled && table.complete && !bonus(context)
      ? [warning(RULE, { message, stated: stated.text, expected: sum.toString(), quotes })]
      : [];
  }
  const doubtful = table.stated.single === true && stated.value.value.eq(Exact.hundred);
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

/** What the standard notes under a form say of totals over several units; it says nothing of this form's sum. */
const STANDARD_NOTES =
  /相\s*对\s*值\s*按\s*照?\s*资\s*金\s*额\s*度\s*加\s*权\s*平\s*均(?:\s*计\s*算)?|用适用指标得分汇总后按百分制[^。;\n|]*/g;

/** Asked once a table, answered once a document. */
const known = new WeakMap<AuditContext, boolean>();

/** The document speaks of bonus or deducted points or of rescaling: scores need not add up as printed. */
export function bonus(context: AuditContext): boolean {
  const found =
    known.get(context) ??
    /(?<![增参追])加分|附加分|奖励分|扣减分|减分项|折算|换算|加权/.test(context.text.replace(STANDARD_NOTES, ''));
  known.set(context, found);
  return found;
}
