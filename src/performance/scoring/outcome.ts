import type { Text } from '../../problem/index.ts';
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
  /** The unit gave a reason for its deviation. */
  readonly hasReason: boolean;
  readonly rules: RuleReader;
}

/** Columns of the 绩效指标 sheet at which something can be wrong. */
export type NoticeColumn = 'actual' | 'target' | 'evidence' | 'reason' | 'targetSetOn' | 'survey' | 'asOf' | 'formula';

/** What was notices about a leaf; the rule set says what it does to the score. */
export interface Notice {
  readonly rule: string;
  readonly zh: string;
  readonly en: string;
  /** The actual's when absent. */
  readonly column?: NoticeColumn;
}

/** A score before rounding. `highOpen`: the upper bound itself belongs to the next band. */
export interface Outcome {
  readonly low: Exact;
  readonly high: Exact;
  readonly highOpen?: boolean;
  /** Whether the target was reached; absent while undecided. */
  readonly met?: boolean;
  readonly explanation: Text;
  readonly notices?: readonly Notice[];
}

export function exactly(score: Exact, met: boolean, explanation: Text, notices: readonly Notice[] = []): Outcome {
  return { low: score, high: score, met, explanation, notices };
}

/** 待定: anything between nothing and full marks. */
export function undecided(weight: Exact, explanation: Text, notices: readonly Notice[] = []): Outcome {
  return { low: Exact.zero, high: weight, explanation, notices };
}
