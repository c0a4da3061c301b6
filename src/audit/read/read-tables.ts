import { Exact } from '../../quantity/index.ts';
import { assignRows, PREFIX, type Reading, type RowDraft } from './assign-rows.ts';
import { type Column, columnsOf, findHeaders, type HeaderGroup } from './header.ts';
import type { Layout, Lexed, Piece } from './piece.ts';
import { cellOf, readBudget } from './read-budget.ts';
import { hasDigitRun, settledRows } from './settle-cuts.ts';
import { type SourceText, squeeze } from './source-text.ts';
import type { AuditTable, BudgetTable, CellRole, IndicatorRow, TableCell } from './table.ts';
import { readCellValue } from './value.ts';
import { sectionWeight } from './vocabulary.ts';

/** Every self-evaluation table of a text. */
export function readTables(source: SourceText, lexed: Lexed): readonly AuditTable[] {
  const { pieces } = lexed;
  const headers = findHeaders(pieces);
  const tables: AuditTable[] = [];
  let budget: { table: BudgetTable; header: HeaderGroup } | undefined;
  const flush = (): void => {
    if (budget === undefined) return;
    const start = pieces[budget.header.from]?.start ?? 0;
    tables.push({
      start,
      end: source.raw.length,
      celled: lexed.layout !== 'space' && lexed.layout !== 'glued',
      budget: budget.table,
      indicators: [],
      roles: [],
      stated: { weightTotal: undefined, scoreTotal: undefined },
      complete: false,
      unreadable: [],
    });
    budget = undefined;
  };
  headers.forEach((header, nth) => {
    const next = headers[nth + 1];
    if (header.kind === 'budget') {
      flush();
      budget = { table: readBudget(source, pieces, header, header.from, next?.from ?? pieces.length), header };
      return;
    }
    const end = bodyEnd(pieces, header, headers.slice(nth + 1));
    const previous = tables[tables.length - 1];
    // The same header again on the next page goes on with the table above.
    if (
      budget === undefined &&
      previous !== undefined &&
      previous.indicators.length > 0 &&
      !hasBreak(pieces, header, previous)
    )
      return;
    tables.push(readIndicators(source, lexed, header, end, budget));
    budget = undefined;
  });
  flush();
  return tables;
}

function hasBreak(pieces: readonly Piece[], header: HeaderGroup, previous: AuditTable): boolean {
  const first = pieces[header.from]?.start ?? 0;
  return first >= previous.end;
}

/** An indicator body ends at the words that close a form, at the next form, or at the end. */
function bodyEnd(pieces: readonly Piece[], header: HeaderGroup, later: readonly HeaderGroup[]): number {
  const nextBudget = later.find((group) => group.kind === 'budget')?.from ?? pieces.length;
  let totals = 0;
  let afterTotal = 0;
  for (let index = header.to + 1; index < nextBudget; index += 1) {
    const piece = pieces[index];
    if (piece === undefined) continue;
    if (piece.kind === 'word' && piece.word?.kind === 'stop') {
      // 其他需要说明的问题 may stand before 总分.
      const near = pieces.slice(index, index + 6).some((each) => each.kind === 'word' && each.word?.kind === 'total');
      if (!near) return index;
    }
    if (piece.kind === 'text' && /^(?:注|备注|说明)[::]/.test(piece.text) && index > header.to + 4) return index;
    if (piece.kind === 'word' && piece.word?.kind === 'total') totals += 1;
    else if (totals > 0 && piece.kind === 'text') afterTotal += piece.text.length;
    if (totals > 0 && piece.kind === 'text' && piece.text.length > 70) return index;
    if (totals > 0 && afterTotal > 400) return index;
  }
  return nextBudget;
}

