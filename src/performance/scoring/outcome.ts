import type { RuleReference } from '../../fact/index.ts';
import { Exact } from '../../quantity/index.ts';
import type { Operator } from '../evaluation.ts';
import type { MeasureValue } from '../measure.ts';
import type { RuleReader } from '../rule-reader.ts';

/** What a scoring kind looks at: one leaf, its weight and what was reached. */
export interface Leaf {
  readonly weight: Exact;
  readonly operator: Operator;
  readonly target: MeasureValue;
  readonly targetText: string;
  readonly actual: MeasureValue;
  readonly actualText: string;
  /** A person confirmed that the target was set too low. */
  readonly targetTooLow: boolean | undefined;
  readonly rules: RuleReader;
}

/** What a scoring kind noticed; the rule set says what it does to the score. */
export interface Noticed {
  readonly rule: string;
  readonly zh: string;
  readonly en: string;
}

/** A score before rounding. `highOpen`: the upper bound itself belongs to the next band. */
export interface Outcome {
  readonly low: Exact;
  readonly high: Exact;
  readonly highOpen?: boolean;
  /** Whether the target was reached; absent while undecided. */
  readonly met?: boolean;
  readonly explanation: string;
  readonly noticed?: readonly Noticed[];
}

export type Score = Outcome & { readonly references: readonly RuleReference[] };

export function exactly(score: Exact, met: boolean, explanation: string, noticed: readonly Noticed[] = []): Outcome {
  return { low: score, high: score, met, explanation, noticed };
}

/** 待定: anything between nothing and full marks. */
export function undecided(weight: Exact, explanation: string, noticed: readonly Noticed[] = []): Outcome {
  return { low: Exact.zero, high: weight, explanation, noticed };
}
