import { assignRows } from './assign-rows.ts';
import { type Column, columnsOf, type Head, type HeaderGroup } from './header.ts';
import { withLostWeight } from './lost-head.ts';
import type { Layout, Piece } from './piece.ts';
import type { Reading, RowDraft } from './row-draft.ts';
import { amountAt } from './to-row.ts';
import type { ColumnRole } from './vocabulary.ts';

export interface ColumnsRead {
  readonly columns: readonly Column[];
  readonly readings: readonly Reading[];
  /** The columns are inferred from the rows: nothing certain may stand on them. */
  readonly guessed: boolean;
}

/** So much cheaper a row must be with other columns than with those printed. */
const CLEARLY = 1;

/**
 * The columns the rows speak for when they do not fit the heads that were recognised: a head nobody knows (a word that
 * recognition misread), a head that was lost, columns that were left blank in every row.
 */
export function withOtherColumns(
  body: readonly Piece[],
  header: HeaderGroup,
  pieces: readonly Piece[],
  layout: Layout,
): ColumnsRead {
  const columns = columnsOf(header);
  const plain: ColumnsRead = { columns, readings: assignRows(body, columns, layout), guessed: false };
  const named = withUnknownHeads(body, header, pieces, layout, plain);
  if (named !== undefined) return named;
  const lost = withLostWeight(body, columns, layout, plain.readings);
  if (lost !== undefined) return { ...lost, guessed: true };
  return withoutBlank(body, layout, plain) ?? plain;
}

const POINTS_AND_AIMS: readonly ColumnRole[] = ['weight', 'score', 'target', 'actual'];
const MOST_UNKNOWN = 3;

/** A word among the heads that no form is known to print is a head: of which column, the rows say. */
function withUnknownHeads(
  body: readonly Piece[],
  header: HeaderGroup,
  pieces: readonly Piece[],
  layout: Layout,
  plain: ColumnsRead,
): ColumnsRead | undefined {
  const unknown = unknownHeads(header, pieces);
  const [first] = plain.readings;
  if (unknown.length === 0 || unknown.length > MOST_UNKNOWN || first === undefined) return undefined;
  const lacking = POINTS_AND_AIMS.filter((role) => !header.heads.some((head) => head.role === role));
  let best: ColumnsRead | undefined;
  let least = first.cost - CLEARLY * Math.max(1, first.rows.length / 2);
  const weigh = (roles: readonly ColumnRole[]): void => {
    const heads = [...header.heads, ...unknown.map((head, nth): Head => ({ ...head, role: roles[nth] ?? 'other' }))];
    heads.sort((a, b) => a.index - b.index);
    const columns = columnsOf({ ...header, heads });
    const readings = assignRows(body, columns, layout);
    const cost = readings[0]?.cost ?? Number.POSITIVE_INFINITY;
    if (cost >= least) return;
    least = cost;
    best = { columns, readings, guessed: false };
  };
  weigh([]);
  unknown.forEach((_, nth) => {
    for (const role of lacking) weigh(unknown.map((__, at) => (at === nth ? role : 'other')));
  });
  return best;
}

function unknownHeads(header: HeaderGroup, pieces: readonly Piece[]): readonly Omit<Head, 'role'>[] {
  const found: Omit<Head, 'role'>[] = [];
  const first = header.heads.find((head) => head.role === 'name') ?? header.heads[0];
  for (let index = (first?.index ?? header.to) + 1; index < header.to; index += 1) {
    const piece = pieces[index];
    if (piece?.kind === 'text' && /^[\p{Script=Han}()%、]{2,10}$/u.test(piece.text)) found.push({ piece, index });
  }
  return found;
}

/** Forms that were set up and not filled in: target and weight alone, whatever else the heads say. */
const LEFT_BLANK: readonly (readonly ColumnRole[])[] = [['actual', 'score']];

function withoutBlank(body: readonly Piece[], layout: Layout, plain: ColumnsRead): ColumnsRead | undefined {
  if (layout === 'pipe' || layout === 'grid') return undefined;
  const [first] = plain.readings;
  if (first === undefined) return undefined;
  const scored = first.rows.filter((row) => amountAt(row, plain.columns, 'score') !== undefined);
  if (scored.length * 5 > first.rows.length) return undefined;
  for (const blank of LEFT_BLANK) {
    if (!blank.every((role) => plain.columns.some((column) => column.role === role))) continue;
    const columns = plain.columns.filter((column) => !blank.includes(column.role));
    const readings = assignRows(body, columns, layout);
    const rows = readings[0]?.rows ?? [];
    const whole = rows.filter((row) => row.name.length > 0 && isFilled(row, columns));
    if (whole.length < 2 || whole.length * 10 < rows.length * 8) continue;
    if ((readings[0]?.cost ?? 0) + CLEARLY * whole.length < first.cost) return { columns, readings, guessed: false };
  }
  return undefined;
}

function isFilled(row: RowDraft, columns: readonly Column[]): boolean {
  return columns.every(
    (column, at) => !['target', 'actual', 'weight', 'score'].includes(column.role) || row.cells[at]?.[0] !== undefined,
  );
}
