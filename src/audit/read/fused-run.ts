import { Exact } from '../../quantity/index.ts';
import type { Column } from './header.ts';
import type { Piece } from './piece.ts';
import type { CellValue } from './value.ts';

/** A run of digits that may be several numbers: 1001010, 20100%, ≥5010, 109.5. */
export interface Run {
  readonly operator: string;
  readonly digits: string;
  readonly unit: string;
}

const RUN = /^(>=|<=|[≥≤><=])?(\d[\d.]*)(\D*)$/;
const MOST_DIGITS = 16;

/** The piece as a run, when its digits may have run together. */
export function runOf(piece: Piece): Run | undefined {
  if (piece.fused !== true && piece.cut !== true) return undefined;
  const match = RUN.exec(piece.text);
  const digits = match?.[2] ?? '';
  if (match === null || digits.length < 2 || digits.length > MOST_DIGITS) return undefined;
  return { operator: match[1] ?? '', digits, unit: match[3] ?? '' };
}

type CutPiece = Piece & { readonly value: CellValue };

/** A number as forms print it: no leading zero, two decimals at most. */
export const NUMBER = /^(?:0|[1-9]\d*)(?:\.\d{1,2})?$/;

/**
 * Every way to cut a piece into numbers that stand in consecutive columns from `first` on: the operator goes to the
 * first number, the unit to the last. Weights and scores are at most 100, a weight is not 0.
 */
export function cutRun(
  piece: Piece,
  run: Run,
  columns: readonly Column[],
  first: number,
): readonly (readonly Piece[])[] {
  const found: Piece[][] = [];
  const { digits } = run;
  // A run across a page break: where its parts stand is not known.
  if (piece.end - piece.start !== piece.text.length) return found;
  const base = piece.end - piece.text.length + run.operator.length;
  const made = new Map<number, CutPiece>();
  // The same part stands in many cuts.
  const partOf = (from: number, to: number): CutPiece => {
    const key = from * MOST_DIGITS * 2 + to;
    const known = made.get(key);
    if (known !== undefined) return known;
    const written = digits.slice(from, to);
    const operator = from === 0 ? run.operator : '';
    const unit = to === digits.length ? run.unit : '';
    const dot = written.indexOf('.');
    const start = base + from - operator.length;
    const text = `${operator}${written}${unit}`;
    const value: CellValue = {
      operator: operator === '' ? undefined : OPERATORS[operator],
      value: Exact.of(written),
      places: dot < 0 ? 0 : written.length - dot - 1,
      unit,
    };
    const part: CutPiece = { ...piece, kind: 'value', cut: true, text, start, end: start + text.length, value };
    made.set(key, part);
    return part;
  };
  const walk = (from: number, parts: readonly Piece[]): void => {
    if (from === digits.length) {
      if (parts.length >= 2) found.push([...parts]);
      return;
    }
    const role = columns[first + parts.length]?.role;
    if (
      role === undefined ||
      role === 'reason' ||
      role === 'sign' ||
      role === 'unit' ||
      role === 'other' ||
      parts.length >= 4
    )
      return;
    for (let to = from + 1; to <= digits.length; to += 1) {
      const written = digits.slice(from, to);
      if (!NUMBER.test(written)) {
        if (/^0\d/.test(written)) return;
        continue;
      }
      const part = partOf(from, to);
      const { value, unit, operator } = part.value;
      const points = role === 'weight' || role === 'score';
      if (points && (operator !== undefined || (unit !== '' && unit !== '分'))) continue;
      if (points && value.gt(Exact.hundred)) {
        if (!digits.slice(from).includes('.')) return;
        continue;
      }
      if (role === 'weight' && value.isZero) continue;
      if (to < digits.length && digits[to] === '.') continue;
      walk(to, [...parts, part]);
    }
  };
  walk(0, []);
  return found;
}

const OPERATORS: Readonly<Record<string, '≥' | '≤' | '>' | '<' | '='>> = {
  '>=': '≥',
  '<=': '≤',
  '≥': '≥',
  '≤': '≤',
  '>': '>',
  '<': '<',
  '=': '=',
};
