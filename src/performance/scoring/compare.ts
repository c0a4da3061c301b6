import { convert, type Exact, sameDimension, type Unit } from '../../quantity/index.ts';
import type { Operator } from '../evaluation.ts';
import type { MeasureValue } from '../measure.ts';

type NumberValue = Extract<MeasureValue, { kind: 'number' }>;

/** The actual in the target's unit; a bare number has the target's unit. `undefined`: different things. */
export function inUnitOf(unit: Unit, actual: NumberValue): Exact | undefined {
  if (actual.unitless) return actual.value;
  return sameDimension(unit, actual.unit) ? convert(actual.value, actual.unit, unit) : undefined;
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
