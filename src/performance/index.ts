export { checkEvidenceFacts, type EvidenceFacts } from './check-evidence-facts.ts';
export { evaluate, type UnitBook } from './evaluate.ts';
export type {
  Budget,
  BudgetRow,
  Destination,
  Evaluation,
  Figure,
  Measure,
  Rate,
  ScoredIndicator,
  SuggestedScore,
} from './evaluation.ts';
export { resolveRuleSet } from './resolve-rule-set.ts';
export { type RuleSet, readRuleSets } from './rule-set.ts';
