import { JipingError, text } from '../problem/index.ts';
import { isValidOn } from '../rules/index.ts';
import type { RuleSet } from './rule-set.ts';

const FALLBACK = ['CN2021', 'CN2020'];

/**
 * The rule set for a book: the named one, else the one of its region, else the national one of its year.
 * `year` is the budget year, four digits.
 * @throws JipingError `not-found` for an unknown name, or when no set is in force.
 */
export function resolveRuleSet(
  ruleSets: readonly RuleSet[],
  wanted: { readonly id?: string | undefined; readonly region?: string | undefined; readonly year: string },
): RuleSet {
  if (wanted.id !== undefined && wanted.id !== '') return byId(ruleSets, wanted.id);
  const yearEnd = `${wanted.year}-12-31`;
  const region = wanted.region ?? '';
  const inForce = ruleSets.filter((set) => isValidOn(set.validity, yearEnd));
  const local = inForce.find((set) => set.regions.some((name) => region.includes(name)));
  if (local !== undefined) return local;
  for (const id of FALLBACK) {
    const set = inForce.find((candidate) => candidate.id === id);
    if (set !== undefined) return set;
  }
  throw new JipingError(
    'not-found',
    text(
      `${wanted.year} 年没有可用的规则集；请在“项目”表写明规则集`,
      `no rule set is in force for ${wanted.year}; name one in the sheet “项目” (project)`,
    ),
  );
}

function byId(ruleSets: readonly RuleSet[], name: string): RuleSet {
  const id = name.normalize('NFKC').trim().toUpperCase();
  const found = ruleSets.find((set) => set.id === id);
  if (found !== undefined) return found;
  const known = ruleSets.map((set) => set.id).join('、');
  throw new JipingError(
    'not-found',
    text(`没有规则集“${name}”；现有：${known}`, `no rule set “${name}”; there are ${known.replaceAll('、', ', ')}`),
  );
}
