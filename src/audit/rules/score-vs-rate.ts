import { text } from '../../problem/index.ts';
import { Exact, toFixed } from '../../quantity/index.ts';
import { type Detect, figure, span, totalRow } from '../context.ts';
import { notice, warning } from '../finding.ts';

/** The budget row's score is not its rate times its weight. How to score it is a local rule, so this asks for a reason. */
export const scoreVsRate: Detect = (context) =>
  context.tables.flatMap((table) => {
    const row = totalRow(table.budget);
    const executed = figure(row?.executed);
    const base = figure(row?.adjusted) ?? figure(row?.initial);
    const weight = figure(row?.weight);
    const score = figure(row?.score);
    if (
      row === undefined ||
      row.unreadable ||
      executed === undefined ||
      base === undefined ||
      weight === undefined ||
      score === undefined ||
      base.value.value.isZero
    )
      return [];
    const ratio = Exact.min(Exact.one, executed.value.value.div(base.value.value));
    const due = ratio.mul(weight.value.value);
    const gap = due.sub(score.value.value).abs();
    if (gap.le(Exact.of('0.05'))) return [];
    const expected = toFixed(due, { places: 2, mode: 'half-up' });
    const parts = {
      message: text(
        `预算执行按比例应得 ${expected} 分（${weight.text} 分 × 执行率），写的是 ${score.text} 分`,
        `by proportion the execution scores ${expected}, printed is ${score.text}`,
      ),
      stated: score.text,
      expected,
      quotes: span(executed, base, row.rate, weight, score),
    };
    return [gap.gt(Exact.of('0.1')) ? warning('score-vs-rate', parts) : notice('score-vs-rate', parts)];
  });
