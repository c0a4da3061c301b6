import { Exact, MONEY_IN_YUAN, round } from '../../quantity/index.ts';
import type { ShareExplanation } from '../explain-share.ts';
import type { LevelId } from '../paying-level.ts';
import type { AidRules } from '../policy-rules.ts';
import { type AidFund, bestAid } from '../premium-aid.ts';

/** What is paid for one person in one year, in 分. */
export interface PersonAmounts {
  readonly levels: ReadonlyMap<LevelId, bigint>;
  readonly aid: bigint;
  readonly fund: AidFund | undefined;
}

/**
 * One person's amounts. A person covered for no month counts for nothing; with proration MONTHLY each level but the
 * last is rounded once at 分 and the last takes the remainder of the rounded whole.
 * @param months months covered in the year, 0…12
 */
export function personAmounts(
  explanation: ShareExplanation,
  months: number,
  identities: readonly string[],
  aid: { readonly rules: AidRules; readonly individual: Exact } | undefined,
): PersonAmounts {
  const levels = new Map<LevelId, bigint>();
  const monthly = explanation.plan.proration === 'MONTHLY';
  const part = months === 0 ? Exact.zero : monthly ? Exact.ratio(BigInt(months), 12n) : Exact.one;
  let rest = round(explanation.standard.mul(part), MONEY_IN_YUAN);
  for (const [index, share] of explanation.shares.entries()) {
    const last = index === explanation.shares.length - 1;
    const amount = last ? rest : round(share.amount.mul(part), MONEY_IN_YUAN);
    rest = rest.sub(amount);
    levels.set(share.level, fen(amount));
  }
  const best =
    aid === undefined || months === 0 || identities.length === 0
      ? undefined
      : bestAid(aid.rules, identities, aid.individual);
  return { levels, aid: best === undefined ? 0n : fen(best.amount), fund: best?.kind.fund };
}

function fen(amount: Exact): bigint {
  return round(amount.mul(Exact.hundred), { places: 0, mode: 'half-up' }).numerator;
}
