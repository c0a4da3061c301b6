import type { Features, LevelOf } from './kind.ts';
import { KINDS, type KindName } from './kinds.ts';

/** What a thread needs to compare one column. */
export interface ColumnJob {
  readonly kind: KindName;
  readonly thresholds: readonly number[];
  readonly levelMap: Uint8Array;
  readonly codes: Int32Array;
  readonly distinct: number;
  readonly features: Features;
  /** Factor of this column's level in the number of a pattern. */
  readonly stride: number;
}

const SMALL = 3000;
const SLOTS = 1 << 20;

/** Level number of two records' values: 0 missing, 1 equal, else by the kind; dear kinds remember value pairs. */
export function levelReader(job: ColumnJob): (left: number, right: number) => number {
  const { codes, levelMap } = job;
  const kind = KINDS[job.kind];
  const plain = kind.levelOf(job.features, job.thresholds);
  const levelOf = kind.memo ? remember(plain, job.distinct) : plain;
  return (left, right) => {
    const a = codes[left] as number;
    const b = codes[right] as number;
    if (a < 0 || b < 0) return 0;
    return a === b ? 1 : (levelMap[levelOf(a, b)] as number);
  };
}

/** A full table for few values; a direct-mapped one for many, where a clash means computing again, never a wrong level. */
function remember(levelOf: LevelOf, distinct: number): LevelOf {
  if (distinct <= SMALL) {
    const table = new Uint8Array(distinct * distinct);
    return (a, b) => {
      const at = a < b ? a * distinct + b : b * distinct + a;
      const known = table[at] as number;
      if (known !== 0) return known;
      const level = levelOf(a, b);
      table[at] = level;
      return level;
    };
  }
  const lows = new Int32Array(SLOTS).fill(-1);
  const highs = new Int32Array(SLOTS);
  const levels = new Uint8Array(SLOTS);
  return (a, b) => {
    const low = Math.min(a, b);
    const high = Math.max(a, b);
    const hash = Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b);
    const slot = (hash ^ (hash >>> 16)) & (SLOTS - 1);
    if (lows[slot] === low && highs[slot] === high) return levels[slot] as number;
    const level = levelOf(low, high);
    lows[slot] = low;
    highs[slot] = high;
    levels[slot] = level;
    return level;
  };
}
