import { parseDate } from '../../quantity/index.ts';
import { isCalendarDate } from '../../rules/index.ts';

/** `month`: the text names no day, and the last day of that month stands for it. */
export type DateReading =
  | { readonly kind: 'day'; readonly date: string }
  | { readonly kind: 'month'; readonly date: string }
  | { readonly kind: 'none'; readonly why: 'no-year' | 'two-digit-year' | 'year-only' | 'not-real' | 'not-a-date' };

const FULL = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[\sT]+\d{1,2}[:时点].*)?$/;
const SOLID = /^(\d{4})(\d{2})(\d{2})$/;
const MONTH = /^(?:(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?|(\d{4})(\d{2}))$/;

/** Reads a date as people type it: 2023年7月11日, 2023.7.11, 2023/7/11, 20230711, 2023-7. */
export function readDateText(words: string): DateReading {
  const plain = words.normalize('NFKC').trim().replace(/[。]/g, '.');
  const full = FULL.exec(plain) ?? SOLID.exec(plain);
  if (full !== null) {
    const date = join(full[1], full[2], full[3]);
    return isCalendarDate(date) ? { kind: 'day', date } : { kind: 'none', why: 'not-real' };
  }
  const month = MONTH.exec(plain);
  if (month !== null) {
    const year = month[1] ?? month[3];
    const number = month[2] ?? month[4];
    for (const day of ['31', '30', '29', '28']) {
      const date = join(year, number, day);
      if (isCalendarDate(date)) return { kind: 'month', date };
    }
    return { kind: 'none', why: 'not-real' };
  }
  if (/^\d{4}年?$/.test(plain)) return { kind: 'none', why: 'year-only' };
  if (/^\d{1,2}\s*[月/.-]\s*\d{1,2}\s*日?$/.test(plain)) return { kind: 'none', why: 'no-year' };
  if (/^\d{2}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?$/.test(plain))
    return { kind: 'none', why: 'two-digit-year' };
  const other = parseDate(plain);
  return other === undefined ? { kind: 'none', why: 'not-a-date' } : { kind: 'day', date: other };
}

function join(year = '', month = '', day = ''): string {
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
