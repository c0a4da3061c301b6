import { JipingError } from '../problem/index.ts';
import type { Exact } from '../quantity/index.ts';
import { explainShare, shareOf } from './explain-share.ts';
import type { GroupId } from './insured-group.ts';
import type { Region } from './jurisdiction.ts';
import type { LevelId } from './paying-level.ts';
import type { PolicyRules, RuleReading } from './policy-rules.ts';
import { budgetYear, noticeYear } from './policy-years.ts';

/** One level's share at one year's standard, by the rule in force in that year. */
export interface LadderStep {
  readonly year: number;
  readonly standard: Exact;
  /** 元/人. */
  readonly share: Exact;
  readonly readings: readonly RuleReading[];
}

/** A level's share in every year that has both a standard and a filled sharing rule, ascending. */
export function shareLadder(
  rules: PolicyRules,
  region: Region,
  group: GroupId,
  level: LevelId,
  className?: string,
): readonly LadderStep[] {
  return rules.noticeYears(region).flatMap((year): LadderStep[] => {
    try {
      const explained = explainShare(rules, {
        region,
        group,
        budget: budgetYear(year),
        standard: noticeYear(year),
        className,
      });
      const share = shareOf(explained, level);
      if (share === undefined) return [];
      return [
        {
          year,
          standard: explained.standard,
          share: share.amount,
          readings: [explained.standardReading, ...explained.plan.readings],
        },
      ];
    } catch (error) {
      // A year without a rule, or with a template still to be filled, is simply no step of the ladder.
      if (error instanceof JipingError && (error.code === 'not-found' || error.code === 'unsupported')) return [];
      throw error;
    }
  });
}
