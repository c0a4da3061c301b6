import { text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import { shown, shownPercent } from '../print-number.ts';
import { exactly, type Leaf, type Outcome } from './outcome.ts';
import { scoreStep } from './step.ts';

/** 满意度赋分, in %: full at the target, in proportion (or by steps) below it, nothing under the floor. */
export function scoreSatisfaction(leaf: Leaf, actual: Exact, target: Exact): Outcome {
  const { method, zeroBelow } = leaf.rules.read('satisfaction');
  if (actual.ge(target))
    return exactly(leaf.weight, true, text('达到指标值，得满分。', 'Target reached: full points.'));
  if (actual.lt(zeroBelow.mul(Exact.hundred)))
    return exactly(
      Exact.zero,
      false,
      text(
        `${shown(actual)}%低于${shownPercent(zeroBelow)}，不得分。`,
        `${shown(actual, 'en')}% is below ${shownPercent(zeroBelow)}: no points.`,
      ),
    );
  if (method === 'step') return scoreStep(leaf, actual, target);
  const ratio = actual.div(target);
  return exactly(
    leaf.weight.mul(ratio),
    false,
    text(
      `${shown(actual)}%未达到${shown(target)}%，按 ${shown(leaf.weight)}×${shownPercent(ratio)}。`,
      `${shown(actual, 'en')}% falls short of ${shown(target, 'en')}%: ${shown(leaf.weight, 'en')} × ${shownPercent(ratio)}.`,
    ),
  );
}
