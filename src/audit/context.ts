import { type ParsedNumber, scanNumbers } from '../quantity/index.ts';
import { type Cell, cellLines } from './cells.ts';
import type { Finding, Span } from './finding.ts';
import type { Financing } from './matching-fund/financing.ts';
import type { Operand } from './proof/proof.ts';
import type { SourceText } from './read/source-text.ts';
import type { AuditTable, BudgetRow, BudgetTable, IndicatorRow, TableCell } from './read/table.ts';
import { type CellValue, compareWith } from './read/value.ts';
import type { SameQuantity } from './statements/statement.ts';

export interface Sentence extends Span {
  /** Folded. */
  readonly text: string;
}

/** A document as the rules see it. */
export interface AuditContext {
  readonly source: SourceText;
  /** Folded text; same length as the raw one. */
  readonly text: string;
  readonly tables: readonly AuditTable[];
  /** Indicator rows of all tables and of the sentences. */
  readonly rows: readonly IndicatorRow[];
  readonly proseBudget: BudgetTable | undefined;
  /** Sentences outside the tables' figures. */
  readonly sentences: readonly Sentence[];
  /** The lines cut into cells as they are printed. */
  readonly cells: readonly (readonly Cell[])[];
  readonly numbers: readonly ParsedNumber[];
  /** Those of a stretch; of few stretches without scanning the rest. */
  readonly numbersIn: (start: number, end: number) => readonly ParsedNumber[];
  /** The evaluated year, when the document says one. */
  readonly year: number | undefined;
  /** The same quantity found in two places, graded. */
  readonly quantities: readonly SameQuantity[];
  /** The matching-fund rules, when the caller gave them. */
  readonly financing: Financing | undefined;
}

/** One rule's detection: a pure function of the document. */
export type Detect = (context: AuditContext) => readonly Finding[];

export function makeContext(
  source: SourceText,
  tables: readonly AuditTable[],
  proseRows: readonly IndicatorRow[],
  proseBudget: BudgetTable | undefined,
  gradeQuantities: (context: AuditContext) => readonly SameQuantity[],
  financing: Financing | undefined,
): AuditContext {
  const text = source.folded;
  let scanned: readonly ParsedNumber[] | undefined;
  let windows: { readonly from: number; readonly to: number; readonly numbers: readonly ParsedNumber[] }[] = [];
  let looked = 0;
  let graded: readonly SameQuantity[] | undefined;
  let lined: readonly (readonly Cell[])[] | undefined;
  return {
    source,
    text,
    tables,
    rows: [...tables.flatMap((table) => table.indicators), ...proseRows],
    proseBudget,
    sentences: sentencesOf(text),
    get cells() {
      lined ??= cellLines(text);
      return lined;
    },
    // Scanning is dear and few rules need it.
    get numbers() {
      scanned ??= scanNumbers(source.raw);
      return scanned;
    },
    numbersIn(start, end) {
      if (scanned !== undefined) return between(scanned, start, end);
      const from = Math.max(0, start - REACH);
      const to = Math.min(text.length, end + REACH);
      const known = windows.find((window) => window.from <= from && window.to >= to);
      if (known !== undefined) return between(known.numbers, start, end);
      looked += to - from;
      if (looked > text.length || windows.length >= MOST_WINDOWS) {
        windows = [];
        return between(this.numbers, start, end);
      }
      const numbers = scanNumbers(source.raw.slice(from, to)).map((number) => ({
        ...number,
        start: number.start + from,
        end: number.end + from,
      }));
      windows.push({ from, to, numbers });
      return between(numbers, start, end);
    },
    year: evaluatedYear(text),
    financing,
    get quantities() {
      graded ??= gradeQuantities(this);
      return graded;
    },
  };
}

/** What stands farther away than this has no part in how a number is read. */
const REACH = 80;

/** Beyond so many stretches one scan of the whole text is cheaper than looking them through. */
const MOST_WINDOWS = 64;

