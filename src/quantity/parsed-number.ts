import type { Exact } from './exact.ts';
import type { Interval } from './interval.ts';
import type { Unit } from './unit.ts';

/** 不少于 → ≥, 以内 → ≤, 超过 → >, 约 and 近 → ≈. */
export type Comparator = '≥' | '≤' | '>' | '<' | '=' | '≈';

/**
 * What a number in prose is. Only `quantity` says how much; the rest is there so that a reader can account for every
 * digit of a text: 〔2024〕4号; 0753-6888310; 第三; 1. or （一）; 附件1, 指标2, 4号, A1; a long run of digits such as a
 * voucher or identity number.
 */
export type NumberKind = 'quantity' | 'document-number' | 'phone' | 'ordinal' | 'list-number' | 'label' | 'identifier';

/** A number as somebody printed it. Positions are UTF-16 indexes (see `codePointOffsets`), end exclusive. */
export interface ParsedNumber {
  readonly kind: NumberKind;
  /** In `unit`: 2109.07 for 2109.07万元; 90 in % for 九成 or 百分之九十. The lower end of a range. */
  readonly value: Exact;
  /** `undefined` when none is printed after the number. */
  readonly unit: Unit | undefined;
  /** The unit's characters as printed; empty when there are none. */
  readonly unitText: string;
  readonly comparator: Comparator | undefined;
  /** Both ends in `unit`, low first however printed. */
  readonly range?: { readonly low: Exact; readonly high: Exact };
  /** Digits printed after the decimal point. */
  readonly places: number;
  /** One unit of the last place the text speaks of, in `unit`: 0.01 for 2109.07, 10000 for 32万 without a unit. */
  readonly step: Exact;
  /**
   * What the printed figure can stand for, in the BASE unit of its dimension (元, 人, 1 …); the comparator is not
   * applied, a range spans both ends. Rules in docs/decisions/0030.
   */
  readonly interval: Interval;
  /** Thousands separators were printed. */
  readonly grouped: boolean;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}
