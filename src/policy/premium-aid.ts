import { inLanguage, type Language, type Text, text } from '../problem/index.ts';
import { Exact } from '../quantity/index.ts';
import type { AidKind, AidRules } from './policy-rules.ts';
import { type CoverageYear, coverageYear } from './policy-years.ts';

/** Where the money of an aided premium comes from. It never enters the subsidy due. */
export type AidFund = 'medical-assistance' | 'own-budget' | 'other';

export const AID_FUNDS: readonly AidFund[] = ['medical-assistance', 'own-budget', 'other'];

const FUNDS: Readonly<Record<AidFund, Text>> = {
  'medical-assistance': text('医疗救助基金', 'medical assistance fund'),
  'own-budget': text('本级财政', 'own budget'),
  other: text('其他', 'other'),
};

export function fundName(fund: AidFund, language: Language = 'zh'): string {
  return inLanguage(FUNDS[fund], language);
}

export interface Aid {
  readonly kind: AidKind;
  /** 元/人, at most the individual contribution. */
  readonly amount: Exact;
  /** What the person still pays, 元. */
  readonly pays: Exact;
}

/**
 * The one aid of a person who may hold several identities: the most favourable, once (就高不重复). Kinds whose amount
 * is still to be filled, and identities without a rule, aid nothing. Ties go to the medical assistance fund, then to
 * the kind named first in the rules.
 * @param identities identifiers or Chinese names
 * @param individual individual contribution of the notice, 元/人
 */
export function bestAid(rules: AidRules, identities: readonly string[], individual: Exact): Aid | undefined {
  const held = new Set(identities.map((identity) => rules.names.get(identity)));
  let best: Aid | undefined;
  for (const kind of rules.kinds.values()) {
    if (!held.has(kind.id)) continue;
    const amount = aidAmount(kind, individual);
    if (amount === undefined) continue;
    const better =
      best === undefined ||
      amount.gt(best.amount) ||
      (amount.eq(best.amount) && rank(kind.fund) < rank(best.kind.fund));
    if (better) best = { kind, amount, pays: individual.sub(amount) };
  }
  return best;
}

/** min(individual contribution, the kind's amount); `undefined` while the amount is to be filled. */
export function aidAmount(kind: AidKind, individual: Exact): Exact | undefined {
  switch (kind.mode) {
    case 'FULL':
      return individual;
    case 'FIXED':
      return kind.amount === undefined ? undefined : Exact.min(individual, kind.amount);
    case 'PENDING':
      return undefined;
  }
}

function rank(fund: AidFund): number {
  return AID_FUNDS.indexOf(fund);
}

/** What is known of one person when his premium is to be aided. Dates are `YYYY-MM-DD`. */
export interface AidCandidate {
  readonly identities: readonly string[];
  /** Day of recognition. */
  readonly recognisedOn: string;
  /** Day on which the person had paid the premium of `coverage` himself, if he had. */
  readonly paidOn?: string;
  /** Insured in the place that recognised him. */
  readonly insuredHere: boolean;
}

export type AidDecision =
  | { readonly aided: true; readonly aid: Aid; readonly coverage: CoverageYear }
  | { readonly aided: false; readonly reason: 'no-rule' | 'insured-elsewhere' };

/**
 * Whether, how much and for which coverage year a person is aided. Recognised before the coverage year: that year.
 * Recognised during it: at once where the rules let him join mid-year, unless he had already paid: then the next year.
 */
export function decideAid(
  rules: AidRules,
  person: AidCandidate,
  coverage: CoverageYear,
  individual: Exact,
): AidDecision {
  const aid = bestAid(rules, person.identities, individual);
  if (aid === undefined) return { aided: false, reason: 'no-rule' };
  if (rules.onlyInsuredHere && !person.insuredHere) return { aided: false, reason: 'insured-elsewhere' };
  const midYear = person.recognisedOn >= `${coverage.year}-01-01`;
  const paidBefore = person.paidOn !== undefined && person.paidOn < person.recognisedOn;
  const now = !paidBefore && (!midYear || rules.midYear === 'JOIN_AT_ONCE');
  return { aided: true, aid, coverage: now ? coverage : coverageYear(coverage.year + 1) };
}
