import { text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import { englishLabel } from '../labels.ts';
import { rowsOfColumns } from './column-major.ts';
import { type Column, columnsOf, type HeaderGroup } from './header.ts';
import { displacedStart, illJoined, joinDisplaced, totalsBehind } from './join-displaced.ts';
import { withOtherColumns } from './other-columns.ts';
import type { Lexed, Piece } from './piece.ts';
import { placeLevels, undoubled } from './place-levels.ts';
import type { Reading } from './row-draft.ts';
import type { SourceText } from './source-text.ts';
import { statedTotals } from './stated-totals.ts';
import type { AuditTable, BudgetTable, CellRole, IndicatorRow } from './table.ts';
import { amountAt, rowSpan, rowsByStart, toRow } from './to-row.ts';
import { distrustLast, distrustPartial, isComplete, isCutOff, settleCuts } from './trust-rows.ts';
import { typesFirst } from './type-column.ts';
import { readCellValue } from './value.ts';
import { interimWord } from './vocabulary.ts';

export function readIndicators(
  source: SourceText,
  lexed: Lexed,
  printedHeader: HeaderGroup,
  end: number,
  budget: { readonly table: BudgetTable; readonly header: HeaderGroup } | undefined,
): AuditTable {
  const { pieces, layout } = lexed;
  const from = displacedStart(pieces, printedHeader);
  const { header, body: rows } = typesFirst(
    printedHeader,
    withoutSubtotals(withoutSubheads(withoutSerials(pieces, printedHeader, from, end))),
  );
  const printed = placeLevels(
    totalsBehind(undoubled(rows, header), layout),
    header,
    layout === 'pipe' || layout === 'grid',
  );
  const turned = rowsOfColumns(printed, columnsOf(header), layout);
  const body = turned ?? printed;
  const { columns, readings, guessed } = withOtherColumns(body, header, pieces, layout);
  const budgetWeight = budget?.table.rows.find((row) => row.weight !== undefined)?.weight?.value?.value;
  const chosen = chooseReading(readings, columns, budgetWeight);
  const rest = readings
    .filter((reading) => reading !== chosen && reading.cost - (chosen?.cost ?? 0) < 1.2)
    .map((reading) => rowsByStart(reading));
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
  const leaves = chosen.rows.filter((row) => !SUBTOTAL.test(row.name.map((piece) => piece.text).join('')));
  const drafts = joinDisplaced(leaves, columns, layout, body);
  const totals = statedTotals(source, chosen, drafts.loose, columns);
  const settled = settleCuts(drafts.rows, columns, budget?.table, totals);
  let indicators = drafts.rows
    .map((draft) => {
      const read = settled.get(draft);
      const doubtful = drafts.doubtful.has(draft);
      const row = toRow(source, read ?? draft, columns, rest, drafts.displaced.has(draft), doubtful);
      if (row === undefined) return row;
      return read !== undefined && !illJoined(row) && !doubtful ? row : { ...row, unreadable: ALL_CELLS };
    })
    .filter((row) => row !== undefined);
  if (layout === 'glued') indicators = distrustSkipped(indicators, chosen, body);
  indicators = distrustPartial(indicators, columns, layout, budgetWeight);
  if (!columns.some((column) => column.role === 'weight')) indicators = withNamedPoints(indicators);
  if (guessed || turned !== undefined) indicators = indicators.map((row) => ({ ...row, together: false }));
  if (header.heads.some((head) => head.role === 'actual' && interimWord(head.piece.text) !== undefined))
    indicators = indicators.map((row) => ({ ...row, interim: true }));
  const cutOff = !drafts.broken && isCutOff(source, pieces, end, indicators, columns);
  indicators = cutOff ? indicators.slice(0, -1) : [...distrustLast(source, indicators, totals)];
  const named = !columns.some(({ role }) => role === 'weight') && indicators.some((row) => row.weight !== undefined);
  const unreadable = indicators.flatMap((row) =>
    row.unreadable.length === 0
      ? []
      : [
          {
            start: rowSpan(row)[0],
            end: rowSpan(row)[1],
            why: text(
              `这一行的${row.unreadable.map((role) => CELL_NAMES[role]).join('、')}可以读成不止一种`,
              `${row.unreadable.map((role) => englishLabel(CELL_NAMES[role])).join(', ')} of this row can be read in more than one way`,
            ),
          },
        ],
  );
  return {
    ...empty,
    indicators,
    ...(named ? { roles: [...empty.roles, 'weight'] } : {}),
    stated: totals,
    complete: !drafts.broken && !guessed && isComplete(indicators, columns, budget?.table, totals),
    unreadable,
  };
}

/** What the rows of a section add up to is no row. */
const SUBTOTAL = /^[^\s]{0,6}小计$/;

/** 测算依据(5分): where no column holds the weights and most names end in their points, those are the weights. */
function withNamedPoints(rows: readonly IndicatorRow[]): IndicatorRow[] {
  const pointed = rows.map((row) => (row.name === undefined ? undefined : POINTS.exec(row.name.text)?.[1]));
  if (rows.length < 2 || pointed.filter((points) => points !== undefined).length * 3 < rows.length * 2)
    return [...rows];
  return rows.map((row, at) => {
    const points = pointed[at];
    const value = points === undefined ? undefined : readCellValue(points);
    if (row.name === undefined || points === undefined || value === undefined) return row;
    return { ...row, weight: { text: points, start: row.name.start, end: row.name.end, value } };
  });
}

const POINTS = /[(（](\d{1,2}(?:\.\d)?)分[)）]$/;

const CELL_NAMES: Readonly<Record<CellRole, string>> = {
  target: '目标值',
  actual: '完成值',
  weight: '分值',
  score: '得分',
};

/** A row behind which a run of digits was left out may have lost figures to it. */
function distrustSkipped(rows: readonly IndicatorRow[], reading: Reading, body: readonly Piece[]): IndicatorRow[] {
  const used = new Set<number>();
  for (const row of reading.rows)
    for (const piece of [...row.name, ...row.cells.flatMap((cell) => cell ?? [])]) used.add(piece.start);
  for (const total of reading.totals) for (const piece of total) used.add(piece.start);
  const skipped = body.filter(
    (piece, at) =>
      piece.fused === true &&
      !used.has(piece.start) &&
      body[at - 1]?.text !== '(' &&
      body[at - 1]?.word?.kind !== 'goal',
  );
  const words = body.filter((piece) => piece.kind === 'text' && piece.text.length >= 2 && !used.has(piece.start));
  if (skipped.length === 0 && words.length === 0) return [...rows];
  const ends = rows.map((row) => rowSpan(row)[1]);
  const doubtful = new Set(skipped.map((piece) => ends.findLastIndex((end) => end <= piece.start)));
  // A word left out in the middle of a row parts figures that are not of one row.
  for (const word of words) {
    const at = ends.findIndex((end) => end > word.start);
    const row = rows[at];
    if (row !== undefined && rowSpan(row)[0] < word.start) doubtful.add(at);
  }
  return rows.map((row, at) => (doubtful.has(at) ? { ...row, unreadable: ALL_CELLS } : row));
}

/** Without the 1, 2, 3 a column 序号 puts before every row. */
function withoutSerials(pieces: readonly Piece[], header: HeaderGroup, from: number, end: number): readonly Piece[] {
  const body = pieces.slice(from, end);
  if (!pieces.slice(Math.max(0, header.from - 2), header.from).some((piece) => piece.text === '序号')) return body;
  let next = 1;
  return body.filter((piece) => {
    if (piece.gap !== 'row' || piece.text !== String(next)) return true;
    next += 1;
    return false;
  });
}

const SUBHEAD = /^(?:(?:经费|制度|人员|硬件条件)保障|其他|原因说明|确定能|有可能|(?:完全)?不可能)$/;

/** Without the second line of heads of a monitoring form: what may have caused a deviation, how likely the target is. */
function withoutSubheads(body: readonly Piece[]): readonly Piece[] {
  const first = body.findIndex((piece) => piece.kind !== 'empty' && !SUBHEAD.test(piece.text));
  return body.slice(0, Math.max(0, first)).some((piece) => piece.kind !== 'empty') ? body.slice(first) : body;
}

/** Without 小计 and its figures. */
function withoutSubtotals(body: readonly Piece[]): readonly Piece[] {
  let inside = false;
  return body.filter((piece) => {
    if (piece.text === '小计') inside = true;
    else if (piece.kind !== 'value' && piece.kind !== 'empty' && piece.kind !== 'dash') inside = false;
    return !inside;
  });
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

const ALL_CELLS: readonly CellRole[] = ['target', 'actual', 'weight', 'score'];
