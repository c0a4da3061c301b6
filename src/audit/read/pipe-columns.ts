import type { Piece } from './piece.ts';
import type { ColumnRole } from './vocabulary.ts';

/** Fewer rows than this do not show that a table is regular. */
const LEAST_ROWS = 3;

interface Row {
  readonly pieces: readonly Piece[];
  /** Empty cells the line begins with, which are no pieces. */
  readonly lead: number;
}

/**
 * Tells the cells of a regular table between pipes which column they stand in: where the rows below a head have as
 * many cells as the head, and what stands under it can stand there. Rows of another width keep no column.
 */
export function withPipeColumns(pieces: readonly Piece[], folded: string): readonly Piece[] {
  const rows = rowsOf(pieces, folded);
  const placed = new Map<Piece, number>();
  const place = (head: Row, at: number): boolean => {
    const roles = [...Array<undefined>(head.lead), ...head.pieces.map(roleOf)];
    const name = nameColumn(head, roles);
    if (name < 0 || roles.length < 5 || roles.filter((role) => role !== undefined && FIGURES.has(role)).length < 2)
      return false;
    const body: Row[] = [];
    for (const row of rows.slice(at + 1)) {
      if (row.pieces.some((piece) => roleOf(piece) === 'name' || piece.word?.kind === 'stop')) break;
      if (row.lead + row.pieces.length === roles.length && cellAt(row, name) !== undefined) body.push(row);
    }
    const fitting = body.filter((row) => fits(row, roles, name));
    if (fitting.length < LEAST_ROWS || fitting.length * 10 < body.length * 9) return false;
    for (const { pieces: cells, lead } of [head, ...fitting])
      for (const [column, piece] of cells.entries()) placed.set(piece, lead + column);
    return true;
  };
  rows.forEach((head, at) => {
    if (place(head, at) || head.lead > 0 || head.pieces[0]?.word?.kind !== 'form') return;
    // 绩效指标 before the heads spans the rows and stands in none of them.
    place({ pieces: head.pieces.slice(1), lead: 0 }, at);
  });
  if (placed.size === 0) return pieces;
  return pieces.map((piece) => {
    const column = placed.get(piece);
    return column === undefined ? piece : { ...piece, column };
  });
}

const FIGURES: ReadonlySet<ColumnRole> = new Set(['target', 'actual', 'weight', 'score']);

function rowsOf(pieces: readonly Piece[], folded: string): Row[] {
  const rows: { pieces: Piece[]; lead: number }[] = [];
  for (const piece of pieces) {
    const row = rows[rows.length - 1];
    if (row === undefined || piece.gap === 'row') rows.push({ pieces: [piece], lead: leadOf(folded, piece.start) });
    else row.pieces.push(piece);
  }
  return rows;
}

/** How many pipes stand before a piece in its line, when nothing else does. */
function leadOf(folded: string, start: number): number {
  let lead = 0;
  for (let at = start - 1; at >= 0 && folded[at] !== '\n'; at -= 1) {
    if (folded[at] === '|') lead += 1;
    else if (folded[at] !== ' ') return 0;
  }
  return lead;
}

function roleOf(piece: Piece): ColumnRole | undefined {
  return piece.word?.kind === 'header' ? piece.word.role : undefined;
}

/** 三级指标 or 指标名称, else 绩效指标 or 指标 right before the other heads. */
function nameColumn(head: Row, roles: readonly (ColumnRole | undefined)[]): number {
  const named = roles.indexOf('name');
  if (named >= 0) return named;
  if (roles.includes('level1') || roles.includes('level2')) return -1;
  const form = head.pieces.findIndex((piece) => piece.word?.kind === 'form' && /指标$/.test(piece.text));
  return form < 0 ? -1 : head.lead + form;
}

/** The cell of a row in a column; nothing when it is empty. */
function cellAt(row: Row, column: number): Piece | undefined {
  const piece = row.pieces[column - row.lead];
  return piece?.kind === 'empty' || piece?.kind === 'dash' ? undefined : piece;
}

function fits(row: Row, roles: readonly (ColumnRole | undefined)[], name: number): boolean {
  if (cellAt(row, name)?.kind === 'value') return false;
  return row.pieces.every((piece, nth) => {
    const role = roles[row.lead + nth];
    if (role === 'weight' || role === 'score') return piece.kind !== 'text';
    if (role === 'target' || role === 'actual') return piece.kind !== 'word' || piece.word?.kind === 'junk';
    if (role === 'level1' || role === 'level2') return piece.kind !== 'value';
    return true;
  });
}
