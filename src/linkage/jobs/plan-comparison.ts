import type { PlanPlaces } from '../engines/duckdb/render-plan.ts';
import type { Plan } from '../plan/plan.ts';
import type { Check, ComparisonRules } from './job-rules.ts';
import { type DatasetsOf, PlanBuilder } from './person-match.ts';
import { FINDING_ORDER, planCheck, planWorkList } from './plan-check.ts';

/** The plan of one check over given datasets, its findings and its work list written to `targets`: for looking at and for measuring. */
export function planComparison(
  rules: ComparisonRules,
  check: Check,
  datasetsOf: DatasetsOf,
  asOf: string,
  targets: { readonly findings: string; readonly worklist: string },
  key: string,
): { readonly plan: Plan; readonly places: PlanPlaces } {
  const parameters = rules.parameters(asOf.slice(0, 4));
  const builder = new PlanBuilder(datasetsOf, parameters);
  const found = planCheck(builder, check, parameters);
  builder.add({ kind: 'write', from: found, target: 'findings', order: FINDING_ORDER });
  planWorkList(builder, found, [check.check], []);
  const places = {
    tables: new Map([...builder.datasets].map(([id, dataset]) => [id, dataset.rows ?? ''])),
    targets: new Map(Object.entries(targets)),
    key,
  };
  return { plan: builder.plan(), places };
}
