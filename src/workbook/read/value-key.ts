import { Exact } from '../../quantity/index.ts';

/** A cell value in comparable form: two values are the same datum iff their keys are equal. */
export function valueKey(value: unknown): string {
  return value instanceof Exact ? `n${value.toString()}` : JSON.stringify(value);
}
