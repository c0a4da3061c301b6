import type { Records } from '../records/prepare-records.ts';

/** One equality rule as groups of records: who shares the values of all its columns. */
export interface Block {
  readonly columns: readonly string[];
  /** Group of each record, -1 where a column is missing: a missing value agrees with nothing. */
  readonly groups: Int32Array;
  /** `members[starts[g] .. starts[g+1])` are the records of group g, ascending, so left before right. */
  readonly starts: Int32Array;
  readonly members: Int32Array;
  /** Pairs the rule alone would form. */
  readonly pairs: number;
  readonly largest: number;
}

/** Groups the records by one rule and counts its pairs without forming them. */
export function blockBy(records: Records, columns: readonly string[]): Block {
  const { count, leftCount, mode } = records;
  let groups: Int32Array | undefined;
  let size = 0;
  for (const column of columns) {
    const codes = records.blockCodes.get(column) ?? new Int32Array(count).fill(-1);
    if (groups === undefined) {
      groups = codes;
      size = maximum(codes) + 1;
    } else ({ groups, size } = combine(groups, codes));
  }
  groups ??= new Int32Array(count).fill(-1);
  const starts = new Int32Array(size + 1);
  for (const group of groups) if (group >= 0) starts[group + 1] = (starts[group + 1] as number) + 1;
  for (let group = 0; group < size; group += 1)
    starts[group + 1] = (starts[group + 1] as number) + (starts[group] as number);
  const members = new Int32Array(starts[size] ?? 0);
  const next = starts.slice();
  const lefts = new Int32Array(size);
  for (let record = 0; record < count; record += 1) {
    const group = groups[record] as number;
    if (group < 0) continue;
    members[next[group] as number] = record;
    next[group] = (next[group] as number) + 1;
    if (record < leftCount) lefts[group] = (lefts[group] as number) + 1;
  }
  let pairs = 0;
  let largest = 0;
  for (let group = 0; group < size; group += 1) {
    const all = (starts[group + 1] as number) - (starts[group] as number);
    const formed = pairCount(mode, lefts[group] as number, all - (lefts[group] as number));
    pairs += formed;
    if (formed > largest) largest = formed;
  }
  return { columns, groups, starts, members, pairs, largest };
}

/** Pairs among so many left (old) and right (new) records. */
export function pairCount(mode: Records['mode'], left: number, right: number): number {
  if (mode === 'link') return left * right;
  const within = (size: number) => (size * (size - 1)) / 2;
  return mode === 'dedupe' ? within(left + right) : left * right + within(right);
}

function maximum(codes: Int32Array): number {
  let most = -1;
  for (const code of codes) if (code > most) most = code;
  return most;
}

/** Numbers the distinct pairs of two codes, by open addressing. */
function combine(first: Int32Array, second: Int32Array): { groups: Int32Array; size: number } {
  const count = first.length;
  const groups = new Int32Array(count).fill(-1);
  let capacity = 1024;
  while (capacity < count * 2) capacity *= 2;
  const mask = capacity - 1;
  const slots = new Int32Array(capacity).fill(-1);
  const firstOf = new Int32Array(count);
  const secondOf = new Int32Array(count);
  let size = 0;
  for (let record = 0; record < count; record += 1) {
    const a = first[record] as number;
    const b = second[record] as number;
    if (a < 0 || b < 0) continue;
    let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    let slot = (hash ^ (hash >>> 13)) & mask;
    for (;;) {
      const group = slots[slot] as number;
      if (group < 0) {
        slots[slot] = size;
        firstOf[size] = a;
        secondOf[size] = b;
        groups[record] = size;
        size += 1;
        break;
      }
      if (firstOf[group] === a && secondOf[group] === b) {
        groups[record] = group;
        break;
      }
      slot = (slot + 1) & mask;
    }
  }
  return { groups, size };
}
