import { text } from '../../problem/index.ts';
import { Exact, toFixed } from '../../quantity/index.ts';
import { attainment, type Detect, figure, nameOf, readable, rowQuotes } from '../context.ts';
import { warning } from '../finding.ts';

/** The document prints 按完成比例计分 and a missed leaf scores otherwise. Does not apply where no such rule is printed. */
export const scoreFormulaMismatch: Detect = (context) => {
  if (
    !/(?:按|依)(?:照)?(?:完成)?比例(?:计分|得分|赋分|扣分)|完成值\s*[/÷]\s*(?:目标值|指标值|年初目标值)\s*[*×]/.test(
      context.text,
    )
  )
    return [];
  return context.rows.flatMap((row) => {
    const target = figure(row.target);
    const actual = figure(row.actual);
    const weight = figure(row.weight);
    const score = figure(row.score);
    if (
      !readable(row, 'weight', 'score') ||
      attainment(row) !== 'missed' ||
      target === undefined ||
      actual === undefined ||
      weight === undefined ||
      score === undefined
    )
      return [];
    const up = target.value.operator === '≥' || target.value.operator === '>' || target.value.operator === '=';
    const [top, bottom] = up ? [actual.value.value, target.value.value] : [target.value.value, actual.value.value];
    if (bottom.isZero) return [];
    const due = Exact.min(Exact.one, top.div(bottom)).mul(weight.value.value);
    if (due.sub(score.value.value).abs().le(Exact.ratio(1n, 2n))) return [];
    const expected = toFixed(due, { places: 2, mode: 'half-up' });
    return [
      warning('score-formula-mismatch', {
        message: text(
          `“${nameOf(row)}”按文中所写的比例应得 ${expected} 分，写的是 ${score.text} 分`,
          `“${nameOf(row)}” scores ${expected} by the printed rule, not ${score.text}`,
        ),
        stated: score.text,
        expected,
        quotes: rowQuotes(row),
      }),
    ];
  });
};
