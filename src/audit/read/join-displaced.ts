import { Exact } from '../../quantity/index.ts';
import { isOffice } from './expand-text.ts';
import type { Column, HeaderGroup } from './header.ts';
import type { Layout, Piece } from './piece.ts';
import type { RowDraft } from './row-draft.ts';
import type { IndicatorRow } from './table.ts';
import { amountAt } from './to-row.ts';
import { PREFIX } from './vocabulary.ts';

/** In a displaced text the first row may stand between the heads. */
export function displacedStart(pieces: readonly Piece[], header: HeaderGroup): number {
  for (let index = header.from; index < header.to; index += 1) {
    const piece = pieces[index];
    if (piece === undefined || piece.kind !== 'text') continue;
    if (PREFIX.test(piece.text)) return index;
    // 数量指标 财政补助人数 between the heads: a level and its first name.
    if (pieces[index - 1]?.word?.kind === 'level2' && piece.text.length >= 4) return index - 1;
  }
  return header.to + 1;
}

/** 100 96 总分 in a displaced text: the figures of the total before its word. */
export function totalsBehind(body: readonly Piece[], layout: Layout): readonly Piece[] {
  if (layout !== 'space') return body;
  const at = body.findLastIndex((piece) => piece.word?.kind === 'total');
  const [weights, scores, word] = body.slice(Math.max(0, at - 2), at + 1);
  const whole = weights?.value?.value.eq(Exact.hundred) === true && scores?.value?.value.le(Exact.hundred) === true;
  if (at < 2 || !whole || weights === undefined || scores === undefined || word === undefined) return body;
  if (body[at + 1]?.kind === 'value' || body[at - 3]?.kind === 'value') return body;
  return [...body.slice(0, at - 2), word, weights, scores, ...body.slice(at + 1)];
}

interface Joined {
  readonly rows: readonly RowDraft[];
  readonly displaced: ReadonlySet<RowDraft>;
  /** Nameless figures that belong to no row. */
  readonly loose: readonly RowDraft[];
  /** Names or figures were left over: the text is displaced and could not be put together. */
  readonly broken: boolean;
  /** Names left over, and rows that may have got the figures of a neighbour. */
  readonly doubtful: ReadonlySet<RowDraft>;
}

/** Names here and figures there: as many names as figure groups are put together in order. */
export function joinDisplaced(
  read: readonly RowDraft[],
  columns: readonly Column[],
  layout: Layout,
  body: readonly Piece[],
): Joined {
  const rows = layout === 'space' ? withBareNames(read, body) : read;
  const hasFigures = (row: RowDraft): boolean =>
    row.cells.some((cell) => cell?.[0]?.kind === 'value' || cell?.[0]?.kind === 'text');
  const nameless = rows.filter((row) => row.name.length === 0 && hasFigures(row));
  const figureless = rows.filter(
    (row) => row.name.length > 0 && !hasFigures(row) && /^(?:指标|目标)[1-9]|.{4,}/.test(row.name[0]?.text ?? ''),
  );
  if (nameless.length === 0 || layout === 'grid' || layout === 'glued') {
    // In a text without white space a word that is the value is part of the name: such a row is not read.
    const pointless = !columns.some((column) => column.role === 'weight' || column.role === 'score');
    const swallowed =
      layout === 'glued' || (layout === 'space' && pointless)
        ? figureless.filter((row) => PREFIX.test(row.name[0]?.text ?? ''))
        : [];
    return { rows, displaced: new Set(), loose: [], broken: false, doubtful: new Set(swallowed) };
  }
  const scored = columns.some((column) => column.role === 'score');
  const groups = nameless.filter((row) => !scored || amountAt(row, columns, 'score') !== undefined);
  const tail = groups[groups.length - 1];
  const isGroup = new Set(groups);
  const loose = nameless.filter((row) => !isGroup.has(row));
  const prefixed = figureless.filter((row) => PREFIX.test(row.name[0]?.text ?? ''));
  const candidates = prefixed.length >= 2 ? [prefixed, figureless] : [figureless];
  let use = groups;
  let names = candidates.find((each) => each.length === use.length);
  if (names === undefined && tail !== undefined && looksLikeTotal(tail, columns)) {
    use = groups.slice(0, -1);
    loose.push(tail);
    names = candidates.find((each) => each.length === use.length);
  }
  const displaced = new Set<RowDraft>();
  const isLoose = new Set(loose);
  if (names === undefined)
    return leftOver(
      rows.filter((row) => !isLoose.has(row)),
      columns,
      loose,
      use.length > 0,
    );
  const result: RowDraft[] = [];
  const places = new Map(use.map((row, at) => [row, at]));
  const given = new Set(names);
  for (const row of rows) {
    if (isLoose.has(row)) continue;
    const at = places.get(row);
    if (at !== undefined) {
      const named = names[at];
      if (named === undefined) continue;
      const joined: RowDraft = { ...row, name: named.name, level1: named.level1, level2: named.level2 };
      displaced.add(joined);
      result.push(joined);
    } else if (!given.has(row)) result.push(row);
  }
  return { rows: result, displaced, loose, broken: false, doubtful: new Set() };
}

