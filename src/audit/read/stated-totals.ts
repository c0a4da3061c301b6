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
  const pairs = reading.totals.filter((total) => total.length > 0).map((total) => ofTotal(source, total));
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

/** The figures right behind the word, which are points: in 总分 98 待定 6 项 the 6 counts something else. */
function ofTotal(source: SourceText, total: readonly Piece[]): readonly Piece[] {
  const values = total.filter((piece) => piece.kind === 'value');
  const stop = values.findIndex((piece, at) => {
    const before = values[at - 1];
    const between = before === undefined ? '' : source.folded.slice(before.end, piece.start);
    const counted = piece.value !== undefined && !['', '分', '%'].includes(piece.value.unit);
    return counted || /\p{Script=Han}{2}/u.test(between.replace(POINTS_WORD, ''));
  });
  return stop < 0 ? values : values.slice(0, stop);
}

const POINTS_WORD = /自评|复核|单位|财政|总?得分|总分值?|分值|权重|合计|总计/g;

/** 10096 behind 总分 is 100 and 96, 9088.5 is 90 and 88.5; what is neither is no total. */
function splitTotal(piece: Piece): Piece[] {
  if (piece.value === undefined || piece.value.value.le(Exact.of(150))) return [piece];
  const [, whole = '', part = ''] = /^(100|90)(100|[1-9]?\d(?:\.\d+)?)$/.exec(piece.text) ?? [];
  const [weights, scores] = [readCellValue(whole), readCellValue(part)];
  if (weights === undefined || scores === undefined || scores.value.gt(weights.value)) return [];
  const middle = piece.end - part.length;
  return [
    { ...piece, text: whole, end: middle, value: weights },
    { ...piece, text: part, start: middle, value: scores },
  ];
}
