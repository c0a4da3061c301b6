import type { ReadMeasure } from '../measure.ts';
import type { Actual } from '../resolve-actual.ts';
import type { RuleReader } from '../rule-reader.ts';
import type { RateKey } from '../rule-set.ts';
import type { Notice, NoticeColumn, Outcome } from '../scoring/outcome.ts';
import type { IndicatorRecord, Scoring } from '../scoring-context.ts';

export type LeafNotice = Notice & { readonly column: NoticeColumn };

/** What the notices of one leaf look at. */
export interface Look {
  readonly scoring: Scoring;
  readonly record: IndicatorRecord;
  readonly rules: RuleReader;
  readonly target: ReadMeasure;
  readonly actual: Actual;
  readonly outcome: Outcome;
  readonly rateKey: RateKey | undefined;
  readonly byPoints: boolean;
}
