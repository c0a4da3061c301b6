import { Exact } from '../../quantity/index.ts';
import { scoreExact } from './exact-match.ts';
import { scoreNegative } from './negative.ts';
import type { Leaf, Notice, Outcome } from './outcome.ts';
import { scorePositive } from './positive.ts';

/**
 * A rate in %. `=100%` asks for all there is, so falling short is scored in proportion, like ≥. `≥100%` is either
 * wrongly signed or not a share of a whole, and is asked about.
 */
export function scorePercentage(leaf: Leaf, actual: Exact, target: Exact): Outcome {
  const isWhole = target.eq(Exact.hundred);
  const outcome =
    leaf.operator === '≤' || leaf.operator === '<'
      ? scoreNegative(leaf, actual, target)
      : leaf.operator === '=' && !(isWhole && actual.lt(target))
        ? scoreExact(leaf, actual, target)
        : scorePositive(leaf, actual, target);
  const smell: Notice = {
    rule: 'direction-smell',
    zh: '比率不会超过100%，指标值写成“≥100%”方向有误，应写“=100%”或低于100%的下限',
    en: 'a share cannot exceed 100%: write =100% or a lower bound below 100%',
  };
  const upward = leaf.operator === '≥' || leaf.operator === '>';
  return upward && target.ge(Exact.hundred) ? { ...outcome, notices: [...(outcome.notices ?? []), smell] } : outcome;
}
