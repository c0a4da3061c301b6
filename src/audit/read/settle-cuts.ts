import { Exact } from '../../quantity/index.ts';
import { valueCost } from './cell-cost.ts';
import { cutRun, NUMBER, type Run, runOf } from './fused-run.ts';
import type { Column } from './header.ts';
import type { Piece } from './piece.ts';
import type { RowDraft } from './row-draft.ts';
import { readCellValue } from './value.ts';

/** One way to read a row: what stands under every column. */
interface Candidate {
  readonly cells: readonly (Piece | undefined)[];
  /** In hundredths of a point; 0 when there is none. */
  readonly weight: number;
  readonly score: number;
  /** Weight and score stand, as far as the table has them: what has vanished leaves no trace among digits. */
  readonly whole: boolean;
  /** Target, actual, weight and score as one text. */
  readonly signature: string;
}

/** What the sums of the table may be, in points. */
export interface Sums {
  readonly weights: readonly Exact[];
  readonly scores: readonly Exact[];
}

const MOST_CANDIDATES = 400;
const MOST_SUMS = 4000;

/**
 * Rows whose digits ran together and that can be read in exactly one way: by their own figures (a score is not above
 * its weight, a score has a weight, units agree), or because only one reading lets the weights and the scores of the
 * table add up. Gives the row as it is then read. Every other row with such digits stays out.
 */
export function settledRows(
  drafts: readonly RowDraft[],
  columns: readonly Column[],
  sums: Sums,
): ReadonlyMap<RowDraft, RowDraft> {
  const settled = new Map<RowDraft, RowDraft>();
  const rows = drafts.map((draft) => ({ draft, run: hasDigitRun(draft), candidates: candidatesOf(draft, columns) }));
  for (const { draft, run, candidates } of rows) {
    const [only] = candidates;
    if (run && only?.whole === true && new Set(candidates.map((each) => each.signature)).size === 1)
      settled.set(draft, withCells(draft, only));
  }
  if (rows.some((row) => row.candidates.length === 0)) return settled;
  const lists = rows.map((row) => row.candidates);
  const weights = sums.weights.map(hundredths);
  const scores = sums.scores.map(hundredths);
  const weighted = columns.some((column) => column.role === 'weight');
  const both =
    scores.length > 0 && weighted
      ? possible(lists, (each) => each.weight * 100_003 + each.score, pairs(weights, scores))
      : undefined;
  const byScore = scores.length > 0 && !weighted ? possible(lists, (each) => each.score, scores) : undefined;
  const byWeight = weighted ? possible(lists, (each) => each.weight, weights) : undefined;
  const left = [both, byScore, byWeight].find((each) => each?.every((list) => list.length > 0));
  rows.forEach(({ draft, run }, at) => {
    const rest = left?.[at] ?? [];
    const [only] = rest;
    if (run && only?.whole === true && new Set(rest.map((each) => each.signature)).size === 1)
      settled.set(draft, withCells(draft, only));
  });
  return settled;
}

function pairs(weights: readonly number[], scores: readonly number[]): number[] {
  return weights.flatMap((weight) => scores.map((score) => weight * 100_003 + score));
}

function hundredths(value: Exact): number {
  return Number(value.mul(Exact.hundred).toString());
}

/** For every row the candidates that some choice in the other rows completes to one of the totals. */
function possible(
  lists: readonly (readonly Candidate[])[],
  sizeOf: (candidate: Candidate) => number,
  totals: readonly number[],
): readonly (readonly Candidate[])[] | undefined {
  const most = Math.max(...totals);
  const before: Set<number>[] = [new Set([0])];
  for (const list of lists) {
    const next = new Set<number>();
    for (const sum of before[before.length - 1] ?? [])
      for (const candidate of list) if (sum + sizeOf(candidate) <= most) next.add(sum + sizeOf(candidate));
    if (next.size > MOST_SUMS) return undefined;
    before.push(next);
  }
  const left: (readonly Candidate[])[] = [];
  let after = new Set(totals);
  for (let at = lists.length - 1; at >= 0; at -= 1) {
    const start = before[at] ?? new Set<number>();
    const list = (lists[at] ?? []).filter((each) => [...start].some((sum) => after.has(sum + sizeOf(each))));
    left.push(list);
    const earlier = new Set<number>();
    for (const sum of after)
      for (const each of list) if (start.has(sum - sizeOf(each))) earlier.add(sum - sizeOf(each));
    after = earlier;
  }
  return left.reverse();
}

function withCells(draft: RowDraft, candidate: Candidate): RowDraft {
  return { ...draft, cut: true, cells: candidate.cells.map((cell) => (cell === undefined ? undefined : [cell])) };
}

/** Whether figures of a row may have run together. */
export function hasDigitRun(draft: RowDraft): boolean {
  return draft.cells.some((cell) => cell?.some((piece) => piece.cut === true || runOf(piece) !== undefined) === true);
}

interface Token {
  readonly piece: Piece;
  readonly run: Run | undefined;
}

