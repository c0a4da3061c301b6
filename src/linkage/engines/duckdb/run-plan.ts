import type { Database } from '../../../register/index.ts';
import { nameForms } from '../../characters/name-forms.ts';
import type { Plan } from '../../plan/plan.ts';
import { NAME_FORM, type PlanPlaces, renderPlan } from './render-plan.ts';

/** Carries out a plan. Kept steps stay as temporary tables under their names. */
export async function runPlan(database: Database, plan: Plan, places: PlanPlaces): Promise<void> {
  await database.characters({ name: NAME_FORM, ...nameForms() });
  for (const sql of renderPlan(plan, places)) await database.run(sql);
}
