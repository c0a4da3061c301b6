import { Exact } from '../quantity/index.ts';
import type { PlanLevel } from './rule-schema.ts';
import type { LevelRule } from './split-standard.ts';

/** The rule of a level as computed with; `undefined` for a template not filled and for a pointer to the national tiers. */
export function toLevelRule(level: PlanLevel): LevelRule | undefined {
  switch (level.method) {
    case 'PENDING':
    case 'NATIONAL_TIER':
      return undefined;
    case 'RATIO_OF_TOTAL':
    case 'RATIO_OF_REMAINDER':
      return { method: level.method, ratio: level.ratio };
    case 'FIXED_PER_CAPITA':
      return { method: level.method, amount: level.amount };
    case 'REMAINDER':
      return { method: level.method };
    case 'BASE_PLUS_INCREMENT':
      return {
        method: level.method,
        of: level.of,
        base: level.base,
        baseShare:
          level['base-amount'] === undefined
            ? { kind: 'ratio', ratio: level['base-ratio'] ?? Exact.zero }
            : { kind: 'amount', amount: level['base-amount'] },
        incrementRatio: level['increment-ratio'],
      };
  }
}
