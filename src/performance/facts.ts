import {
  type ComputedOrigin,
  type Fact,
  type FactId,
  type FactValue,
  inputsOf,
  Lineage,
  makeFact,
  type RowRange,
  type RuleReference,
} from '../fact/index.ts';
import type { ProjectBook } from '../ledger/index.ts';
import type { Exact, Unit } from '../quantity/index.ts';
import type { Figure } from './evaluation.ts';

/** Where in the book a value stands. */
export interface Place {
  readonly sheet: string;
  readonly cell: string;
  readonly evidence?: readonly string[];
}

interface Head {
  readonly concept: string;
  /** Chinese name on paper. */
  readonly label: string;
  /** Overrides the evaluation's period, for as-of figures. */
  readonly period?: string;
}

export interface Count {
  readonly sheet: string;
  /** As a clerk would write it. */
  readonly query: string;
  /** 1-based rows of the sheet. */
  readonly rows: readonly RowRange[];
  readonly rowCount: number;
}

export interface Computation {
  readonly formula: string;
  readonly inputs: readonly FactId[];
  readonly rules?: readonly RuleReference[];
  readonly steps?: readonly string[];
}

/** Makes the facts of one evaluation: every figure gets its period, its place and its origin here. */
export class FactBook {
  readonly lineage = new Lineage();
  readonly #book: ProjectBook;
  readonly #period: string;
  readonly #place: string;

  constructor(book: ProjectBook, period: string, place: string) {
    this.#book = book;
    this.#period = period;
    this.#place = place;
  }

  entered(head: Head, value: FactValue, place: Place): Fact {
    const { preparedBy, preparedOn } = this.#book.project;
    return this.#add(head, value, {
      kind: 'entered',
      file: this.#book.file.name,
      version: this.#book.file.version,
      sheet: place.sheet,
      cell: place.cell,
      ...(preparedBy === undefined ? {} : { by: preparedBy.value }),
      ...(preparedOn === undefined ? {} : { at: preparedOn.value }),
      evidence: place.evidence ?? [],
    });
  }

  /** What was counted or added, and the rows of the sheet it came from. */
  counted(head: Head, value: FactValue, count: Count): Fact {
    return this.#add(head, value, {
      kind: 'counted',
      source: {
        kind: 'sheet',
        name: this.#book.file.name,
        version: this.#book.file.version,
        sheet: count.sheet,
      },
      query: count.query,
      rows: count.rows,
      rowCount: count.rowCount,
    });
  }

  computed(head: Head, value: FactValue, computation: Computation): Fact {
    const origin: ComputedOrigin = {
      kind: 'computed',
      formula: computation.formula,
      inputs: computation.inputs,
      rules: computation.rules ?? [],
      ...(computation.steps === undefined ? {} : { steps: computation.steps }),
    };
    return this.#add(head, value, origin);
  }

  surveyed(
    head: Head,
    value: FactValue,
    survey: {
      readonly name: string;
      readonly valid: Exact;
      readonly inputs: readonly FactId[];
      readonly formula: string;
    },
  ): Fact {
    return this.#add(head, value, {
      kind: 'surveyed',
      survey: survey.name,
      validResponses: survey.valid,
      inputs: survey.inputs,
      formula: survey.formula,
    });
  }

  /** Takes a fact of another evaluation in, with all it rests on. */
  adopt(from: Lineage, id: FactId): FactId {
    const fact = from.get(id);
    for (const input of inputsOf(fact)) if (this.lineage.find(input) === undefined) this.adopt(from, input);
    return this.lineage.add(fact).id;
  }

  #add(head: Head, value: FactValue, origin: Fact['origin']): Fact {
    return this.lineage.add(
      makeFact({
        concept: head.concept,
        label: head.label,
        value,
        period: head.period ?? this.#period,
        place: this.#place,
        origin,
      }),
    );
  }
}

export function numberValue(value: Exact, unit: Unit): FactValue {
  return { kind: 'number', value, unit };
}

/** A point when both bounds are equal, else an interval. */
export function spanValue(low: Exact, high: Exact, unit: Unit): FactValue {
  return low.eq(high) ? numberValue(low, unit) : { kind: 'interval', low, high, unit };
}

export function figure(fact: Fact, value: Exact, unit: Unit): Figure {
  return { value, unit, factId: fact.id };
}

/** 3, 4, 5, 9 → 3–5, 9–9. */
export function rowRanges(rows: readonly number[]): readonly RowRange[] {
  const ranges: { from: number; to: number }[] = [];
  for (const row of [...new Set(rows)].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last !== undefined && row === last.to + 1) last.to = row;
    else ranges.push({ from: row, to: row });
  }
  return ranges;
}
