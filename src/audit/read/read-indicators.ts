import { text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import { englishLabel } from '../labels.ts';
import type { Column, HeaderGroup } from './header.ts';
import { displacedStart, illJoined, joinDisplaced } from './join-displaced.ts';
import { withOtherColumns } from './other-columns.ts';
import type { Lexed, Piece } from './piece.ts';
import type { Reading } from './row-draft.ts';
import type { SourceText } from './source-text.ts';
import { statedTotals } from './stated-totals.ts';
import type { AuditTable, BudgetTable, CellRole, IndicatorRow } from './table.ts';
import { amountAt, rowSpan, rowsByStart, toRow } from './to-row.ts';
import { distrustLast, distrustPartial, isComplete, isCutOff, settleCuts } from './trust-rows.ts';
import { typesFirst } from './type-column.ts';
import { interimWord, PREFIX } from './vocabulary.ts';

export function readIndicators(
  source: SourceText,
  lexed: Lexed,
  printedHeader: HeaderGroup,
  end: number,
  budget: { readonly table: BudgetTable; readonly header: HeaderGroup } | undefined,
): AuditTable {
  const { pieces, layout } = lexed;
  const from = displacedStart(pieces, printedHeader);
  const { header, body: rows } = typesFirst(printedHeader, withoutSerials(pieces, printedHeader, from, end));
  const body = placeLevels(rows, header, layout === 'pipe' || layout === 'grid');
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
  const drafts = joinDisplaced(chosen.rows, columns, layout, body);
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
  if (guessed) indicators = indicators.map((row) => ({ ...row, together: false }));
  if (header.heads.some((head) => head.role === 'actual' && interimWord(head.piece.text) !== undefined))
    indicators = indicators.map((row) => ({ ...row, interim: true }));
  const cutOff = !drafts.broken && isCutOff(source, pieces, end, indicators, columns);
  indicators = cutOff ? indicators.slice(0, -1) : [...distrustLast(source, indicators, totals)];
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
    stated: totals,
    complete: !drafts.broken && !guessed && isComplete(indicators, columns, budget?.table, totals),
    unreadable,
  };
}

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

/** 效益 | 社会: in a cell of its own behind the first level the second, 指标 left out. */
function shortLevels(body: readonly Piece[]): readonly Piece[] {
  return body.map((piece, at): Piece => {
    const before = body[at - 1]?.word?.kind;
    if (piece.kind !== 'text' || (before !== 'level1' && before !== 'level-either')) return piece;
    return SHORT_LEVEL.test(piece.text) ? { ...piece, kind: 'word', word: { kind: 'level2' } } : piece;
  });
}

const SHORT_LEVEL = /^(?:社会|经济|生态|环境|可持续|服务对象|受益对象|群众|公众)(?:影响|效益)?$/;

/** In a real table the column says what a cell is: 过程 under 一级指标 is a level, 满意度 under 三级指标 a name. */
function placeLevels(written: readonly Piece[], header: HeaderGroup, celled: boolean): readonly Piece[] {
  const body = shortLevels(written);
  const levels = body.filter((piece) => piece.kind === 'word' && piece.word?.kind.startsWith('level') === true);
  const levelled = header.heads.some((head) => head.role === 'level1' || head.role === 'level2');
  // A list without levels: 服务对象满意度 is an indicator like the others.
  if (celled && !levelled && levels.length === 1 && body.length >= 12)
    return body.map((piece): Piece => (piece === levels[0] ? { ...piece, kind: 'text' } : piece));
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
