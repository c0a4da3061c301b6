import { text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import { type Cell, digitsOf } from '../cells.ts';
import type { AuditContext } from '../context.ts';
import { type Finding, warning } from '../finding.ts';
import { bonus } from './bonus.ts';

const TOTAL = /^(?:总分|合计|总计|总得分|得分合计|权重合计|分值合计|合计得分|综合得分|自评总分)$/;
const WEIGHT = /分值|权重|满分|标准分/;
const SCORE = /得分|评分|自评分|复核分/;
/** A row inside another one, or a sum of some rows. */
const PART = /其中|小计|结转|其[他它]资金|财政拨款|公共预算|基金预算/;
const LONGEST_TABLE = 200;

interface Column {
  readonly place: number;
  readonly head: string;
  readonly cells: readonly Cell[];
  readonly total: Cell;
}

/**
 * Lines with equally many cells are the rows of a grid, whoever's heads stand over it: a column of points is added up
 * and held against the line of totals. Weights that make 100 prove that every row was seen.
 */
export function columnTotals(context: AuditContext): Finding[] {
  if (bonus(context)) return [];
  const lines = context.cells;
  return lines.flatMap((line, at) => {
    const label = line.find((cell) => cell.text !== '');
    if (label === undefined || !TOTAL.test(label.text.replace(/\s/g, '')) || line.length < 3) return [];
    const columns = columnsOver(lines, at);
    const weights = columns.filter((column) => WEIGHT.test(column.head) && !SCORE.test(column.head));
    const scores = columns.filter((column) => SCORE.test(column.head));
    const [weight, second] = weights;
    if (weight === undefined || second !== undefined || !pointsIn(weight.total).eq(Exact.hundred)) return [];
    // Amounts and counts stand in a column that is no column of points.
    if (columns.some((column) => column.cells.some((cell) => pointsIn(cell).gt(Exact.hundred)))) return [];
    const sum = sumOf(weight.cells);
    if (sum.eq(Exact.hundred))
      return scores
        .filter((score) => score.cells.length === weight.cells.length && !adds(score))
        .map((score) => finding('total-mismatch', score));
    const proved = scores.length === 0 ? /权重合计|分值合计/.test(label.text) : scores.every((score) => adds(score));
    // 90 and the 10 of a budget row whose points stand in another column.
    if (sum.eq(Exact.of(90))) return [];
    const near = sum.ge(Exact.of(80)) && sum.le(Exact.of(120)) && weight.cells.length >= 4;
    return proved && near ? [finding('weights-not-100', weight)] : [];
  });
}

/**
 * The columns of points over a line of totals, up to their heads; and further up, where the budget has its points in
 * the same columns under heads of its own.
 */
function columnsOver(lines: readonly (readonly Cell[])[], at: number): readonly Column[] {
  const total = lines[at] ?? [];
  const places = total.flatMap((cell, place) => (digitsOf(cell) === undefined ? [] : [place]));
  const head = headOver(lines, at, total.length, places);
  if (head === undefined) return [];
  const named = places.filter((place) => isPoints(lines[head]?.[place]?.text));
  const upper = headOver(lines, head, total.length, named);
  const rows = [
    ...(upper === undefined || !named.every((place) => isPoints(lines[upper]?.[place]?.text))
      ? []
      : lines.slice(upper + 1, head)),
    ...lines.slice(head + 1, at),
  ].filter((line) => Math.abs(line.length - total.length) <= 1 && !line.some((cell) => PART.test(cell.text)));
  return named.flatMap((place) => {
    const cells = rows.flatMap((row) =>
      digitsOf(row[place]) === undefined || row[place] === undefined ? [] : [row[place]],
    );
    const whole = total[place];
    return whole === undefined ? [] : [{ place, head: lines[head]?.[place]?.text ?? '', cells, total: whole }];
  });
}

function isPoints(head: string | undefined): boolean {
  return head !== undefined && (WEIGHT.test(head) || SCORE.test(head));
}

/** The nearest line above with a head of points in one of the places; nothing beyond another line of totals. */
function headOver(
  lines: readonly (readonly Cell[])[],
  at: number,
  width: number,
  places: readonly number[],
): number | undefined {
  for (let above = at - 1; above >= 0 && at - above < LONGEST_TABLE; above -= 1) {
    const line = lines[above] ?? [];
    if (line.some((cell) => TOTAL.test(cell.text))) return undefined;
    if (Math.abs(line.length - width) <= 1 && places.some((place) => isPoints(line[place]?.text))) return above;
  }
  return undefined;
}

function adds(column: Column): boolean {
  const stated = pointsIn(column.total);
  const places = column.total.text.split('.')[1]?.length ?? 0;
  const finer = column.cells.some((cell) => (cell.text.split('.')[1]?.length ?? 0) > places);
  const slack = finer ? Exact.ratio(1n, 2n * 10n ** BigInt(places)) : Exact.zero;
  return stated.isZero || sumOf(column.cells).sub(stated).abs().le(slack);
}

function pointsIn(cell: Cell): Exact {
  return Exact.of(digitsOf(cell) ?? '0');
}

function sumOf(cells: readonly Cell[]): Exact {
  return Exact.sum(cells.map(pointsIn));
}

function finding(rule: string, column: Column): Finding {
  const sum = sumOf(column.cells).toString();
  return warning(rule, {
    message: text(
      `“${column.head}”一栏合计写 ${column.total.text}，各行相加为 ${sum}`,
      `the column “${column.head}” adds up to ${sum}; its total says ${column.total.text}`,
    ),
    stated: column.total.text,
    expected: sum,
    quotes: [column.total, ...column.cells].map(({ start, end }) => ({ start, end })),
  });
}
