import type { Level } from '../comparison/kind.ts';
import type { Records } from '../records/prepare-records.ts';

export interface TrainedLevel {
  readonly name: string;
  /** Share of this level among true pairs (both values present). */
  readonly m: number;
  /** Share among pairs of different persons. */
  readonly u: number;
}

export interface TrainedColumn {
  readonly column: string;
  readonly kind: string;
  readonly levels: readonly TrainedLevel[];
}

/** What training found. Numbers hold six significant digits, so that a saved model scores exactly as it did. */
export interface TrainedModel {
  /** Share of true pairs among all pairs. */
  readonly prior: number;
  readonly columns: readonly TrainedColumn[];
  /** Twins and other pairs of different persons that look alike; undefined where the columns cannot tell them. */
  readonly siblings: TrainedSiblings | undefined;
  readonly training: TrainingReport;
}

/** A second kind of non-match: born the same day, same surname, same place, another identity number. */
export interface TrainedSiblings {
  /** Share of such pairs among all pairs. */
  readonly prior: number;
  /** Share of each level among such pairs, by column. */
  readonly levels: readonly (readonly number[])[];
}

export interface TrainingReport {
  readonly converged: boolean;
  readonly iterations: number;
  /** Largest change of an m in the last round. */
  readonly lastChange: number;
  readonly comparedPairs: number;
  readonly allPairs: number;
  readonly expectedMatches: number;
  readonly seed: number;
  readonly sampledPairs: number;
  /** `column.level` of levels no true pair is expected on: their m is the starting value, hardly moved. */
  readonly levelsNeverSeen: readonly string[];
  readonly priorFrom: 'given' | 'rules-and-em';
}

export function significant(value: number): number {
  return Number(value.toPrecision(6));
}

/** Weights in thousandths of a bit: whole numbers inside, so that sums have no order. */
export interface Weights {
  readonly prior: number;
  /** By column, then level; index 0 (missing) is 0: neutral. */
  readonly levels: readonly Int32Array[];
  /** The same for siblings against strangers: prior first. */
  readonly siblings: { readonly prior: number; readonly levels: readonly Int32Array[] } | undefined;
  /** The identity number's and the birth date's column, where one repeats the other. */
  readonly repeated: RepeatedEvidence | undefined;
}

/**
 * An identity number holds the birth date. Where its level already implies that the dates agree, an equal date is no
 * second piece of evidence (weight 0), and a near date no evidence for; only disagreement still counts.
 */
export interface RepeatedEvidence {
  readonly identity: number;
  readonly date: number;
  readonly implied: readonly boolean[];
}

export function repeatedEvidence(records: Records): RepeatedEvidence | undefined {
  const identity = records.columns.findIndex((column) => column.model.kind === 'identity-number');
  const date = records.columns.findIndex((column) => column.model.kind === 'date');
  if (identity < 0 || date < 0) return undefined;
  const levels: readonly Level[] = records.columns[identity]?.levels ?? [];
  return { identity, date, implied: [false, ...levels.map((level) => level.impliesBirth === true)] };
}

export function toMillibits(bits: number): number {
  return Math.round(bits * 1000);
}

export function weightsOf(trained: TrainedModel, records: Records): Weights {
  const siblings = trained.siblings;
  const strangers = 1 - trained.prior - (siblings?.prior ?? 0);
  return {
    prior: toMillibits(Math.log2(trained.prior / strangers)),
    levels: trained.columns.map((column) =>
      Int32Array.from([0, ...column.levels.map((level) => toMillibits(Math.log2(level.m / level.u)))]),
    ),
    siblings:
      siblings === undefined
        ? undefined
        : {
            prior: toMillibits(Math.log2(siblings.prior / strangers)),
            levels: trained.columns.map((column, index) =>
              Int32Array.from([
                0,
                ...column.levels.map((level, at) =>
                  toMillibits(Math.log2((siblings.levels[index]?.[at] ?? 1) / level.u)),
                ),
              ]),
            ),
          },
    repeated: repeatedEvidence(records),
  };
}

/** The weight one column's level adds, given the level of the identity number. */
export function columnWeight(
  levels: readonly Int32Array[],
  repeated: RepeatedEvidence | undefined,
  column: number,
  level: number,
  identityLevel: number,
): number {
  const weight = levels[column]?.[level] ?? 0;
  if (repeated?.date !== column || repeated.implied[identityLevel] !== true) return weight;
  return level === 1 ? 0 : Math.min(0, weight);
}

/** What the chance of siblings takes off, from their odds against strangers; both in thousandths of a bit. */
export function siblingWeight(odds: number): number {
  return odds < -11_000 ? 0 : -toMillibits(Math.log2(1 + 2 ** (odds / 1000)));
}

/** Probability of a match from a weight in thousandths of a bit. */
export function probabilityOf(weight: number): number {
  return 1 / (1 + 2 ** (-weight / 1000));
}

/** The smallest weight whose probability reaches the given one. */
export function weightAt(probability: number): number {
  if (probability <= 0) return Number.NEGATIVE_INFINITY;
  if (probability >= 1) return Number.POSITIVE_INFINITY;
  return Math.ceil(1000 * Math.log2(probability / (1 - probability)) - 1e-9);
}
