import type { FactId } from '../fact/index.ts';
import { Exact, POINT } from '../quantity/index.ts';
import type { SuggestedScore } from './evaluation.ts';
import { type FactBook, spanValue } from './facts.ts';
import { roundedSpan } from './print-number.ts';
import type { RuleReader } from './rule-reader.ts';
import type { Outcome } from './scoring/outcome.ts';

/** The suggested score as a fact: kept inside 0 and the weight, rounded once as the rule set says. */
export function suggest(
  facts: FactBook,
  rules: RuleReader,
  leaf: { readonly concept: string; readonly name: string },
  weight: Exact,
  outcome: Outcome,
  inputs: readonly FactId[],
): SuggestedScore {
  const kept = (value: Exact) => Exact.min(weight, Exact.max(Exact.zero, value));
  const rounding = rules.read('rounding');
  const { min, max } = roundedSpan(kept(outcome.low), kept(outcome.high), outcome.highOpen === true, rounding);
  const fact = facts.computed(
    { concept: `${leaf.concept}.suggested`, label: `${leaf.name}建议分` },
    spanValue(min, max, POINT),
    { formula: outcome.explanation.zh, inputs, rules: rules.references() },
  );
  return { min, max, factId: fact.id };
}
