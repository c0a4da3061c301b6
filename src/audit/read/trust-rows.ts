import { Exact } from '../../quantity/index.ts';
import type { Column } from './header.ts';
import type { Layout, Piece } from './piece.ts';
import type { RowDraft } from './row-draft.ts';
import { hasDigitRun, settledRows } from './settle-cuts.ts';
import { type SourceText, squeeze } from './source-text.ts';
import type { AuditTable, BudgetTable, CellRole, IndicatorRow, TableCell } from './table.ts';

/**
 * Where empty cells leave no trace, a row with fewer figures than columns can be shifted. Unless the weights of the
 * table add up, what may have shifted is unreadable.
 */
export function distrustPartial(
  rows: readonly IndicatorRow[],
  columns: readonly Column[],
  layout: Layout,
  budgetWeight: Exact | undefined,
): IndicatorRow[] {
  if (layout === 'grid' || layout === 'pipe') return [...rows];
  const has = (role: CellRole): boolean => columns.some((column) => column.role === role);
  if (has('weight') && weightsAddUp(rows, budgetWeight))
    return rows.map((row) => (row.partial === true ? { ...row, unreadable: ['target', 'actual'] } : row));
  return rows.map((row) => {
    const lacks = (role: CellRole): boolean => has(role) && row[role] === undefined;
    const shifted = (row.partial === true || lacks('weight') || lacks('score')) && (has('weight') || has('score'));
    if (shifted) return { ...row, unreadable: ['target', 'actual', 'weight', 'score'] };
    const one = lacks('target') !== lacks('actual');
    if (one && row.target?.value?.operator === undefined)
      return { ...row, unreadable: [...new Set<CellRole>([...row.unreadable, 'target', 'actual'])] };
    return row;
  });
}

export function weightsAddUp(rows: readonly IndicatorRow[], budgetWeight: Exact | undefined): boolean {
  const total = Exact.sum(rows.map((row) => row.weight?.value?.value ?? Exact.zero));
  return total.eq(Exact.hundred) || (budgetWeight !== undefined && total.add(budgetWeight).eq(Exact.hundred));
}

/** The text breaks off inside the last row: what it lacks was not left out by its author. */
export function isCutOff(
  source: SourceText,
  pieces: readonly Piece[],
  end: number,
  rows: readonly IndicatorRow[],
  columns: readonly Column[],
): boolean {
  const last = rows[rows.length - 1];
  if (last === undefined || end < pieces.length) return false;
  const needed: readonly CellRole[] = ['target', 'actual', 'weight', 'score'];
  const lacking = needed.filter((role) => columns.some((column) => column.role === role) && last[role] === undefined);
  if (lacking.length === 0) return false;
  const cells = [last.name, last.target, last.actual, last.weight, last.score].filter((cell) => cell !== undefined);
  const reach = Math.max(...cells.map((cell) => cell.end));
  return squeeze(source.folded.slice(reach)).replace(/[|]/g, '').length <= 4;
}

/** The text breaks off right behind a figure, which may have lost digits: 1 of a score of 10. */
export function distrustLast(
  source: SourceText,
  rows: readonly IndicatorRow[],
  stated: AuditTable['stated'],
): readonly IndicatorRow[] {
  const last = rows[rows.length - 1];
  if (last === undefined || stated.weightTotal !== undefined || stated.scoreTotal !== undefined) return rows;
  const end = source.folded.trimEnd().length;
  const roles = (['target', 'actual', 'weight', 'score'] as const).filter(
    (role) => last[role]?.end === end && last[role]?.value?.unit === '',
  );
  const full = last.score?.text === last.weight?.text;
  if (roles.length === 0 || (roles.includes('score') && full)) return rows;
  return [...rows.slice(0, -1), { ...last, unreadable: [...new Set<CellRole>([...last.unreadable, ...roles])] }];
}

/**
 * The rows as they may stand: those without digits run together as they are, those the sums leave one reading as they
 * are then read. What is missing here cannot be read.
 */
export function settleCuts(
  drafts: readonly RowDraft[],
  columns: readonly Column[],
  budget: BudgetTable | undefined,
  stated: AuditTable['stated'],
): ReadonlyMap<RowDraft, RowDraft> {
  const plain = new Map<RowDraft, RowDraft>();
  for (const draft of drafts) if (!hasDigitRun(draft)) plain.set(draft, draft);
  if (plain.size === drafts.length) return plain;
  const money = budget?.rows.find((row) => row.weight !== undefined || row.score !== undefined);
  const less = (totals: readonly Exact[], part: Exact | undefined): Exact[] => [
    ...totals,
    ...(part === undefined ? [] : totals.map((total) => total.sub(part))),
  ];
  const total = stated.single === true ? undefined : stated.scoreTotal?.value?.value;
  const settled = settledRows(drafts, columns, {
    weights: less([Exact.hundred], money?.weight?.value?.value),
    scores: total === undefined ? [] : less([total], money?.score?.value?.value),
  });
  for (const [draft, read] of settled) plain.set(draft, read);
  return plain;
}

export function isComplete(
  rows: readonly IndicatorRow[],
  columns: readonly Column[],
  budget: BudgetTable | undefined,
  totals: { readonly scoreTotal: TableCell | undefined },
): boolean {
  if (rows.length === 0 || rows.some((row) => row.unreadable.length > 0 || row.name === undefined)) return false;
  if (!columns.some((column) => column.role === 'weight')) return totals.scoreTotal !== undefined;
  if (rows.some((row) => row.weight?.value === undefined)) return false;
  const total = Exact.sum(rows.map((row) => row.weight?.value?.value ?? Exact.zero));
  const budgetWeight = budget?.rows.find((row) => row.weight !== undefined)?.weight?.value?.value ?? Exact.zero;
  return total.eq(Exact.hundred) || total.add(budgetWeight).eq(Exact.hundred) || totals.scoreTotal !== undefined;
}
