import type { Evaluation, Total } from '../evaluation.ts';
import type { LeafResult, Scoring } from '../scoring-context.ts';
import { checkActivities } from './check-activities.ts';
import { checkBudget } from './check-budget.ts';
import { checkClaims } from './check-claims.ts';
import { checkEvidence } from './check-evidence.ts';
import { checkGoals } from './check-goals.ts';
import { checkPattern } from './check-pattern.ts';
import { checkPayments } from './check-payments.ts';
import { checkProgress } from './check-progress.ts';
import { checkRuleSet } from './check-rule-set.ts';
import { checkSurveys } from './check-surveys.ts';
import { checkWeights } from './check-weights.ts';

/** Everything about the book as a whole that a re-check would find. */
export function checkBook(
  scoring: Scoring,
  leaves: readonly LeafResult[],
  total: Total,
  grade: Evaluation['grade'],
): void {
  checkRuleSet(scoring);
  checkGoals(scoring);
  checkBudget(scoring);
  checkPayments(scoring);
  checkActivities(scoring);
  checkWeights(scoring, leaves, total);
  checkClaims(scoring, leaves, total, grade);
  checkPattern(scoring, leaves, total);
  checkSurveys(scoring);
  checkProgress(scoring);
  checkEvidence(scoring);
}