/** The figures of a row in their order, runs put together again. */
function tokensOf(draft: RowDraft): readonly Token[] | undefined {
  const tokens: Piece[] = [];
  for (const cell of draft.cells) {
    if (cell === undefined || cell.every((piece) => piece.kind === 'empty')) continue;
    const [piece] = cell;
    const last = tokens[tokens.length - 1];
    if (piece === undefined || cell.length > 1) return undefined;
    if (last?.cut === true && piece.cut === true && last.end === piece.start)
      tokens[tokens.length - 1] = joined(last, piece);
    else tokens.push(piece);
  }
  return tokens.map((piece) => ({ piece, run: runOf(piece) }));
}

/** Two parts of a run as the run they were cut from. */
function joined(left: Piece, right: Piece): Piece {
  const text = left.text + right.text;
  const { value: _, open: __, ...rest } = left;
  const value = readCellValue(text);
  return {
    ...rest,
    ...(right.open === true ? { open: true } : {}),
    text,
    end: right.end,
    ...(value === undefined ? {} : { value }),
  };
}

/** The run without its last digits, which may be the beginning of the next name; a name does not begin with 0. */
function withoutTail(token: Token): readonly Token[] {
  const { piece, run } = token;
  if (piece.open !== true || run === undefined || run.unit !== '') return [];
  const found: Token[] = [];
  const { open: _, ...closed } = piece;
  for (let tail = 1; tail <= Math.min(4, run.digits.length - 1); tail += 1) {
    const text = piece.text.slice(0, -tail);
    if (/^[0.]/.test(piece.text.slice(-tail)) || text.endsWith('.')) continue;
    const value = readCellValue(text);
    const shorter: Piece = {
      ...closed,
      fused: true,
      text,
      end: piece.end - tail,
      ...(value === undefined ? {} : { value }),
    };
    found.push({ piece: shorter, run: runOf(shorter) });
  }
  return found;
}

function candidatesOf(draft: RowDraft, columns: readonly Column[]): readonly Candidate[] {
  const read = tokensOf(draft);
  if (read === undefined) return [];
  // A run across a page break: where its digits stand is not known.
  if (read.some(({ piece, run }) => run !== undefined && piece.end - piece.start !== piece.text.length)) return [];
  const tokens = [...read];
  const found = new Map<string, Candidate>();
  const cells: (Piece | undefined)[] = columns.map(() => undefined);
  const walk = (at: number, column: number): void => {
    if (found.size > MOST_CANDIDATES) return;
    const token = tokens[at];
    if (token === undefined) {
      const candidate = toCandidate(cells, columns);
      const key = cells.map((cell) => cell?.text ?? '').join('|');
      if (candidate !== undefined) found.set(key, candidate);
      return;
    }
    for (const shorter of at === tokens.length - 1 ? withoutTail(token) : []) {
      tokens[at] = shorter;
      walk(at, column);
      tokens[at] = token;
    }
    for (let place = column; place < columns.length; place += 1) {
      if (fits(token.piece, columns[place]) && (token.run === undefined || NUMBER.test(token.run.digits))) {
        cells[place] = token.piece;
        walk(at + 1, place + 1);
        cells[place] = undefined;
      }
      if (token.run === undefined) continue;
      for (const parts of cutRun(token.piece, token.run, columns, place)) {
        if (!parts.every((part, nth) => fits(part, columns[place + nth]))) continue;
        parts.forEach((part, nth) => {
          cells[place + nth] = part;
        });
        walk(at + 1, place + parts.length);
        parts.forEach((_, nth) => {
          cells[place + nth] = undefined;
        });
      }
    }
  };
  walk(0, 0);
  return found.size > MOST_CANDIDATES ? [] : [...found.values()];
}

function fits(piece: Piece, column: Column | undefined): boolean {
  if (column === undefined) return false;
  if (piece.kind === 'dash') return true;
  if (piece.kind === 'text') return ['target', 'actual', 'reason', 'unit', 'sign', 'other'].includes(column.role);
  if (piece.kind === 'operator') return column.role === 'sign';
  if (piece.value === undefined || column.role === 'reason' || column.role === 'other') return false;
  return valueCost(piece, column, 'glued') !== undefined;
}

function toCandidate(cells: readonly (Piece | undefined)[], columns: readonly Column[]): Candidate | undefined {
  const get = (role: string): Piece | undefined =>
    cells[columns.findIndex((column) => column.role === role && column.nth === 0)];
  const weighted = columns.some((column) => column.role === 'weight');
  const weight = get('weight')?.value?.value;
  const scores = columns.flatMap((column, at) => (column.role === 'score' ? [cells[at]?.value?.value] : []));
  for (const score of scores) {
    if (score === undefined) continue;
    if (weighted && (weight === undefined || score.gt(weight))) return undefined;
  }
  const [target, actual] = [get('target'), get('actual')];
  const [left, right] = [target?.value, actual?.value];
  if (left !== undefined && right !== undefined && left.unit !== right.unit && right.unit !== '' && left.unit !== '')
    return undefined;
  const places = [target, actual, get('weight'), get('score')];
  return {
    cells: [...cells],
    weight: weight === undefined ? 0 : hundredths(weight),
    score: scores[0] === undefined ? 0 : hundredths(scores[0]),
    whole: (!weighted || weight !== undefined) && (scores.length === 0 || scores[0] !== undefined),
    signature: places.map((piece) => piece?.text ?? '').join('|'),
  };
}
