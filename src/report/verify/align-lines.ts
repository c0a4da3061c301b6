import type { VisibleLine } from './visible-lines.ts';

/** What became of an issued line; `issued` without `found` was removed, `found` without `issued` was added. */
export interface LinePair {
  readonly issued?: VisibleLine;
  readonly found?: VisibleLine;
}

/** Beyond this many comparisons the unequal middle is paired in order. */
const MOST_COMPARISONS = 16_000_000;

/** Pairs the lines of two texts: equal lines by their longest common sequence, the rest with what is most like it. */
export function alignLines(issued: readonly VisibleLine[], found: readonly VisibleLine[]): readonly LinePair[] {
  let start = 0;
  while (start < issued.length && start < found.length && issued[start]?.key === found[start]?.key) start += 1;
  let end = 0;
  while (
    end < issued.length - start &&
    end < found.length - start &&
    issued[issued.length - 1 - end]?.key === found[found.length - 1 - end]?.key
  )
    end += 1;
  const pairs: LinePair[] = [];
  const keep = (i: number, f: number): void => {
    const left = issued[i];
    const right = found[f];
    if (left !== undefined && right !== undefined) pairs.push({ issued: left, found: right });
  };
  for (let index = 0; index < start; index += 1) keep(index, index);
  pairs.push(...alignMiddle(issued.slice(start, issued.length - end), found.slice(start, found.length - end)));
  for (let rest = end; rest > 0; rest -= 1) keep(issued.length - rest, found.length - rest);
  return pairs;
}

function alignMiddle(issued: readonly VisibleLine[], found: readonly VisibleLine[]): readonly LinePair[] {
  const pairs: LinePair[] = [];
  let from = 0;
  let at = 0;
  for (const [i, f] of [...commonSequence(issued, found), [issued.length, found.length] as const]) {
    pairs.push(...pairGap(issued.slice(from, i), found.slice(at, f)));
    const left = issued[i];
    const right = found[f];
    if (left !== undefined && right !== undefined) pairs.push({ issued: left, found: right });
    from = i + 1;
    at = f + 1;
  }
  return pairs;
}

function commonSequence(a: readonly VisibleLine[], b: readonly VisibleLine[]): readonly (readonly [number, number])[] {
  if (a.length * b.length > MOST_COMPARISONS) return [];
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      lengths[i * width + j] =
        a[i]?.key === b[j]?.key
          ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0);
  const sequence: [number, number][] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i]?.key === b[j]?.key) {
      sequence.push([i, j]);
      i += 1;
      j += 1;
    } else if ((lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0)) i += 1;
    else j += 1;
  }
  return sequence;
}

function pairGap(issued: readonly VisibleLine[], found: readonly VisibleLine[]): readonly LinePair[] {
  if (issued.length === found.length)
    return issued.map((line, index) => {
      const other = found[index];
      return other === undefined ? { issued: line } : { issued: line, found: other };
    });
  const free = new Set(found);
  const pairs: LinePair[] = issued.map((line) => {
    let best: { readonly line: VisibleLine; readonly likeness: number } | undefined;
    for (const other of free) {
      const likeness = alike(line.key, other.key);
      if (likeness >= 0.5 && (best === undefined || likeness > best.likeness)) best = { line: other, likeness };
    }
    if (best === undefined) return { issued: line };
    free.delete(best.line);
    return { issued: line, found: best.line };
  });
  return [...pairs, ...[...free].map((line) => ({ found: line }))];
}

/** Share of the longer text that a common beginning and end make up. */
function alike(a: string, b: string): number {
  const { start, end } = commonEnds(a, b);
  return (start + end) / Math.max(a.length, b.length, 1);
}

/** Lengths of the longest common beginning and, behind it, of the longest common end. */
export function commonEnds(a: string, b: string): { readonly start: number; readonly end: number } {
  const most = Math.min(a.length, b.length);
  let start = 0;
  while (start < most && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < most - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  return { start, end };
}
