import { Exact } from '../../quantity/index.ts';
import type { Column } from './header.ts';
import type { Layout, Piece } from './piece.ts';

/** A row as the reader first sees it: pieces under columns. */
export interface RowDraft {
  readonly name: readonly Piece[];
  /** One entry a column; `undefined` when nothing was read for it. */
  readonly cells: readonly (readonly Piece[] | undefined)[];
  readonly level1: string;
  readonly level2: string;
  /** Columns whose digits were cut out of a run of digits. */
  readonly cut: boolean;
}

export interface Reading {
  readonly rows: readonly RowDraft[];
  readonly totals: readonly (readonly Piece[])[];
  readonly cost: number;
}

interface Draft {
  readonly from: number;
  readonly name: readonly Piece[];
  readonly cells: readonly (readonly Piece[] | undefined)[];
  readonly cut: boolean;
  /** A form word stood behind the name: what follows is not part of it. */
  readonly interrupted: boolean;
}

interface Linked<T> {
  readonly item: T;
  readonly before: Linked<T> | undefined;
}

interface Hypothesis {
  readonly cost: number;
  /** -1 between rows, 0 in the name, k after column k-1. */
  readonly state: number;
  readonly draft: Draft | undefined;
  readonly level1: string;
  readonly level2: string;
  readonly rows: Linked<RowDraft> | undefined;
  readonly totals: Linked<readonly Piece[]> | undefined;
  readonly inTotal: boolean;
}

interface Situation {
  readonly layout: Layout;
  readonly columns: readonly Column[];
  /** Most names of this table begin with 指标1: */
  readonly numbered: boolean;
}

const BEAM = 8;
/** Where every cell is printed there is little to be undecided about. */
const BEAM_CELLED = 4;
const BEAM_GLUED = 24;
/** A reading this much worse than the best never catches up. */
const HOPELESS = 9;

/**
 * Reads the body of an indicator table as rows of the given columns. A beam search over what each piece may be:
 * name, value of a column, explanation, level, nothing. The cost of a row looks at the whole row (types, units,
 * score not above weight, what is missing). Linear in the number of pieces; the best readings come first.
 */
