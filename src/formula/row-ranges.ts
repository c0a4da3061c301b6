import type { RowRange } from '../fact/index.ts';

/** Collects ascending row numbers into ranges as they come. */
export class RangeBuilder {
  readonly #ranges: { from: number; to: number }[] = [];
  #ascending = true;
  count = 0;

  add(row: number): void {
    this.count += 1;
    const last = this.#ranges.at(-1);
    if (last !== undefined && row === last.to + 1) last.to = row;
    else {
      if (last !== undefined && row <= last.to) this.#ascending = false;
      this.#ranges.push({ from: row, to: row });
    }
  }

  ranges(): readonly RowRange[] {
    return this.#ascending ? this.#ranges : mergeRanges(this.#ranges, []);
  }
}

/** The union of two lists of ranges, ascending, touching ranges joined. */
export function mergeRanges(a: readonly RowRange[], b: readonly RowRange[]): readonly RowRange[] {
  const merged: { from: number; to: number }[] = [];
  for (const range of [...a, ...b].sort((x, y) => x.from - y.from)) {
    const last = merged.at(-1);
    if (last !== undefined && range.from <= last.to + 1) last.to = Math.max(last.to, range.to);
    else merged.push({ from: range.from, to: range.to });
  }
  return merged;
}
