import { NUMERAL_CHARACTERS } from './chinese-numeral.ts';
import { Claims, halfWidth } from './half-width.ts';
import { findMarks, marked, type Span } from './number-marks.ts';
import type { NumberKind, ParsedNumber } from './parsed-number.ts';
import { matchAt } from './read-magnitude.ts';
import { readNumber } from './read-number.ts';
import { scanDates } from './scan-dates.ts';

const CANDIDATE = new RegExp(`[\\d${NUMERAL_CHARACTERS}半]`);
const RUN = new RegExp(`\\d+|[${NUMERAL_CHARACTERS}半]+`, 'y');
/** Every date has one of these; most cells have none and need no look for dates. */
const MAYBE_DATE = /[年月季]|\d{4}[ \t]*(?:[-/.~〜—―至到]|年)/;

/**
 * Every number in prose, in order, each digit of the text belonging to at most one. Dates are left to `scanDates`. What
 * is not a quantity is returned too, under its own `kind`, for a reader to skip.
 */
export function scanNumbers(input: string): readonly ParsedNumber[] {
  const plain = halfWidth(input);
  const claims = new Claims(plain.length);
  const marks = findMarks(plain, claims);
  const dates = scanDates(input).filter((date) => claims.claim(date.start, date.end));
  const skip: readonly (Span & { kind?: NumberKind })[] = [...marks, ...dates].sort((a, b) => a.start - b.start);
  const found: ParsedNumber[] = [];
  let next = 0;
  let floor = 0;
  const candidate = new RegExp(CANDIDATE, 'g');
  for (;;) {
    const hit = candidate.exec(plain);
    if (hit === null) return found;
    const position = hit.index;
    while (next < skip.length && (skip[next]?.end ?? 0) <= position) next += 1;
    const blocked = skip[next];
    if (blocked !== undefined && blocked.start <= position) {
      if (blocked.kind !== undefined) found.push(marked(input, plain, blocked, blocked.kind));
      candidate.lastIndex = blocked.end;
      floor = blocked.end;
      next += 1;
      continue;
    }
    const number = readNumber(plain, input, position, floor, blocked?.start ?? plain.length, false);
    if (number === undefined) {
      candidate.lastIndex = afterRun(plain, position);
      continue;
    }
    found.push(number);
    candidate.lastIndex = number.end;
    floor = number.end;
  }
}

/**
 * A whole cell or phrase as one number: `≥ 177297人`, `2,109.07`, `九成五`, `20%-30%`, `不少于2次`, `负三`. `undefined` when
 * it is a date, several numbers, a document number, or has other words around it.
 */
export function parseNumber(input: string): ParsedNumber | undefined {
  const plain = halfWidth(input);
  const start = plain.length - plain.trimStart().length;
  const stop = plain.trimEnd().length;
  if (start >= stop || stop - start > 120) return undefined;
  const at = plain.slice(0, stop).search(CANDIDATE);
  if (at < 0) return undefined;
  const number = readNumber(plain.slice(0, stop), input, at, start, stop, true);
  if (number === undefined || number.start !== start || number.end !== stop) return undefined;
  const cell = plain.slice(start, stop);
  return MAYBE_DATE.test(cell) && scanDates(cell).length > 0 ? undefined : number;
}

function afterRun(plain: string, position: number): number {
  const run = matchAt(RUN, plain, position);
  return position + Math.max(1, run?.[0].length ?? 1);
}
