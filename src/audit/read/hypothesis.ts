import type { Column } from './header.ts';
import type { Layout, Piece } from './piece.ts';
import { missingCost, rowCost } from './row-cost.ts';
import type { RowDraft } from './row-draft.ts';

interface Linked<T> {
  readonly item: T;
  readonly before: Linked<T> | undefined;
}

export interface Draft {
  readonly from: number;
  readonly name: readonly Piece[];
  readonly cells: readonly (readonly Piece[] | undefined)[];
  readonly cut: boolean;
  /** A form word stood behind the name: what follows is not part of it. */
  readonly interrupted: boolean;
}

export interface Hypothesis {
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

export interface Situation {
  readonly layout: Layout;
  readonly columns: readonly Column[];
  /** Most names of this table begin with 指标1: */
  readonly numbered: boolean;
  /** The cuts of a run by piece and column, worked out once for all hypotheses. */
  readonly cuts: Map<Piece, Map<number, readonly (readonly Piece[])[]>>;
}

/** A reading this much worse than the best never catches up. */
const HOPELESS = 9;

export function list<T>(linked: Linked<T> | undefined): T[] {
  const items: T[] = [];
  for (let at = linked; at !== undefined; at = at.before) items.push(at.item);
  return items.reverse();
}

/** The cheapest hypothesis of every situation, cheapest first. Situations are few, so they are compared one by one. */
export function prune(hypotheses: readonly Hypothesis[], width: number): Hypothesis[] {
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

/** Leaves the piece out. */
export function skip(out: Hypothesis[], hypothesis: Hypothesis, cost: number): void {
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

export function startRow(
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
export function fill(
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
export function append(hypothesis: Hypothesis, piece: Piece, column: number, cost: number): Hypothesis {
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

export function closeRow(hypothesis: Hypothesis, situation: Situation): Hypothesis {
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
  const { level1, level2, totals, inTotal } = hypothesis;
  return { cost: hypothesis.cost + cost, state: -1, draft: undefined, level1, level2, rows, totals, inTotal };
}
