import type { Segment } from './page-lines.ts';

export interface Box {
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

/** Rows: the cells of one line first, then taller ones extend the row they stand in or span the rows beside them. */
export function findBands(boxes: readonly Box[], merged: number): Band[] {
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

export function placeBox(box: Box, bands: readonly Band[]): PlacedBox {
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
export function spreadMergedCells(
  placed: readonly PlacedBox[],
  bands: readonly Band[],
  merged: number,
): readonly PlacedBox[] {
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
