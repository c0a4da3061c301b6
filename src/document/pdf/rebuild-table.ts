import type { Position, Table } from '../blocks.ts';
import { readWords } from '../table/build-table.ts';
import type { PageLine, Segment } from './page-lines.ts';

/** Lines of one cell are set at most this far apart (in font sizes); rows are farther. */
const LEADING = 1.55;

/** First two levels of an indicator table: the columns whose cells are merged downwards; one more beside a group. */
const MERGED_COLUMNS = 2;

/** The lines of a table on one page. */
export interface TablePart {
  readonly lines: readonly PageLine[];
  readonly page: number;
}

interface Box {
  lines: Segment[];
  left: number;
  right: number;
  top: number;
  bottom: number;
  column: number;
  lastColumn: number;
}

interface Band {
  top: number;
  bottom: number;
}

/**
 * Rebuilds the grid of a table from where its words stand (ruling lines are not looked at). Columns are what no
 * narrow cell crosses; lines set closely under each other in one column are one cell; a cell beside several rows spans
 * them. Text of a merged cell is only known where it stands, so a span may come out smaller than it was drawn.
 */
export function rebuildTable(parts: readonly TablePart[]): Table {
  const lines = stacked(parts);
  const bottoms = pageBottoms(lines, parts);
  const position: Position = { page: parts[0]?.page ?? 1 };
  const { columns, merged } = findColumns(lines);
  const boxes = joinLines(
    lines.map((line) => ({ ...line, segments: line.segments.flatMap((each) => splitAtColumns(each, columns)) })),
    columns,
  );
  const bands = findBands(boxes, merged);
  const cells = spreadMergedCells(
    boxes.map((box) => placeBox(box, bands)),
    bands,
    merged,
  ).map(({ box, row, rowSpan }) => {
    return {
      row,
      column: box.column,
      rowSpan,
      columnSpan: box.lastColumn - box.column + 1,
      paragraphs: [[readWords(joinWords(box.lines))]],
      position: { page: pageOf(box.top, bottoms, parts) },
    };
  });
  cells.sort((a, b) => a.row - b.row || a.column - b.column);
  return { kind: 'table', rowCount: bands.length, columnCount: columns.length, headerRows: 0, cells, position };
}

/** Rows on two pages stand at least this far apart (in font sizes) once the pages are put under each other. */
const PAGE_GAP = 3;

/** Puts the pages of a table under each other: the first line of a page comes below the last of the page before. */
function stacked(parts: readonly TablePart[]): PageLine[] {
  let offset = 0;
  let bottom = 0;
  return parts.flatMap(({ lines }, index) => {
    const [first] = lines;
    if (index > 0 && first !== undefined) offset = bottom + PAGE_GAP * first.size - first.y;
    const moved = lines.map((line) => ({
      ...line,
      y: line.y + offset,
      segments: line.segments.map((each) => ({ ...each, y: each.y + offset })),
    }));
    bottom = moved.at(-1)?.y ?? bottom;
    return moved;
  });
}

/** The last line of each page of a table, once stacked. */
function pageBottoms(lines: readonly PageLine[], parts: readonly TablePart[]): number[] {
  let at = 0;
  return parts.map((part) => {
    at += part.lines.length;
    return lines[at - 1]?.y ?? 0;
  });
}

function pageOf(top: number, bottoms: readonly number[], parts: readonly TablePart[]): number {
  const index = bottoms.findIndex((bottom) => top <= bottom);
  return parts[index === -1 ? parts.length - 1 : index]?.page ?? 1;
}

