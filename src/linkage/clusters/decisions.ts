import { JipingError, text } from '../../problem/index.ts';
import type { ScoredPairs } from '../fellegi-sunter/score-pairs.ts';
import type { Records } from '../records/prepare-records.ts';
import { cellOf, readCsv } from '../records/read-csv.ts';

/** A person's word on a pair; it outranks every score and stays. */
export interface Decision {
  readonly left: string;
  readonly right: string;
  readonly match: boolean;
}

const YES = new Set(['match', 'yes', 'y', '1', 'true', '是', '同一人', '匹配']);
const NO = new Set(['no-match', 'dismiss', 'no', 'n', '0', 'false', '否', '不是', '不同人', '非同一人']);

/**
 * Reads `left_id,right_id,decision` (match or no-match; 是 or 否). A later line on the same pair replaces an earlier.
 * @throws JipingError `unreadable` for a decision that is neither.
 */
export function readDecisions(bytes: Buffer, file: string): readonly Decision[] {
  const table = readCsv(bytes, file, ['left_id', 'right_id', 'decision']);
  const latest = new Map<string, Decision>();
  for (let row = 0; row < table.rows; row += 1) {
    const left = cellOf(table, 'left_id', row);
    const right = cellOf(table, 'right_id', row);
    const word = cellOf(table, 'decision', row).toLowerCase();
    if (!YES.has(word) && !NO.has(word))
      throw new JipingError(
        'unreadable',
        text('decision 列应为 match 或 no-match（是或否）', 'decision is match or no-match'),
        { file, row: row + 2 },
      );
    const key = JSON.stringify([left, right]);
    latest.delete(key);
    latest.set(key, { left, right, match: YES.has(word) });
  }
  return [...latest.values()];
}

export interface PlacedDecisions {
  readonly confirmed: readonly (readonly [number, number])[];
  readonly dismissed: readonly (readonly [number, number])[];
  /** Decisions on records that are not in the tables. */
  readonly unknown: number;
}

/** Decisions as record numbers. Within one table the order of the two does not matter. */
export function placeDecisions(decisions: readonly Decision[], records: Records): PlacedDecisions {
  if (decisions.length === 0) return { confirmed: [], dismissed: [], unknown: 0 };
  const find = recordFinder(records);
  const confirmed: [number, number][] = [];
  const dismissed: [number, number][] = [];
  let unknown = 0;
  for (const { left, right, match } of decisions) {
    const pair = find(left, right);
    if (pair === undefined) unknown += 1;
    else (match ? confirmed : dismissed).push(pair);
  }
  return { confirmed, dismissed, unknown };
}

/** From two identifiers to record numbers, the smaller (left) first; undefined if one is not there. */
export function recordFinder(records: Records): (left: string, right: string) => [number, number] | undefined {
  const lefts = new Map<string, number>();
  const rights = records.mode === 'link' ? new Map<string, number>() : lefts;
  records.identifiers.forEach((identifier, record) => {
    (record < records.leftCount ? lefts : rights).set(identifier, record);
  });
  return (left, right) => {
    const a = lefts.get(left);
    const b = rights.get(right);
    if (a === undefined || b === undefined || a === b) return undefined;
    return a < b ? [a, b] : [b, a];
  };
}

/** Position of each pair in `scored`, for looking decided pairs up. */
export function pairIndex(
  scored: ScoredPairs,
  records: Records,
): (pair: readonly [number, number]) => number | undefined {
  let starts: Int32Array | undefined;
  return ([a, b]) => {
    if (starts === undefined) {
      starts = new Int32Array(records.count + 1);
      for (const left of scored.left) starts[left + 1] = (starts[left + 1] as number) + 1;
      for (let record = 0; record < records.count; record += 1)
        starts[record + 1] = (starts[record + 1] as number) + (starts[record] as number);
    }
    for (let at = starts[a] as number; at < (starts[a + 1] as number); at += 1) if (scored.right[at] === b) return at;
    return undefined;
  };
}

const FEWEST_OF_EACH = 5;

/**
 * The weight from which decided pairs are best told apart (highest F1 over the decisions; the middle of the gap).
 * Undefined with fewer than five decisions of either kind.
 */
export function thresholdFromDecisions(
  decided: readonly { readonly weight: number; readonly match: boolean }[],
): number | undefined {
  const matches = decided.filter((decision) => decision.match).length;
  if (matches < FEWEST_OF_EACH || decided.length - matches < FEWEST_OF_EACH) return undefined;
  const sorted = [...decided].sort((a, b) => b.weight - a.weight);
  let right = 0;
  let best = -1;
  let threshold = 0;
  sorted.forEach((decision, index) => {
    if (decision.match) right += 1;
    const next = sorted[index + 1]?.weight ?? decision.weight - 2000;
    if (next === decision.weight) return;
    const score = (2 * right) / (index + 1 + matches);
    if (score > best) {
      best = score;
      threshold = Math.ceil((decision.weight + next) / 2);
    }
  });
  return threshold;
}
