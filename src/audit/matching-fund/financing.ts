import { budgetYear, explainShare, noticeYear, type PolicyRules } from '../../policy/index.ts';
import { JipingError } from '../../problem/index.ts';
import type { Exact } from '../../quantity/index.ts';

/** The shares of the per-capita subsidy in one place, 元/人, highest level first. */
export interface PlaceShares {
  readonly place: string;
  readonly standardYear: number;
  readonly standard: Exact;
  readonly shares: readonly { readonly level: string; readonly name: string; readonly amount: Exact }[];
  /** Every rule read was verified against its document. */
  readonly verified: boolean;
}

/** What the audit asks of the matching-fund rules; silence where no rule is filed. */
export interface Financing {
  /** National minimum subsidy announced in the notice of a year, 元/人. */
  minimum(year: number): Exact | undefined;
  shares(place: string, standardYear: number, year: number): PlaceShares | undefined;
}

export function financingOf(rules: PolicyRules): Financing {
  return {
    minimum: (year) => ifFiled(() => rules.standard(rules.jurisdictions.find('000000'), noticeYear(year)))?.subsidy,
    shares: (place, standardYear, year) =>
      ifFiled(() => {
        const region = rules.jurisdictions.find(place);
        const explained = explainShare(rules, {
          region,
          group: 'residents',
          budget: budgetYear(year),
          standard: noticeYear(standardYear),
        });
        return {
          place: region.name,
          standardYear,
          standard: explained.standard,
          shares: explained.shares.map(({ level, name, amount }) => ({ level, name, amount })),
          verified: explained.standardReading.verified && explained.shares.every((share) => share.reading.verified),
        };
      }),
  };
}

/** No rule for the place or the year is no fault of the document. */
function ifFiled<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof JipingError) return undefined;
    throw error;
  }
}
