import { Exact } from '../../quantity/index.ts';
import { gridCost, isBesides, valueCost } from './cell-cost.ts';
import { cutRun, runOf } from './fused-run.ts';
import type { Column } from './header.ts';
import { append, type Draft, fill, type Hypothesis, type Situation, skip, startRow } from './hypothesis.ts';
import type { Piece } from './piece.ts';

export function expandValue(
  hypothesis: Hypothesis,
  piece: Piece,
  index: number,
  pieces: readonly Piece[],
  situation: Situation,
  out: Hypothesis[],
): void {
  const { columns, layout } = situation;
  if (
    hypothesis.inTotal &&
    hypothesis.totals !== undefined &&
    hypothesis.draft === undefined &&
    hypothesis.totals.item.length < 6 &&
    piece.kind === 'value'
  ) {
    out.push({
      ...hypothesis,
      cost: hypothesis.cost,
      totals: { item: [...hypothesis.totals.item, piece], before: hypothesis.totals.before },
    });
  }
  const at = Math.max(0, hypothesis.state);
  const rest = hypothesis.state < 0 ? [] : columns.slice(hypothesis.state);
  const fresh = rest.every((column) => column.role === 'reason');
  const rowCost = piece.gap === 'row' && hypothesis.state >= 0 ? (layout === 'space' ? 0.6 : 1) : 0;
  const base = fresh ? startRow(hypothesis, undefined, index, 0, situation) : hypothesis;
  const firstColumn = fresh ? 0 : at;
  const freshCost = fresh ? (layout === 'space' ? 0.7 : 2) : 0;
  placeValue(base, piece, firstColumn, rowCost + freshCost, situation, out);
  if (fresh && hypothesis.state >= 0) placeValue(hypothesis, piece, hypothesis.state, rowCost, situation, out);
  if (piece.kind === 'value') expandFused(base, piece, firstColumn, rowCost + (fresh ? 2 : 0), situation, out);
  // 有制度1分,有记录2分: how points are given stands under 评价标准.
  if (columns[hypothesis.state - 1]?.role === 'other' && layout === 'space' && piece.gap !== 'row')
    out.push(append(hypothesis, piece, hypothesis.state - 1, piece.value?.unit === '分' ? 0.1 : 0.4));
  if (hypothesis.state === 0 && piece.kind === 'value') {
    const cost =
      piece.value?.operator !== undefined
        ? 6
        : piece.value?.unit === ''
          ? 3
          : layout === 'glued' || piece.gap === 'glued'
            ? 1
            : 2;
    out.push(append(hypothesis, piece, -1, cost));
  }
  const before = pieces[index - 1]?.word?.kind;
  // (40分) and the 2 of 年度绩效目标2 are no figures of a row.
  const aside = pieces[index - 1]?.text === '(' || before === 'goal';
  // ≥360天服务读者 behind its level is a name that begins with a number.
  const thrice = pieces[index + 1]?.text === piece.text && pieces[index + 2]?.text === piece.text;
  const nameLike =
    (thrice && piece.value?.unit !== '') ||
    (layout === 'glued' ? piece.value?.unit !== '' : (piece.value?.unit.length ?? 0) >= 4);
  if (fresh && piece.kind === 'value' && nameLike && before?.startsWith('level') === true)
    out.push(startRow(hypothesis, piece, index, 1, situation));
  const alone = piece.gap === 'row' && (pieces[index + 1]?.gap ?? 'row') === 'row' && piece.value?.unit === '';
  const next = columns[Math.max(0, hypothesis.state)];
  const again =
    hypothesis.draft !== undefined && isRepeat(hypothesis.draft, piece) && valueCost(piece, next, layout) === undefined;
  skip(
    out,
    hypothesis,
    aside || isBesides(piece, columns)
      ? 0.3
      : again
        ? 2.4
        : alone && pieces[index - 1]?.kind !== 'operator' && /^\d{1,3}$/.test(piece.text)
          ? 1.6
          : hypothesis.state < 0 && hypothesis.rows === undefined
            ? 2
            : 5,
  );
}

/** Under every column from `first` that can hold it. */
function placeValue(
  base: Hypothesis,
  piece: Piece,
  first: number,
  extra: number,
  { columns, layout }: Situation,
  out: Hypothesis[],
): void {
  for (let column = first; column < columns.length; column += 1) {
    const cost = valueCost(piece, columns[column], layout);
    if (cost === undefined) continue;
    out.push(fill(base, column, piece, cost + extra + gridCost(piece, columns[column]), columns));
  }
}

function isRepeat(draft: Draft, piece: Piece): boolean {
  return draft.cells.some((cell) => cell?.[0]?.text === piece.text) && piece.value?.unit !== '';
}

/** ≥901010010: no target has so many digits. */
const SIGNED_RUN = /^[≥≤><=]{1,2}(?:\d{6,}|0\.\d{5,})$/;

/** Every way to cut a run of digits into the next two to four columns. */
function expandFused(
  base: Hypothesis,
  piece: Piece,
  firstColumn: number,
  cost: number,
  { columns, layout, cuts }: Situation,
  out: Hypothesis[],
): void {
  if (layout === 'grid' || layout === 'pipe') return;
  const fused = piece.fused === true;
  if (!fused && piece.cut !== true && piece.text.length < 4) return;
  if (layout !== 'glued' && !/^\d+$/.test(piece.text)) return;
  const run = runOf(fused ? piece : { ...piece, fused: true });
  if (run === undefined) return;
  // The unit ran into the name and the sign stands with the figure: 管护面积万亩≥28102810.
  let first = firstColumn;
  while (['unit', 'sign', 'other'].includes(columns[first]?.role ?? '')) first += 1;
  const known = cuts.get(piece) ?? new Map<number, readonly (readonly Piece[])[]>();
  cuts.set(piece, known);
  const ways = known.get(first) ?? cutRun(piece, run, columns, first);
  known.set(first, ways);
  for (const parts of ways) {
    let hypothesis = base;
    const far = isFarOff(parts, columns, first) ? 1.5 : 0;
    parts.forEach((part, nth) => {
      const extra =
        nth === 0 ? cost + far + (!fused ? (SIGNED_RUN.test(piece.text) ? 0.5 : 3) : run.unit === '' ? 0.3 : 1.5) : 0;
      const own = nth === 0 ? 0 : (valueCost(part, columns[first + nth], layout) ?? 9);
      hypothesis = fill(hypothesis, first + nth, part, extra + own, columns);
    });
    if (hypothesis.draft !== undefined) out.push({ ...hypothesis, draft: { ...hypothesis.draft, cut: true } });
  }
}

const FAR = Exact.of(20);

/** Of the cuts of a run the one whose result is near its target. */
function isFarOff(parts: readonly Piece[], columns: readonly Column[], first: number): boolean {
  const of = (role: string): Exact | undefined =>
    parts.find((_, nth) => columns[first + nth]?.role === role && columns[first + nth]?.nth === 0)?.value?.value;
  const [target, actual] = [of('target'), of('actual')];
  if (target === undefined || actual === undefined) return false;
  return actual.gt(target.mul(FAR)) || (!actual.isZero && actual.mul(FAR).lt(target));
}
