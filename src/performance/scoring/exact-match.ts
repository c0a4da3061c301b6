import { text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import { measureUnit } from '../measure.ts';
import { shown, shownPercent } from '../print-number.ts';
import { exactly, type Leaf, type Outcome } from './outcome.ts';

/** =: full marks when equal, else down by the deviation on either side (or nothing, where the rule set says so). */
export function scoreExact(leaf: Leaf, actual: Exact, target: Exact): Outcome {
  const { weight, rules } = leaf;
  const unit = measureUnit(leaf.target);
  if (actual.eq(target))
    return exactly(weight, true, text('与指标值一致，得满分。', 'Equal to the target: full points.'));
  if (rules.read('exactMiss') === 'zero' || target.isZero)
    return exactly(
      Exact.zero,
      false,
      text(
        `实际${shown(actual)}${unit}与指标值${shown(target)}${unit}不一致，不得分。`,
        `The actual ${shown(actual, 'en')}${unit} is not the target ${shown(target, 'en')}${unit}: no points.`,
      ),
    );
  const deviation = actual.sub(target).abs().div(target.abs());
  const score = Exact.max(Exact.zero, weight.mul(Exact.one.sub(deviation)));
  return exactly(
    score,
    false,
    text(
      `实际${shown(actual)}${unit}偏离指标值${shown(target)}${unit} ${shownPercent(deviation)}，按偏离度扣减。`,
      `The actual ${shown(actual, 'en')}${unit} is ${shownPercent(deviation)} off the target ${shown(target, 'en')}${unit}: points reduced by that share.`,
    ),
  );
}
