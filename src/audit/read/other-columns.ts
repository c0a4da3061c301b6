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
  const plain = inBestOrder(body, columnsOf(header), layout);
  const { columns } = plain;
  const named = withUnknownHeads(body, header, pieces, layout, plain);
  if (named !== undefined) return named;
  const lost = withLostWeight(body, columns, layout, plain.readings);
  if (lost !== undefined) return { ...lost, guessed: true };
  return withoutBlank(body, layout, plain) ?? plain;
}

/**
 * Forms print the target before the result, and the weight before both or behind both. Heads in another order were torn
 * and read in pieces: the order that suits the rows best counts.
 */
function inBestOrder(body: readonly Piece[], printed: readonly Column[], layout: Layout): ColumnsRead {
  const read = (columns: readonly Column[]): ColumnsRead => ({
    columns,
    readings: assignRows(body, columns, layout),
    guessed: false,
  });
  let best = read(printed);
  // Some forms do print the weight between target and result.
  const turned =
    printed.findIndex(({ role }) => role === 'actual') < printed.findIndex(({ role }) => role === 'target');
  const margin = turned ? 0 : 2;
  for (const columns of layout === 'space' || turned ? usualOrders(printed) : []) {
    const other = read(columns);
    const [cost, least] = [other.readings[0]?.cost, best.readings[0]?.cost];
    if (cost !== undefined && (least === undefined || cost <= least - margin)) best = other;
  }
  return best;
}

function usualOrders(printed: readonly Column[]): readonly (readonly Column[])[] {
  const at = (role: ColumnRole): number => printed.findIndex((column) => column.role === role && column.nth === 0);
  const [target, actual, weight, score] = [at('target'), at('actual'), at('weight'), at('score')];
  if (target < 0 || actual < 0 || printed.some((column) => column.gridColumn !== undefined && column.nth > 0))
    return [];
  const points = [weight, score].filter((place) => place >= 0);
  const between = points.some((place) => place > target && place < actual);
  if (target < actual && !between) return [];
  const moved = printed[actual];
  if (moved === undefined) return [];
  const rest = printed.filter((column) => column !== moved);
  const behind = rest.findIndex((column) => column.role === 'target' && column.nth === 0);
  const unit = rest[behind + 1]?.role === 'unit' ? 1 : 0;
  return [[...rest.slice(0, behind + 1 + unit), moved, ...rest.slice(behind + 1 + unit)]];
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
