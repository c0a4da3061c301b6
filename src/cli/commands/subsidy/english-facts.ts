import { type Fact, type FactJson, factJson } from '../../../fact/index.ts';
import { findGroup, findLevel, groupName, levelName } from '../../../policy/index.ts';
import type { Language } from '../../../problem/index.ts';

/** The facts of a subsidy sheet; for an English reader each with its English name beside the one on paper. */
export function subsidyFacts(
  facts: readonly Fact[],
  language: Language,
): readonly (FactJson & { readonly labelEn?: string })[] {
  return facts.map((fact) =>
    language === 'zh' ? factJson(fact) : { ...factJson(fact), labelEn: englishName(fact.concept) ?? `“${fact.label}”` },
  );
}

const PARTS: Readonly<Record<string, string>> = {
  gross: 'enrolled',
  duplicates: 'deducted as enrolled twice',
  deaths: 'deducted as dead before the year',
  elsewhere: 'deducted as insured elsewhere',
};

/** The English of a concept such as `subsidy.due.residents.county`; undefined for one that is not known here. */
function englishName(concept: string): string | undefined {
  const [area, what = '', ...rest] = concept.split('.');
  const [first, second] = rest;
  if (area !== 'subsidy') return undefined;
  switch (what) {
    case 'standard':
      return 'subsidy standard per person';
    case 'share':
      return `${place(second)} share per person, ${place(first)}`;
    case 'heads':
      if (first === undefined) return 'heads in all';
      return second === undefined ? `heads counted, ${place(first)}` : `${place(first)} ${PARTS[second] ?? second}`;
    case 'due':
      if (first === 'total') return 'subsidy in all';
      if (second === undefined) return `due from the ${place(first)}`;
      return second === 'total' ? `subsidy for ${place(first)}` : `due from the ${place(second)} for ${place(first)}`;
    case 'scenario':
      return `change in the scenario, ${place(second)}`;
    case 'payment':
      return `payment of the ${place(first)}`;
    case 'prepaid':
      return `paid by the ${place(first)} so far`;
    case 'settlement':
      return `balance of the ${place(second)} (above 0: to be paid)`;
    case 'carry-over':
      return 'carried over from earlier years (above 0: still owed)';
    case 'approved':
      return `amount approved by the higher level, ${place(first)}`;
    case 'approved-heads':
      return `heads approved by the higher level, ${place(first)}`;
    case 'difference':
      return `approved less own figure, ${place(first)}`;
    default:
      return undefined;
  }
}

/** English of the id of a level or a group. */
function place(id: string | undefined): string {
  if (id === undefined || id === 'total') return 'total';
  const level = findLevel(id);
  if (level !== undefined) return levelName(level, 'en');
  const group = findGroup(id, new Map());
  return group === undefined ? `“${id}”` : groupName(group, undefined, 'en');
}
