import type { PageLine, Segment } from './page-lines.ts';

/** The x range of a column. */
export interface Column {
  readonly left: number;
  readonly right: number;
}

/** First two levels of an indicator table: the columns whose cells are merged downwards; one more beside a group. */
const MERGED_COLUMNS = 2;

/** Gaps (in font sizes) that may separate cells; those between Han and Latin characters stay below. */
const CELL_GAP = 0.28;

/** The parts of a segment between gaps that may separate cells set very near each other. */
function atoms(segment: Segment): Segment[] {
  return split(segment, (gap) => gap > CELL_GAP * segment.size);
}

function split(segment: Segment, parts: (gap: number, from: number, to: number) => boolean): Segment[] {
  const found: Segment[] = [];
  for (const piece of segment.pieces) {
    const last = found.at(-1);
    if (last === undefined || parts(piece.left - last.right, last.right, piece.left))
      found.push({ ...segment, ...piece, pieces: [piece] });
    else {
      last.text += piece.text;
      last.right = Math.max(last.right, piece.right);
      last.pieces.push(piece);
    }
  }
  return found;
}

/** Cells set so near each other that they looked like one segment come apart where a column ends. */
export function splitAtColumns(segment: Segment, columns: readonly Column[]): Segment[] {
  const slack = CELL_GAP * segment.size;
  return split(
    segment,
    (gap, from, to) =>
      gap > slack &&
      columns.some((column, index) => {
        const next = columns[index + 1];
        return next !== undefined && from >= column.left && from <= next.left + slack && to >= next.left - slack;
      }),
  );
}

/** A segment is spanning when, on another line, two segments side by side both lie above or below it. */
function liesOverTwo(segment: Segment, line: readonly Segment[]): boolean {
  let touched = 0;
  for (const each of line) {
    const shared = Math.min(each.right, segment.right) - Math.max(each.left, segment.left);
    if (each !== segment && shared > 0.25 * each.size) touched += 1;
  }
  return touched >= 2;
}

/** Columns as x ranges: the ranges covered by segments once those that cross several others are set aside. */
export function findColumns(lines: readonly PageLine[]): {
  columns: { left: number; right: number }[];
  merged: number;
} {
  const fine = lines.map((line) => line.segments.flatMap(atoms));
  const all = fine.flat();
  const spanning = new Set<Segment>();
  // Cells of a column mostly stand alike: each pair of edges is looked at once.
  const verdicts = new Map<string, boolean>();
  for (const segment of all) {
    const edges = `${Math.round(segment.left)}:${Math.round(segment.right)}`;
    const verdict = verdicts.get(edges) ?? fine.some((line) => liesOverTwo(segment, line));
    verdicts.set(edges, verdict);
    if (verdict) spanning.add(segment);
  }
  for (const segment of acrossValleys(all.filter((each) => !spanning.has(each)))) spanning.add(segment);
  const ranges: { left: number; right: number }[] = [];
  for (const segment of all.filter((each) => !spanning.has(each)).sort((a, b) => a.left - b.left)) {
    const last = ranges.at(-1);
    if (last !== undefined && segment.left < last.right - 0.1 * segment.size)
      last.right = Math.max(last.right, segment.right);
    else ranges.push({ left: segment.left, right: segment.right });
  }
  const used = all.filter((each) => !spanning.has(each));
  const split = ranges.flatMap((range) => splitRange(range, used));
  return {
    columns: split.length > 0 ? split : [{ left: 0, right: Number.MAX_VALUE }],
    merged: MERGED_COLUMNS + (split.length > ranges.length ? 1 : 0),
  };
}

/**
 * A lower part of a form often has a column more (绩效指标 beside 一级指标) where the upper part has one wide cell: words
 * that reach across then stand only above or below the lines of that part.
 */
function splitRange(
  range: { left: number; right: number },
  segments: readonly Segment[],
): { left: number; right: number }[] {
  const inside = segments.filter((each) => each.right > range.left && each.left < range.right);
  for (const edge of new Set(inside.map((each) => each.right))) {
    const first = inside.filter((each) => each.right <= edge);
    const second = inside.filter((each) => each.left > edge + CELL_GAP * each.size);
    const across = inside.filter((each) => each.right > edge && each.left <= edge + CELL_GAP * each.size);
    const top = Math.min(...second.map((each) => each.y));
    const bottom = Math.max(...second.map((each) => each.y));
    const within = (each: Segment): boolean => each.y >= top && each.y <= bottom;
    if (across.length > 0 && second.length >= 4 && first.every(within) && !across.some(within))
      return [
        { left: Math.min(...first.map((each) => each.left)), right: edge },
        { left: Math.min(...second.map((each) => each.left)), right: range.right },
      ];
  }
  return [range];
}

/** A gap between columns is where at most this part of the words beside it reach across. */
const VALLEY = 0.5;

/** Points; wider than any page. */
const MAX_WIDTH = 20_000;

/**
 * Words of merged cells that lie over the gap between two columns, though no single line shows both: where clearly
 * fewer words stand than on either side of it.
 */
function acrossValleys(segments: readonly Segment[]): Segment[] {
  const from = Math.floor(Math.min(...segments.map((each) => each.left)));
  const to = Math.ceil(Math.max(...segments.map((each) => each.right)));
  if (!(to - from < MAX_WIDTH)) return [];
  const coverage = new Array<number>(to - from + 1).fill(0);
  const inner = (each: Segment): [number, number] => [Math.ceil(each.left) - from, Math.floor(each.right) - from];
  for (const each of segments) {
    const [left, right] = inner(each);
    for (let x = left; x <= right; x += 1) coverage[x] = (coverage[x] ?? 0) + 1;
  }
  return segments.filter((each) => {
    const [left, right] = inner(each);
    const rising: number[] = [];
    let most = 0;
    for (let x = left; x <= right; x += 1) {
      most = Math.max(most, coverage[x] ?? 0);
      rising.push(most);
    }
    most = 0;
    for (let x = right; x >= left; x -= 1) {
      most = Math.max(most, coverage[x] ?? 0);
      const lower = Math.min(most, rising[x - left] ?? 0);
      if (lower >= 3 && (coverage[x] ?? 0) <= VALLEY * lower) return true;
    }
    return false;
  });
}
