import { text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import { measureUnit } from '../measure.ts';
import { shown, shownPercent } from '../print-number.ts';
import { exactly, type Leaf, type Outcome } from './outcome.ts';

/** A target from low to high, both included: full marks inside, in proportion to the nearer bound outside. */
export function scoreRange(leaf: Leaf, actual: Exact, low: Exact, high: Exact): Outcome {
  const { weight, rules } = leaf;
  const unit = measureUnit(leaf.target);
  rules.read('proportion');
  if (actual.ge(low) && actual.le(high))
    return exactly(weight, true, text('在指标值范围内，得满分。', 'Within the target range: full points.'));
  const ratio = outside(actual, low, high);
  const score = weight.mul(ratio);
  return exactly(
    score,
    false,
    text(
      `实际${shown(actual)}${unit}不在${shown(low)}${unit}至${shown(high)}${unit}之间，按 ${shown(weight)}×${shownPercent(ratio)}。`,
      `The actual ${shown(actual, 'en')}${unit} is not between ${shown(low, 'en')}${unit} and ${shown(high, 'en')}${unit}: ${shown(weight, 'en')} × ${shownPercent(ratio)}.`,
    ),
  );
}

/** Part of the nearer bound that was reached; nothing where a bound or the actual is not positive. */
function outside(actual: Exact, low: Exact, high: Exact): Exact {
  const [part, whole] = actual.lt(low) ? [actual, low] : [high, actual];
  return whole.sign <= 0 || part.sign <= 0 ? Exact.zero : part.div(whole);
}