function readIndicators(
  source: SourceText,
  lexed: Lexed,
  header: HeaderGroup,
  end: number,
  budget: { readonly table: BudgetTable; readonly header: HeaderGroup } | undefined,
): AuditTable {
  const { pieces, layout } = lexed;
  const columns = columnsOf(header);
  const body = placeLevels(pieces.slice(displacedStart(pieces, header), end), header);
  const readings = assignRows(body, columns, layout);
  const budgetWeight = budget?.table.rows.find((row) => row.weight !== undefined)?.weight?.value?.value;
  const chosen = chooseReading(readings, columns, budgetWeight);
  const rest = readings.filter((reading) => reading !== chosen && reading.cost - (chosen?.cost ?? 0) < 1.2);
  const start = pieces[budget?.header.from ?? header.from]?.start ?? 0;
  const last = body.findLast((piece) => piece.kind !== 'empty');
  const tableEnd = last?.end ?? pieces[header.to]?.end ?? 0;
  const empty: AuditTable = {
    start,
    end: tableEnd,
    celled: layout !== 'space' && layout !== 'glued',
    budget: budget?.table,
    indicators: [],
    roles: columns.map((column) => column.role),
    stated: { weightTotal: undefined, scoreTotal: undefined },
    complete: false,
    unreadable: [],
  };
  if (chosen === undefined) return empty;
  const drafts = joinDisplaced(chosen.rows, columns, layout);
  const totals = statedTotals(source, chosen, drafts.loose, columns);
  const settled = settleCuts(drafts.rows, columns, budgetWeight);
  let indicators = drafts.rows
    .map((draft) => {
      const row = toRow(source, draft, columns, rest, drafts.displaced.has(draft));
      if (row === undefined) return row;
      return settled.has(draft) && !illJoined(row) ? row : { ...row, unreadable: ALL_CELLS };
    })
    .filter((row) => row !== undefined);
  if (drafts.broken && layout === 'space' && !weightsAddUp(indicators, budgetWeight)) {
    const first = indicators.findIndex((row) => row.name === undefined);
    indicators = indicators.map((row, at) =>
      at < first - 1 ? row : { ...row, unreadable: ['target', 'actual', 'weight', 'score'] },
    );
  }
  indicators = distrustPartial(indicators, columns, layout, budgetWeight);
  const cutOff = isCutOff(source, pieces, end, indicators, columns);
  if (cutOff) indicators = indicators.slice(0, -1);
  const unreadable = indicators.flatMap((row) =>
    row.unreadable.length === 0
      ? []
      : [
          {
            start: rowSpan(row)[0],
            end: rowSpan(row)[1],
            why: `这一行的${row.unreadable.map((role) => CELL_NAMES[role]).join('、')}可以读成不止一种`,
          },
        ],
  );
  return {
    ...empty,
    indicators,
    stated: totals,
    complete: !drafts.broken && isComplete(indicators, columns, budget?.table, totals),
    unreadable,
  };
}

const CELL_NAMES: Readonly<Record<CellRole, string>> = {
  target: '目标值',
  actual: '完成值',
  weight: '分值',
  score: '得分',
};

export function rowSpan(row: IndicatorRow): readonly [number, number] {
  const cells = [row.name, row.target, row.actual, row.weight, row.score].filter((cell) => cell !== undefined);
  return [Math.min(...cells.map((cell) => cell.start)), Math.max(...cells.map((cell) => cell.end))];
}

/** In a real table the column says what a cell is: 过程 under 一级指标 is a level, 满意度 under 三级指标 a name. */
function placeLevels(body: readonly Piece[], header: HeaderGroup): readonly Piece[] {
  const columnOf = (role: string): number | undefined => header.heads.find((head) => head.role === role)?.piece.column;
  const [first, second, name] = [columnOf('level1'), columnOf('level2'), columnOf('name')];
  if (name === undefined || first === undefined || second === undefined || first === second) return body;
  return body.map((piece): Piece => {
    if (piece.column === undefined) return piece;
    const level = piece.column === first ? 'level1' : piece.column === second ? 'level2' : undefined;
    if (level !== undefined && piece.kind === 'text' && piece.text.length <= 20 && !PREFIX.test(piece.text))
      return { ...piece, kind: 'word', word: { kind: level } };
    if (piece.column === name && piece.kind === 'word' && piece.word?.kind.startsWith('level') === true)
      return { ...piece, kind: 'text' };
    return piece;
  });
}

/** In a displaced text the first row may stand between the heads. */
function displacedStart(pieces: readonly Piece[], header: HeaderGroup): number {
  for (let index = header.from; index < header.to; index += 1) {
    const piece = pieces[index];
    if (piece !== undefined && PREFIX.test(piece.text) && piece.kind === 'text') return index;
  }
  return header.to + 1;
}

