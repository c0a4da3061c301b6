import { Exact } from '../../quantity/index.ts';
import type { Column } from './header.ts';
import type { Draft, Situation } from './hypothesis.ts';
import type { Piece } from './piece.ts';
import { isAnswer, stem } from './value.ts';
import { PREFIX } from './vocabulary.ts';

const MISSING: Readonly<Record<string, number>> = {
  target: 3,
  actual: 3,
  weight: 5,
  score: 5,
  rate: 1.5,
  sign: 0.8,
  unit: 0.8,
  reason: 0,
  other: 0.4,
};

export function missingCost(column: Column | undefined): number {
  return column === undefined ? 0 : (MISSING[column.role] ?? 0) * (column.nth > 0 ? 0.3 : 1);
}

const LARGE = Exact.of(50);

/** Merged cells: both points of a row may be missing. */
const POINTLESS = 3.5;

/** 受欢迎 is answered with 受欢迎 or 很受欢迎. */
function isAlike(target: Piece | undefined, actual: Piece | undefined): boolean {
  if (target === undefined || actual === undefined) return false;
  return stem(target.text) === stem(actual.text) || (target.text.length >= 2 && actual.text.includes(target.text));
}

export function rowCost(draft: Draft, situation: Situation): { readonly cost: number; readonly keep: boolean } {
  const { columns } = situation;
  let cost = 0;
  let filledCells = 0;
  const get = (role: string): Piece | undefined => {
    const at = columns.findIndex((column) => column.role === role && column.nth === 0);
    return at < 0 ? undefined : draft.cells[at]?.[0];
  };
  columns.forEach((column, at) => {
    const piece = draft.cells[at]?.[0];
    if (piece === undefined && at >= draft.cells.length) cost += missingCost(column);
    else if (piece === undefined) return;
    else if (piece.kind !== 'empty' && piece.kind !== 'dash') filledCells += 1;
  });
  const target = get('target');
  const actual = get('actual');
  const weight = get('weight');
  const score = get('score');
  if (filledCells === 0)
    return {
      cost: Math.min(cost, PREFIX.test(draft.name[0]?.text ?? '') ? 2 : 3) + (draft.name.length === 0 ? 2 : 0),
      keep: draft.name.length > 0,
    };
  // Rows that share their points with the row above (merged cells): both are missing, not one.
  const has = (role: string): boolean => columns.some((column) => column.role === role);
  const celled = situation.layout === 'pipe' || situation.layout === 'grid';
  const pointless = weight?.value === undefined && score?.value === undefined;
  // Figures that lack their unit may be the points: 下降 | | 下降 | 15 | 15.
  const unitless = has('unit') && has('sign') && get('unit') === undefined && target?.value !== undefined;
  if (celled && pointless && !unitless && target !== undefined && actual !== undefined && draft.name.length > 0)
    for (const points of has('weight') && has('score') ? [weight, score] : [])
      cost -= points === undefined ? POINTLESS : 0;
  // 3 | 9.3 | 9.3 | | behind the name: the result vanished, the score did not.
  if (celled && score?.kind === 'empty' && actual?.value?.unit === '' && actual.text === weight?.text) cost += 3.5;
  // 100 and 94 without a name: the totals, whose word stands elsewhere.
  const totals =
    draft.name.length === 0 && target === undefined && actual === undefined && weight?.value?.value.eq(Exact.hundred);
  if (totals === true && score !== undefined) cost -= has('target') && has('actual') ? 6 : 3;
  if (weight?.value !== undefined && score?.value !== undefined) {
    if (score.value.value.gt(weight.value.value)) cost += 3;
    if (weight.value.value.isZero) cost += 3;
    // Of 92 20 behind a target the 92 is the result: no weight is so large and its score so small.
    const large = weight.value.value.gt(LARGE) && score.value.value.mul(Exact.of(2)).lt(weight.value.value);
    if (actual === undefined && large) cost += 2.5;
  }
  if (target?.value !== undefined && actual?.value !== undefined) {
    const left = target.value.unit;
    const right = actual.value.unit;
    if (left !== right && left !== '' && right !== '') cost += 1.5;
    if (left === '%' && right === '' && actual.value.value.gt(Exact.hundred)) cost += 1;
  }
  if (
    get('unit') === undefined &&
    columns.some((column) => column.role === 'unit') &&
    target?.value !== undefined &&
    actual?.kind === 'text' &&
    actual.text.length <= 3
  )
    cost += 4;
  const textual = (piece: Piece | undefined): boolean => piece?.kind === 'text';
  if (target !== undefined && actual !== undefined && textual(target) !== textual(actual)) cost += 0.8;
  if (situation.layout === 'space' || situation.layout === 'glued') {
    if (textual(target) && actual === undefined && has('actual')) cost += 4;
    if (textual(actual) && target === undefined && has('target')) cost += 4;
    const dated = /^\d{1,4}[年月]/.test(target?.text ?? '') && /^\d{1,4}[年月]/.test(actual?.text ?? '');
    if (textual(target) && textual(actual) && !isAlike(target, actual) && !dated && !isAnswer(actual?.text ?? ''))
      cost += 1.6;
  }
  if (actual?.value?.operator !== undefined && target === undefined) cost += 4;
  if (draft.name.length === 0)
    cost +=
      situation.layout === 'space' &&
      ['target', 'actual', 'weight', 'score'].every(
        (role) => get(role) !== undefined || !columns.some((column) => column.role === role),
      )
        ? 0.5
        : 3;
  return { cost, keep: true };
}
