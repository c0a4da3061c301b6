import { Exact } from '../../quantity/index.ts';
import type { SheetCell } from './cell.ts';
import { storedNumber } from './cell-number.ts';
import { displayDate } from './display-date.ts';
import { displayGeneral, displayNumber } from './display-number.ts';
import { type FormatSection, isDayFormat, type NumberFormat, parseNumberFormat } from './number-format.ts';
import { printDay, serialMoment } from './serial-date.ts';

/**
 * The words Excel shows for a cell under its number format, in a column wide enough for them. Fillers and gaps of
 * accounting formats are left out. Known departures: fractions (`# ?/?`) are shown as General.
 *
 * @example displayText({raw: '0.9618', format: '0.00%', …}) = "96.18%"
 */
export function displayText(cell: SheetCell): string {
  if (cell.raw === '') return '';
  const format = parseNumberFormat(cell.format);
  switch (cell.type) {
    case 'b':
      return cell.raw === '1' || cell.raw === 'true' ? 'TRUE' : 'FALSE';
    case 'e':
      return cell.raw;
    case 'n': {
      const value = storedNumber(cell.raw);
      return value === undefined ? cell.raw : displayValue(value, format, cell);
    }
    case 'd':
      return displayIsoDate(cell, format);
    default:
      return displayWords(cell.raw, format);
  }
}

/**
 * The day of a date cell as `YYYY-MM-DD` (its time of day is left out): a number under a date format, or an ISO
 * date. `undefined` for anything else, texts that look like dates included.
 */
export function cellDate(cell: SheetCell): string | undefined {
  if (cell.type === 'd') return /^\d{4}-\d\d-\d\d/.exec(cell.raw)?.[0];
  if (cell.type !== 'n' || !isDayFormat(cell.format)) return undefined;
  const value = storedNumber(cell.raw);
  const moment = value === undefined ? undefined : serialMoment(value, cell.dateSystem);
  return moment === undefined ? undefined : printDay(moment);
}

function displayWords(words: string, format: NumberFormat): string {
  if (format.text === undefined) return words;
  return format.text.tokens
    .map((token) =>
      token.kind === 'text' || token.kind === 'general' ? words : token.kind === 'literal' ? token.text : '',
    )
    .join('');
}

function displayValue(value: Exact, format: NumberFormat, cell: SheetCell): string {
  const chosen = chooseSection(value, format.numbers);
  if (chosen === undefined) return displayGeneral(value);
  const { section, unsigned } = chosen;
  if (section.isDate) return displayDate(value, section, cell.dateSystem);
  const sign = value.sign < 0 && !unsigned ? '-' : '';
  return sign + displayNumber(value.abs(), section);
}

/** Which section shows a number, and whether its sign is left to the section (`(0.00)` for negatives). */
function chooseSection(
  value: Exact,
  sections: readonly FormatSection[],
): { section: FormatSection; unsigned: boolean } | undefined {
  const [first, second, third] = sections;
  if (first === undefined) return undefined;
  if (first.condition !== undefined || second?.condition !== undefined) {
    if (meets(value, first, (each) => each.sign > 0)) return { section: first, unsigned: onlyNegatives(first) };
    if (second === undefined) return { section: first, unsigned: false };
    if (third === undefined || meets(value, second, (each) => each.sign < 0))
      return { section: second, unsigned: onlyNegatives(second) };
    return { section: third, unsigned: false };
  }
  if (value.sign < 0 && second !== undefined) return { section: second, unsigned: true };
  if (value.isZero && third !== undefined) return { section: third, unsigned: true };
  return { section: first, unsigned: false };
}

function meets(value: Exact, section: FormatSection, otherwise: (value: Exact) => boolean): boolean {
  const { condition } = section;
  if (condition === undefined) return otherwise(value);
  const order = value.compare(condition.value);
  switch (condition.comparator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '=':
      return order === 0;
    case '<>':
      return order !== 0;
  }
}

/** A section that can only show negative numbers writes their sign itself. */
function onlyNegatives(section: FormatSection): boolean {
  const { condition } = section;
  if (condition === undefined) return false;
  if (condition.comparator === '<') return condition.value.sign <= 0;
  return condition.comparator === '<=' && condition.value.sign < 0;
}

/** An ISO date cell under a date format is shown as the serial number of its moment would be. */
function displayIsoDate(cell: SheetCell, format: NumberFormat): string {
  const section = format.numbers[0];
  const milliseconds = Date.parse(
    /Z$|[+-]\d\d:\d\d$/.test(cell.raw) ? cell.raw : `${cell.raw}${cell.raw.includes('T') ? 'Z' : ''}`,
  );
  if (section?.isDate !== true || Number.isNaN(milliseconds)) return cell.raw;
  const serial = Exact.ratio(BigInt(milliseconds), 86_400_000n).add(Exact.of(25_569));
  return displayDate(serial, section, 1900);
}
