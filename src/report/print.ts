import type { FigureFormat, FigureRun } from '../document/index.ts';
import type { Fact, FactValue } from '../fact/index.ts';
import { JipingError, text } from '../problem/index.ts';
import { convert, type Exact, findUnit, PERCENT, sameDimension, toFixed, type Unit } from '../quantity/index.ts';

/** Digits after the point for a value whose decimal does not terminate, when the format names none. */
const ENDLESS_PLACES = 2;
/** U+2212, the sign of a signed difference. */
const MINUS = '−';

/**
 * The one way a figure becomes text. Converts units exactly, then rounds once, half-up.
 * An undecided value prints 待定 (or 无法计算), an interval `x–y`.
 * @throws JipingError `internal` when the format does not fit the value (万元 of 人, a date as a percentage).
 * @example print(fact, { style: 'grouped', places: 2, unit: '万元', showUnit: true }) // "2,109.07万元"
 */
export function print(fact: Fact, format: FigureFormat): string {
  return printValue(fact.value, format);
}

/** As `print`, for a bare value. */
export function printValue(value: FactValue, format: FigureFormat): string {
  switch (value.kind) {
    case 'undecided':
      return value.form ?? '待定';
    case 'text':
      return value.value;
    case 'date':
      return printDate(value.value, format);
    case 'number':
      return printNumber(value.value, value.unit, format);
    case 'interval': {
      if (value.low.eq(value.high)) return printNumber(value.low, value.unit, format);
      const bare = { ...format, showUnit: false };
      return `${bareNumber(value.low, value.unit, bare)}–${bareNumber(value.high, value.unit, bare)}${tail(value.unit, format)}`;
    }
  }
}

/** A run that prints `fact`. */
export function figure(fact: Fact, format: FigureFormat, bold?: boolean): FigureRun {
  return {
    kind: 'figure',
    text: print(fact, format),
    factId: fact.id,
    format,
    ...(bold === undefined ? {} : { bold }),
  };
}

function printNumber(value: Exact, unit: Unit, format: FigureFormat): string {
  return bareNumber(value, unit, format) + tail(unit, format);
}

function bareNumber(value: Exact, unit: Unit, format: FigureFormat): string {
  const target = targetUnit(unit, format);
  const converted = convert(value, unit, target);
  const places = format.places ?? converted.decimalPlaces ?? ENDLESS_PLACES;
  const digits = toFixed(converted, { places, mode: 'half-up' });
  switch (format.style) {
    case 'grouped':
      return group(digits);
    case 'signed':
      return digits.startsWith('-') ? MINUS + digits.slice(1) : /[1-9]/.test(digits) ? `+${digits}` : digits;
    case 'number':
    case 'percent':
    case 'points':
    case 'text':
    case 'year':
      return digits;
    case 'date':
    case 'month':
      throw misfit(`数值不能按 ${format.style} 打印`, `a number has no ${format.style} form`);
  }
}

/** What follows the number; a percent sign stands whether or not a unit was asked for. */
function tail(unit: Unit, format: FigureFormat): string {
  if (format.style === 'percent') return '%';
  const symbol = targetUnit(unit, format).symbol;
  if (format.style === 'points') return ` ${symbol === '' ? '分' : symbol}`;
  return format.showUnit === true ? symbol : '';
}

function targetUnit(unit: Unit, format: FigureFormat): Unit {
  if (format.style === 'percent') return requireSame(unit, PERCENT);
  if (format.unit === undefined || format.unit === unit.symbol) return unit;
  const target = findUnit(format.unit);
  if (target === undefined) throw misfit(`没有单位 ${format.unit}`, `no unit ${format.unit}`);
  return requireSame(unit, target);
}

function requireSame(unit: Unit, target: Unit): Unit {
  if (!sameDimension(unit, target))
    throw misfit(`${unit.symbol} 不能按 ${target.symbol} 打印`, `${unit.symbol} cannot be printed in ${target.symbol}`);
  return target;
}

function group(digits: string): string {
  const [whole = '', fraction] = digits.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

function printDate(date: string, format: FigureFormat): string {
  const [year = '', month = '', day = ''] = date.split('-');
  switch (format.style) {
    case 'month':
      return `${year}年${Number(month)}月`;
    case 'year':
      return year;
    case 'date':
      return `${year}年${Number(month)}月${Number(day)}日`;
    default:
      return date;
  }
}

function misfit(zh: string, en: string): JipingError {
  return new JipingError('internal', text(zh, en));
}
