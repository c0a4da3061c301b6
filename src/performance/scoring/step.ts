import { text } from '../../problem/index.ts';
import { Exact, round } from '../../quantity/index.ts';
import { shown } from '../print-number.ts';
import { exactly, type Leaf, type Outcome } from './outcome.ts';

/**
 * 阶梯: full marks at the target, each begun step below it costs points, not below 0. In percentage points: of the rate
 * itself, or of the target for what is not a rate.
 */
export function scoreStep(leaf: Leaf, actual: Exact, target: Exact): Outcome {
  const { weight, rules } = leaf;
  const { points, loss } = rules.read('step');
  const upward = leaf.operator !== '≤' && leaf.operator !== '<';
  const gap = upward ? target.sub(actual) : actual.sub(target);
  if (gap.sign <= 0) return exactly(weight, true, text('达到指标值，得满分。', 'Target reached: full points.'));
  const steps = round(gap.div(points), { places: 0, mode: 'up' });
  const score = Exact.max(Exact.zero, weight.sub(steps.mul(loss)));
  return exactly(
    score,
    false,
    text(
      `与指标值相差${shown(gap)}个百分点，每${shown(points)}个百分点扣${shown(loss)}分，共扣${shown(weight.sub(score))}分。`,
      `${shown(gap, 'en')} percentage points from the target, ${shown(loss, 'en')} off for every ${shown(points, 'en')}: ${shown(weight.sub(score), 'en')} off in all.`,
    ),
  );
}
