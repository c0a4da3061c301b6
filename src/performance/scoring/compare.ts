import { compatible, convert, type Exact, sameDimension, type Unit } from '../../quantity/index.ts';
import type { Operator } from '../evaluation.ts';
import type { MeasureValue } from '../measure.ts';

type NumberValue = Extract<MeasureValue, { kind: 'number' }>;

/**
 * The actual in the target's unit; a bare number has the target's unit, and counts that people write either way
 * (2个 for 2次) pass. `undefined`: different things, such as 人 and 人次.
 */
export function inUnitOf(unit: Unit, actual: NumberValue): Exact | undefined {
  if (actual.unitless) return actual.value;
  if (sameDimension(unit, actual.unit)) return convert(actual.value, actual.unit, unit);
  return compatible(unit, actual.unit) ? actual.value.mul(actual.unit.factor).div(unit.factor) : undefined;
}

export function reaches(actual: Exact, operator: Operator, target: Exact): boolean {
  switch (operator) {
    case '≥':
      return actual.ge(target);
    case '>':
      return actual.gt(target);
    case '≤':
      return actual.le(target);
    case '<':
      return actual.lt(target);
    default:
      return actual.eq(target);
  }
}
