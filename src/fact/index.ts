export type {
  ComputedOrigin,
  CountedOrigin,
  EnteredOrigin,
  Fact,
  FactId,
  FactValue,
  Origin,
  RowRange,
  RuleReference,
  StatedOrigin,
  SurveyedOrigin,
} from './fact.ts';
export { makeFact, readExact, valueText } from './fact-id.ts';
export { type FactJson, factJson, originJson } from './fact-json.ts';
export { type Explanation, inputsOf, Lineage } from './lineage.ts';
export { type ReadFacts, readFacts } from './read-facts.ts';
