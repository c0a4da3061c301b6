import { compatible, sameDimension } from '../quantity/index.ts';
import { type Checked, converted, typeName } from './checked.ts';
import { type FormulaProblem, formulaProblem } from './formula-problem.ts';
import type { Span } from './syntax.ts';

/**
 * `item` in the type and unit of `lead`. A bare number takes any unit in a comparison (`generous`), and otherwise the
 * unit of a count, a ratio or days; 0 fits everywhere; money plus a bare number is refused, 元 or 万元 is unknown.
 */
export function agree(item: Checked, lead: Checked, generous: boolean): Checked | undefined {
  if (item.type.kind !== lead.type.kind) return undefined;
  if (item.type.kind !== 'number' || lead.type.kind !== 'number') return item;
  const unit = lead.type.unit;
  if (item.type.literal) {
    const zero = item.kind === 'constant' && typeof item.value === 'object' && item.value.isZero;
    if (generous || zero || (compatible(undefined, unit) && unit.dimension !== 'money') || unit.dimension === 'days')
      return { ...item, type: { ...lead.type, literal: item.type.literal } };
    return undefined;
  }
  if (!sameDimension(item.type.unit, unit)) return undefined;
  return converted(item, item.type.unit.factor.div(unit.factor), { ...lead.type, literal: false });
}

/** The fault of two values that do not go together. */
export function unlike(item: Checked, lead: Checked, span: Span): FormulaProblem {
  if (item.type.kind === 'number' && lead.type.kind === 'number') {
    const [a, b] = [lead.type.unit.symbol, item.type.unit.symbol];
    const literal = item.type.literal && item.kind === 'constant';
    return formulaProblem(
      'formula-unit',
      span,
      `单位不同，不能放在一起算：${a === '' ? '没有单位的数' : a} 与 ${b === '' ? '没有单位的数' : b}`,
      `units differ: ${a === '' ? 'a plain number' : a} and ${b === '' ? 'a plain number' : b}`,
      literal ? `${String(item.value)}${a}` : undefined,
    );
  }
  return formulaProblem(
    'formula-type',
    span,
    `${typeName(lead.type)[0]}和${typeName(item.type)[0]}不能放在一起`,
    `${typeName(lead.type)[1]} and ${typeName(item.type)[1]} do not go together`,
  );
}
