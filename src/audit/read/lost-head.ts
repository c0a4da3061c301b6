import { assignRows } from './assign-rows.ts';
import type { Column } from './header.ts';
import type { Layout, Piece } from './piece.ts';
import type { Reading, RowDraft } from './row-draft.ts';
import { amountAt } from './to-row.ts';

interface Read {
  readonly columns: readonly Column[];
  readonly readings: readonly Reading[];
}

const WEIGHT: Column = { role: 'weight', nth: 0 };
const SCORE: Column = { role: 'score', nth: 0 };
/** So much cheaper a row must be with the column than without. */
const CLEARLY = 1;

/**
 * Extraction loses heads: target, result and score are printed, but every row has one figure more, its weight. The
 * columns with a weight when the rows clearly have one; nothing certain may stand on them.
 */
export function withLostWeight(
  body: readonly Piece[],
  columns: readonly Column[],
  layout: Layout,
  readings: readonly Reading[],
): Read | undefined {
  const has = (role: string): boolean => columns.some((column) => column.role === role);
  if (layout === 'pipe' || layout === 'grid' || has('weight') || has('rate')) return undefined;
  if (!has('target') || !has('actual')) return undefined;
  const plain = readings[0];
  if (plain === undefined) return undefined;
  const score = columns.findIndex((column) => column.role === 'score');
  if (score < 0) return layout === 'line' ? withLostScore(body, columns, layout, plain) : undefined;
  if (layout === 'line') return undefined;
  let best: Read | undefined;
  let least = plain.cost;
  for (const at of [score, 0]) {
    const wider = [...columns.slice(0, at), WEIGHT, ...columns.slice(at)];
    const read = assignRows(body, wider, layout);
    const [first] = read;
    if (first === undefined) continue;
    const whole = first.rows.filter((row) => isWeighted(row, wider));
    if (whole.length < 4 || whole.length * 10 < first.rows.length * 6) continue;
    if (first.cost + CLEARLY * whole.length >= plain.cost || first.cost >= least) continue;
    least = first.cost;
    best = { columns: wider, readings: read };
  }
  return best;
}

/** The points of a form stand behind the result, and their head above the whole part or nowhere. */
function withLostScore(
  body: readonly Piece[],
  columns: readonly Column[],
  layout: Layout,
  plain: Reading,
): Read | undefined {
  const at = columns.findIndex((column) => column.role === 'actual') + 1;
  const wider = [...columns.slice(0, at), SCORE, ...columns.slice(at)];
  const readings = assignRows(body, wider, layout);
  const [first] = readings;
  if (first === undefined) return undefined;
  const whole = first.rows.filter((row) => row.name.length > 0 && isFilled(row, wider));
  if (whole.length < 4 || whole.length * 10 < first.rows.length * 8) return undefined;
  return first.cost + CLEARLY * whole.length < plain.cost ? { columns: wider, readings } : undefined;
}

function isFilled(row: RowDraft, columns: readonly Column[]): boolean {
  return columns.every((column, at) => column.role === 'reason' || row.cells[at]?.[0] !== undefined);
}

function isWeighted(row: RowDraft, columns: readonly Column[]): boolean {
  const [weight, score] = [amountAt(row, columns, 'weight'), amountAt(row, columns, 'score')];
  return row.name.length > 0 && weight !== undefined && score?.le(weight) === true;
}
