import { Exact } from '../../quantity/index.ts';
import type { Column } from './header.ts';
import type { Piece } from './piece.ts';
import { cellOf } from './read-budget.ts';
import type { Reading, RowDraft } from './row-draft.ts';
import type { SourceText } from './source-text.ts';
import type { AuditTable } from './table.ts';
import { readCellValue } from './value.ts';

export function statedTotals(
  source: SourceText,
  reading: Reading,
  loose: readonly RowDraft[],
  columns: readonly Column[],
): AuditTable['stated'] {
  const pairs = reading.totals
    .filter((total) => total.length > 0)
    .map((total) => total.filter((piece) => piece.kind === 'value'));
  const last = pairs[pairs.length - 1];
  const weighted = columns.some((column) => column.role === 'weight');
  const scored = columns.some((column) => column.role === 'score');
  let figures: readonly Piece[] = last ?? [];
  if (figures.length === 0 && reading.totals.length > 0)
    figures = loose
      .flatMap((row) => row.cells.flatMap((cell) => cell?.filter((piece) => piece.kind === 'value') ?? []))
      .slice(-2);
  const cells = figures.flatMap((piece) => splitTotal(piece)).map((piece) => cellOf(source, piece));
  if (!scored) return { weightTotal: weighted ? cells[0] : undefined, scoreTotal: undefined };
  const all = pairs.flatMap((pair) => pair.flatMap((piece) => splitTotal(piece))).map((piece) => cellOf(source, piece));
  if (cells.length >= 2) return { weightTotal: cells[0], scoreTotal: cells[1], all };
  return { weightTotal: undefined, scoreTotal: cells[0], all, single: weighted };
}

/** 10096 behind 总分 is 100 and 96; what is neither is no total. */
function splitTotal(piece: Piece): Piece[] {
  if (piece.value === undefined || piece.value.value.le(Exact.of(150))) return [piece];
  const match = /^100(100|[1-9]?\d(?:\.\d+)?)$/.exec(piece.text);
  if (match?.[1] === undefined) return [];
  const middle = piece.end - match[1].length;
  const value = readCellValue(match[1]);
  return [
    { ...piece, text: '100', end: middle, value: { operator: undefined, value: Exact.hundred, places: 0, unit: '' } },
    { ...piece, text: match[1], start: middle, ...(value === undefined ? {} : { value }) },
  ];
}
