import { type Fact, factJson } from '../fact/index.ts';
import type { Evaluation, Figure, Measure, Rate, SuggestedScore } from '../performance/index.ts';
import { inLanguage, type Language } from '../problem/index.ts';
import { Exact, toFixed } from '../quantity/index.ts';
import { FactWords } from './fact-words.ts';

/**
 * `evaluation.json`, the contract other tools read: decimals are strings, what is not stated is `null`, money is in
 * the unit it was entered in. Rates are printed at two places of a percent, rounded once.
 */
export function evaluationJson(evaluation: Evaluation, language: Language): object {
  const { budget, total, grade } = evaluation;
  const words = new FactWords(evaluation, language);
  return {
    project: evaluation.project,
    kind: evaluation.kind,
    period: evaluation.period,
    department: evaluation.department,
    unit: evaluation.unit,
    region: evaluation.region,
    asOf: evaluation.asOf,
    ruleSet: {
      id: evaluation.ruleSet.id,
      version: evaluation.ruleSet.version,
      name: evaluation.ruleSet.name,
      verified: evaluation.ruleSet.verified,
    },
    weightSource: evaluation.weightSource,
    budget: {
      unit: budget.unit.symbol,
      initial: money(budget.initial),
      adjusted: money(budget.adjusted),
      inPlace: money(budget.inPlace),
      executed: money(budget.executed),
      forecast: money(budget.forecast),
      term: money(budget.term),
      rows: budget.rows.map((row) => ({
        source: row.source,
        initial: money(row.initial),
        adjusted: money(row.adjusted),
        inPlace: money(row.inPlace),
        executed: money(row.executed),
        forecast: money(row.forecast),
        term: money(row.term),
        rate: rate(row.rate),
      })),
      destinations: budget.destinations.map((destination) => ({
        name: destination.name,
        amount: money(destination.amount),
      })),
      rates: {
        arrival: rate(budget.rates.arrival),
        payment: rate(budget.rates.payment),
        executionInitial: rate(budget.rates.executionInitial),
        executionAdjusted: rate(budget.rates.executionAdjusted),
      },
      lateness: budget.lateness.map((item) => ({
        what: item.what,
        due: item.due,
        came: item.came,
        days: item.days.value.toString(),
        factId: item.days.factId,
      })),
    },
    indicators: evaluation.indicators.map((indicator) => ({
      path: indicator.path,
      operator: indicator.operator,
      target: measure(indicator.target),
      termTarget: measure(indicator.termTarget),
      actual: measure(indicator.actual),
      outlook: {
        forecast: measure(indicator.outlook.forecast),
        likelihood: indicator.outlook.likelihood ?? null,
        causes: indicator.outlook.causes,
        remedy: indicator.outlook.remedy,
      },
      weight: decimal(indicator.weight),
      scores: {
        suggested: suggested(indicator.suggested),
        claimed: decimal(indicator.claimed),
        reviewed: decimal(indicator.reviewed),
      },
      undecided: indicator.undecided,
      explanation: inLanguage(indicator.explanation, language),
      reason: indicator.reason,
      evidence: indicator.evidence,
      factId: indicator.factId ?? null,
    })),
    total: {
      suggested: suggested(total.suggested),
      claimed: decimal(total.claimed),
      reviewed: decimal(total.reviewed),
      undecided: total.undecided,
    },
    grade: grade.suggested?.label ?? null,
    grades: {
      suggested: grade.suggested?.label ?? null,
      claimed: grade.claimed?.label ?? null,
      stated: grade.stated === '' ? null : grade.stated,
    },
    monitoring: evaluation.monitoring.map((flag) => ({
      ...flag,
      explanation: inLanguage(flag.explanation, language),
    })),
    problems: evaluation.problems.map((found) => ({
      rule: found.rule,
      severity: found.severity,
      message: inLanguage(found.message, language),
      where: found.where,
    })),
    facts: evaluation.lineage.all().map((fact) => evaluationFactJson(fact, language, words)),
  };
}

/**
 * A fact with what people need to read it: English output has `labelEn` and `formulaEn` beside the name on paper, an
 * undecided value its reason.
 */
export function evaluationFactJson(fact: Fact, language: Language, words: FactWords): object {
  const formula = words.formula(fact);
  const { value } = fact;
  return {
    ...factJson(fact),
    ...(language === 'en'
      ? { labelEn: words.label(fact), ...(formula === undefined ? {} : { formulaEn: formula }) }
      : {}),
    valueKind: value.kind,
    ...(value.kind === 'undecided' ? { reason: inLanguage(value.reason, language) } : {}),
  };
}

function money(figure: Figure | undefined): object | null {
  return figure === undefined
    ? null
    : { value: figure.value.toString(), unit: figure.unit.symbol, factId: figure.factId };
}

function decimal(figure: Figure | undefined): string | null {
  return figure === undefined ? null : figure.value.toString();
}

function rate(value: Rate | undefined): object | null {
  if (value === undefined) return null;
  return {
    percent: toFixed(value.value.mul(Exact.hundred), { places: 2, mode: 'half-up' }),
    numerator: value.numerator.value.toString(),
    denominator: value.denominator.value.toString(),
    factId: value.factId,
  };
}

function suggested(score: SuggestedScore | undefined): object | null {
  return score === undefined ? null : { min: score.min.toString(), max: score.max.toString(), factId: score.factId };
}

function measure(value: Measure): object {
  return { kind: value.kind, value: value.value, text: value.text, unit: value.unit };
}
