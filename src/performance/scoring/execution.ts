import { type Text, text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import { shown, shownPercent } from '../print-number.ts';
import type { RuleReader } from '../rule-reader.ts';
import { exactly, type Outcome } from './outcome.ts';

const EXECUTION = text('执行率', 'Execution rate');

/**
 * 预算执行: min(1, rate) × weight, or the stepped scale of the rule set. `rate`: 1 = 100%.
 * @param name what the rate is called in the explanation, for the other rates of the money block
 */
export function scoreExecution(rules: RuleReader, weight: Exact, rate: Exact, name: Text = EXECUTION): Outcome {
  const { method, fullFrom = Exact.one, lossPerPoint = Exact.one } = rules.read('execution');
  const met = rate.ge(Exact.one);
  if (rate.gt(Exact.one))
    return exactly(
      weight,
      true,
      text(
        `${name.zh}${shownPercent(rate)}超过100%，按分值封顶。`,
        `${name.en} ${shownPercent(rate)}, above 100%: full points and no more.`,
      ),
      [
        {
          rule: 'executed-over-budget',
          zh: '执行数大于预算数，请核对预算调整是否已登记',
          en: 'more was paid than budgeted: check whether the adjustment was entered',
        },
      ],
    );
  if (method === 'stepped') {
    if (rate.ge(fullFrom))
      return exactly(
        weight,
        met,
        text(
          `${name.zh}${shownPercent(rate)}，不低于${shownPercent(fullFrom)}，得满分。`,
          `${name.en} ${shownPercent(rate)}, not below ${shownPercent(fullFrom)}: full points.`,
        ),
      );
    const lost = fullFrom.sub(rate).mul(Exact.hundred).mul(lossPerPoint);
    return exactly(
      Exact.max(Exact.zero, weight.sub(lost)),
      false,
      text(
        `${name.zh}${shownPercent(rate)}，每低1个百分点扣${shown(lossPerPoint)}分。`,
        `${name.en} ${shownPercent(rate)}: ${shown(lossPerPoint, 'en')} off for every percentage point below.`,
      ),
    );
  }
  return exactly(
    weight.mul(rate),
    met,
    text(
      `${name.zh}${shownPercent(rate)} × 分值${shown(weight)}。`,
      `${name.en} ${shownPercent(rate)} × ${shown(weight, 'en')} points.`,
    ),
  );
}