/**
 * The reader passes over a name without figures. Where figures stand without names, as many words that nothing was made
 * of are the names, when there are exactly as many.
 */
function withBareNames(rows: readonly RowDraft[], body: readonly Piece[]): readonly RowDraft[] {
  const startOf = (row: RowDraft): number =>
    Math.min(...[...row.name, ...row.cells.flatMap((cell) => cell ?? [])].map((piece) => piece.start));
  const nameless = rows.filter(
    (row) => row.name.length === 0 && row.cells.filter((cell) => cell?.[0]?.kind === 'value').length >= 2,
  );
  if (nameless.length < 2) return rows;
  const used = new Set<number>();
  for (const row of rows)
    for (const piece of [...row.name, ...row.cells.flatMap((cell) => cell ?? [])]) used.add(piece.start);
  const found: RowDraft[] = [];
  let [level1, level2] = ['', ''];
  for (const piece of body) {
    if (piece.word?.kind === 'level1') level1 = piece.text;
    if (piece.word?.kind === 'level2' || piece.word?.kind === 'level-either') level2 = piece.text;
    if (piece.kind !== 'text' || used.has(piece.start) || !BARE_NAME.test(piece.text) || isOffice(piece.text)) continue;
    found.push({ name: [piece], cells: [], level1, level2, cut: false });
  }
  if (found.length === 0) return rows;
  return [...rows, ...found].sort((a, b) => startOf(a) - startOf(b));
}

const BARE_NAME = /^[\p{Script=Han}\d、()“”%·-]{4,26}$/u;

/**
 * Names and figures that are not equal in number. A run of whole rows stands as it is unless names are left over on
 * one side of it and figures on the other, so that every name may have its neighbour's figures; and even then when
 * the rates among its names are the rows with percentages.
 */
function leftOver(
  rows: readonly RowDraft[],
  columns: readonly Column[],
  loose: readonly RowDraft[],
  broken: boolean,
): Joined {
  const doubtful = new Set<RowDraft>();
  const displaced = new Set<RowDraft>();
  const kindOf = (row: RowDraft | undefined): 'name' | 'figures' | 'row' | 'part' | undefined =>
    row === undefined ? undefined : kindOfRow(row, columns);
  for (let from = 0; from < rows.length; ) {
    let to = from;
    while (to < rows.length && kindOf(rows[to]) === 'row') to += 1;
    const run = rows.slice(from, to);
    const sides = [kindOf(rows[from - 1]), kindOf(rows[to])];
    const shifted = sides.includes('name') && sides.some((side) => side === 'figures' || side === 'part');
    if ((shifted || sides.includes('part')) && !ratesAgree(run, columns)) for (const row of run) doubtful.add(row);
    const next = rows[to];
    if (next !== undefined) {
      doubtful.add(next);
      if (kindOf(next) === 'figures') displaced.add(next);
    }
    from = to + 1;
  }
  return { rows, displaced, loose, broken, doubtful: broken ? doubtful : new Set() };
}

function kindOfRow(row: RowDraft, columns: readonly Column[]): 'name' | 'figures' | 'row' | 'part' {
  const stands = (column: Column, at: number): boolean => column.nth > 0 || row.cells[at]?.[0]?.kind !== undefined;
  const needed = columns.filter((column) => ['target', 'actual', 'weight', 'score'].includes(column.role));
  const whole = needed.every((column) => stands(column, columns.indexOf(column)));
  if (row.cells.every((cell) => cell === undefined)) return 'name';
  if (row.name.length === 0) return whole ? 'figures' : 'part';
  return whole ? 'row' : 'part';
}

/** Some names are rates and some are not, and exactly the rates have percentages. */
function ratesAgree(run: readonly RowDraft[], columns: readonly Column[]): boolean {
  const target = columns.findIndex((column) => column.role === 'target' && column.nth === 0);
  const rates = run.map((row) => /(?:率|比例|比重|占比)$/.test(row.name.map((piece) => piece.text).join('')));
  const percents = run.map((row) => row.cells[target]?.[0]?.value?.unit === '%');
  return rates.includes(true) && rates.includes(false) && rates.every((rate, at) => rate === percents[at]);
}

function looksLikeTotal(row: RowDraft, columns: readonly Column[]): boolean {
  const values = row.cells.flatMap((cell) => cell?.filter((piece) => piece.kind === 'value') ?? []);
  return (
    values.length <= 2 &&
    (amountAt(row, columns, 'weight')?.eq(Exact.hundred) ?? values[0]?.value?.value.eq(Exact.hundred) ?? false)
  );
}

/** A row put together again whose target and actual are of different kinds was put together wrongly. */
export function illJoined(row: IndicatorRow): boolean {
  const [target, actual] = [row.target?.value, row.actual?.value];
  return (
    !row.together && target !== undefined && actual !== undefined && (target.unit === '%') !== (actual.unit === '%')
  );
}
