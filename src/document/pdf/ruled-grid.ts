import type { DrawnLine, DrawnLines } from './drawn-lines.ts';

/** A table as its lines draw it: cells as ranges of rows and columns between `rows` (y) and `columns` (x). */
export interface RuledGrid {
  readonly columns: readonly number[];
  readonly rows: readonly number[];
  readonly cells: readonly GridCell[];
}

export interface GridCell {
  readonly row: number;
  readonly column: number;
  readonly rowSpan: number;
  readonly columnSpan: number;
}

/** Lines this near (points) are one line; double borders are. */
const SAME = 3;
/** Cells of one table beyond which lines are a drawing. */
const MOST_CELLS = 20_000;

/** The tables drawn with lines on a page, from top to bottom. Lines that cross nothing (underlines) make none. */
export function ruledGrids(lines: DrawnLines): RuledGrid[] {
  const level = merged(lines.level);
  const upright = merged(lines.upright);
  const grids = connected(level, upright).flatMap((group) => grid(group.level, group.upright) ?? []);
  grids.sort((a, b) => top(a) - top(b) || left(a) - left(b));
  // A table inside a cell of another is part of that cell.
  return grids.filter((inner) => !grids.some((outer) => outer !== inner && lies(inner, outer)));
}

function top(grid: RuledGrid): number {
  return grid.rows[0] ?? 0;
}

function left(grid: RuledGrid): number {
  return grid.columns[0] ?? 0;
}

function lies(inner: RuledGrid, outer: RuledGrid): boolean {
  return (
    top(inner) > top(outer) &&
    left(inner) > left(outer) &&
    (inner.rows.at(-1) ?? 0) < (outer.rows.at(-1) ?? 0) &&
    (inner.columns.at(-1) ?? 0) < (outer.columns.at(-1) ?? 0)
  );
}

/** Pieces of one line put together. */
function merged(lines: readonly DrawnLine[]): DrawnLine[] {
  const sorted = [...lines].sort((a, b) => a.at - b.at);
  const found: DrawnLine[] = [];
  for (let at = 0; at < sorted.length; ) {
    const first = sorted[at];
    if (first === undefined) break;
    let end = at;
    while (end < sorted.length && (sorted[end]?.at ?? 0) - first.at <= SAME) end += 1;
    const track = sorted.slice(at, end).sort((a, b) => a.from - b.from);
    const mean = track.reduce((sum, line) => sum + line.at, 0) / track.length;
    let open: { at: number; from: number; to: number } | undefined;
    for (const line of track) {
      if (open !== undefined && line.from <= open.to + SAME) open.to = Math.max(open.to, line.to);
      else {
        open = { at: mean, from: line.from, to: line.to };
        found.push(open);
      }
    }
    at = end;
  }
  return found;
}

interface Group {
  readonly level: DrawnLine[];
  readonly upright: DrawnLine[];
}

/** Lines that touch belong together. */
function connected(level: readonly DrawnLine[], upright: readonly DrawnLine[]): Group[] {
  const parent = Array.from({ length: level.length + upright.length }, (_, index) => index);
  const root = (index: number): number => {
    let at = index;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] ?? at] ?? at;
      at = parent[at] ?? at;
    }
    return at;
  };
  level.forEach((row, index) => {
    upright.forEach((column, nth) => {
      const crosses =
        column.at >= row.from - SAME &&
        column.at <= row.to + SAME &&
        row.at >= column.from - SAME &&
        row.at <= column.to + SAME;
      if (crosses) parent[root(level.length + nth)] = root(index);
    });
  });
  const groups = new Map<number, Group>();
  const groupOf = (index: number): Group => {
    const key = root(index);
    const known = groups.get(key) ?? { level: [], upright: [] };
    groups.set(key, known);
    return known;
  };
  for (const [index, row] of level.entries()) groupOf(index).level.push(row);
  for (const [nth, column] of upright.entries()) groupOf(level.length + nth).upright.push(column);
  return [...groups.values()];
}

function grid(level: readonly DrawnLine[], upright: readonly DrawnLine[]): RuledGrid | undefined {
  const rows = places(level);
  const columns = places(upright);
  if (rows.length < 2 || columns.length < 2 || rows.length + columns.length < 5) return undefined;
  const [height, width] = [rows.length - 1, columns.length - 1];
  if (height * width > MOST_CELLS) return undefined;
  const below = edges(level, rows, columns);
  const beside = edges(upright, columns, rows);
  const taken = new Uint8Array(height * width);
  const cells: GridCell[] = [];
  const isFree = (row: number, column: number): boolean => taken[row * width + column] === 0;
  for (let row = 0; row < height; row += 1)
    for (let column = 0; column < width; column += 1) {
      if (!isFree(row, column)) continue;
      let columnSpan = 1;
      while (column + columnSpan < width && isFree(row, column + columnSpan) && !beside.has(column + columnSpan, row))
        columnSpan += 1;
      let rowSpan = 1;
      const goesOn = (next: number): boolean => {
        for (let at = column; at < column + columnSpan; at += 1)
          if (!isFree(next, at) || below.has(next, at) || (at > column && beside.has(at, next))) return false;
        return true;
      };
      while (row + rowSpan < height && goesOn(row + rowSpan)) rowSpan += 1;
      for (let down = row; down < row + rowSpan; down += 1)
        taken.fill(1, down * width + column, down * width + column + columnSpan);
      cells.push({ row, column, rowSpan, columnSpan });
    }
  // A lone frame is not a table.
  return cells.length < 2 ? undefined : { columns, rows, cells };
}

function places(lines: readonly DrawnLine[]): number[] {
  const found: number[] = [];
  for (const at of lines.map((line) => line.at).sort((a, b) => a - b))
    if (found.length === 0 || at - (found.at(-1) ?? 0) > SAME) found.push(at);
  return found;
}

/** Which stretches of the grid's lines are drawn: `has(line, stretch)`. */
function edges(
  lines: readonly DrawnLine[],
  at: readonly number[],
  across: readonly number[],
): { has(line: number, stretch: number): boolean } {
  const drawn = new Set<number>();
  for (const line of lines) {
    const index = at.findIndex((place) => Math.abs(place - line.at) <= SAME);
    for (let stretch = 0; stretch + 1 < across.length; stretch += 1) {
      const middle = ((across[stretch] ?? 0) + (across[stretch + 1] ?? 0)) / 2;
      if (line.from <= middle && middle <= line.to) drawn.add(index * across.length + stretch);
    }
  }
  return { has: (line, stretch) => drawn.has(line * across.length + stretch) };
}
