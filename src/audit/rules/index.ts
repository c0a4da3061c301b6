import type { Detect } from '../context.ts';
import { actualIsRange } from './actual-is-range.ts';
import { assertionWithoutRecord } from './assertion-without-record.ts';
import { attributionBeyondMeans } from './attribution-beyond-means.ts';
import { budgetChangeUnexplained } from './budget-change-unexplained.ts';
import { componentSumMismatch } from './component-sum-mismatch.ts';
import { directionMismatch } from './direction-mismatch.ts';
import { documentNumberMalformed } from './document-number-malformed.ts';
import { favourableDenominator } from './favourable-denominator.ts';
import { fullScoreButTargetMissed } from './full-score-but-target-missed.ts';
import { goalEqualsResult } from './goal-equals-result.ts';
import { languageDefect } from './language-defect.ts';
import { levelWeightMismatch } from './level-weight-mismatch.ts';
import { measureDoesNotAnswerProblem } from './measure-does-not-answer-problem.ts';
import { misclassifiedIndicator } from './misclassified-indicator.ts';
import { missingActual } from './missing-actual.ts';
import { missingDenominator } from './missing-denominator.ts';
import { missingDeviationReason } from './missing-deviation-reason.ts';
import { missingRate } from './missing-rate.ts';
import { missingScore } from './missing-score.ts';
import { missingSecondLevel } from './missing-second-level.ts';
import { missingTarget } from './missing-target.ts';
import { narrativeContradiction } from './narrative-contradiction.ts';
import { narrativeVsTableMismatch } from './narrative-vs-table-mismatch.ts';
import { noProblemFullScore } from './no-problem-full-score.ts';
import { obsoleteWording } from './obsolete-wording.ts';
import { overExecution } from './over-execution.ts';
import { overfulfilmentWithoutReason } from './overfulfilment-without-reason.ts';
import { partialWordingFullScore } from './partial-wording-full-score.ts';
import { periodMismatch } from './period-mismatch.ts';
import { productMismatch } from './product-mismatch.ts';
import { rateMismatch } from './rate-mismatch.ts';
import { satisfactionWithoutSurvey } from './satisfaction-without-survey.ts';
import { scoreExceedsWeight } from './score-exceeds-weight.ts';
import { scoreFormulaMismatch } from './score-formula-mismatch.ts';
import { scoreVsRate } from './score-vs-rate.ts';
import { staleAsOf } from './stale-as-of.ts';
import { standardMismatch } from './standard-mismatch.ts';
import { targetEqualsActual } from './target-equals-actual.ts';
import { targetTooLow } from './target-too-low.ts';
import { templateTextLeft } from './template-text-left.ts';
import { totalMismatch } from './total-mismatch.ts';
import { unitMismatch } from './unit-mismatch.ts';
import { unitNameInconsistent } from './unit-name-inconsistent.ts';
import { unmeasurableGoal } from './unmeasurable-goal.ts';
import { weightsNot100 } from './weights-not-100.ts';

/** Every rule's detection under its id, in the order findings are listed. The words of each rule are in rules/audit/<id>.yaml. */
export const detections: ReadonlyMap<string, Detect> = new Map([
  ['total-mismatch', totalMismatch],
  ['weights-not-100', weightsNot100],
  ['level-weight-mismatch', levelWeightMismatch],
  ['component-sum-mismatch', componentSumMismatch],
  ['rate-mismatch', rateMismatch],
  ['score-vs-rate', scoreVsRate],
  ['score-exceeds-weight', scoreExceedsWeight],
  ['score-formula-mismatch', scoreFormulaMismatch],
  ['full-score-but-target-missed', fullScoreButTargetMissed],
  ['missing-deviation-reason', missingDeviationReason],
  ['missing-actual', missingActual],
  ['missing-target', missingTarget],
  ['missing-score', missingScore],
  ['missing-rate', missingRate],
  ['over-execution', overExecution],
  ['overfulfilment-without-reason', overfulfilmentWithoutReason],
  ['target-too-low', targetTooLow],
  ['unit-mismatch', unitMismatch],
  ['period-mismatch', periodMismatch],
  ['narrative-vs-table-mismatch', narrativeVsTableMismatch],
  ['narrative-contradiction', narrativeContradiction],
  ['product-mismatch', productMismatch],
  ['direction-mismatch', directionMismatch],
  ['actual-is-range', actualIsRange],
  ['target-equals-actual', targetEqualsActual],
  ['partial-wording-full-score', partialWordingFullScore],
  ['satisfaction-without-survey', satisfactionWithoutSurvey],
  ['favourable-denominator', favourableDenominator],
  ['standard-mismatch', standardMismatch],
  ['misclassified-indicator', misclassifiedIndicator],
  ['missing-second-level', missingSecondLevel],
  ['unmeasurable-goal', unmeasurableGoal],
  ['goal-equals-result', goalEqualsResult],
  ['budget-change-unexplained', budgetChangeUnexplained],
  ['template-text-left', templateTextLeft],
  ['no-problem-full-score', noProblemFullScore],
  ['measure-does-not-answer-problem', measureDoesNotAnswerProblem],
  ['attribution-beyond-means', attributionBeyondMeans],
  ['missing-denominator', missingDenominator],
  ['stale-as-of', staleAsOf],
  ['assertion-without-record', assertionWithoutRecord],
  ['unit-name-inconsistent', unitNameInconsistent],
  ['document-number-malformed', documentNumberMalformed],
  ['obsolete-wording', obsoleteWording],
  ['language-defect', languageDefect],
]);