export function assignRows(pieces: readonly Piece[], columns: readonly Column[], layout: Layout): readonly Reading[] {
  const numbered = pieces.filter((piece) => PREFIX.test(piece.text)).length >= 3;
  const situation: Situation = { layout, columns, numbered };
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

function list<T>(linked: Linked<T> | undefined): T[] {
  const items: T[] = [];
  for (let at = linked; at !== undefined; at = at.before) items.push(at.item);
  return items.reverse();
}

/** The cheapest hypothesis of every situation, cheapest first. Situations are few, so they are compared one by one. */
function prune(hypotheses: readonly Hypothesis[], width: number): Hypothesis[] {
  let least = Number.POSITIVE_INFINITY;
  for (const hypothesis of hypotheses) if (hypothesis.cost < least) least = hypothesis.cost;
  const best: Hypothesis[] = [];
  for (const hypothesis of hypotheses) {
    if (hypothesis.cost > least + HOPELESS) continue;
    const at = best.findIndex((known) => isSameSituation(known, hypothesis));
    const known = best[at];
    if (known === undefined) best.push(hypothesis);
    else if (hypothesis.cost < known.cost) best[at] = hypothesis;
  }
  return best.sort((a, b) => a.cost - b.cost).slice(0, width);
}

/** What may still happen to two hypotheses is the same: they stand in one row, with as much read for every column. */
function isSameSituation(a: Hypothesis, b: Hypothesis): boolean {
  if (a.state !== b.state || a.inTotal !== b.inTotal) return false;
  const [left, right] = [a.draft, b.draft];
  if (left === right) return true;
  if (left === undefined || right === undefined) return false;
  if (left.from !== right.from || left.cut !== right.cut || left.cells.length !== right.cells.length) return false;
  for (let at = 0; at < left.cells.length; at += 1) {
    const [one, other] = [left.cells[at], right.cells[at]];
    if (one === other) continue;
    if ((one?.length ?? 0) !== (other?.length ?? 0)) return false;
    if (left.cut && !one?.every((piece, nth) => piece.text === other?.[nth]?.text)) return false;
  }
  return true;
}

export const PREFIX = /^(?:指标|目标)[1-9]\d?[::、.]?(?=.)/;

/** Leaves the piece out. */
function skip(out: Hypothesis[], hypothesis: Hypothesis, cost: number): void {
  out.push(cost === 0 ? hypothesis : moved(hypothesis, hypothesis.cost + cost, hypothesis.state, hypothesis.draft));
}

/** A hypothesis one step on. Written out, for this is made for every piece, hypothesis and column. */
function moved(hypothesis: Hypothesis, cost: number, state: number, draft: Draft | undefined): Hypothesis {
  return {
    cost,
    state,
    draft,
    level1: hypothesis.level1,
    level2: hypothesis.level2,
    rows: hypothesis.rows,
    totals: hypothesis.totals,
    inTotal: hypothesis.inTotal,
  };
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
      skip(out, hypothesis, piece.kind === 'dash' ? 0.7 : layout === 'pipe' || layout === 'grid' ? 0.6 : 0.1);
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
    if (hypothesis.state === -1 && hypothesis.level2 !== '' && piece.text.length >= 3)
      out.push(
        startRow(
          hypothesis,
          piece,
          index,
          pieces[index - 1]?.word?.kind.startsWith('level') === true ? 1.2 : 2.5,
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

function eitherLevel(piece: Piece, index: number, pieces: readonly Piece[]): 'level1' | 'level2' {
  const key = piece.text.startsWith('成本') ? '成本' : '满意';
  for (let at = index + 1; at < Math.min(pieces.length, index + 4); at += 1) {
    const next = pieces[at];
    if (next?.kind === 'word' && next.word?.kind === 'level2') return next.text.includes(key) ? 'level1' : 'level2';
    if (next?.kind === 'value') break;
  }
  return /\(\d/.test(piece.text) && key === '满意' ? 'level1' : 'level2';
}

function expandValue(
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

function gridCost(piece: Piece, column: Column | undefined): number {
  if (piece.column === undefined || column?.gridColumn === undefined) return 0;
  return piece.column === column.gridColumn ? -0.3 : 3;
}

function valueCost(piece: Piece, column: Column | undefined, layout: Layout): number | undefined {
  if (column === undefined) return undefined;
  const { value } = piece;
  switch (column.role) {
    case 'sign':
      return piece.kind === 'operator' ? 0 : undefined;
    case 'unit':
      return piece.text === '%' ? 0 : undefined;
    case 'target':
      if (piece.kind === 'operator') return 1;
      return 0;
    case 'actual':
      if (piece.kind === 'operator') return undefined;
      return value?.operator === undefined ? 0 : 1.5;
    case 'weight':
    case 'score': {
      if (value === undefined || value.operator !== undefined || value.value.gt(Exact.hundred) || value.value.sign < 0)
        return undefined;
      if (value.unit === '' || value.unit === '分') return column.nth > 0 ? 0.2 : 0;
      return value.unit === '%' && column.role === 'weight' && layout !== 'space' && layout !== 'glued'
        ? 2.5
        : undefined;
    }
    case 'rate':
      if (value === undefined || value.operator !== undefined) return undefined;
      return value.unit === '%' ? 0 : value.unit === '' ? 1.2 : undefined;
    case 'reason':
      return layout === 'line' || layout === 'grid' || layout === 'pipe' ? 1.2 : 8;
    default:
      return undefined;
  }
}

function expandText(
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
  if (/^(?:无|否|是|有|达标|完成|已完成|优|良|中|差|合格)$/.test(piece.text)) nameCost += 4;
  if (layout === 'space' && piece.gap === 'space' && hypothesis.state > 0) nameCost += 0.4;
  if (piece.gap === 'row' && layout === 'space') nameCost -= 0.3;
  if (layout === 'grid' && piece.gap === 'cell' && hypothesis.state >= 0) nameCost += 2;
  const free = hypothesis.inTotal && hypothesis.draft === undefined ? 0.3 : 0;
  out.push(startRow(hypothesis, piece, index, nameCost + free, situation));
  const spent = columns.slice(Math.max(0, hypothesis.state)).every((column) => column.role === 'reason');
  if (layout === 'space' && numbered && !prefixed && (hypothesis.state < 0 || spent) && length <= 8) {
    // Figures without their name: 有效 有效 5 5 in a displaced text.
    const target = columns.findIndex((column) => column.role === 'target' && column.nth === 0);
    if (target >= 0)
      out.push(fill(startRow(hypothesis, undefined, index, 1.2, situation), target, piece, 0.6, columns));
  }
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
      append(hypothesis, piece, -1, cost + (hypothesis.draft?.interrupted === true ? 3 : isOffice(piece.text) ? 2 : 0)),
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
    if (role === 'reason')
      out.push(
        append(
          hypothesis,
          piece,
          last,
          layout === 'space' ? (piece.gap === 'row' ? 0.6 : 0.15) : layout === 'line' ? 1.6 : 3,
        ),
      );
    else if (
      (role === 'target' || role === 'actual') &&
      layout === 'space' &&
      hypothesis.draft?.cells[last]?.[0]?.kind === 'text'
    )
      out.push(append(hypothesis, piece, last, 1.1));
  }
  const loose = hypothesis.state === 0 && (hypothesis.draft?.interrupted === true || isOffice(piece.text));
  skip(out, hypothesis, prefixed ? 6 : loose ? 0.6 : hypothesis.state < 0 ? 1.5 : length > 60 ? 2 : 3.2);
}

/** The unit's own name, which a displaced head drops among the rows. */
function isOffice(text: string): boolean {
  return text.length >= 5 && /[省市县区旗镇乡].*(?:局|中心|委员会|办公室|学校|医院|街道办|联合会|残联)$/.test(text);
}

const VALUE_WORDS =
  /^(?:是|否|有|无|优|良|中|差|好|高|较高|较好|良好|优秀|合格|达标|完成|已完成|按时|及时|有效|显著|明显|提升|提高|改善|增强|长期|持续|不断|稳定|基本|全部|全面|100)|(?:底前|前|内|以上|以下|完成|达标|提高|提升|改善|增强|满意|到位|有效|明显|显著)$/;

function textCost(
  piece: Piece,
  column: Column | undefined,
  celled: boolean,
  hypothesis: Hypothesis,
  index: number,
): number | undefined {
  if (column === undefined) return undefined;
  const { length } = piece.text;
  switch (column.role) {
    case 'target':
    case 'actual': {
      const draft = hypothesis.draft;
      const twin =
        column.role === 'actual' && index > 0 && draft?.cells[index - 1]?.[0]?.text === piece.text ? -0.6 : 0;
      const shape = VALUE_WORDS.test(piece.text) || /^\d/.test(piece.text) ? -0.2 : 0;
      return (celled ? 0.5 : 1) + (length > 24 ? 1.2 : length > 14 ? 0.5 : 0) + twin + shape;
    }
    case 'unit':
      return length <= 6 && !/\d/.test(piece.text) && !VALUE_WORDS.test(piece.text) ? 0.1 : undefined;
    case 'sign':
      return /^(?:定性|定量|正向|反向|正向指标|反向指标|约束性|预期性|大于等于|小于等于|等于|大于|小于)$/.test(
        piece.text,
      )
        ? 0
        : undefined;
    case 'reason': {
      // An explanation stands behind the figures of its row.
      const figures =
        hypothesis.draft?.cells.some((cell, at) => at < index && cell !== undefined && cell[0]?.kind !== 'empty') ??
        false;
      return figures ? 0.7 + (hypothesis.state < index ? (celled ? 1 : 0.4) : 0) : 5;
    }
    case 'weight':
    case 'score':
    case 'rate':
      return undefined;
    default:
      return undefined;
  }
}

function startRow(
  hypothesis: Hypothesis,
  name: Piece | undefined,
  index: number,
  cost: number,
  situation: Situation,
): Hypothesis {
  const closed = closeRow(hypothesis, situation);
  return moved(closed, closed.cost + cost, 0, {
    from: index,
    name: name === undefined ? [] : [name],
    cells: [],
    cut: false,
    interrupted: false,
  });
}

/** Columns passed over are paid for at once, so that half-read rows compare fairly. */
function fill(
  hypothesis: Hypothesis,
  column: number,
  piece: Piece,
  cost: number,
  columns: readonly Column[],
): Hypothesis {
  const draft = hypothesis.draft;
  if (draft === undefined) return hypothesis;
  const cells = draft.cells.slice();
  let passed = 0;
  while (cells.length < column) {
    passed += missingCost(columns[cells.length]);
    cells.push(undefined);
  }
  cells[column] = [piece];
  return moved(hypothesis, hypothesis.cost + cost + passed, column + 1, withCells(draft, cells));
}

/** Adds a piece to the name (`column` -1) or to the cell last filled. */
function append(hypothesis: Hypothesis, piece: Piece, column: number, cost: number): Hypothesis {
  const draft = hypothesis.draft;
  if (draft === undefined) return hypothesis;
  if (column < 0)
    return moved(hypothesis, hypothesis.cost + cost, hypothesis.state, { ...draft, name: [...draft.name, piece] });
  const cells = draft.cells.slice();
  cells[column] = [...(cells[column] ?? []), piece];
  return moved(hypothesis, hypothesis.cost + cost, hypothesis.state, withCells(draft, cells));
}

function withCells(draft: Draft, cells: Draft['cells']): Draft {
  return { from: draft.from, name: draft.name, cells, cut: draft.cut, interrupted: draft.interrupted };
}

const MISSING: Readonly<Record<string, number>> = {
  target: 3,
  actual: 3,
  weight: 5,
  score: 5,
  rate: 1.5,
  sign: 0.8,
  unit: 0.8,
  reason: 0,
};

function missingCost(column: Column | undefined): number {
  return column === undefined ? 0 : (MISSING[column.role] ?? 0) * (column.nth > 0 ? 0.3 : 1);
}

function closeRow(hypothesis: Hypothesis, situation: Situation): Hypothesis {
  const { draft } = hypothesis;
  if (draft === undefined) return hypothesis;
  const { cost, keep } = rowCost(draft, situation);
  const rows = keep
    ? {
        item: {
          name: draft.name,
          cells: draft.cells,
          level1: hypothesis.level1,
          level2: hypothesis.level2,
          cut: draft.cut,
        },
        before: hypothesis.rows,
      }
    : hypothesis.rows;
  return { ...hypothesis, cost: hypothesis.cost + cost, draft: undefined, rows, state: -1 };
}

function rowCost(draft: Draft, situation: Situation): { readonly cost: number; readonly keep: boolean } {
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
  if (celled && pointless && target !== undefined && actual !== undefined && draft.name.length > 0)
    cost -= has('weight') && has('score') ? 7 : 0;
  if (weight?.value !== undefined && score?.value !== undefined) {
    if (score.value.value.gt(weight.value.value)) cost += 3;
    if (weight.value.value.isZero) cost += 3;
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
    if (textual(target) && textual(actual) && target?.text !== actual?.text) cost += 1.6;
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
