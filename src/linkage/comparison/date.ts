import { text } from '../../problem/index.ts';
import { type ComparisonKind, cleanText, type Level } from './kind.ts';

const LEVELS = [
  { name: 'equal', text: text('日期相同', 'equal'), initialM: 0.93 },
  {
    name: 'swapped',
    text: text('月日或相邻数字对调', 'month and day, or neighbouring digits, swapped'),
    initialM: 0.01,
    otherwise: 'one-digit',
  },
  { name: 'one-digit', text: text('差一位数字', 'one digit off'), initialM: 0.03, otherwise: 'year-month' },
  { name: 'year-month', text: text('同年同月', 'same year and month'), initialM: 0.005, otherwise: 'year' },
  { name: 'month-day', text: text('同月同日', 'same month and day'), initialM: 0.005, otherwise: 'different' },
  { name: 'year', text: text('同年', 'same year'), initialM: 0.005, otherwise: 'different' },
  { name: 'different', text: text('不同', 'different'), initialM: 0.015 },
] as const satisfies readonly Level[];

const [SWAPPED, ONE_DIGIT, YEAR_MONTH, MONTH_DAY, YEAR, DIFFERENT] = [2, 3, 4, 5, 6, 7];

/** Days from 1899-12-30, as spreadsheets count, to eight digits. */
function fromSerial(serial: number): string {
  const day = new Date(Date.UTC(1899, 11, 30) + serial * 86_400_000);
  return day.toISOString().slice(0, 10).replaceAll('-', '');
}

/** Eight digits `YYYYMMDD` from the ways dates are written; undefined where no day is stated. */
function eightDigits(raw: string): string | undefined {
  if (/^\d{8}$/.test(raw)) return raw === '00000000' ? undefined : raw;
  const plain = cleanText(raw);
  if (plain === undefined) return undefined;
  const parts = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?:日|\D.*)?$/.exec(plain);
  if (parts !== null) return `${parts[1]}${(parts[2] ?? '').padStart(2, '0')}${(parts[3] ?? '').padStart(2, '0')}`;
  const compact = /^(\d{8})(?:\.0+|\D.*)?$/.exec(plain);
  if (compact !== null) return compact[1];
  const reversed = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(plain);
  if (reversed !== null)
    return `${reversed[3]}${(reversed[2] ?? '').padStart(2, '0')}${(reversed[1] ?? '').padStart(2, '0')}`;
  const serial = /^([1-7]\d{4})(?:\.\d+)?$/.exec(plain);
  return serial === null ? undefined : fromSerial(Number(serial[1]));
}

/** Dates, whatever way each register writes them. A date off the calendar is still compared digit by digit. */
export const date: ComparisonKind = {
  name: 'date',
  takesThresholds: false,
  levels: () => LEVELS,
  clean: eightDigits,
  blockValue: (clean) => clean,
  features: (values) => ({ numbers: Int32Array.from(values, Number) }),
  levelOf: (features) => {
    const numbers = features.numbers as Int32Array;
    return (left, right) => {
      const a = numbers[left] ?? 0;
      const b = numbers[right] ?? 0;
      let x = a;
      let y = b;
      let off = 0;
      let swappedAt = false;
      for (let at = 0; at < 8; at += 1) {
        const digitX = x % 10;
        const digitY = y % 10;
        x = (x - digitX) / 10;
        y = (y - digitY) / 10;
        if (digitX === digitY) continue;
        off += 1;
        if (off === 1) swappedAt = digitX === y % 10 && digitY === x % 10;
      }
      if (off === 1) return ONE_DIGIT;
      if (off === 2 && swappedAt) return SWAPPED;
      const yearA = Math.trunc(a / 10000);
      const yearB = Math.trunc(b / 10000);
      const monthA = Math.trunc(a / 100) % 100;
      const monthB = Math.trunc(b / 100) % 100;
      if (yearA === yearB) {
        if (monthA === b % 100 && monthB === a % 100) return SWAPPED;
        return monthA === monthB ? YEAR_MONTH : YEAR;
      }
      return a % 10000 === b % 10000 ? MONTH_DAY : DIFFERENT;
    };
  },
  termFrequency: true,
  memo: false,
};
