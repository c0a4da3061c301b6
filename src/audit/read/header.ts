import type { Piece } from './piece.ts';
import { type ColumnRole, POINTED } from './vocabulary.ts';

/** A run of column heads: what stands in which order. */
export interface HeaderGroup {
  readonly kind: 'budget' | 'indicators';
  /** Piece indexes: first and last head. */
  readonly from: number;
  readonly to: number;
  readonly heads: readonly Head[];
}

export interface Head {
  readonly role: ColumnRole;
  readonly piece: Piece;
  readonly index: number;
}

const BUDGET_ROLES: ReadonlySet<ColumnRole> = new Set(['initial', 'adjusted', 'executed', 'in-place']);
const INDICATOR_ROLES: ReadonlySet<ColumnRole> = new Set(['level1', 'level2', 'name', 'target', 'actual', 'sign']);

/** The heads of every budget and indicator table, in the order of the text. */
export function findHeaders(pieces: readonly Piece[]): readonly HeaderGroup[] {
  const groups: HeaderGroup[] = [];
  let open: Head[] = [];
  const close = (): void => {
    const first = open[0];
    const last = open[open.length - 1];
    if (first === undefined || last === undefined) return;
    const roles = new Set(open.map((head) => head.role));
    const budget = [...roles].filter((role) => BUDGET_ROLES.has(role)).length;
    const scored =
      roles.has('name') && roles.has('score') && (roles.has('weight') || namesHavePoints(pieces, last.index));
    const indicators = roles.has('target') || roles.has('actual') || (scored && budget === 0);
    const levels = roles.has('name') || roles.has('level2') || roles.has('level1');
    if (budget > 0 && (budget > 1 || roles.has('rate') || roles.has('weight')) && !levels)
      groups.push({ kind: 'budget', from: first.index, to: last.index, heads: open });
    else if (indicators && (levels || roles.size >= 3))
      groups.push({ kind: 'indicators', from: first.index, to: last.index, heads: open });
    open = [];
  };
  for (let index = 0; index < pieces.length; index += 1) {
    const piece = pieces[index];
    const last = open[open.length - 1];
    const role = roleOf(pieces, index, open);
    if (piece === undefined || role === undefined) continue;
    // 执行率 90% 97% in the second row is the name of an indicator, not a head.
    const rateRow =
      role === 'rate' &&
      last !== undefined &&
      open.some((head) => head.role === 'score') &&
      open.some((head) => head.role === 'target') &&
      pieces[index + 1]?.kind === 'value' &&
      pieces.slice(last.index, index).filter((each) => each.kind === 'value').length >= 3;
    const levelled =
      role === 'rate' &&
      last !== undefined &&
      pieces.slice(last.index, index).some((each) => each.word?.kind.startsWith('level') === true);
    if (rateRow || levelled) continue;
    // 完成情况 before what was done is the other half of the goals.
    const told = pieces[index + 1];
    const goals = role === 'actual' && piece.text.endsWith('情况');
    if (goals && told?.kind === 'text' && told.text.length > 12 && told.gap !== 'row') continue;
    const turned =
      (INDICATOR_ROLES.has(role) && open.some((head) => BUDGET_ROLES.has(head.role))) ||
      (BUDGET_ROLES.has(role) && open.some((head) => INDICATOR_ROLES.has(head.role)));
    if (last !== undefined && (turned || filled(pieces, last.index, index) > 9 || isAgain(pieces, open, role, index)))
      close();
    open.push({ role, piece, index });
  }
  close();
  return groups.some((group) => group.kind === 'budget') ? groups : withBareBudget(pieces, groups);
}

/**
 * Of which column a piece is the head. Some words are heads only among heads: 实际完成情况 right behind 年度指标值 is the
 * column of the results and elsewhere a part of the form; 指标 | 目标 | 实际 are the heads of a short list.
 */