function amountAt(draft: RowDraft, columns: readonly Column[], role: string): Exact | undefined {
  const at = columns.findIndex((column) => column.role === role && column.nth === 0);
  return at < 0 ? undefined : draft.cells[at]?.[0]?.value?.value;
}

/** Among readings of nearly equal plausibility the one whose weights add up. */
function chooseReading(
  readings: readonly Reading[],
  columns: readonly Column[],
  budgetWeight: Exact | undefined,
): Reading | undefined {
  const best = readings[0];
  if (best === undefined) return undefined;
  const addsUp = (reading: Reading): boolean => {
    const total = Exact.sum(reading.rows.map((row) => amountAt(row, columns, 'weight') ?? Exact.zero));
    return total.eq(Exact.hundred) || (budgetWeight !== undefined && total.add(budgetWeight).eq(Exact.hundred));
  };
  if (addsUp(best)) return best;
  return readings.find((reading) => reading.cost - best.cost < 3 && addsUp(reading)) ?? best;
}

interface Joined {
  readonly rows: readonly RowDraft[];
  readonly displaced: ReadonlySet<RowDraft>;
  /** Nameless figures that belong to no row. */
  readonly loose: readonly RowDraft[];
  /** Names or figures were left over: the text is displaced and could not be put together. */
  readonly broken: boolean;
}

/** Names here and figures there: as many names as figure groups are put together in order. */
function joinDisplaced(rows: readonly RowDraft[], columns: readonly Column[], layout: Layout): Joined {
  const hasFigures = (row: RowDraft): boolean =>
    row.cells.some((cell) => cell?.[0]?.kind === 'value' || cell?.[0]?.kind === 'text');
  const nameless = rows.filter((row) => row.name.length === 0 && hasFigures(row));
  const figureless = rows.filter(
    (row) => row.name.length > 0 && !hasFigures(row) && /^(?:指标|目标)[1-9]|.{4,}/.test(row.name[0]?.text ?? ''),
  );
  if (nameless.length === 0 || layout === 'grid' || layout === 'glued')
    return { rows, displaced: new Set(), loose: [], broken: false };
  const scored = columns.some((column) => column.role === 'score');
  const groups = nameless.filter((row) => !scored || amountAt(row, columns, 'score') !== undefined);
  const tail = groups[groups.length - 1];
  const loose = nameless.filter((row) => !groups.includes(row));
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
  if (names === undefined)
    return { rows: rows.filter((row) => !loose.includes(row)), displaced, loose, broken: use.length > 0 };
  const result: RowDraft[] = [];
  for (const row of rows) {
    if (loose.includes(row)) continue;
    const at = use.indexOf(row);
    if (at >= 0) {
      const named = names[at];
      if (named === undefined) continue;
      const joined: RowDraft = { ...row, name: named.name, level1: named.level1, level2: named.level2 };
      displaced.add(joined);
      result.push(joined);
    } else if (!names.includes(row)) result.push(row);
  }
  return { rows: result, displaced, loose, broken: false };
}

function looksLikeTotal(row: RowDraft, columns: readonly Column[]): boolean {
  const values = row.cells.flatMap((cell) => cell?.filter((piece) => piece.kind === 'value') ?? []);
  return (
    values.length <= 2 &&
    (amountAt(row, columns, 'weight')?.eq(Exact.hundred) ?? values[0]?.value?.value.eq(Exact.hundred) ?? false)
  );
}

/**
 * Where empty cells leave no trace, a row with fewer figures than columns can be shifted. Unless the weights of the
 * table add up, what may have shifted is unreadable.
 */
function distrustPartial(
  rows: readonly IndicatorRow[],
  columns: readonly Column[],
  layout: Layout,
  budgetWeight: Exact | undefined,
): IndicatorRow[] {
  if (layout === 'grid' || layout === 'pipe') return [...rows];
  const has = (role: CellRole): boolean => columns.some((column) => column.role === role);
  if (has('weight') && weightsAddUp(rows, budgetWeight))
    return rows.map((row) => (row.partial === true ? { ...row, unreadable: ['target', 'actual'] } : row));
  return rows.map((row) => {
    const lacks = (role: CellRole): boolean => has(role) && row[role] === undefined;
    const shifted = (row.partial === true || lacks('weight') || lacks('score')) && (has('weight') || has('score'));
    if (shifted) return { ...row, unreadable: ['target', 'actual', 'weight', 'score'] };
    const one = lacks('target') !== lacks('actual');
    if (one && row.target?.value?.operator === undefined)
      return { ...row, unreadable: [...new Set<CellRole>([...row.unreadable, 'target', 'actual'])] };
    return row;
  });
}

