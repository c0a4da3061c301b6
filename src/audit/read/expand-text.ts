import { gridCost, isBesides, textCost } from './cell-cost.ts';
import { append, fill, type Hypothesis, type Situation, skip, startRow } from './hypothesis.ts';
import type { Piece } from './piece.ts';
import { isAnswer, stem } from './value.ts';
import { PREFIX } from './vocabulary.ts';

export function expandText(
  hypothesis: Hypothesis,
  piece: Piece,
  index: number,
  pieces: readonly Piece[],
  situation: Situation,
  out: Hypothesis[],
): void {
  const { columns, layout, numbered } = situation;
  const celled = layout === 'pipe' || layout === 'grid' || layout === 'line';
  const prefixed = PREFIX.test(piece.text);
  const { length } = piece.text;
  const clause = /[。;,!]/.test(piece.text) ? 1 : 0;
  let nameCost = (length > 40 ? 3 : length > 26 ? 1.2 : 0) + clause * (length > 12 ? 2 : 0.8);
  // What stands right behind a level is the name, however long.
  const led = pieces[index - 1]?.word?.kind.startsWith('level') === true;
  if (prefixed) nameCost = -1;
  else if (led && layout === 'space' && !numbered) nameCost *= 0.4;
  else if (numbered && layout !== 'grid' && layout !== 'pipe') nameCost += 2.5;
  if (/^(?:无|否|是|有|达标|完成|已完成|优|良|中|差|合格|已?完成\d{1,3}%)$/.test(piece.text)) nameCost += 4;
  if (isAnswer(piece.text)) nameCost += 6;
  if (layout === 'space' && piece.gap === 'space' && hypothesis.state > 0) nameCost += 0.4;
  if (piece.gap === 'row' && layout === 'space') nameCost -= 0.3;
  if (layout === 'grid' && piece.gap === 'cell' && hypothesis.state >= 0) nameCost += 2;
  // 重复参保人数 减少 减少 behind a whole row: a row whose target and result are words.
  const twinned =
    layout === 'space' &&
    hypothesis.state > 1 &&
    pieces[index + 1]?.kind === 'text' &&
    pieces[index + 1]?.text === pieces[index + 2]?.text &&
    pieces[index + 1]?.text !== piece.text;
  if (twinned) nameCost -= 1.5;
  const free = hypothesis.inTotal && hypothesis.draft === undefined ? 0.3 : 0;
  out.push(startRow(hypothesis, piece, index, nameCost + free, situation));
  const spent = columns.slice(Math.max(0, hypothesis.state)).every((column) => column.role === 'reason');
  // 及时 及时 20 20 in a displaced text: equal words before figures are target and result.
  const pair = pieces[index + 1]?.text === piece.text && pieces[index + 2]?.kind === 'value';
  if (layout === 'space' && (numbered || pair) && !prefixed && (hypothesis.state < 0 || spent) && length <= 8) {
    // Figures without their name: 有效 有效 5 5 in a displaced text.
    const target = columns.findIndex((column) => column.role === 'target' && column.nth === 0);
    if (target >= 0)
      out.push(fill(startRow(hypothesis, undefined, index, 1.2, situation), target, piece, 0.6, columns));
  }
  const twin = layout === 'glued' && isTwin(pieces, index) ? 3 : 0;
  if (hypothesis.state === 0 && !prefixed) {
    const cost =
      piece.gap === 'glued'
        ? 0.2
        : layout === 'space'
          ? piece.gap === 'row'
            ? 0.5
            : 0.3
          : layout === 'glued'
            ? 0.3
            : layout === 'line'
              ? 2.2
              : 4;
    out.push(
      append(
        hypothesis,
        piece,
        -1,
        cost +
          twin +
          (DATE.test(piece.text) ? 1.5 : 0) +
          (hypothesis.draft?.interrupted === true ? 3 : isOffice(piece.text) ? 2 : 0),
      ),
    );
  }
  if (hypothesis.state >= 0 && !prefixed) {
    const rowCost = piece.gap === 'row' ? (layout === 'space' ? 1.6 : 1) : 0;
    for (let column = hypothesis.state; column < columns.length; column += 1) {
      const cost = textCost(piece, columns[column], celled, hypothesis, column);
      if (cost !== undefined)
        out.push(fill(hypothesis, column, piece, cost + rowCost + gridCost(piece, columns[column]), columns));
    }
    const last = hypothesis.state - 1;
    const role = columns[last]?.role;
    if (role === 'other' && layout === 'space' && piece.gap !== 'row') out.push(append(hypothesis, piece, last, 0.15));
    if (role === 'reason')
      out.push(
        append(
          hypothesis,
          piece,
          last,
          layout === 'space' ? (twinned ? 1.5 : piece.gap === 'row' ? 0.6 : 0.15) : layout === 'line' ? 1.6 : 3,
        ),
      );
    else if (role === 'actual' && isAnswer(piece.text) && isWholeValue(hypothesis.draft?.cells[last]?.[0]))
      out.push(append(hypothesis, piece, last, 0.2));
    else if (
      (role === 'target' || role === 'actual') &&
      layout === 'space' &&
      hypothesis.draft?.cells[last]?.[0]?.kind === 'text'
    )
      out.push(append(hypothesis, piece, last, 1.1));
  }
  const loose = hypothesis.state === 0 && (hypothesis.draft?.interrupted === true || isOffice(piece.text));
  if (isBesides(piece, columns)) skip(out, hypothesis, 0.1);
  else if (celled && spent && !prefixed && length > 20) skip(out, hypothesis, 1.5);
  else skip(out, hypothesis, prefixed ? 6 : loose ? 0.6 : hypothesis.state < 0 ? 1.5 : length > 60 ? 2 : 3.2);
}

/** 1000件 before 达成预期指标; not half of a figure that was cut. */
function isWholeValue(piece: Piece | undefined): boolean {
  return piece?.kind === 'value' && piece.cut !== true;
}

/** 10月底, 2021年12月: said of a row, not what it is called. */
const DATE = /^\d{1,4}年?\d{0,2}[年月]/;

const MOST_TWINS = 8;

/** 有效有效 are target and result; of 专款专用专款专用专款专用 the first is the end of the name. */
function isTwin(pieces: readonly Piece[], index: number): boolean {
  const text = stem(pieces[index]?.text ?? '');
  const same = (piece: Piece | undefined): boolean => piece !== undefined && stem(piece.text) === text;
  let first = index;
  let last = index;
  while (same(pieces[first - 1]) && index - first < MOST_TWINS) first -= 1;
  while (same(pieces[last + 1]) && last - index < MOST_TWINS) last += 1;
  const count = last - first + 1;
  return count > 1 && !(count % 2 === 1 && index === first);
}

/** The unit's own name, which a displaced head drops among the rows. */
export function isOffice(text: string): boolean {
  return (
    text.length >= 5 &&
    text.length <= 60 &&
    /[省市县区旗镇乡].*(?:局|中心|委员会|办公室|学校|医院|街道办|联合会|残联)$/.test(text)
  );
}
