import { text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import { measureUnit } from '../measure.ts';
import { shown, shownPercent } from '../print-number.ts';
import { reaches } from './compare.ts';
import { exactly, type Leaf, type Notice, type Outcome } from './outcome.ts';

const REACHED = text('达到指标值，得满分。', 'Target reached: full points.');

/**
 * ≥ and >: full marks when reached, else weight × actual ÷ target, not below 0. Over-fulfilment beyond the
 * tolerance is asked about, and costs points only when a person confirmed that the target was too low.
 */
export function scorePositive(leaf: Leaf, actual: Exact, target: Exact): Outcome {
  const { weight, rules } = leaf;
  const unit = measureUnit(leaf.target);
  rules.read('proportion');
  const met = reaches(actual, leaf.operator === '>' ? '>' : '≥', target);
  if (target.sign <= 0)
    return exactly(
      met ? weight : Exact.zero,
      met,
      met ? REACHED : text('未达到指标值，不得分。', 'Target not reached: no points.'),
    );
  const ratio = actual.div(target);
  if (!met) {
    const score = Exact.min(weight, Exact.max(Exact.zero, weight.mul(ratio)));
    return exactly(
      score,
      false,
      text(
        `实际${shown(actual)}${unit}，为指标值${shown(target)}${unit}的${shownPercent(ratio)}，按完成比例 ${shown(weight)}×${shownPercent(ratio)}。`,
        `The actual ${shown(actual, 'en')}${unit} is ${shownPercent(ratio)} of the target ${shown(target, 'en')}${unit}: ${shown(weight, 'en')} × ${shownPercent(ratio)}.`,
      ),
    );
  }
  return overfulfilled(leaf, ratio) ?? exactly(weight, true, REACHED);
}

function overfulfilled(leaf: Leaf, ratio: Exact): Outcome | undefined {
  const { tolerance, maxPenalty, divisor } = leaf.rules.read('overfulfilment');
  const excess = ratio.sub(Exact.one).sub(tolerance);
  if (excess.sign <= 0) return undefined;
  const notices = [...asked(leaf, ratio)];
  if (leaf.targetTooLow !== true)
    return exactly(
      leaf.weight,
      true,
      text(
        `超额完成（${shownPercent(ratio)}），未确认目标值偏低，不扣分。`,
        `Over-fulfilled (${shownPercent(ratio)}); nobody confirmed that the target was too low: no deduction.`,
      ),
      notices,
    );
  const penalty = Exact.min(maxPenalty, excess.div(divisor));
  return exactly(
    leaf.weight.mul(Exact.one.sub(penalty)),
    true,
    text(
      `超额完成（${shownPercent(ratio)}）且已确认目标值偏低，按偏离度调减${shownPercent(penalty)}。`,
      `Over-fulfilled (${shownPercent(ratio)}) and the target confirmed as too low: reduced by ${shownPercent(penalty)}.`,
    ),
    notices,
  );
}

function* asked(leaf: Leaf, ratio: Exact): Generator<Notice> {
  if (!leaf.hasReason)
    yield {
      rule: 'overfulfilment-without-reason',
      zh: `实际值是指标值的${shownPercent(ratio)}，超出允许偏离，应说明原因`,
      en: 'the actual is far above the target: say why',
    };
  if (leaf.targetTooLow === undefined)
    yield {
      rule: 'overfulfilment-unconfirmed',
      zh: `实际值是指标值的${shownPercent(ratio)}，请在“目标值偏低”列确认是否因目标定低`,
      en: 'confirm in the 目标值偏低 column whether the target was set too low',
    };
}
