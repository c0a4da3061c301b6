import { text } from '../../problem/index.ts';
import { Exact, toFixed } from '../../quantity/index.ts';
import { type AuditContext, type Detect, figure, operand, span, totalRow } from '../context.ts';
import { type Finding, notice, proven, warning } from '../finding.ts';
import { findScoringRule, type ScoringRule } from '../printed-rules/find-scoring-rules.ts';
import { checkProof } from '../proof/check-proof.ts';
import type { Operand, Proof } from '../proof/proof.ts';
import type { BudgetRow } from '../read/table.ts';

/**
 * The budget row's score is not its rate times its weight. How to score it is a local rule, so without that rule in the
 * document this asks for a reason.
 */
export const scoreVsRate: Detect = (context) => {
  const rule = findScoringRule(context.text, 'execution');
  return context.tables.flatMap((table) => {
    const row = totalRow(table.budget);
    return row === undefined || row.unreadable ? [] : checkRow(context, row, rule);
  });
};

function checkRow(context: AuditContext, row: BudgetRow, rule: ScoringRule | undefined): Finding[] {
  const executed = figure(row.executed);
  const base = figure(row.adjusted) ?? figure(row.initial);
  const weightCell = figure(row.weight);
  const weight = weightCell === undefined ? rule?.points : operand('分值', weightCell);
  const score = figure(row.score);
  if (
    executed === undefined ||
    base === undefined ||
    weight === undefined ||
    score === undefined ||
    base.value.value.isZero
  )
    return [];
  const ratio = Exact.min(Exact.one, executed.value.value.div(base.value.value));
  const due = ratio.mul(weight.value);
  const gap = due.sub(score.value.value).abs();
  if (gap.le(Exact.of('0.05'))) return [];
  const expected = toFixed(due, { places: 2, mode: 'half-up' });
  const parts = {
    message: text(
      `预算执行按比例应得 ${expected} 分（${weight.value} 分 × 执行率），写的是 ${score.text} 分`,
      `in proportion to the rate the score of budget execution is ${expected}, but ${score.text} is printed`,
    ),
    stated: score.text,
    expected,
    quotes: [...span(executed, base, row.rate, row.weight, row.score), ...span(rule)],
  };
  const proof = rule === undefined ? undefined : proofOf(context, row, rule, weight);
  if (proof !== undefined) return [proven('score-vs-rate', proof, context.source, parts)];
  return [gap.gt(Exact.of('0.1')) ? warning('score-vs-rate', parts) : notice('score-vs-rate', parts)];
}

/** By the printed rule neither budget and no printed rate give the score; else the finding stays a warning. */
function proofOf(context: AuditContext, row: BudgetRow, rule: ScoringRule, weight: Operand): Proof | undefined {
  const [executed, score, rate] = [figure(row.executed), figure(row.score), figure(row.rate)];
  if (executed === undefined || score === undefined) return undefined;
  if (rule.points !== undefined && !rule.points.value.eq(weight.value)) return undefined;
  const bases = [figure(row.adjusted), figure(row.initial)].filter((base) => base !== undefined);
  if (bases.some((base) => base.value.unit !== executed.value.unit || base.value.value.sign <= 0)) return undefined;
  if (rate !== undefined) {
    const printed = rate.value.value.mul(weight.value).div(Exact.hundred);
    if (
      printed
        .sub(score.value.value)
        .abs()
        .lt(Exact.ratio(1n, 10n ** BigInt(score.value.places)))
    )
      return undefined;
  }
  const proofs = bases.map(
    (base): Proof => ({
      kind: 'score-by-rule',
      rule: { start: rule.start, end: rule.end },
      reading: 'execution',
      part: operand('执行数', executed),
      whole: operand('预算数', base),
      weight,
      score: operand('得分', score),
    }),
  );
  return proofs.every((proof) => checkProof(proof, context.text)) ? proofs[0] : undefined;
}
