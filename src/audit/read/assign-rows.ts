import { gridCost } from './cell-cost.ts';
import { expandText } from './expand-text.ts';
import { expandValue } from './expand-value.ts';
import type { Column } from './header.ts';
import { append, closeRow, fill, type Hypothesis, list, prune, type Situation, skip, startRow } from './hypothesis.ts';
import type { Layout, Piece } from './piece.ts';
import type { Reading } from './row-draft.ts';
import { PREFIX } from './vocabulary.ts';

const BEAM = 8;

/** Where every cell is printed there is little to be undecided about. */
const BEAM_CELLED = 4;

const BEAM_GLUED = 24;

/**
 * Reads the body of an indicator table as rows of the given columns. A beam search over what each piece may be:
 * name, value of a column, explanation, level, nothing. The cost of a row looks at the whole row (types, units,
 * score not above weight, what is missing). Linear in the number of pieces; the best readings come first.
 */
export function assignRows(pieces: readonly Piece[], columns: readonly Column[], layout: Layout): readonly Reading[] {
  const numbered = pieces.filter((piece) => PREFIX.test(piece.text)).length >= 3;
  const situation: Situation = { layout, columns, numbered, cuts: new Map() };
  const celled = layout === 'pipe' || layout === 'grid';
  const width = celled ? BEAM_CELLED : pieces.some((piece) => piece.fused === true) ? BEAM_GLUED : BEAM;
  let beam: Hypothesis[] = [
    {
      cost: 0,
      state: -1,
      draft: undefined,
      level1: '',
      level2: '',
      rows: undefined,
      totals: undefined,
      inTotal: false,
    },
  ];
  for (let index = 0; index < pieces.length; index += 1) {
    const piece = pieces[index];
    if (piece === undefined) continue;
    const next: Hypothesis[] = [];
    for (const hypothesis of beam) expand(hypothesis, piece, index, pieces, situation, next);
    beam = prune(next, width);
  }
  return beam
    .map((hypothesis) => closeRow(hypothesis, situation))
    .sort((a, b) => a.cost - b.cost)
    .map((hypothesis) => ({ rows: list(hypothesis.rows), totals: list(hypothesis.totals), cost: hypothesis.cost }));
}

function expand(
  hypothesis: Hypothesis,
  piece: Piece,
  index: number,
  pieces: readonly Piece[],
  situation: Situation,
  out: Hypothesis[],
): void {
  const { columns, layout } = situation;
  switch (piece.kind) {
    case 'word':
      expandWord(hypothesis, piece, index, pieces, situation, out);
      return;
    case 'ellipsis':
      skip(out, hypothesis, 0);
      return;
    case 'junk':
      // 项 is a unit as well as half of 项目.
      if (columns[hypothesis.state]?.role === 'unit' && piece.gap !== 'row' && piece.text.length === 1)
        out.push(fill(hypothesis, hypothesis.state, piece, 0, columns));
      if (
        hypothesis.state === 0 &&
        piece.gap === 'space' &&
        layout === 'space' &&
        /^[\p{Script=Han}]{2,}$/u.test(piece.text)
      )
        out.push(append(hypothesis, piece, -1, 0.8));
      skip(out, hypothesis, 0.1);
      return;
    case 'placeholder':
      out.push({ ...closeRow(hypothesis, situation), state: -1, draft: undefined });
      return;
    case 'empty':
    case 'dash': {
      const at = hypothesis.state;
      const gapCost = at >= 0 && piece.gap === 'row' ? 1 : 0;
      if (at < 0 || at >= columns.length) {
        if (at >= columns.length && piece.kind === 'dash') skip(out, hypothesis, 0.2);
        else skip(out, hypothesis, 0);
        return;
      }
      for (
        let column = at;
        column < Math.min(columns.length, at + (piece.kind === 'dash' ? columns.length : 1));
        column += 1
      )
        out.push(
          fill(hypothesis, column, piece, gapCost + gridCost(piece, columns[column]) + (column - at) * 0.2, columns),
        );
      skip(
        out,
        hypothesis,
        piece.kind === 'dash' ? (layout === 'pipe' ? 1.2 : 0.7) : layout === 'pipe' || layout === 'grid' ? 0.6 : 0.1,
      );
      return;
    }
    case 'operator':
    case 'value':
      if (piece.kind === 'value' && piece.value === undefined) {
        skip(out, hypothesis, 4);
        return;
      }
      expandValue(hypothesis, piece, index, pieces, situation, out);
      return;
    case 'text':
      expandText(hypothesis, piece, index, pieces, situation, out);
  }
}

