import { Exact, round } from '../../quantity/index.ts';
import type { DateSystem } from './cell.ts';

/** A day and time of day as a worksheet stores them; `day` is the whole number of the serial. */
export interface SerialMoment {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** 0 = Sunday. */
  readonly weekday: number;
  /** Milliseconds since midnight. */
  readonly milliseconds: number;
}

const DAY_MILLISECONDS = 86_400_000n;
/** 9999-12-31 in the 1900 system: the last day Excel knows. */
const LAST_DAY = 2_958_465;

/**
 * The moment of a serial number; `undefined` when negative or beyond the year 9999. The 1900 system counts a
 * 29 February 1900 that never was (serial 60) and is shown as Excel shows it.
 */
export function serialMoment(serial: Exact, system: DateSystem): SerialMoment | undefined {
  if (serial.sign < 0) return undefined;
  const total = round(serial.mul(Exact.of(DAY_MILLISECONDS)), { places: 0, mode: 'half-up' }).numerator;
  const days = Number(total / DAY_MILLISECONDS) + (system === 1904 ? 1462 : 0);
  const milliseconds = Number(total % DAY_MILLISECONDS);
  if (days > LAST_DAY) return undefined;
  if (days === 60) return { year: 1900, month: 2, day: 29, weekday: 3, milliseconds };
  // Day 1 is 1900-01-01; from serial 61 on, the phantom leap day has shifted the count by one.
  const date = new Date(Date.UTC(1899, 11, days < 60 ? 31 : 30) + days * 86_400_000);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: date.getUTCDay(),
    milliseconds,
  };
}

/** `YYYY-MM-DD`. */
export function printDay(moment: SerialMoment): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(moment.year).padStart(4, '0')}-${two(moment.month)}-${two(moment.day)}`;
}
