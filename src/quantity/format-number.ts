import { JipingError, text } from '../problem/index.ts';
import type { Exact } from './exact.ts';
import type { Comparator } from './parsed-number.ts';
import { type RoundingMode, toFixed } from './round.ts';
import type { Unit } from './unit.ts';

export interface NumberFormat {
  /** Digits after the point. Without it the exact decimal is printed. */
  readonly places?: number;
  /** Default `half-up`. */
  readonly mode?: RoundingMode;
  /** Thousands separators; default none. */
  readonly grouped?: boolean;
  /** The unit `value` is in; its symbol follows the number. */
  readonly unit?: Unit;
  readonly comparator?: Comparator;
}

/**
 * A number as papers print it: `formatNumber(Exact.of('2109.07'), { grouped: true, unit: WAN_YUAN })` = 2,109.07万元.
 * What it prints `parseNumber` reads back to the same value, unit, places and comparator.
 * @throws JipingError `internal` without `places` for a number whose decimal does not end.
 */
export function formatNumber(value: Exact, format: NumberFormat = {}): string {
  const places = format.places ?? value.decimalPlaces;
  if (places === undefined)
    throw new JipingError(
      'internal',
      text(`${value.toString()} 没有有限小数，须给出位数`, `${value.toString()} needs a number of places`),
    );
  const digits = toFixed(value, { places, mode: format.mode ?? 'half-up' });
  const [whole = '', fraction] = digits.split('.');
  const grouped = format.grouped === true ? inThousands(whole) : whole;
  return `${format.comparator ?? ''}${fraction === undefined ? grouped : `${grouped}.${fraction}`}${format.unit?.symbol ?? ''}`;
}

function inThousands(whole: string): string {
  const sign = whole.startsWith('-') ? 1 : 0;
  const first = sign + ((whole.length - sign) % 3 || 3);
  const groups = [whole.slice(0, first)];
  for (let at = first; at < whole.length; at += 3) groups.push(whole.slice(at, at + 3));
  return groups.join(',');
}