function weightsAddUp(rows: readonly IndicatorRow[], budgetWeight: Exact | undefined): boolean {
  const total = Exact.sum(rows.map((row) => row.weight?.value?.value ?? Exact.zero));
  return total.eq(Exact.hundred) || (budgetWeight !== undefined && total.add(budgetWeight).eq(Exact.hundred));
}

/** The text breaks off inside the last row: what it lacks was not left out by its author. */
function isCutOff(
  source: SourceText,
  pieces: readonly Piece[],
  end: number,
  rows: readonly IndicatorRow[],
  columns: readonly Column[],
): boolean {
  const last = rows[rows.length - 1];
  if (last === undefined || end < pieces.length) return false;
  const needed: readonly CellRole[] = ['target', 'actual', 'weight', 'score'];
  const lacking = needed.filter((role) => columns.some((column) => column.role === role) && last[role] === undefined);
  if (lacking.length === 0) return false;
  const cells = [last.name, last.target, last.actual, last.weight, last.score].filter((cell) => cell !== undefined);
  const reach = Math.max(...cells.map((cell) => cell.end));
  return squeeze(source.folded.slice(reach)).replace(/[|]/g, '').length <= 4;
}

function toRow(
  source: SourceText,
  draft: RowDraft,
  columns: readonly Column[],
  rivals: readonly Reading[],
  displaced: boolean,
): IndicatorRow | undefined {
  const cell = (role: string, nth = 0): TableCell | undefined => {
    const at = columns.findIndex((column) => column.role === role && column.nth === nth);
    const pieces = at < 0 ? undefined : draft.cells[at];
    return pieces === undefined ? undefined : joinPieces(source, pieces);
  };
  const target = withSign(cell('sign'), cell('target'), cell('unit'));
  const actual = cell('actual');
  const weight = cell('weight');
  const score = cell('score');
  const read = draft.name.length === 0 ? undefined : joinPieces(source, draft.name);
  // 时效1年1年1年: a name that is only a quantity is the quantity of its level.
  const bare = read?.value !== undefined && draft.level2 !== '' && !draft.level2.endsWith('指标');
  const name =
    read !== undefined && bare ? { text: `${draft.level2}${read.text}`, start: read.start, end: read.end } : read;
  if (target === undefined && actual === undefined && weight === undefined && score === undefined) return undefined;
  const unreadable = new Set<CellRole>();
  const first = draft.name[0]?.start ?? draft.cells.find((each) => each !== undefined)?.[0]?.start;
  for (const rival of rivals) {
    const same = rival.rows.find(
      (row) => (row.name[0]?.start ?? row.cells.find((each) => each !== undefined)?.[0]?.start) === first,
    );
    if (same === undefined) continue;
    for (const role of ['target', 'actual', 'weight', 'score'] as const) {
      const at = columns.findIndex((column) => column.role === role && column.nth === 0);
      if (at < 0) continue;
      const mine = draft.cells[at]?.filter((piece) => piece.kind === 'value') ?? [];
      const theirs = same.cells[at]?.filter((piece) => piece.kind === 'value') ?? [];
      if (mine.map((piece) => piece.start).join() !== theirs.map((piece) => piece.start).join() && !draft.cut)
        unreadable.add(role);
    }
  }
  return {
    level1: levelName(draft.level1),
    ...levelPoints(draft.level1),
    level2: levelName(draft.level2),
    name,
    target,
    actual,
    weight,
    score,
    reason: cell('reason'),
    unreadable: [...unreadable],
    prose: false,
    together: !displaced,
    ...(columns.some((column, at) => column.nth > 0 && draft.cells[at] === undefined) ? { partial: true } : {}),
  };
}

