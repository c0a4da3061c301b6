export { type DueEstimate, type EstimateInput, estimateDue, type GroupDue, type LevelDue } from './estimate-due.ts';
export {
  type ExplainedShare,
  explainShare,
  readingsOf,
  type ShareExplanation,
  type ShareQuestion,
  unverifiedProblem,
} from './explain-share.ts';
export { type HeadsRow, type InputTable, readCount, readHeads } from './heads-table.ts';
export { findGroup, type GroupId, groupName } from './insured-group.ts';
export type { Region } from './jurisdiction.ts';
export {
  type Payment,
  readAmount,
  readNotice,
  readPayments,
  type SettlementNotice,
  type StatedAmount,
} from './money-tables.ts';
export { findLevel, type LevelId, levelName } from './paying-level.ts';
export { PolicyRules, type RuleReading } from './policy-rules.ts';
export {
  budgetYear,
  coverageCollectedUnder,
  coverageFinancedBy,
  noticeYear,
  type SubsidyYears,
  settlementYear,
} from './policy-years.ts';
export { fundName } from './premium-aid.ts';
export type { PremiumAidSheet } from './premium-aid-sheet.ts';
export { type ReconcileInput, type Reconciliation, reconcileAmount } from './reconcile-amount.ts';
export { runScenario, type ScenarioChanges, type ScenarioResult } from './run-scenario.ts';
export { type Settlement, type SettlementOutcome, settleYear } from './settle-year.ts';
export { withPersonDatabase } from './simulation/person-database.ts';
export { type Simulation, simulatePersons } from './simulation/simulate-persons.ts';
