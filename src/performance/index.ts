export { evaluate } from './evaluate.ts';
export type {
  Budget,
  BudgetRow,
  Destination,
  DestinationName,
  Evaluation,
  EvaluationKind,
  Figure,
  Grade,
  Lateness,
  Measure,
  MonitoringFlag,
  Operator,
  Rate,
  ScoredIndicator,
  SuggestedScore,
  Total,
} from './evaluation.ts';
export { resolveRuleSet } from './resolve-rule-set.ts';
export { type RuleSet, readRuleSets } from './rule-set.ts';
