import { Exact } from '../../quantity/index.ts';
import type { Column } from './header.ts';
import type { Hypothesis } from './hypothesis.ts';
import type { Layout, Piece } from './piece.ts';
import { isAnswer } from './value.ts';

export function gridCost(piece: Piece, column: Column | undefined): number {
  if (piece.column === undefined || column?.gridColumn === undefined) return 0;
  return piece.column === column.gridColumn ? -0.3 : 3;
}

/** Whether a cell stands in a column that is not read: 偏差原因说明 beside 偏差原因. */
export function isBesides(piece: Piece, columns: readonly Column[]): boolean {
  const at = piece.column;
  if (at === undefined || !columns.every((column) => column.gridColumn !== undefined)) return false;
  return (
    columns.some((column) => column.gridColumn !== undefined && column.gridColumn < at) &&
    !columns.some((column) => column.gridColumn === at)
  );
}

export function valueCost(piece: Piece, column: Column | undefined, layout: Layout): number | undefined {
  if (column === undefined) return undefined;
  const { value } = piece;
  switch (column.role) {
    case 'sign':
      return piece.kind === 'operator' ? 0 : undefined;
    case 'unit':
      return piece.text === '%' ? 0 : undefined;
    case 'other':
      return 1;
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

const VALUE_WORDS =
  /^(?:是|否|有|无|优|良|中|差|好|高|较高|较好|良好|优秀|合格|达标|完成|已完成|按时|及时|有效|显著|明显|提升|提高|改善|增强|长期|持续|不断|稳定|基本|全部|全面|100)|(?:底前|前|内|以上|以下|完成|达标|提高|提升|改善|增强|满意|到位|有效|明显|显著)$/;

export function textCost(
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
      if (isAnswer(piece.text)) return column.role === 'actual' ? 0 : undefined;
      const draft = hypothesis.draft;
      const twin =
        column.role === 'actual' && index > 0 && draft?.cells[index - 1]?.[0]?.text === piece.text ? -0.6 : 0;
      const shape = VALUE_WORDS.test(piece.text) || /^\d/.test(piece.text) ? -0.2 : 0;
      // 期限 broken over two lines: 限 alone is no target.
      const torn = !celled && length === 1 && !/[是否有无优良中差好高低达]/.test(piece.text) ? 1.5 : 0;
      return (celled ? 0.5 : 1) + torn + (length > 24 ? 1.2 : length > 14 ? 0.5 : 0) + twin + shape;
    }
    case 'unit':
      // 下降 and 下降 are target and result; the unit of words is left blank.
      if (hypothesis.draft?.cells[index - 1]?.[0]?.text === piece.text) return undefined;
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
    case 'other':
      return 0.2;
    case 'weight':
    case 'score':
    case 'rate':
      return undefined;
    default:
      return undefined;
  }
}
