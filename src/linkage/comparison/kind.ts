import type { Text } from '../../problem/index.ts';

/** One step of likeness of a comparison. Level 0 is always “missing”; level 1 of every kind is `equal`. */
export interface Level {
  readonly name: string;
  readonly text: Text;
  /** Share of true pairs expected on this level before any data were seen; EM starts here. */
  readonly initialM: number;
  /** The level that takes its pairs when a model leaves this one out. */
  readonly otherwise?: string;
  /** True if two values on this level necessarily show the same birth date (identity numbers). */
  readonly impliesBirth?: boolean;
}

/** Plain arrays and strings only, so that a worker thread can be given them. */
export type Features = Readonly<Record<string, Int32Array | Uint8Array | Uint16Array | readonly string[]>>;

/** Level (from 1) of two different values, by their codes. Symmetric. */
export type LevelOf = (left: number, right: number) => number;

/** A way to compare two values of one column. */
export interface ComparisonKind {
  readonly name: string;
  /** Levels without “missing”, the nearest first; thresholds for the kinds that measure a distance. */
  levels(thresholds: readonly number[]): readonly Level[];
  readonly takesThresholds: boolean;
  /** The value as compared: spelling of the cell removed. Undefined means missing or unusable: neutral evidence. */
  clean(raw: string): string | undefined;
  /** The value on which blocking rules ask equality. */
  blockValue(clean: string): string;
  features(values: readonly string[]): Features;
  levelOf(features: Features, thresholds: readonly number[]): LevelOf;
  /** Whether agreement on a rare value weighs more than on a common one. */
  readonly termFrequency: boolean;
  /** Comparing costs more than looking the answer up. */
  readonly memo: boolean;
}

/** Cells that say “no value”. */
const NOTHING = /^(?:|无|不详|未知|暂无|空|null|none|nan|n\/a|-+|\/+|\?+|？+|□+|0+)$/i;

/** NFKC, inner white space to one space, outer removed; undefined where the cell says there is no value. */
export function cleanText(raw: string): string | undefined {
  const plain = raw
    .normalize('NFKC')
    .replace(/[\s\p{Cf}]+/gu, ' ')
    .trim();
  return NOTHING.test(plain) ? undefined : plain;
}

/** The same for a text without white space. */
export function cleanWord(raw: string): string | undefined {
  const plain = raw.normalize('NFKC');
  return NOTHING.test(plain) ? undefined : plain;
}