function roleOf(pieces: readonly Piece[], index: number, open: readonly Head[]): ColumnRole | undefined {
  const piece = pieces[index];
  if (piece === undefined) return undefined;
  if (piece.kind === 'word' && piece.word?.kind === 'header')
    return piece.word.role === 'other' && POINTED.test(piece.text) ? undefined : piece.word.role;
  if (piece.kind === 'value' || piece.kind === 'empty' || piece.text.length > 12) return undefined;
  // 偏差或不能完成原因 closes a form, and beside the heads is one of them.
  const beside = open[open.length - 1]?.index === index - 1 && piece.gap === 'cell';
  if (piece.word?.kind === 'stop' && beside && open.some((head) => head.role === 'target'))
    return open.some((head) => head.role === 'reason') ? 'other' : 'reason';
  const known = CONTEXTUAL.find(({ text }) => text.test(piece.text));
  if (known === undefined) return undefined;
  const last = open[open.length - 1];
  const behind = last !== undefined && filled(pieces, last.index, index) === 0 && LISTED.has(last.role);
  if (open.some((head) => head.role === known.role)) return undefined;
  const next = pieces.slice(index + 1, index + 6).find((each) => each.kind !== 'empty');
  if (next === undefined) return undefined;
  const before = next.word?.kind === 'header' || CONTEXTUAL.some(({ text }) => text.test(next.text));
  switch (known.role) {
    case 'name':
      return before && isHeadOfFigures(pieces, index + 1) ? 'name' : undefined;
    case 'target':
      return behind && before ? 'target' : undefined;
    case 'actual':
      return behind && (before || open.some((head) => head.role === 'target')) ? 'actual' : undefined;
    default:
      return undefined;
  }
}

/** 相关性(5分): the weights stand in the names. */
function namesHavePoints(pieces: readonly Piece[], from: number): boolean {
  return pieces.slice(from + 1, from + 40).filter((piece) => POINTED.test(piece.text)).length >= 4;
}

/** The next two heads are those of target, result or weight. */
function isHeadOfFigures(pieces: readonly Piece[], from: number): boolean {
  const next = pieces
    .slice(from, from + 8)
    .filter((piece) => piece.kind !== 'empty')
    .slice(0, 2);
  return (
    next.length === 2 &&
    next.every(
      (piece) =>
        (piece.word?.kind === 'header' && FIGURES.has(piece.word.role)) ||
        CONTEXTUAL.some(({ text, role }) => role !== 'name' && text.test(piece.text)),
    )
  );
}

const FIGURES: ReadonlySet<ColumnRole> = new Set(['target', 'actual', 'weight', 'score', 'unit', 'sign', 'other']);
const LISTED: ReadonlySet<ColumnRole> = new Set(['name', 'target', 'unit', 'weight', 'other', 'sign']);

const CONTEXTUAL: readonly { readonly text: RegExp; readonly role: ColumnRole }[] = [
  { text: /^(?:绩效|考核|评价|自评)?(?:指标|内容)$|^(?:项目|目标)名称$|^(?:项目|任务|工作任务)$/, role: 'name' },
  { text: /^(?:年初|年度|全年|预期|计划|绩效)*(?:目标|计划|预期|目标数|计划数|任务数)$/, role: 'target' },
  { text: /完成情况$|^(?:实际|完成|实绩)$|^\d{1,2}月?[-—~至]\d{1,2}月(?:份)?(?:执行|完成|实际)/, role: 'actual' },
];

/** A page that begins with the heads again closes those of the page before, however few rows it had. */
function isAgain(pieces: readonly Piece[], open: readonly Head[], role: ColumnRole, index: number): boolean {
  if (role !== 'level1' && role !== 'name') return false;
  const last = open[open.length - 1];
  if (last === undefined) return false;
  const figures = pieces.slice(last.index + 1, index).filter((piece) => piece.kind === 'value').length;
  // 预算 | 执行 | 权重 | 评分 with figures below are the heads of the money, known or not.
  if (figures >= 2 && !open.some((head) => INDICATOR_ROLES.has(head.role))) return true;
  if (!open.some((head) => head.role === role)) return false;
  if (!open.some((head) => head.role === 'target' || head.role === 'actual')) return false;
  const between = pieces.slice(last.index + 1, index);
  return between.some((piece) => piece.word?.kind.startsWith('level') === true || piece.kind === 'value');
}