/** Columns as x ranges: the ranges covered by segments once those that cross several others are set aside. */
function findColumns(lines: readonly PageLine[]): { columns: { left: number; right: number }[]; merged: number } {
  const fine = lines.map((line) => line.segments.flatMap(atoms));
  const all = fine.flat();
  // A segment is spanning when, on other lines, two segments side by side both lie above or below it.
  const spanning = new Set<Segment>();
  for (const segment of all) {
    for (const line of fine) {
      const within = line.filter(
        (each) =>
          each !== segment &&
          Math.min(each.right, segment.right) - Math.max(each.left, segment.left) > 0.25 * each.size,
      );
      if (within.length >= 2) {
        spanning.add(segment);
        break;
      }
    }
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
function splitAtColumns(segment: Segment, columns: readonly { left: number; right: number }[]): Segment[] {
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

/** Points; wider than any page. */
const MAX_WIDTH = 20_000;

function joinLines(lines: readonly PageLine[], columns: readonly { left: number; right: number }[]): Box[] {
  const boxes: Box[] = [];
  const latest = new Map<number, Box>();
  for (const line of lines) {
    for (const segment of line.segments) {
      const [column, lastColumn] = columnsOf(segment, columns);
      const above = latest.get(column);
      const lowest = above?.lines.at(-1);
      if (
        above !== undefined &&
        lowest !== undefined &&
        (above.lastColumn === lastColumn || (above.lines.length > 0 && lastColumn < above.lastColumn)) &&
        segment.y - lowest.y <= LEADING * Math.max(segment.size, lowest.size)
      ) {
        above.lines.push(segment);
        above.bottom = segment.y;
        above.right = Math.max(above.right, segment.right);
        continue;
      }
      const box: Box = {
        lines: [segment],
        left: segment.left,
        right: segment.right,
        top: segment.y - 0.8 * segment.size,
        bottom: segment.y,
        column,
        lastColumn,
      };
      boxes.push(box);
      for (let each = column; each <= lastColumn; each += 1) latest.set(each, box);
    }
  }
  return boxes;
}

function columnsOf(segment: Segment, columns: readonly { left: number; right: number }[]): [number, number] {
  const touched = columns.flatMap((each, index) =>
    Math.min(each.right, segment.right) - Math.max(each.left, segment.left) > 0 ? [index] : [],
  );
  const first = touched[0];
  if (first !== undefined) return [first, touched.at(-1) ?? first];
  const centre = (segment.left + segment.right) / 2;
  let best = 0;
  for (const [index, each] of columns.entries()) {
    const at = columns[best];
    if (at !== undefined && distance(each, centre) < distance(at, centre)) best = index;
  }
  return [best, best];
}

function distance(range: { left: number; right: number }, x: number): number {
  return x < range.left ? range.left - x : x > range.right ? x - range.right : 0;
}

/** Rows: the cells of one line first, then taller ones extend the row they stand in or span the rows beside them. */
function findBands(boxes: readonly Box[], merged: number): Band[] {
  const bands: Band[] = [];
  for (const box of [...boxes].sort((a, b) => a.bottom - a.top - (b.bottom - b.top) || a.top - b.top)) {
    const met = bands.filter((band) => meet(box, band));
    const [only] = met;
    if (met.length === 0) bands.push({ top: box.top, bottom: box.bottom });
    else if (met.length === 1 && only !== undefined) {
      const free = (top: number, bottom: number): boolean =>
        bands.every((band) => band === only || band.bottom <= top || bottom <= band.top);
      if (free(box.top, only.bottom)) only.top = Math.min(only.top, box.top);
      if (free(only.top, box.bottom)) only.bottom = Math.max(only.bottom, box.bottom);
    }
  }
  return withoutLoneBands(
    bands.sort((a, b) => a.top - b.top),
    boxes,
    merged,
  );
}

/**
 * The words of a cell merged over rows may stand between the rows and look like a row of their own: such a row holds
 * nothing else, and the taller cells beside it reach into it from the row they belong to.
 */
function withoutLoneBands(bands: readonly Band[], boxes: readonly Box[], merged: number): Band[] {
  const kept = [...bands];
  for (let index = 0; index < kept.length; index += 1) {
    const band = kept[index];
    if (band === undefined) continue;
    const standing = boxes.filter((box) => meet(box, band));
    const [only] = standing;
    if (
      standing.length === 1 &&
      only !== undefined &&
      only.column < merged &&
      floats(only, [kept[index - 1], kept[index + 1]], boxes)
    ) {
      kept.splice(index, 1);
      index -= 1;
      continue;
    }
    const own = standing.filter((box) => kept.filter((each) => meet(box, each)).length === 1);
    const reaching = standing.filter((box) => box.bottom - box.top > 1.5 * (band.bottom - band.top));
    if (own.length !== 1 || reaching.length === 0) continue;
    const neighbour = [kept[index - 1], kept[index + 1]].find(
      (each) => each !== undefined && reaching.every((box) => meet(box, each)),
    );
    if (neighbour === undefined) continue;
    neighbour.top = Math.min(neighbour.top, band.top);
    neighbour.bottom = Math.max(neighbour.bottom, band.bottom);
    kept.splice(index, 1);
    index -= 1;
  }
  return kept;
}

/** A cell of the first columns that stands between two rows, both empty in its column. */
function floats(box: Box, neighbours: readonly (Band | undefined)[], boxes: readonly Box[]): boolean {
  if (box.lastColumn !== box.column) return false;
  return neighbours.every(
    (band) =>
      band !== undefined && !boxes.some((each) => each.column === box.column && each !== box && meet(each, band)),
  );
}

interface PlacedBox {
  readonly box: Box;
  row: number;
  rowSpan: number;
}

function placeBox(box: Box, bands: readonly Band[]): PlacedBox {
  const rows = bands.flatMap((band, index) => (meet(box, band) ? [index] : []));
  const row = rows[0] ?? nearestBand(box, bands);
  return { box, row, rowSpan: rows.length === 0 ? 1 : (rows.at(-1) ?? row) - row + 1 };
}

function nearestBand(box: Box, bands: readonly Band[]): number {
  let best = 0;
  for (const [index, band] of bands.entries()) {
    const nearest = bands[best];
    if (nearest !== undefined && Math.abs(band.top - box.top) < Math.abs(nearest.top - box.top)) best = index;
  }
  return best;
}

/**
 * A merged cell's words stand in the middle of its rows. In the first columns a cell is given the empty rows around
 * it when its words then stand in their middle.
 */
function spreadMergedCells(placed: readonly PlacedBox[], bands: readonly Band[], merged: number): readonly PlacedBox[] {
  const edges = bands.map((band, index) =>
    index === 0 ? band.top : ((bands[index - 1]?.bottom ?? band.top) + band.top) / 2,
  );
  edges.push(bands.at(-1)?.bottom ?? 0);
  for (let column = 0; column < merged; column += 1) {
    const inColumn = placed
      .filter((each) => each.box.column <= column && each.box.lastColumn >= column)
      .sort((a, b) => a.row - b.row);
    for (const [index, each] of inColumn.entries()) {
      if (each.box.lastColumn !== each.box.column) continue;
      const before = inColumn[index - 1];
      const start = before === undefined ? each.row : before.row + before.rowSpan;
      const limit = inColumn[index + 1]?.row ?? bands.length;
      const middle = (each.box.top + each.box.bottom) / 2;
      const size = each.box.lines[0]?.size ?? 0;
      let best: { end: number; error: number } | undefined;
      for (let end = each.row + each.rowSpan; end <= limit && start <= each.row; end += 1) {
        const error = Math.abs(((edges[start] ?? 0) + (edges[end] ?? 0)) / 2 - middle);
        if (best === undefined || error < best.error) best = { end, error };
      }
      if (best === undefined || best.error > 0.8 * size) continue;
      each.row = start;
      each.rowSpan = best.end - start;
    }
  }
  return placed;
}

function meet(box: Band, band: Band): boolean {
  const shared = Math.min(box.bottom, band.bottom) - Math.max(box.top, band.top);
  return shared > 0.3 * Math.min(box.bottom - box.top, band.bottom - band.top);
}

/** Lines of one cell or paragraph run on without a space, except between Latin words. */
export function joinWords(lines: readonly { readonly text: string }[]): string {
  let words = '';
  for (const { text } of lines) {
    const next = text.trim();
    const space = /[A-Za-z,;]$/.test(words) && /^[A-Za-z]/.test(next) ? ' ' : '';
    words += space + next;
  }
  return words;
}
