import { text } from '../../problem/index.ts';
import {
  contains,
  divideIntervals,
  Exact,
  point,
  round,
  roundingInterval,
  scaleInterval,
  toFixed,
} from '../../quantity/index.ts';
import { type AuditContext, type Detect, figure, numbersIn, operand, span } from '../context.ts';
import { type Finding, notice, proven, type Span, warning } from '../finding.ts';
import { pointsOfDifference } from '../prose/points-of-difference.ts';
import { printedEquations } from '../prose/printed-equations.ts';
import type { BudgetRow } from '../read/table.ts';
import { nearbyRates } from './nearby-rates.ts';
import { proseRates } from './prose-rates.ts';

const RULE = 'rate-mismatch';

/** The printed execution rate is not executed ÷ budget, whatever rounding did. */
export const rateMismatch: Detect = (context) => {
  const findings = context.tables.flatMap((table) => {
    const seen = new Set<string>();
    return (table.budget?.rows ?? []).flatMap((row) => {
      // 其中：财政拨款 often repeats the total row figure by figure.
      const key = [row.adjusted, row.executed, row.rate].map((cell) => cell?.text ?? '').join('|');
      if (seen.has(key)) return [];
      seen.add(key);
      return checkRow(context, row);
    });
  });
  const inProse = context.tables.some((table) => table.budget !== undefined)
    ? []
    : (context.proseBudget?.rows.flatMap((row) => checkProse(context, row)) ?? []);
  // The same rate is not accused twice.
  const sure = [...findings, ...inProse];
  const equations = printedEquations(context, 'product').filter((each) => each.rule === RULE);
  for (const told of [equations, pointsOfDifference(context), proseRates(context), nearbyRates(context)])
    sure.push(...told.filter((each) => !sure.some((known) => known.quotes.some((quote) => overlaps(quote, each)))));
  return sure;
};

function overlaps(quote: Span, finding: Finding): boolean {
  const last = finding.quotes[finding.quotes.length - 1];
  return last !== undefined && quote.start < last.end && quote.end > last.start;
}

/** In prose the pair is an inference: another pair of amounts that gives the rate clears it. */
function checkProse(context: AuditContext, row: BudgetRow): Finding[] {
  const [finding] = checkRow(context, row, true);
  const rate = figure(row.rate);
  if (finding === undefined || rate === undefined) return [];
  const amount = row.adjusted?.start ?? 0;
  const from = Math.max(context.text.lastIndexOf('\n', amount - 1), amount - 1000);
  const near = numbersIn(context, from - 399, rate.end + 199).filter(
    (number) => number.kind === 'quantity' && number.unit?.dimension === 'money',
  );
  const implied = roundingInterval(rate.value.value, rate.value.places);
  for (const part of near)
    for (const whole of near)
      if (
        part !== whole &&
        !whole.value.isZero &&
        part.unit !== undefined &&
        whole.unit !== undefined &&
        contains(implied, part.value.mul(part.unit.factor).div(whole.value.mul(whole.unit.factor)).mul(Exact.hundred))
      )
        return [];
  const between = near.filter((number) => number.start >= (row.adjusted?.start ?? 0) && number.end <= rate.end);
  // 甲项目…支出450万元,乙项目…支出300万元,执行率93.75%: of both projects.
  const amounts = new Set(near.map((number) => number.value.toString()));
  if (finding.severity === 'error' && (between.length > 2 || amounts.size > 2)) {
    const { proof: _, ...rest } = finding;
    return [{ ...rest, severity: 'warning' }];
  }
  return [finding];
}

function checkRow(context: AuditContext, row: BudgetRow, prose = false): Finding[] {
  const executed = figure(row.executed);
  const base = figure(row.adjusted) ?? figure(row.initial);
  const rate = figure(row.rate);
  if (row.unreadable || executed === undefined || base === undefined || rate === undefined) return [];
  const quotes = span(base, executed, rate);
  if (base.value.unit !== executed.value.unit && base.value.unit !== '' && executed.value.unit !== '') return [];
  if (base.value.value.isZero) {
    if (rate.value.value.isZero && executed.value.value.isZero) return [];
    const message = text(
      `预算为 0，执行率 ${rate.text} 没有分母`,
      `a budget of 0 gives no rate, but ${rate.text} is printed`,
    );
    return [warning(RULE, { message, stated: rate.text, expected: '不适用', quotes })];
  }
  const exact = executed.value.value.div(base.value.value).mul(Exact.hundred);
  const fraction = rate.value.unit === '' && rate.value.value.le(Exact.of(2)) && exact.gt(Exact.of(5));
  const stated = fraction ? rate.value.value.mul(Exact.hundred) : rate.value.value;
  const places = fraction ? Math.max(0, rate.value.places - 2) : rate.value.places;
  const implied = roundingInterval(stated, places);
  const expected = `${toFixed(exact, { places: Math.max(places, 2), mode: 'half-up' })}%`;
  if (contains(implied, exact)) return [];
  const message = text(
    `${executed.text} ÷ ${base.text} = ${expected}，写的是 ${rate.text}`,
    `${executed.text} ÷ ${base.text} = ${expected}, but ${rate.text} is printed`,
  );
  const facts = { message, stated: rate.text, expected, quotes };
  if (round(exact, { places, mode: 'down' }).eq(stated) || round(exact, { places, mode: 'up' }).eq(stated))
    return [notice(RULE, facts)];
  const initial = figure(row.initial);
  if (initial !== undefined && !initial.value.value.isZero) {
    const other = executed.value.value.div(initial.value.value).mul(Exact.hundred);
    if (contains(implied, other))
      return [
        warning(RULE, {
          ...facts,
          message: text(
            `执行率 ${rate.text} 的分母是年初预算 ${initial.text}，不是全年预算 ${base.text}（应为 ${expected}）`,
            `the rate ${rate.text} is a share of the initial budget ${initial.text}, not of ${base.text}`,
          ),
        }),
      ];
  }
  const wide = divideIntervals(
    roundingInterval(executed.value.value, executed.value.places),
    roundingInterval(base.value.value, base.value.places),
  );
  const possible = wide === undefined ? point(exact) : scaleInterval(wide, Exact.hundred);
  if (contains(possible, stated)) return [warning(RULE, facts)];
  // A capped rate: more spent than planned, 100% printed.
  if (exact.gt(Exact.hundred) && stated.eq(Exact.hundred)) return [warning(RULE, facts)];
  if (prose || fraction) return [prose ? proven(RULE, proofOf(), context.source, facts) : warning(RULE, facts)];
  return [proven(RULE, proofOf(), context.source, facts)];

  function proofOf() {
    return {
      kind: 'ratio-differs' as const,
      part: operand('执行数', executed as NonNullable<typeof executed>),
      whole: operand('预算数', base as NonNullable<typeof base>),
      percent: operand('执行率', rate as NonNullable<typeof rate>),
    };
  }
}
