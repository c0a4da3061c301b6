import { renderPlan } from '../engines/duckdb/render-plan.ts';
import type { Check, ComparisonRules } from './job-rules.ts';
import { type DatasetsOf, PlanBuilder } from './person-match.ts';
import { planCheck } from './plan-check.ts';

/** The SQL of one check over given datasets, findings written to `target`: for looking at and for measuring. */
export function planComparison(
  rules: ComparisonRules,
  check: Check,
  datasetsOf: DatasetsOf,
  asOf: string,
  target: string,
  key: string,
): readonly string[] {
  const parameters = rules.parameters(asOf.slice(0, 4));
  const builder = new PlanBuilder(datasetsOf, parameters);
  const found = planCheck(builder, check, parameters);
  builder.add({ kind: 'write', from: found, target: 'findings', order: ['check', 'town', 'village', 'finding'] });
  return renderPlan(builder.plan(), {
    tables: new Map([...builder.datasets].map(([id, dataset]) => [id, dataset.rows ?? ''])),
    targets: new Map([['findings', target]]),
    key,
  });
}
