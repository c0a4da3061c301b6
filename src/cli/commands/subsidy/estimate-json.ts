import { factJson } from '../../../fact/index.ts';
import type { DueEstimate, PremiumAidSheet, SubsidyYears } from '../../../policy/index.ts';
import { type Exact, MONEY_IN_YUAN, toFixed } from '../../../quantity/index.ts';
import { ruleJson } from './explain-command.ts';

const yuan = (value: Exact): string => toFixed(value, MONEY_IN_YUAN);

export function yearsJson(years: SubsidyYears): unknown {
  return {
    standard: years.standard.year,
    provisional: years.provisional,
    coverage: years.coverage.year,
    budget: years.budget.year,
    settlement: years.settlement?.year ?? null,
    headsAsOf: years.headsAsOf ?? null,
  };
}

/** The JSON of an estimate: amounts are 元 with two decimals, heads whole persons, all as text. */
export function estimateJson(estimate: DueEstimate): Record<string, unknown> {
  return {
    region: { code: estimate.region.code, name: estimate.region.name },
    years: yearsJson(estimate.years),
    standard: { amount: yuan(estimate.standard), unit: '元/人', factId: estimate.standardFact.id },
    groups: estimate.groups.map((group) => ({
      group: group.group,
      name: group.name,
      gross: group.gross.toString(),
      deductions: {
        duplicates: group.deductions.duplicates.toString(),
        deaths: group.deductions.deaths.toString(),
        elsewhere: group.deductions.elsewhere.toString(),
      },
      heads: group.heads.toString(),
      headsFactId: group.headsFact.id,
      levels: group.levels.map((level) => ({
        level: level.level,
        name: level.name,
        share: yuan(level.share),
        due: yuan(level.due),
        factId: level.fact.id,
      })),
      total: yuan(group.total),
    })),
    levels: estimate.levels.map((level) => ({
      level: level.level,
      name: level.name,
      due: yuan(level.due),
      factId: level.fact.id,
    })),
    heads: estimate.heads.toString(),
    total: { amount: yuan(estimate.total), factId: estimate.totalFact.id },
    premiumAid: estimate.aid === undefined ? null : aidJson(estimate.aid),
    rules: estimate.readings.map(ruleJson),
    facts: estimate.facts.map(factJson),
  };
}

function aidJson(sheet: PremiumAidSheet): unknown {
  return {
    coverageYear: sheet.coverage.year,
    noticeYear: sheet.notice.year,
    lines: sheet.lines.map((line) => ({
      kind: line.kind,
      name: line.name,
      coverageYear: line.coverage.year,
      heads: line.heads.toString(),
      individual: yuan(line.individual),
      perHead: yuan(line.perHead),
      personPays: yuan(line.personPays),
      total: yuan(line.total),
      fund: line.fund,
      status: line.status,
      factId: line.fact.id,
    })),
    byFund: sheet.byFund.map((entry) => ({ fund: entry.fund, total: yuan(entry.total), factId: entry.fact.id })),
  };
}
