import { text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import { measureUnit } from '../measure.ts';
import { shown, shownPercent } from '../print-number.ts';
import { reaches } from './compare.ts';
import { exactly, type Leaf, type Outcome } from './outcome.ts';

/** ≤ and <: full marks when kept, else weight × target ÷ actual. Using far less than allowed is asked about. */
export function scoreNegative(leaf: Leaf, actual: Exact, target: Exact): Outcome {
  const { weight, rules } = leaf;
  const unit = measureUnit(leaf.target);
  rules.read('proportion');
  const met = reaches(actual, leaf.operator === '<' ? '<' : '≤', target);
  if (!met) {
    if (actual.sign <= 0 || target.sign < 0)
      return exactly(Exact.zero, false, text('超过指标值，不得分。', 'Above the limit: no points.'));
    const ratio = Exact.min(Exact.one, target.div(actual));
    return exactly(
      weight.mul(ratio),
      false,
      text(
        `实际${shown(actual)}${unit}超过指标值${shown(target)}${unit}，按 ${shown(weight)}×${shownPercent(ratio)}。`,
        `The actual ${shown(actual, 'en')}${unit} is above the limit ${shown(target, 'en')}${unit}: ${shown(weight, 'en')} × ${shownPercent(ratio)}.`,
      ),
    );
  }
  const least = rules.read('underspend');
  const isLow = target.sign > 0 && actual.div(target).lt(least);
  return exactly(
    weight,
    true,
    text('没有超过指标值，得满分。', 'Within the limit: full points.'),
    isLow
      ? [
          {
            rule: 'underspend',
            zh: `实际只有上限的${shownPercent(actual.div(target))}，请核对目标是否偏高、预算编制是否准确`,
            en: 'far less than the limit was used: check whether the limit or the budget was set too high',
          },
        ]
      : [],
  );
}
