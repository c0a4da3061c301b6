import { Exact } from '../../quantity/index.ts';
import type { Column } from './header.ts';
import type { Layout, Piece } from './piece.ts';
import { type ColumnRole, PREFIX } from './vocabulary.ts';

const LEAST_ROWS = 3;
const READ: readonly ColumnRole[] = ['target', 'actual', 'weight', 'score'];

/**
 * Extraction may read a table column by column: all names, then all targets, all results, all weights, all scores. Put
 * in rows again when there are as many cells of every column as names, target and result of each are of one kind and
 * the weights add up; else nothing.
 */
export function rowsOfColumns(
  body: readonly Piece[],
  columns: readonly Column[],
  layout: Layout,
): readonly Piece[] | undefined {
  const roles = columns.filter(({ role, nth }) => nth === 0 && READ.includes(role)).map(({ role }) => role);
  if ((layout !== 'space' && layout !== 'line') || roles.length < 3 || !roles.includes('weight')) return undefined;
  const pieces = body.filter((piece) => piece.kind !== 'empty');
  const from = pieces.findIndex((_, at) => runLength(pieces, at) >= LEAST_ROWS);
  if (from < 0) return undefined;
  const rest = pieces.slice(from);
  const close = rest.findIndex((piece) => piece.word?.kind === 'total' || piece.word?.kind === 'stop');
  const cells = close < 0 ? rest : rest.slice(0, close);
  for (let count = runLength(pieces, from); count >= LEAST_ROWS; count -= 1) {
    if (cells.length < count * (roles.length + 1)) continue;
    const column = (nth: number): readonly Piece[] => cells.slice(count * nth, count * (nth + 1));
    const read = new Map(roles.map((role, nth) => [role, column(nth + 1)]));
    if (!isTable(column(0), read)) continue;
    const before = pieces.slice(0, from);
    return [
      ...inRows(
        column(0),
        roles.map((role) => read.get(role) ?? []),
        before,
      ),
      ...(close < 0 ? [] : rest.slice(close)),
    ];
  }
  return undefined;
}

/** How many words stand one after the other without a figure or a form's own word. */
function runLength(pieces: readonly Piece[], from: number): number {
  let at = from;
  while (pieces[at]?.kind === 'text') at += 1;
  return at - from;
}

function isTable(names: readonly Piece[], read: ReadonlyMap<ColumnRole, readonly Piece[]>): boolean {
  if (names.some((name) => name.text.length < 3)) return false;
  const points = (role: ColumnRole): readonly Exact[] | undefined => {
    const values = read.get(role)?.map((piece) => piece.value);
    if (values === undefined) return undefined;
    const plain = values.flatMap((value) =>
      value !== undefined && value.operator === undefined && ['', '分'].includes(value.unit) ? [value.value] : [],
    );
    return plain.length === values.length ? plain : undefined;
  };
  const [weights, scores] = [points('weight'), points('score')];
  if (weights === undefined || (read.has('score') && scores === undefined)) return false;
  const sum = Exact.sum(weights);
  if (![Exact.hundred, Exact.of(90), Exact.of(80)].some((whole) => whole.eq(sum))) return false;
  if (scores?.some((score, at) => score.gt(weights[at] ?? Exact.zero)) === true) return false;
  const [targets, actuals] = [read.get('target'), read.get('actual')];
  if (targets === undefined || actuals === undefined) return true;
  const alike = targets.filter((target, at) => {
    const actual = actuals[at];
    return target.kind === actual?.kind && (target.value?.unit ?? '') === (actual.value?.unit ?? '');
  });
  return alike.length * 10 >= targets.length * 8;
}

/** One row after the other; as many second levels as times the names begin with 指标1 stand before their names. */
function inRows(
  names: readonly Piece[],
  columns: readonly (readonly Piece[])[],
  before: readonly Piece[],
): readonly Piece[] {
  const levels = before.filter((piece) => piece.word?.kind === 'level2' || piece.word?.kind === 'level-either').slice();
  const seconds = levels.filter((piece) => !/\(\d/.test(piece.text));
  const firsts = names.filter((name) => /^(?:指标|目标)1(?!\d)/.test(name.text)).length;
  const named = firsts > 0 && names.every((name) => PREFIX.test(name.text));
  const used = named ? seconds.slice(-firsts) : [];
  let level = -1;
  return names.flatMap((name, at) => {
    if (/^(?:指标|目标)1(?!\d)/.test(name.text)) level += 1;
    const own = /^(?:指标|目标)1(?!\d)/.test(name.text) && used.length === firsts ? used[level] : undefined;
    const row = [name, ...columns.flatMap((column) => column[at] ?? [])];
    const placed = row.map((piece, nth): Piece => ({ ...piece, gap: nth === 0 ? 'row' : 'space' }));
    return own === undefined ? placed : [own, ...placed];
  });
}
