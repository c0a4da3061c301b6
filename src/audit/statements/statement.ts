import type { Comparator, Exact, Interval } from '../../quantity/index.ts';
import type { Span } from '../finding.ts';

/** What one place of the document says of one quantity. Offsets are UTF-16 into the source text. */
export interface Statement extends Span {
  readonly kind: 'amount' | 'count' | 'rate' | 'score' | 'rank';
  /** The thing counted, without particles, place, period and qualifiers: 城乡居民医保参保人数. */
  readonly subject: string;
  /** A plan or a result; `plain` where the words do not say. */
  readonly role: 'target' | 'plain';
  /** Words that narrow the quantity, sorted: 累计, 其中, 全市, 新增. Quantities with other qualifiers are others. */
  readonly qualifier: string;
  /** The year or day the words name, 2024 or 2024-01-01; empty when they name none. */
  readonly period: string;
  /** For a figure behind 其中, the whole it is a part of, as told: 城镇居民收入30362元. Parts of other wholes are others. */
  readonly whole?: string;
  readonly dimension: string;
  readonly comparator: Comparator | undefined;
  readonly value: Exact;
  /** Digits after the point as printed. */
  readonly places: number;
  /** What the printed figure can stand for in the base unit of its dimension. */
  readonly interval: Interval;
  readonly text: string;
  readonly source: 'prose' | 'table';
}

/** How two statements of the same quantity stand to each other. */
export type Grade = 'identical' | 'consistent' | 'contradictory';

export interface SameQuantity {
  readonly grade: Grade;
  readonly one: Statement;
  readonly other: Statement;
}
