import type { ProjectBook, TableRecord } from '../ledger/index.ts';
import type { Problem } from '../problem/index.ts';
import type { EvidenceFacts } from './check-evidence-facts.ts';
import type { ComputedActual } from './compute-actuals.ts';
import type { Budget, Evaluation, ScoredIndicator } from './evaluation.ts';
import type { FactBook } from './facts.ts';
import type { MeasureValue } from './measure.ts';
import type { ProblemBook } from './problem-book.ts';
import type { RuleReader } from './rule-reader.ts';

export type IndicatorRecord = TableRecord<'indicators'>;

/** The book of a sub-unit, evaluated on its own. */
export interface UnitEvaluation {
  readonly name: string;
  readonly evaluation: Evaluation;
  /** Found when its workbook was read. */
  readonly readProblems: readonly Problem[];
}

/** What scoring one evaluation needs. */
export interface Scoring {
  readonly book: ProjectBook;
  readonly facts: FactBook;
  readonly rules: RuleReader;
  readonly problems: ProblemBook;
  readonly budget: Budget;
  /** Results of this program that the book cites, by 佐证 number. */
  readonly evidence: ReadonlyMap<string, EvidenceFacts>;
  /** What the formulas of the indicator rows gave, by row. */
  readonly computed: ReadonlyMap<number, ComputedActual>;
  /** Books of the sub-units that carry the project out together; empty for a project of one unit. */
  readonly units: readonly UnitEvaluation[];
}

/** A scored leaf with what later checks ask of it. */
export interface LeafResult {
  readonly indicator: ScoredIndicator;
  /** Absent for the execution leaf of the money block. */
  readonly record: IndicatorRecord | undefined;
  /** False for a leaf marked 不适用 and for second-level rows that the form prints blank. */
  readonly applicable: boolean;
  readonly met: boolean | undefined;
  readonly target: MeasureValue;
  readonly actual: MeasureValue;
}
