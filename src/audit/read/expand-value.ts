import { Exact } from '../../quantity/index.ts';
import { gridCost, valueCost } from './cell-cost.ts';
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
  const digits = /^\d+$/.test(piece.text) ? piece.text : undefined;
  if (
    digits !== undefined &&
    digits.length >= 2 &&
    digits.length <= 16 &&
    (piece.fused === true || digits.length >= 3) &&
    layout !== 'grid' &&
    layout !== 'pipe'
  )
    expandFused(base, piece, digits, firstColumn, rowCost + (fresh ? 2 : 0), situation, out);
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
  // ≥360天服务读者 behind its level is a name that begins with a number.
  const nameLike = layout === 'glued' ? piece.value?.unit !== '' : (piece.value?.unit.length ?? 0) >= 4;
  if (fresh && piece.kind === 'value' && nameLike && before?.startsWith('level') === true)
    out.push(startRow(hypothesis, piece, index, 1, situation));
  const alone = piece.gap === 'row' && (pieces[index + 1]?.gap ?? 'row') === 'row' && piece.value?.unit === '';
  const next = columns[Math.max(0, hypothesis.state)];
  const again =
    hypothesis.draft !== undefined && isRepeat(hypothesis.draft, piece) && valueCost(piece, next, layout) === undefined;
  skip(
    out,
    hypothesis,
    again
      ? 1.2
      : alone && /^\d{1,3}$/.test(piece.text)
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

/** Every way to cut a run of digits into the next two to four columns. */
function expandFused(
  base: Hypothesis,
  piece: Piece,
  digits: string,
  firstColumn: number,
  cost: number,
  situation: Situation,
  out: Hypothesis[],
): void {
  const { columns } = situation;
  const walk = (from: number, column: number, parts: Piece[]): void => {
    if (from === digits.length) {
      if (parts.length < 2) return;
      let hypothesis = base;
      parts.forEach((part, nth) => {
        hypothesis = fill(
          hypothesis,
          firstColumn + nth,
          part,
          nth === 0 ? cost + (piece.fused === true ? 0.3 : 3) : 0,
          columns,
        );
      });
      if (hypothesis.draft !== undefined) out.push({ ...hypothesis, draft: { ...hypothesis.draft, cut: true } });
      return;
    }
    const role = columns[column]?.role;
    if (role === undefined || role === 'reason' || role === 'sign' || role === 'unit' || parts.length >= 4) return;
    for (let to = from + 1; to <= digits.length; to += 1) {
      const part = digits.slice(from, to);
      if (part.length > 1 && part.startsWith('0')) return;
      const value = Exact.of(part);
      if ((role === 'weight' || role === 'score') && value.gt(Exact.hundred)) return;
      if (role === 'weight' && value.isZero) continue;
      const start = piece.end - digits.length + from;
      walk(to, column + 1, [
        ...parts,
        {
          ...piece,
          cut: true,
          text: part,
          start,
          end: start + part.length,
          value: { operator: undefined, value, places: 0, unit: '' },
        },
      ]);
    }
  };
  walk(0, firstColumn, []);
}
