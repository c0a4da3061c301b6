import { Exact } from '../../quantity/index.ts';
import { assignRows } from './assign-rows.ts';
import { type Column, columnsOf, type HeaderGroup } from './header.ts';
import type { Layout, Lexed, Piece } from './piece.ts';
import type { RowDraft } from './row-draft.ts';
import { amountAt } from './to-row.ts';
import type { ColumnRole } from './vocabulary.ts';

/** Columns a form may have, when its heads were cut off. */
const SIGNED: readonly (readonly ColumnRole[])[] = [
  ['sign', 'target', 'unit', 'weight'],
  ['sign', 'target', 'unit', 'actual'],
  ['sign', 'target', 'unit', 'actual', 'weight'],
  ['sign', 'target', 'unit', 'actual', 'weight', 'score'],
];
const PLAIN: readonly (readonly ColumnRole[])[] = [
  ['target'],
  ['target', 'actual'],
  ['target', 'weight'],
  ['target', 'actual', 'score'],
  ['target', 'actual', 'weight', 'score'],
  ['weight', 'target', 'actual', 'score'],
  ['target', 'actual', 'weight', 'score', 'score', 'score'],
  ['target', 'actual', 'target', 'actual', 'weight', 'score'],
];

/** A row of a table that was guessed well costs less than this. */
const BELIEVABLE = 2;
const MOST_PIECES = 600;

/**
 * The heads a stretch of rows must have had: a text that begins in the middle of a form still has levels, names and
 * figures. Nothing when no known form fits well.
 */
export function guessHeader(lexed: Lexed, from: number, to: number): HeaderGroup | undefined {
  const { pieces, layout } = lexed;
  if (layout === 'grid') return undefined;
  const start = firstRow(pieces, from, to, layout);
  if (start === undefined) return undefined;
  const body = pieces.slice(start, Math.min(to, start + MOST_PIECES));
  const stop = body.findIndex(
    (piece) =>
      (piece.kind === 'word' && piece.word?.kind === 'stop') || (piece.kind === 'text' && piece.text.length > 60),
  );
  const rows = stop < 0 ? body : body.slice(0, stop);
  const long = rows.filter((piece) => piece.kind === 'text' && piece.text.length > 40).length;
  if (rows.filter((piece) => piece.kind === 'value').length < 4 || long * 6 > rows.length) return undefined;
  // 参训人数:目标值 90 人,实际值 95 人: sentences, whatever blanks stand in them.
  if (rows.filter((piece) => piece.kind === 'text' && SPOKEN.test(piece.text)).length >= 3) return undefined;
  const signs = rows.filter((piece) => piece.kind === 'operator').length;
  let best: { readonly header: HeaderGroup; readonly cost: number } | undefined;
  for (const roles of signs >= 2 ? SIGNED : PLAIN) {
    const header = headerOf([...roles, 'reason'], pieces, start);
    const columns = columnsOf(header);
    const [reading] = assignRows(rows, columns, layout);
    if (reading === undefined) continue;
    const target = columns.findIndex((column) => column.role === 'target');
    const read = reading.rows.filter((row) => row.name.length > 0 && row.cells[target]?.[0] !== undefined);
    if (read.length < 2 || read.length * 3 < reading.rows.length * 2) continue;
    const stands = (column: Column, at: number): boolean =>
      !['actual', 'weight', 'score'].includes(column.role) ||
      read.filter((row) => row.cells[at]?.[0] !== undefined && row.cells[at]?.[0]?.kind !== 'empty').length * 2 >=
        read.length;
    if (!columns.every(stands)) continue;
    const weights = Exact.sum(read.map((row) => amountAt(row, columns, 'weight') ?? Exact.zero));
    const whole = weights.eq(Exact.hundred) || weights.eq(Exact.of(90));
    const cost = reading.cost - (whole ? read.length : 0) + 2 * read.filter((row) => isFarOff(row, columns)).length;
    if (cost < BELIEVABLE * read.length && (best === undefined || cost < best.cost)) best = { header, cost };
  }
  return best?.header;
}

const SPOKEN = /[,:](?:年初|年度|全年|自评)?(?:目标值?|指标值|实际值?|完成值|实际完成值?|分值|得分)$/;

/** A result five times the target or a fifth of it is more likely the next column. */
function isFarOff(row: RowDraft, columns: readonly Column[]): boolean {
  const target = amountAt(row, columns, 'target');
  const actual = amountAt(row, columns, 'actual');
  if (target === undefined || actual === undefined || target.isZero) return false;
  return actual.mul(FIVE).lt(target) || actual.gt(target.mul(FIVE));
}

const FIVE = Exact.of(5);

function headerOf(roles: readonly ColumnRole[], pieces: readonly Piece[], start: number): HeaderGroup {
  const piece: Piece = { kind: 'empty', text: '', start: pieces[start]?.start ?? 0, end: 0, gap: 'row' };
  const at = start - 1;
  return { kind: 'indicators', from: at, to: at, heads: roles.map((role) => ({ role, piece, index: at })) };
}

/** The first level, or in a text of cells that begins with a row, its beginning. */
function firstRow(pieces: readonly Piece[], from: number, to: number, layout: Layout): number | undefined {
  const levels: number[] = [];
  for (let at = from; at < to && levels.length < 3; at += 1) {
    const piece = pieces[at];
    if (piece?.kind === 'word' && piece.word?.kind.startsWith('level') === true) levels.push(at);
  }
  const [first] = levels;
  if (first === undefined || levels.length < 2) return undefined;
  const begins =
    from === 0 &&
    layout === 'pipe' &&
    first <= 60 &&
    pieces.slice(0, first).every((piece) => piece.text.length <= 40 && piece.kind !== 'word');
  return begins ? 0 : first;
}
