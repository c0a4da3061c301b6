import type { HeaderGroup } from './header.ts';
import type { Piece } from './piece.ts';

/**
 * 指标名称 | 指标类型 | 指标值 with 数量, 质量, 满意度 under 指标类型: the level stands behind the name. Put before it, and the
 * column left out. Both as they were when 指标类型 holds anything else.
 */
export function typesFirst(
  header: HeaderGroup,
  body: readonly Piece[],
): { readonly header: HeaderGroup; readonly body: readonly Piece[] } {
  const as = { header, body };
  const type = header.heads.findIndex(
    (head) => head.role === 'sign' && /^指标(?:类[型别]|属性)$/.test(head.piece.text),
  );
  if (type < 0 || header.heads.some((head) => head.role === 'level1' || head.role === 'level2')) return as;
  const moved = [...body];
  let turned = 0;
  for (let at = 1; at < body.length; at += 1) {
    const [name, level] = [body[at - 1], body[at]];
    if (name === undefined || level === undefined) continue;
    if (name.kind !== 'text' || level.word?.kind.startsWith('level') !== true || level.gap === 'row') continue;
    moved[at - 1] = { ...level, gap: name.gap, ...(name.column === undefined ? {} : { column: name.column }) };
    moved[at] = { ...name, gap: level.gap, ...(level.column === undefined ? {} : { column: level.column }) };
    turned += 1;
  }
  if (turned < 2) return as;
  return { header: { ...header, heads: header.heads.filter((_, at) => at !== type) }, body: moved };
}
