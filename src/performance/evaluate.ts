import type { ProjectBook } from '../ledger/index.ts';
import type { Problem } from '../problem/index.ts';
import { collectBaseData } from './base-data.ts';
import { bookAsOf, isMidPeriod } from './book-as-of.ts';
import { computeBudget } from './budget/compute-budget.ts';
import { unitsBudget } from './budget/units-budget.ts';
import type { EvidenceFacts } from './check-evidence-facts.ts';
import { checkBook } from './checks/check-book.ts';
import { checkDeclaration } from './checks/check-declaration.ts';
import { checkIssues } from './checks/check-issues.ts';
import { checkMonitoring } from './checks/check-monitoring.ts';
import { checkUnits } from './checks/check-units.ts';
import { computeActuals } from './compute-actuals.ts';
import type { Evaluation, EvaluationKind } from './evaluation.ts';
import { FactBook } from './facts.ts';
import { monitor } from './monitoring.ts';
import { periodStart, periodYear } from './period.ts';
import { ProblemBook } from './problem-book.ts';
import { rankCounties } from './rank-counties.ts';
import { RuleReader } from './rule-reader.ts';
import type { RuleSet } from './rule-set.ts';
import { scoreIndicators } from './score-indicators.ts';
import type { Scoring } from './scoring-context.ts';
import { gradesOf, totalOf } from './total.ts';

const KINDS: Readonly<Record<string, EvaluationKind>> = {
  单位自评: 'unit-self',
  部门评价: 'department',
  财政评价: 'fiscal',
};

/** A book with what was found when it was read, and the results of this program it cites. */
export interface UnitBook {
  readonly book: ProjectBook;
  readonly problems: readonly Problem[];
  readonly evidence: ReadonlyMap<string, EvidenceFacts>;
}

export interface EvaluateBy {
  /** `YYYY-MM-DD` */
  readonly asOf: string;
  /** The books of the sub-units that carry the project out together, each with its own ledgers. */
  readonly units?: readonly UnitBook[] | undefined;
  /** Results of this program that the book cites as evidence, by 佐证 number: formulas may name their figures. */
  readonly evidence?: ReadonlyMap<string, EvidenceFacts> | undefined;
}

/**
 * Evaluates one project book under one rule set: money block, suggested scores beside the claimed and the reviewed
 * ones, totals, grade, problems, and the lineage of every figure. Pure: the same book, rule set and `asOf`
 * (`YYYY-MM-DD`) give the same evaluation. Within the period only what the ledgers date up to `asOf` counts.
 */
export function evaluate(whole: ProjectBook, ruleSet: RuleSet, options: EvaluateBy): Evaluation {
  const units = (options.units ?? []).map(({ book: unit, problems, evidence: cited }) => ({
    name: unit.project.unit?.value ?? unit.project.name?.value ?? unit.file.name,
    evaluation: evaluate(unit, ruleSet, { asOf: options.asOf, evidence: cited }),
    readProblems: problems,
  }));
  const book = bookAsOf(whole, options.asOf);
  const { project } = book;
  const period = periodYear(book);
  const region = project.region?.value ?? '';
  const unit = project.unit?.value ?? project.department?.value ?? '';
  const facts = new FactBook(book, period, region === '' ? unit : region);
  const rules = new RuleReader(ruleSet);
  const problems = new ProblemBook(rules);
  const ownMoney = book.tables.money.records.length + book.tables.payments.records.length > 0;
  const budget = units.length === 0 || ownMoney ? computeBudget(book, facts, rules) : unitsBudget(facts, rules, units);
  const evidence = options.evidence ?? new Map<string, EvidenceFacts>();
  const money: Scoring = { book, facts, rules, problems, budget, evidence, computed: new Map(), units };
  const scoring: Scoring = { ...money, computed: computeActuals(money) };
  const leaves = scoreIndicators(scoring);
  const total = totalOf(scoring, leaves);
  const grade = gradesOf(scoring, total);
  checkBook(scoring, leaves, total, grade);
  const monitoring = monitor(scoring, leaves, options.asOf);
  checkMonitoring(scoring, leaves, monitoring, options.asOf);
  checkIssues(scoring, options.asOf);
  checkUnits(scoring, leaves);
  const cited = new Set([...evidence.values()].flatMap(({ read }) => read.facts.map((fact) => fact.id)));
  const named = facts.lineage.all().filter((fact) => cited.has(fact.id) && !fact.concept.startsWith('dataset.'));
  const baseData = [...collectBaseData(book, facts), ...rankCounties(scoring), ...named].map((fact) => fact.id);
  const isDeclaration = project.stage?.value === '目标申报';
  if (isDeclaration) checkDeclaration(scoring, leaves);
  const asked = new Set(rules.fork().read('declarationChecks'));
  return {
    project: project.name?.value ?? '',
    department: project.department?.value ?? '',
    unit,
    region,
    kind: KINDS[project.kind?.value ?? ''] ?? 'unit-self',
    period,
    asOf: options.asOf,
    isMidPeriod: !isDeclaration && isMidPeriod(book, options.asOf),
    isDeclaration,
    periodStart: periodStart(book),
    ruleSet: {
      id: ruleSet.id,
      version: ruleSet.version,
      name: ruleSet.name,
      nameEn: ruleSet.nameEn,
      verified: !rules.hasUnverified,
    },
    weightSource: project.weightSource?.value ?? '',
    budget,
    indicators: leaves.map((leaf) => leaf.indicator),
    total,
    grade,
    monitoring,
    problems: isDeclaration ? problems.all().filter((one) => asked.has(one.rule)) : problems.all(),
    baseData,
    lineage: facts.lineage,
  };
}
