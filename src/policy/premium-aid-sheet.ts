import { type Fact, type Lineage, makeFact, type Origin } from '../fact/index.ts';
import { type Problem, problem, text } from '../problem/index.ts';
import { Exact, PERSON, type Unit, YUAN } from '../quantity/index.ts';
import type { RuleTrace } from '../rules/index.ts';
import { readingsOf, reference, YUAN_PER_PERSON } from './explain-share.ts';
import { type HeadsRow, netHeads } from './heads-table.ts';
import { aidedKind } from './insured-group.ts';
import type { Region } from './jurisdiction.ts';
import type { PolicyRules, RuleReading } from './policy-rules.ts';
import { type CoverageYear, coverageYear, type NoticeYear, noticeCollectedFor } from './policy-years.ts';
import { AID_FUNDS, type AidFund, aidAmount } from './premium-aid.ts';

export interface PremiumAidLine {
  readonly kind: string;
  readonly name: string;
  readonly heads: Exact;
  /** Year whose premium is aided; persons who had already paid are aided for the next. */
  readonly coverage: CoverageYear;
  readonly individual: Exact;
  readonly perHead: Exact;
  readonly personPays: Exact;
  readonly total: Exact;
  readonly fund: AidFund;
  readonly status: string;
  readonly fact: Fact;
  readonly headsFact: Fact;
  readonly individualFact: Fact;
  readonly perHeadFact: Fact;
  readonly personPaysFact: Fact;
}

/** 资助参保: who pays premiums for persons in need. A separate sheet; it never enters the subsidy due. */
export interface PremiumAidSheet {
  readonly coverage: CoverageYear;
  /** Notice whose individual contribution the people of that coverage year pay. */
  readonly notice: NoticeYear;
  readonly lines: readonly PremiumAidLine[];
  readonly byFund: readonly { readonly fund: AidFund; readonly total: Exact; readonly fact: Fact }[];
  readonly problems: readonly Problem[];
}

/**
 * Premium aid by kind and fund for the aided rows of a heads table (other rows are ignored).
 * Returns `undefined` when no row is aided.
 */
export function computePremiumAid(
  rules: PolicyRules,
  region: Region,
  coverage: CoverageYear,
  rows: readonly HeadsRow[],
  lineage: Lineage,
  trace: RuleTrace,
): PremiumAidSheet | undefined {
  const aided = rows.filter((row) => aidedKind(row.group) !== undefined);
  if (aided.length === 0) return undefined;
  const notice = noticeCollectedFor(coverage);
  const problems: Problem[] = [];
  const lines: PremiumAidLine[] = [];
  for (const row of aided) {
    // Who had already paid is aided for the next coverage year, whose premium a later notice announces.
    const later =
      row.recognition === 'mid-year-paid' || (row.recognition === 'mid-year' && joinsLater(rules, region, notice));
    const year = later ? coverageYear(coverage.year + 1) : coverage;
    const line = aidLine(rules, region, year, row, lineage, trace, problems);
    if (line !== undefined) lines.push(line);
  }
  const byFund = AID_FUNDS.flatMap((fund) => {
    const own = lines.filter((line) => line.fund === fund);
    if (own.length === 0) return [];
    const total = Exact.sum(own.map((line) => line.total));
    const fact = add('total', '资助金额', total, YUAN, {
    kind: 'computed',
    formula: '资助人数 × 人均资助',
    inputs: [headsFact.id, perHeadFact.id],
    rules: [],
  });
  return {
    kind: kindId,
    name: given.name,
    heads,
    coverage,
    individual,
    perHead: given.amount,
    personPays: individual.sub(given.amount),
    total,
    fund: given.fund,
    status: given.reading.status,
    fact,
    headsFact,
    individualFact,
    perHeadFact,
    personPaysFact,
  };
}

/** A kind that stands in no rule file but was entered with its document: aided in full, the document named. */
function documented(
  row: HeadsRow,
  kind: string,
  individual: Exact,
): { amount: Exact; reading: RuleReading; name: string; fund: AidFund } | undefined {
  if (row.document === undefined) return undefined;
  return {
    amount: individual,
    name: kind,
    fund: 'other',
    reading: {
      ruleSet: 'entered',
      version: row.place.version,
      key: `${row.place.file}.${row.place.row}`,
      document: row.document,
      verified: false,
      status: '依据由填报人提供，原文未核',
      what: `资助参保：${kind}`,
    },
  };
}
