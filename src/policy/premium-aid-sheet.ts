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
    const fact = lineage.add(
      makeFact({
        concept: `premium-aid.fund.${fund}`,
        label: '资助参保资金',
        value: { kind: 'number', value: total, unit: YUAN },
        period: String(coverage.year),
        place: region.name,
        origin: {
          kind: 'computed',
          formula: '各类对象资助金额之和',
          inputs: own.map((line) => line.fact.id),
          rules: [],
        },
      }),
    );
    return [{ fund, total, fact }];
  });
  return { coverage, notice, lines, byFund, problems };
}

function joinsLater(rules: PolicyRules, region: Region, notice: NoticeYear): boolean {
  return rules.aid(region, notice)?.midYear === 'NEXT_YEAR_ONLY';
}

function aidLine(
  rules: PolicyRules,
  region: Region,
  coverage: CoverageYear,
  row: HeadsRow,
  lineage: Lineage,
  trace: RuleTrace,
  problems: Problem[],
): PremiumAidLine | undefined {
  const notice = noticeCollectedFor(coverage);
  const where = { file: row.place.file, row: row.place.row };
  const kindId = aidedKind(row.group) ?? '';
  const kind = rules.aid(region, notice)?.kinds.get(kindId);
  const individual = rules.individual(region, notice, trace)?.high;
  if (individual === undefined) {
    problems.push(
      problem(
        'individual-unknown',
        'warning',
        text(`没有 ${notice.year} 年的个人缴费标准，资助参保未算`, `no individual contribution for ${notice.year}`),
        where,
      ),
    );
    return undefined;
  }
  const student = /student|大学生|学生代缴/.test(kindId);
  if (student && row.document === undefined) {
    problems.push(
      problem(
        'student-aid-without-document',
        'error',
        text(
          '财政代大学生缴个人部分没有依据文号：国家规定由学生本人或家庭负担，困难学生才予资助；请填 document 列或撤出',
          'premiums paid for students need a document: national policy has students pay, aid is for the needy only',
        ),
        where,
      ),
    );
    return undefined;
  }
  const rule =
    kind === undefined
      ? undefined
      : { amount: aidAmount(kind, individual), reading: kind.reading, name: kind.name, fund: kind.fund };
  const given = rule ?? documented(row, kindId, individual);
  if (given === undefined || given.amount === undefined) {
    problems.push(
      problem(
        'aid-without-rule',
        'warning',
        text(
          `资助类别“${kind?.name ?? kindId}”${kind === undefined ? '没有规定' : '的资助数额待填'}（${notice.year} 年标准），未计入资助参保表`,
          `no filled aid rule for ${kindId} under the notice of ${notice.year}`,
        ),
        where,
      ),
    );
    return undefined;
  }
  trace.record(given.reading);
  const heads = netHeads(row);
  const total = heads.mul(given.amount);
  const add = (concept: string, label: string, value: Exact, unit: Unit, origin: Origin): Fact =>
    lineage.add(
      makeFact({
        concept: `premium-aid.${concept}.${kindId}`,
        label: `${label}：${given.name}`,
        value: { kind: 'number', value, unit },
        period: String(coverage.year),
        place: region.name,
        origin,
      }),
    );
  const headsFact = add('heads', '资助人数', heads, PERSON, {
    kind: 'entered',
    file: row.place.file,
    version: row.place.version,
    sheet: '',
    cell: `第 ${row.place.row} 行`,
    evidence: row.document === undefined ? [] : [row.document],
  });
  const individualFact = add('individual', '个人缴费标准', individual, YUAN_PER_PERSON, {
    kind: 'computed',
    formula: '规则取值',
    inputs: [],
    rules: readingsOf(trace)
      .filter((reading) => reading.key === `years.${notice.year}.individual`)
      .map(reference),
  });
  const perHeadFact = add('per-head', '人均资助', given.amount, YUAN_PER_PERSON, {
    kind: 'computed',
    formula: 'min(个人缴费标准, 资助标准)',
    inputs: [individualFact.id],
    rules: [reference(given.reading)],
    steps: [`${given.reading.what}：${given.reading.status}`],
  });
  const personPaysFact = add('person-pays', '个人实缴', individual.sub(given.amount), YUAN_PER_PERSON, {
    kind: 'computed',
    formula: '个人缴费标准 − 人均资助',
    inputs: [individualFact.id, perHeadFact.id],
    rules: [],
  });
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
