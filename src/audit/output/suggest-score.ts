import { Exact, round } from '../../quantity/index.ts';
import type { AuditedDocument } from '../audit-document.ts';
import { attainment, figure, totalRow } from '../context.ts';

/** What the reviewer may propose: the claimed total, the total by what the table itself says, and why they differ. */
export interface SuggestedScore {
  readonly claimed: string;
  /** Empty while the table is not whole: a person decides. */
  readonly suggested: string;
  readonly reasons: readonly string[];
}

/** Adds the scores up, caps each at its weight and scores missed targets by proportion. Two places a leaf. */
export function suggestScore(document: AuditedDocument): SuggestedScore {
  const table = document.tables.find((each) => each.indicators.length > 0);
  const claimed = table?.stated.scoreTotal?.text ?? '';
  if (table === undefined || !table.complete) return { claimed, suggested: '', reasons: [] };
  const reasons: string[] = [];
  const budget = totalRow(table.budget);
  let total = Exact.zero;
  for (const cells of [
    { name: '预算执行', weight: figure(budget?.weight), score: figure(budget?.score), row: undefined },
    ...table.indicators.map((row) => ({
      name: row.name?.text ?? '',
      weight: figure(row.weight),
      score: figure(row.score),
      row,
    })),
  ]) {
    const { name, weight, score, row } = cells;
    if (score === undefined) {
      if (row === undefined) continue;
      return { claimed, suggested: '', reasons: [] };
    }
    let value = score.value.value;
    if (weight !== undefined && value.gt(weight.value.value)) {
      value = weight.value.value;
      reasons.push(`${name}得分超过分值，按 ${weight.text} 分计`);
    }
    if (row !== undefined && weight !== undefined && value.eq(weight.value.value) && attainment(row) === 'missed') {
      const target = figure(row.target)?.value;
      const actual = figure(row.actual)?.value;
      if (target !== undefined && actual !== undefined && target.value.sign > 0 && actual.value.sign > 0) {
        const down = target.operator === '≤' || target.operator === '<';
        const ratio = down ? target.value.div(actual.value) : actual.value.div(target.value);
        value = round(weight.value.value.mul(Exact.min(ratio, Exact.one)), { places: 2, mode: 'half-up' });
        reasons.push(`${name}未达目标，按完成比例计 ${value} 分`);
      }
    }
    total = total.add(value);
  }
  const statedTotal = figure(table.stated.scoreTotal)?.value.value;
  if (statedTotal !== undefined && reasons.length === 0 && !statedTotal.eq(total))
    reasons.push(`各项得分相加为 ${total}，总分写 ${claimed}`);
  return { claimed, suggested: total.toString(), reasons };
}