function levelPoints(text: string): { level1Points?: string } {
  const points = sectionWeight(text);
  return points === undefined ? {} : { level1Points: points };
}

function levelName(text: string): string {
  return text.replace(/^\([\d.]+分?\)/, '').replace(/\([\d.]+分?\)?$/, '');
}

function joinPieces(source: SourceText, pieces: readonly Piece[]): TableCell | undefined {
  const real = pieces.filter((piece) => piece.kind !== 'empty' && piece.kind !== 'dash');
  const first = real[0];
  const last = real[real.length - 1];
  if (first === undefined || last === undefined) return undefined;
  const text = real.map((piece) => squeeze(source.raw.slice(piece.start, piece.end))).join('');
  const value = real.length === 1 ? first.value : readCellValue(real.map((piece) => piece.text).join(''));
  return { text, start: first.start, end: last.end, ...(value === undefined ? {} : { value }) };
}

/** ≧ | 735 | 人次 → ≧735人次. */
function withSign(
  sign: TableCell | undefined,
  target: TableCell | undefined,
  unit: TableCell | undefined,
): TableCell | undefined {
  if (target === undefined) return undefined;
  const mark = sign !== undefined && !/^(?:定性|定量|正向|反向)/.test(sign.text) ? sign.text : '';
  const tail = unit !== undefined && target.value !== undefined && target.value.unit === '' ? unit.text : '';
  if (mark === '' && tail === '') return target;
  const text = `${mark}${target.text}${tail}`;
  const cells = [...(mark === '' ? [] : [sign]), target, ...(tail === '' ? [] : [unit])].filter(
    (cell) => cell !== undefined,
  );
  const start = Math.min(...cells.map((cell) => cell.start));
  const end = Math.max(...cells.map((cell) => cell.end));
  const folded = squeeze(`${mark}${target.text}${tail}`);
  const value = readCellValue(foldCell(folded));
  return { text, start, end, ...(value === undefined ? {} : { value }) };
}

function foldCell(text: string): string {
  return text
    .replace(/[≧⩾]/g, '≥')
    .replace(/[≦⩽]/g, '≤')
    .replace(/[═＝]/g, '=')
    .replace(/％/g, '%')
    .replace(/[０-９．＞＜]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));
}

function statedTotals(
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

/** A row put together again whose target and actual are of different kinds was put together wrongly. */
function illJoined(row: IndicatorRow): boolean {
  const [target, actual] = [row.target?.value, row.actual?.value];
  return (
    !row.together && target !== undefined && actual !== undefined && (target.unit === '%') !== (actual.unit === '%')
  );
}

const ALL_CELLS: readonly CellRole[] = ['target', 'actual', 'weight', 'score'];

/** The rows that may stand: those without digits run together, and those the sums leave one reading. */
function settleCuts(
  drafts: readonly RowDraft[],
  columns: readonly Column[],
  budgetWeight: Exact | undefined,
): ReadonlySet<RowDraft> {
  const running = drafts.filter(hasDigitRun);
  const plain = new Set(drafts.filter((draft) => !running.includes(draft)));
  if (running.length === 0) return plain;
  const rest = budgetWeight === undefined || !budgetWeight.isInteger ? [] : [100 - Number(budgetWeight.numerator)];
  const settled = settledRows(drafts, columns, [100, ...rest]);
  for (const draft of running) if (settled.has(draft)) plain.add(draft);
  return plain;
}

function isComplete(
  rows: readonly IndicatorRow[],
  columns: readonly Column[],
  budget: BudgetTable | undefined,
  totals: { readonly scoreTotal: TableCell | undefined },
): boolean {
  if (rows.length === 0 || rows.some((row) => row.unreadable.length > 0 || row.name === undefined)) return false;
  if (!columns.some((column) => column.role === 'weight')) return totals.scoreTotal !== undefined;
  if (rows.some((row) => row.weight?.value === undefined)) return false;
  const total = Exact.sum(rows.map((row) => row.weight?.value?.value ?? Exact.zero));
  const budgetWeight = budget?.rows.find((row) => row.weight !== undefined)?.weight?.value?.value ?? Exact.zero;
  return total.eq(Exact.hundred) || total.add(budgetWeight).eq(Exact.hundred) || totals.scoreTotal !== undefined;
}
