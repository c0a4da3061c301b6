import type { ScoredPairs } from '../fellegi-sunter/score-pairs.ts';
import { probabilityOf } from '../fellegi-sunter/trained-model.ts';
import { csvCell } from '../records/csv-text.ts';
import type { Records } from '../records/prepare-records.ts';

const LINES_A_CHUNK = 20_000;

/** `left_id,right_id,match_weight,match_probability` in chunks. Weight: log2 of the odds of a match, prior included. */
export function* pairLines(
  records: Records,
  scored: ScoredPairs,
  positions: Iterable<number> = scored.left.keys(),
): Generator<string> {
  const name = csvCells(records.identifiers);
  const probabilities = new Map<number, string>();
  let lines = ['left_id,right_id,match_weight,match_probability'];
  for (const at of positions) {
    const weight = scored.weight[at] as number;
    let tail = probabilities.get(weight);
    if (tail === undefined) {
      tail = `${printWeight(weight)},${printProbability(weight)}`;
      probabilities.set(weight, tail);
    }
    lines.push(`${name(scored.left[at] as number)},${name(scored.right[at] as number)},${tail}`);
    if (lines.length >= LINES_A_CHUNK) {
      yield `${lines.join('\n')}\n`;
      lines = [];
    }
  }
  if (lines.length > 0) yield `${lines.join('\n')}\n`;
}

/** Thousandths of a bit as bits. */
export function printWeight(weight: number): string {
  return (weight / 1000).toFixed(3);
}

export function printProbability(weight: number): string {
  return probabilityOf(weight).toFixed(8);
}

function csvCells(identifiers: readonly string[]): (record: number) => string {
  return (record) => csvCell(identifiers[record] ?? '');
}

/** `record_id,source,cluster_id`; source is left or right. */
export function* clusterLines(records: Records, ids: readonly string[]): Generator<string> {
  let lines = ['record_id,source,cluster_id'];
  for (let record = 0; record < records.count; record += 1) {
    const source = records.mode === 'link' && record >= records.leftCount ? 'right' : 'left';
    lines.push(`${csvCell(records.identifiers[record] ?? '')},${source},${csvCell(ids[record] ?? '')}`);
    if (lines.length >= LINES_A_CHUNK) {
      yield `${lines.join('\n')}\n`;
      lines = [];
    }
  }
  if (lines.length > 0) yield `${lines.join('\n')}\n`;
}
