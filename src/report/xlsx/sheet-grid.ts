import type { Table } from '../../document/index.ts';
import { layoutTable, type TableLayout } from '../table-layout.ts';

/** Edges nearer than this, in points, are one. */
const TOLERANCE = 4;

/** All tables of a sheet on one set of columns. */
export interface SheetGrid {
  readonly columnWidths: readonly number[];
  readonly layouts: ReadonlyMap<Table, PlacedTable>;
}

export interface PlacedTable {
  readonly layout: TableLayout;
  /** Sheet column of each of the table's column edges; `edges[i]` is where column i begins. */
  readonly edges: readonly number[];
}

/** @param width of the printed sheet in points */
export function makeSheetGrid(tables: readonly Table[], width: number): SheetGrid {
  const planned = tables.map((table) => ({ table, layout: layoutTable(table, width) }));
  const wanted = planned.flatMap(({ layout }) => edgesOf(layout.widths));
  const edges: number[] = [];
  for (const edge of [0, width, ...wanted].sort((a, b) => a - b))
    if (edges.length === 0 || edge - (edges.at(-1) ?? 0) > TOLERANCE) edges.push(edge);
  const layouts = new Map(
    planned.map(({ table, layout }) => [table, { layout, edges: distinct(edgesOf(layout.widths), edges) }]),
  );
  return { columnWidths: edges.slice(1).map((edge, index) => edge - (edges[index] ?? 0)), layouts };
}

function edgesOf(widths: readonly number[]): number[] {
  const edges = [0];
  for (const width of widths) edges.push((edges.at(-1) ?? 0) + width);
  return edges;
}

function distinct(wanted: readonly number[], edges: readonly number[]): number[] {
  return wanted.map((edge) => {
    let best = 0;
    edges.forEach((candidate, index) => {
      if (Math.abs(candidate - edge) < Math.abs((edges[best] ?? 0) - edge)) best = index;
    });
    return best;
  });
}