/** A form whose money rows have lost their heads: 年度资金总额 100 100 95 10 95% 9.5 before the indicators. */
function withBareBudget(pieces: readonly Piece[], groups: readonly HeaderGroup[]): HeaderGroup[] {
  const until = groups[0]?.from ?? 0;
  const index = pieces.slice(0, until).findIndex((piece) => /^年度(?:财政)?资金总额[::]?$/.test(piece.text));
  const first = pieces[index];
  if (index < 0 || first === undefined) return [...groups];
  const values = pieces.slice(index + 1, Math.min(until, index + 8)).filter((piece) => piece.kind === 'value');
  if (values.length < 3) return [...groups];
  const heads = BARE_ROLES.map((role): Head => ({ role, piece: first, index }));
  return [{ kind: 'budget', from: index, to: index, heads }, ...groups];
}

const BARE_ROLES: readonly ColumnRole[] = ['initial', 'adjusted', 'executed', 'weight', 'rate', 'score'];

function filled(pieces: readonly Piece[], from: number, to: number): number {
  let total = 0;
  for (let index = from + 1; index < to; index += 1) if (pieces[index]?.kind !== 'empty') total += 1;
  return total;
}

/** Columns after the name, in reading order. */
export interface Column {
  readonly role: ColumnRole;
  /** 0 for the first column of its role; 自评得分 0, 复核得分 1. */
  readonly nth: number;
  readonly gridColumn?: number;
}

/** 三级指标 | 指标值 | 三级指标 | 指标值 for the period and the year: two rows side by side, each with one target. */
function firstOfTwo(heads: readonly Head[]): readonly Head[] {
  const roles = heads.map((head) => head.role).filter((role) => role !== 'level1');
  const half = roles.length / 2;
  const twice =
    roles.slice(0, half).join() === roles.slice(half).join() &&
    /^(?:level2,)?name,target$/.test(roles.slice(0, half).join());
  return twice ? heads.slice(0, -half) : heads;
}

export function columnsOf(group: HeaderGroup): readonly Column[] {
  // 自评得分 over 单项指标得分 | 权重占比 | 折算得分 is their title.
  const parts = group.heads.find((head) => head.role === 'score' && head.piece.text.startsWith('单项'))?.index ?? -1;
  let roles = firstOfTwo(group.heads).filter(
    (head) =>
      head.role !== 'level1' &&
      head.role !== 'level2' &&
      head.role !== 'name' &&
      !(head.index < parts && (head.role === 'score' || head.role === 'weight')),
  );
  const sign = roles.findIndex((head) => head.role === 'sign');
  const target = roles.findIndex((head) => head.role === 'target');
  // 年度指标值 over 性质 | 值 | 单位, the second header row read after the first.
  if (sign > target && target >= 0) {
    const group3 = roles.slice(sign).filter((head) => ['sign', 'target', 'unit'].includes(head.role));
    roles = [
      ...roles.slice(0, target),
      ...group3,
      ...roles.slice(target + 1, sign).filter((head) => head.role !== 'unit'),
      ...roles.slice(sign).filter((head) => !group3.includes(head)),
    ];
    if (!group3.some((head) => head.role === 'target')) {
      const head = group.heads.find((each) => each.role === 'target');
      if (head !== undefined) roles.splice(target + 1, 0, head);
    }
  }
  const seen = new Map<ColumnRole, number>();
  const columns: Column[] = [];
  const most: Partial<Record<ColumnRole, number>> = { target: 2, actual: 2, score: 3, other: 3 };
  for (const head of roles) {
    const nth = seen.get(head.role) ?? 0;
    if (nth >= (most[head.role] ?? 1)) continue;
    seen.set(head.role, nth + 1);
    columns.push({
      role: head.role,
      nth,
      ...(head.piece.column === undefined ? {} : { gridColumn: head.piece.column }),
    });
  }
  return columns;
}