function sentencesOf(text: string): readonly Sentence[] {
  const sentences: Sentence[] = [];
  const pattern = /[^。!?\n;|]+[。!?;]?/g;
  for (const match of text.matchAll(pattern)) {
    const content = match[0].trim();
    if (content.length < 2) continue;
    const start = match.index + match[0].indexOf(content);
    sentences.push({ start, end: start + content.length, text: content });
  }
  return sentences;
}

/** (2024年度) in the head, else the year of the title, else the one (2024年度) over the forms of a long report. */
function evaluatedYear(text: string): number | undefined {
  const head = text.slice(0, 600);
  const written =
    /\(?\s*(20[012]\d)\s*年度\s*\)/.exec(head) ?? /(20[012]\d)\s*年度?[^,。;\n]{0,24}(?:自评|评价|绩效)/.exec(head);
  if (written?.[1] !== undefined) return Number(written[1]);
  const [only, second] = new Set([...text.matchAll(/\(\s*(20[012]\d)\s*年度\s*\)/g)].map((match) => match[1]));
  return only === undefined || second !== undefined ? undefined : Number(only);
}

export function span(...cells: readonly (Span | undefined)[]): Span[] {
  return cells.filter((cell) => cell !== undefined).map((cell) => ({ start: cell.start, end: cell.end }));
}

export function operand(label: string, cell: TableCell & { readonly value: CellValue }): Operand {
  return { label, value: cell.value.value, places: cell.value.places, start: cell.start, end: cell.end };
}

/** The cell when it is one number and readable. */
export function figure(cell: TableCell | undefined): (TableCell & { readonly value: CellValue }) | undefined {
  return hasFigure(cell) ? cell : undefined;
}

function hasFigure(cell: TableCell | undefined): cell is TableCell & { readonly value: CellValue } {
  return cell?.value !== undefined;
}

export function readable(row: IndicatorRow, ...roles: readonly ('target' | 'actual' | 'weight' | 'score')[]): boolean {
  return roles.every((role) => !row.unreadable.includes(role));
}

/** 无, / and 0 explain nothing. */
export function explained(row: IndicatorRow): boolean {
  const text = row.reason?.text.replace(/[\s/—\-0.。]/g, '') ?? '';
  return text !== '' && !/^(?:无|无偏差|无偏离|没有|暂无|否)$/.test(text);
}

/** `missed` when the actual surely does not meet the target; both readable, in one unit, with an operator. */
export function attainment(row: IndicatorRow): 'met' | 'missed' | undefined {
  if (row.interim === true) return undefined;
  const target = figure(row.target);
  const actual = figure(row.actual);
  if (target === undefined || actual === undefined || !readable(row, 'target', 'actual')) return undefined;
  if (!sameUnit(target.value, actual.value) || target.value.operator === undefined) return undefined;
  if (actual.value.operator !== undefined && actual.value.operator !== '=') return undefined;
  return compareWith(target.value.operator, actual.value.value, target.value.value) ? 'met' : 'missed';
}

/** Whether a date written as the result lies after the date written as the target: 2022年12月 and 2023年3月. */
export function isLate(row: IndicatorRow): boolean {
  return (
    row.interim !== true && readable(row, 'target', 'actual') && isAfter(row.actual?.text ?? '', row.target?.text ?? '')
  );
}

/** Whether one date in words lies after another that is a limit; days count where both name one. */
function isAfter(result: string, limit: string): boolean {
  const due = monthOf(limit);
  const done = monthOf(result);
  if (due === undefined || done === undefined) return false;
  if ((due.year === undefined) !== (done.year === undefined)) return false;
  const months = (done.year ?? 0) * 12 + done.month - (due.year ?? 0) * 12 - due.month;
  if (months !== 0) return months > 0;
  return due.day !== undefined && done.day !== undefined && done.day > due.day;
}

