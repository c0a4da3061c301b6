import { WAN_YUAN } from '../../quantity/index.ts';
import type { Budget, BudgetRow, Destination, Figure } from '../evaluation.ts';
import type { FactBook } from '../facts.ts';
import type { RuleReader } from '../rule-reader.ts';
import type { UnitEvaluation } from '../scoring-context.ts';
import { computeRate, computeRates } from './compute-rates.ts';
import { addFigures } from './money-figures.ts';

const AMOUNTS = {
  initial: '年初预算数',
  adjusted: '全年预算数',
  inPlace: '到位资金',
  executed: '全年执行数',
  forecast: '全年预计执行数',
  term: '中期资金',
} as const;
type Amount = keyof typeof AMOUNTS;

/**
 * The money block of a project whose sub-units keep the ledgers: every amount is the sum over the units, each amount
 * resting on the unit's own fact. A total that one unit does not state is not made.
 */
export function unitsBudget(facts: FactBook, rules: RuleReader, units: readonly UnitEvaluation[]): Budget {
  const sum = (concept: string, label: string, figures: readonly (Figure | undefined)[]): Figure | undefined => {
    const stated = figures.flatMap((one) => (one === undefined ? [] : [{ sign: 1 as const, figure: one }]));
    return addFigures(facts, { concept, label }, `各子单位${label}之和`, stated);
  };
  const whole = (key: Amount): Figure | undefined => {
    const figures = units.map(({ evaluation }) => adopted(facts, evaluation.lineage, evaluation.budget[key]));
    return figures.includes(undefined) ? undefined : sum(`budget.${key}`, AMOUNTS[key], figures);
  };
  const sources = [...new Set(units.flatMap(({ evaluation }) => evaluation.budget.rows.map((row) => row.source)))];
  const rows = sources.map((source, index): BudgetRow => {
    const own = units.flatMap(({ evaluation }) =>
      evaluation.budget.rows
        .filter((row) => row.source === source)
        .map((row) => ({ row, lineage: evaluation.lineage })),
    );
    const of = (key: Amount): Figure | undefined => {
      const figures = own.map(({ row, lineage }) => adopted(facts, lineage, row[key]));
      return figures.includes(undefined)
        ? undefined
        : sum(`budget.source.${index + 1}.${key}`, `${source}${AMOUNTS[key]}`, figures);
    };
    const amounts = {
      initial: of('initial'),
      adjusted: of('adjusted'),
      inPlace: of('inPlace'),
      executed: of('executed'),
    };
    const rate = computeRate(facts, rules, 'executionAdjusted', amounts, `budget.source.${index + 1}`);
    return { source, ...amounts, rate, forecast: of('forecast'), term: of('term') };
  });
  const total = {
    initial: whole('initial'),
    adjusted: whole('adjusted'),
    inPlace: whole('inPlace'),
    executed: whole('executed'),
  };
  const names = [...new Set(units.flatMap(({ evaluation }) => evaluation.budget.destinations.map((one) => one.name)))];
  const destinations = names.flatMap((name): readonly Destination[] => {
    const parts = units.flatMap(({ evaluation }) =>
      evaluation.budget.destinations
        .filter((one) => one.name === name)
        .map((one) => adopted(facts, evaluation.lineage, one.amount)),
    );
    const amount = sum(`budget.destination.${name}`, name, parts);
    return amount === undefined ? [] : [{ name, amount }];
  });
  return {
    unit: WAN_YUAN,
    ...total,
    forecast: whole('forecast'),
    term: whole('term'),
    rows,
    destinations: total.initial === undefined ? [] : destinations,
    rates: computeRates(facts, rules, total),
    // Said where it can be mended: in the evaluation of each unit.
    lateness: [],
    unreadable: [],
  };
}

function adopted(
  facts: FactBook,
  lineage: UnitEvaluation['evaluation']['lineage'],
  figure: Figure | undefined,
): Figure | undefined {
  if (figure !== undefined) facts.adopt(lineage, figure.factId);
  return figure;
}
