import { Exact } from '../../quantity/index.ts';
import type { Column } from './header.ts';
import type { Piece } from './piece.ts';
import type { Reading, RowDraft } from './row-draft.ts';
import { type SourceText, squeeze } from './source-text.ts';
import type { CellRole, IndicatorRow, TableCell } from './table.ts';
import { readCellValue } from './value.ts';
import { sectionWeight } from './vocabulary.ts';

export function rowSpan(row: IndicatorRow): readonly [number, number] {
  const cells = [row.name, row.target, row.actual, row.weight, row.score].filter((cell) => cell !== undefined);
  return [Math.min(...cells.map((cell) => cell.start)), Math.max(...cells.map((cell) => cell.end))];
}

/** The rows of a reading by where they begin; of several the first. */
type RowsByStart = ReadonlyMap<number | undefined, RowDraft>;

export function rowsByStart(reading: Reading): RowsByStart {
  const rows = new Map<number | undefined, RowDraft>();
  for (const row of reading.rows) if (!rows.has(firstStart(row))) rows.set(firstStart(row), row);
  return rows;
}

function firstStart(row: RowDraft): number | undefined {
  return row.name[0]?.start ?? row.cells.find((each) => each !== undefined)?.[0]?.start;
}

const MISREAD = Exact.of(200);

export function toRow(
  source: SourceText,
  draft: RowDraft,
  columns: readonly Column[],
  rivals: readonly RowsByStart[],
  displaced: boolean,
  doubtful: boolean,
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
  const empty = target === undefined && actual === undefined && weight === undefined && score === undefined;
  if (empty && (!doubtful || name === undefined)) return undefined;
  const unreadable = new Set<CellRole>();
  const first = firstStart(draft);
  for (const rival of rivals) {
    const same = rival.get(first);
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
  // 290% of a satisfaction is ≥90% with its sign read as a digit.
  for (const [role, value] of [
    ['target', target?.value],
    ['actual', actual?.value],
  ] as const)
    if (value?.unit === '%' && value.value.ge(MISREAD) && /率|满意|比例|比重/.test(name?.text ?? ''))
      unreadable.add(role);
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
  const text = real.map((piece) => source.words(piece.start, piece.end)).join('');
  const value = real.length === 1 ? first.value : readCellValue(real.map((piece) => piece.text).join(''));
  return { text, start: first.start, end: last.end, ...(value === undefined ? {} : { value }) };
}

/** %(百分比): what a unit is called, in brackets behind it. */
const GLOSS = /(?<=.)[(（][^()（）]*[)）]$/;

/** ≧ | 735 | 人次 → ≧735人次. */
function withSign(
  sign: TableCell | undefined,
  target: TableCell | undefined,
  unit: TableCell | undefined,
): TableCell | undefined {
  if (target === undefined) return undefined;
  const mark = sign !== undefined && !/^(?:定性|定量|正向|反向)/.test(sign.text) ? sign.text : '';
  const tail =
    unit !== undefined && target.value !== undefined && target.value.unit === '' ? unit.text.replace(GLOSS, '') : '';
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

export function amountAt(draft: RowDraft, columns: readonly Column[], role: string): Exact | undefined {
  const at = columns.findIndex((column) => column.role === role && column.nth === 0);
  return at < 0 ? undefined : draft.cells[at]?.[0]?.value?.value;
}