function monthOf(
  words: string,
): { readonly year: number | undefined; readonly month: number; readonly day: number | undefined } | undefined {
  const match =
    /^(?:于|在)?(?:(20\d\d)年)?(\d{1,2})月(?:(\d{1,2})日|底|末|份)?(?:之前|以前|前|完成|底前|全部|拨付|到位|发放|办结|及|之内)*$/.exec(
      words,
    );
  const number = (digits: string | undefined): number | undefined =>
    digits === undefined ? undefined : Number(digits);
  return match?.[2] === undefined
    ? undefined
    : { year: number(match[1]), month: Number(match[2]), day: number(match[3]) };
}

/** A bare target of an output or effect, clearly not reached. */
export function fallsShort(row: IndicatorRow): boolean {
  const target = figure(row.target);
  const actual = figure(row.actual);
  if (target === undefined || actual === undefined || row.interim === true || !readable(row, 'target', 'actual'))
    return false;
  if (
    target.value.operator !== undefined ||
    actual.value.operator !== undefined ||
    !sameUnit(target.value, actual.value)
  )
    return false;
  if (
    /成本/.test(row.level2 + row.level1) ||
    /成本|费用|金额|支出|投入|造价|投诉|事故|时间|天数|下降|减少/.test(row.name?.text ?? '')
  )
    return false;
  return actual.value.value.lt(target.value.value);
}

const SAME = new Map([
  ['％', '%'],
  ['人/次', '人次'],
  ['名', '人'],
  ['位', '人'],
  ['人数', '人'],
]);

/** Same unit, or the actual has none and is of the target's size. */
export function sameUnit(target: CellValue, actual: CellValue): boolean {
  const left = SAME.get(target.unit) ?? target.unit;
  const right = SAME.get(actual.unit) ?? actual.unit;
  if (left === right) return true;
  if (left !== '' && right !== '') return false;
  // 95% against 0.98 or 98 without a sign: only plain percentages are taken for the same.
  const percent = left === '%' || right === '%';
  const bare = left === '' ? target : actual;
  if (percent) return bare.value.numerator * 2n > bare.value.denominator * 3n;
  return !target.value.isZero && ratioBetween(actual, target, 20n);
}

function ratioBetween(a: CellValue, b: CellValue, most: bigint): boolean {
  const left = a.value.numerator * b.value.denominator;
  const right = b.value.numerator * a.value.denominator;
  return left <= right * most && right <= left * most;
}

/** The rows over the printed total: what is read behind it is words, when most rows stand before. */
export function countedRows(table: AuditTable): readonly IndicatorRow[] {
  const at = table.stated.scoreTotal?.start ?? table.stated.weightTotal?.start;
  if (at === undefined) return table.indicators;
  const before = table.indicators.filter(
    (row) => Math.max(...span(row.name, row.target, row.actual, row.weight, row.score).map((cell) => cell.end)) <= at,
  );
  return before.length >= 4 && table.indicators.length - before.length <= 2 ? before : table.indicators;
}

export function totalRow(budget: BudgetTable | undefined): BudgetRow | undefined {
  return budget?.rows.find((row) => /总额|总计|合计|资金$/.test(row.name.text)) ?? budget?.rows[0];
}

/** The row as one stretch of text, when its cells stand together; else its cells. */
export function rowQuotes(row: IndicatorRow): Span[] {
  const cells = span(row.name, row.target, row.actual, row.weight, row.score);
  const start = Math.min(...cells.map((cell) => cell.start));
  const end = Math.max(...cells.map((cell) => cell.end));
  return row.together && end - start <= 160 ? [{ start, end }] : cells;
}

export function nameOf(row: IndicatorRow): string {
  return (row.name?.text ?? row.level2).replace(/^(?:指标|目标)\d{1,2}[::、.]?/, '');
}

/** The numbers that stand wholly between two offsets. */
export function numbersIn(context: AuditContext, start: number, end: number): readonly ParsedNumber[] {
  return context.numbersIn(start, end);
}

/** By bisection: a long text asks once a sentence. */
function between(numbers: readonly ParsedNumber[], start: number, end: number): readonly ParsedNumber[] {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle]?.start ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  let last = low;
  while (last < numbers.length && (numbers[last]?.end ?? 0) <= end) last += 1;
  return numbers.slice(low, last);
}