function expandWord(
  hypothesis: Hypothesis,
  piece: Piece,
  index: number,
  pieces: readonly Piece[],
  situation: Situation,
  out: Hypothesis[],
): void {
  const kind = piece.word?.kind;
  if (kind === 'level1' || kind === 'level2' || kind === 'level-either') {
    const closed = closeRow(hypothesis, situation);
    const level = kind === 'level-either' ? eitherLevel(piece, index, pieces) : kind;
    out.push({
      ...closed,
      state: -1,
      draft: undefined,
      inTotal: false,
      level1: level === 'level1' ? piece.text : closed.level1,
      level2: level === 'level2' ? piece.text : level === 'level1' ? '' : closed.level2,
    });
    // A level name of the row above may itself be the name of an indicator.
    const before = pieces.slice(Math.max(0, index - 3), index).findLast((each) => each.kind !== 'empty');
    const own = piece.text.length >= 3 || before?.text.startsWith(piece.text) === true;
    // 服务对象满意度指标 服务对象满意度: the level and the name that repeats it.
    const levelled = before?.word?.kind.startsWith('level') === true;
    const same = before?.text === piece.text && !piece.text.endsWith('指标');
    const repeated = levelled && (same || before?.text === `${piece.text}指标`);
    if (hypothesis.state === -1 && hypothesis.level2 !== '' && own)
      out.push(
        startRow(
          hypothesis,
          piece,
          index,
          repeated ? -1 : before?.word?.kind.startsWith('level') === true ? 1.2 : 2.5,
          situation,
        ),
      );
    return;
  }
  if (kind === 'total') {
    const closed = closeRow(hypothesis, situation);
    out.push({ ...closed, state: -1, draft: undefined, inTotal: true, totals: { item: [], before: closed.totals } });
    return;
  }
  // 预算执行率 | 90% | 100%: a rate that is a head elsewhere is here the name of an indicator.
  const ready = hypothesis.state < 0 || columnsRead(hypothesis, situation);
  const next = pieces[index + 1]?.kind;
  const named = piece.word?.kind === 'header' && piece.word.role === 'rate' && /..率$/.test(piece.text);
  if (named && ready && (next === 'value' || next === 'operator'))
    out.push(startRow(hypothesis, piece, index, 0.8, situation));
  // A goal or the heads again: the next part of the form begins.
  const anew = kind === 'goal' || (piece.word?.kind === 'header' && piece.word.role === 'level1');
  if (anew && hypothesis.state > 0) {
    out.push({ ...closeRow(hypothesis, situation), state: -1, draft: undefined });
    return;
  }
  if (kind === 'stop') {
    out.push({ ...closeRow(hypothesis, situation), state: -1, draft: undefined });
    return;
  }
  if (hypothesis.state === 0 && hypothesis.draft !== undefined) {
    out.push({ ...hypothesis, cost: hypothesis.cost + 0.1, draft: { ...hypothesis.draft, interrupted: true } });
    return;
  }
  if (hypothesis.state >= 0 && kind === 'form') {
    skip(out, hypothesis, 0.3);
    return;
  }
  skip(out, hypothesis, hypothesis.state >= 0 ? 0.1 : 0);
}

/** Only an explanation could still come in the row. */
function columnsRead({ state }: Hypothesis, { columns }: Situation): boolean {
  return columns.slice(Math.max(0, state)).every((column) => column.role === 'reason' || column.nth > 0);
}

function eitherLevel(piece: Piece, index: number, pieces: readonly Piece[]): 'level1' | 'level2' {
  const key = piece.text.startsWith('成本') ? '成本' : '满意';
  for (let at = index + 1; at < Math.min(pieces.length, index + 4); at += 1) {
    const next = pieces[at];
    if (next?.kind === 'word' && next.word?.kind === 'level2') return next.text.includes(key) ? 'level1' : 'level2';
    if (next?.kind === 'value') break;
  }
  return /\(\d/.test(piece.text) && key === '满意' ? 'level1' : 'level2';
}
