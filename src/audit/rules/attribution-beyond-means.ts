import { text } from '../../problem/index.ts';
import { convert, Exact, YUAN } from '../../quantity/index.ts';
import type { Detect } from '../context.ts';
import { warning } from '../finding.ts';

/** Effects whose money is many times the project's: they belong to another fund. */
export const attributionBeyondMeans: Detect = (context) => {
  const budgetMatch = /(?:实际支出|实际拨款(?:经费)?|财政拨款)\s*(\d[\d,]*(?:\.\d+)?)\s*(万元|元)/.exec(context.text);
  if (budgetMatch === null || context.tables.some((table) => table.budget !== undefined)) return [];
  const means = Exact.of((budgetMatch[1] ?? '0').replaceAll(',', '')).mul(
    budgetMatch[2] === '万元' ? Exact.of(10000) : Exact.one,
  );
  const effects = context.text.search(/效益分析|效益情况|效益指标/);
  if (effects < 0 || means.isZero) return [];
  return context.numbers
    .filter((number) => number.kind === 'quantity' && number.unit?.dimension === 'money' && number.start > effects)
    .filter(
      (number) => number.unit !== undefined && convert(number.value, number.unit, YUAN).gt(means.mul(Exact.of(10))),
    )
    .slice(0, 2)
    .map((number) =>
      warning('attribution-beyond-means', {
        message: text(
          `项目只有 ${budgetMatch[1]}${budgetMatch[2]}，效益中的 ${number.text} 不是本项目资金形成的`,
          `the project had only ${budgetMatch[1]}${budgetMatch[2]}; ${number.text} cannot be its effect`,
        ),
        stated: number.text,
        quotes: [
          { start: number.start, end: number.end },
          { start: budgetMatch.index, end: budgetMatch.index + budgetMatch[0].length },
        ],
      }),
    );
};
