import type { Piece } from './piece.ts';
import type { ColumnRole } from './vocabulary.ts';

/** Fewer rows than this do not show that a table is regular. */
const LEAST_ROWS = 3;

/**
 * Tells the cells of a regular table between pipes which column they stand in: where the rows below a head have as
 * many cells as the head, and what stands under it can stand there. Rows of another width keep no column.
 */
export function withPipeColumns(pieces: readonly Piece[]): readonly Piece[] {
  const rows = rowsOf(pieces);
  const placed = new Map<Piece, number>();
  rows.forEach((head, at) => {
    const roles = head.map(roleOf);
    const levelled = roles.includes('level1') || roles.includes('level2');
    if (levelled || head.length < 5 || !roles.includes('target') || !roles.includes('actual')) return;
    const name = nameColumn(head, roles);
    if (name < 0) return;
    const body: Piece[][] = [];
    for (const row of rows.slice(at + 1)) {
      if (row.some((piece) => roleOf(piece) === 'target' || piece.word?.kind === 'stop')) break;
      if (row.length === head.length) body.push(row);
    }
    const fitting = body.filter((row) => fits(row, roles, name));
    if (fitting.length < LEAST_ROWS || fitting.length * 10 < body.length * 9) return;
    for (const row of [head, ...fitting]) for (const [column, piece] of row.entries()) placed.set(piece, column);
  });
  if (placed.size === 0) return pieces;
  return pieces.map((piece) => {
    const column = placed.get(piece);
    return column === undefined ? piece : { ...piece, column };
  });
}

function rowsOf(pieces: readonly Piece[]): Piece[][] {
  const rows: Piece[][] = [];
  for (const piece of pieces) {
    const row = rows[rows.length - 1];
    if (row === undefined || piece.gap === 'row') rows.push([piece]);
    else row.push(piece);
  }
  return rows;
}

function roleOf(piece: Piece): ColumnRole | undefined {
  return piece.word?.kind === 'header' ? piece.word.role : undefined;
}

/** 三级指标 or 指标名称, else 绩效指标 or 指标 right before the other heads. */
function nameColumn(head: readonly Piece[], roles: readonly (ColumnRole | undefined)[]): number {
  const named = roles.indexOf('name');
  return named >= 0 ? named : head.findIndex((piece) => piece.word?.kind === 'form' && /指标$/.test(piece.text));
}

function fits(row: readonly Piece[], roles: readonly (ColumnRole | undefined)[], name: number): boolean {
  const named = row[name];
  if (named === undefined || named.kind === 'empty' || named.kind === 'dash' || named.kind === 'value') return false;
  return row.every((piece, at) => {
    const role = roles[at];
    if (role === 'weight' || role === 'score') return piece.kind !== 'text';
    if (role === 'target' || role === 'actual') return piece.kind !== 'word' || piece.word?.kind === 'junk';
    return true;
  });
}
