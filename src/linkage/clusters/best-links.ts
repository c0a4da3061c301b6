import type { ScoredPairs } from '../fellegi-sunter/score-pairs.ts';
import { strongestFirst } from './cluster-records.ts';

/** One-to-one links: the strongest pairs first, each record at most once. Positions in `scored`, ascending. */
export function bestLinks(scored: ScoredPairs, least: number, confirmed: ReadonlySet<number>): Int32Array {
  const used = new Set<number>();
  const chosen: number[] = [];
  const take = (at: number): void => {
    const a = scored.left[at] as number;
    const b = scored.right[at] as number;
    if (used.has(a) || used.has(b)) return;
    used.add(a);
    used.add(b);
    chosen.push(at);
  };
  for (const at of confirmed) take(at);
  for (const at of strongestFirst(scored, least)) take(at);
  return Int32Array.from(chosen).sort();
}
