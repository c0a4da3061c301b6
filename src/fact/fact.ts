import type { Text } from '../problem/index.ts';
import type { Exact, Unit } from '../quantity/index.ts';

/** Content-derived id, `f` + 16 hex digits: same concept, value, unit, period, place and origin = same id. */
export type FactId = string;

export type FactValue =
  | { readonly kind: 'number'; readonly value: Exact; readonly unit: Unit }
  /** A value known only between two bounds, e.g. a total while something is 待定. */
  | { readonly kind: 'interval'; readonly low: Exact; readonly high: Exact; readonly unit: Unit }
  /** `YYYY-MM-DD`. */
  | { readonly kind: 'date'; readonly value: string }
  | { readonly kind: 'text'; readonly value: string }
  /** 无法计算 or 待定 (the default), with the reason; never silently 0. */
  | { readonly kind: 'undecided'; readonly reason: Text; readonly form?: '待定' | '无法计算' };

/** 1-based, both ends included, as the user sees row numbers in Excel. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
}

/** A rule datum that took part in a figure. `verified` is false while its document has not been read (原文未核). */
export interface RuleReference {
  readonly ruleSet: string;
  readonly version: string;
  /** Path of the datum inside the rule set, e.g. `bands.优`. */
  readonly key: string;
  /** Document number such as 财预〔2020〕10号; absent when the rule has none. */
  readonly document?: string;
  readonly verified: boolean;
}

/** Rows of a dataset version or of a sheet of one workbook version. Never the contents of a personal column. */
export interface CountedOrigin {
  readonly kind: 'counted';
  readonly source: {
    readonly kind: 'sheet' | 'dataset' | 'file';
    /** File name or dataset kind. */
    readonly name: string;
    /** SHA-256 of the file's bytes, or the dataset version id. */
    readonly version: string;
    readonly sheet?: string;
  };
  /** The question asked of the rows, as the clerk wrote it or as the plan's canonical text. */
  readonly query: string;
  readonly rows: readonly RowRange[];
  readonly rowCount: number;
}

export interface ComputedOrigin {
  readonly kind: 'computed';
  /** Readable formula, e.g. `实际支付 ÷ 实际到位`. */
  readonly formula: string;
  readonly inputs: readonly FactId[];
  readonly rules: readonly RuleReference[];
  /** Plain steps for the lineage page, each one line. */
  readonly steps?: readonly string[];
}

export interface EnteredOrigin {
  readonly kind: 'entered';
  readonly file: string;
  /** SHA-256 of the file's bytes. */
  readonly version: string;
  readonly sheet: string;
  readonly cell: string;
  /** Who entered it and when (`YYYY-MM-DD`), where the book says so. */
  readonly by?: string;
  readonly at?: string;
  /** Numbers of the 佐证 rows that back it. */
  readonly evidence: readonly string[];
}

export interface SurveyedOrigin {
  readonly kind: 'surveyed';
  readonly survey: string;
  readonly validResponses: Exact;
  readonly inputs: readonly FactId[];
  readonly formula: string;
}

/** Said by somebody's document; used by the audit only. Offsets count Unicode code points, end exclusive. */
export interface StatedOrigin {
  readonly kind: 'stated';
  readonly document: string;
  readonly quote: string;
  readonly start: number;
  readonly end: number;
}

export type Origin = CountedOrigin | ComputedOrigin | EnteredOrigin | SurveyedOrigin | StatedOrigin;

/** An exact value with unit, period, place and origin. Reports print facts and nothing else. */
export interface Fact {
  readonly id: FactId;
  /** Stable dotted name, e.g. `budget.adjusted`, `indicator.3.actual`. */
  readonly concept: string;
  /** What it is called on paper, e.g. 全年预算数. */
  readonly label: string;
  readonly value: FactValue;
  /** `2024`, `2024-01-01/2024-12-31` or an as-of date `2024-01-01`; empty when the value has none. */
  readonly period: string;
  /** Region or unit the value is about. */
  readonly place: string;
  readonly origin: Origin;
}
