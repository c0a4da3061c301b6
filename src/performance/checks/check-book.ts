import type { Evaluation, Total } from '../evaluation.ts';
import type { LeafResult, Scoring } from '../scoring-context.ts';
import { checkBudget } from './check-budget.ts';
import { checkClaims } from './check-claims.ts';
import { checkWeights } from './check-weights.ts';

/** Everything about the book as a whole that a re-check would find. */
export function checkBook(
  scoring: Scoring,
  leaves: readonly LeafResult[],
  total: Total,
  grade: Evaluation['grade'],
): void {
  checkBudget(scoring);
  checkWeights(scoring, leaves, total);
  checkClaims(scoring, leaves, total, grade);
}
