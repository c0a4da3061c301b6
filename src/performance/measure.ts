import type { FactValue } from '../fact/index.ts';
import { Exact, findUnit, NO_UNIT, type Unit } from '../quantity/index.ts';
import { isCalendarDate } from '../rules/index.ts';
import type { Operator } from './evaluation.ts';

/** What a target or an actual says. `unitless`: a bare number, which takes the unit of what it is compared with. */
export type MeasureValue =
  | { readonly kind: 'number'; readonly value: Exact; readonly unit: Unit; readonly unitless: boolean }
  | { readonly kind: 'range'; readonly low: Exact; readonly high: Exact; readonly unit: Unit }
  /** `YYYY-MM-DD`. */
  | { readonly kind: 'date'; readonly value: string }
  /** 优 良 中 低 差. */
  | { readonly kind: 'grade'; readonly value: string }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'none' };

export interface ReadMeasure {
  /** Absent when the text has no sign. */
  readonly operator: Operator | undefined;
  readonly value: MeasureValue;
  readonly text: string;
}

const SIGNS: readonly (readonly [RegExp, Operator])[] = [
  [/^(?:≥|>=|≧|⩾|不少于|不低于|不小于|至少|大于等于|大于或等于)/, '≥'],
  [/^(?:≤|<=|≦|⩽|不超过|不多于|不高于|不大于|至多|最多|小于等于|小于或等于|控制在)/, '≤'],
  [/^(?:>|大于|超过|高于|多于)/, '>'],
  [/^(?:<|小于|低于|少于)/, '<'],
  [/^(?:=|等于)/, '='],
];
const TAILS: readonly (readonly [RegExp, Operator])[] = [
  [/(?:及以上|以上)$/, '≥'],
  [/(?:及以下|以下|以内|之内)$/, '≤'],
];
const NUMBER = /^([+-]?\d[\d,]*(?:\.\d+)?)\s*(.*)$/;
const RANGE = /^(\d[\d,]*(?:\.\d+)?)\s*([^\d\s]{0,4}?)\s*(?:-|—|–|~|至|到)+\s*(\d[\d,]*(?:\.\d+)?)\s*(\D*)$/;
const DATE =
  /^(\d{4})\s*(?:年|-|\/|\.)\s*(\d{1,2})\s*(?:月|-|\/|\.)\s*(\d{1,2})\s*日?\s*(前|之前|以前|底前)?(?:完成|到位|办结)?.*$/;
const GRADES = new Set(['优', '良', '中', '低', '差']);

/** Reads a target or an actual as people write it: ≥2次, 不少于90%, 2024-12-31前, 20—30, 优, 基本完成. */
export function readMeasure(written: string | undefined, unitHint = ''): ReadMeasure {
  const text = (written ?? '').trim();
  if (text === '') return { operator: undefined, value: { kind: 'none' }, text };
  let rest = text.normalize('NFKC').trim();
  let operator: Operator | undefined;
  for (const [pattern, sign] of SIGNS)
    if (operator === undefined && pattern.test(rest)) {
      operator = sign;
      rest = rest.replace(pattern, '').trim();
    }
  const date = readDate(rest);
  if (date !== undefined) return { operator: operator ?? '≤', value: date, text };
  for (const [pattern, sign] of TAILS)
    if (operator === undefined && pattern.test(rest) && /^\d/.test(rest)) {
      operator = sign;
      rest = rest.replace(pattern, '').trim();
    }
  const value = readRange(rest, unitHint) ?? readNumber(rest, unitHint);
  if (value !== undefined) return { operator, value, text };
  if (GRADES.has(rest)) return { operator: operator ?? '定性', value: { kind: 'grade', value: rest }, text };
  return { operator: '定性', value: { kind: 'text', value: text }, text };
}

function readDate(text: string): MeasureValue | undefined {
  const match = DATE.exec(text);
  if (match === null) return undefined;
  const [, year = '', month = '', day = ''] = match;
  const value = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isCalendarDate(value) ? { kind: 'date', value } : undefined;
}

function readRange(text: string, unitHint: string): MeasureValue | undefined {
  const match = RANGE.exec(text);
  if (match === null) return undefined;
  const [, from = '', , to = '', tail = ''] = match;
  const low = Exact.tryParse(from.replaceAll(',', ''));
  const high = Exact.tryParse(to.replaceAll(',', ''));
  if (low === undefined || high === undefined || high.lt(low)) return undefined;
  return { kind: 'range', low, high, unit: unitOf(tail.trim() || unitHint) };
}

function readNumber(text: string, unitHint: string): MeasureValue | undefined {
  const match = NUMBER.exec(text);
  if (match === null) return undefined;
  const value = Exact.tryParse((match[1] ?? '').replaceAll(',', ''));
  const tail = (match[2] ?? '').trim();
  // A number followed by a sentence is prose, not a measure.
  if (value === undefined || tail.length > 6 || /\d/.test(tail)) return undefined;
  const symbol = tail || unitHint.trim();
  return { kind: 'number', value, unit: unitOf(symbol), unitless: symbol === '' };
}

/** A symbol the unit table does not know is a unit of its own, comparable only with itself. */
function unitOf(symbol: string): Unit {
  return findUnit(symbol) ?? (symbol === '' ? NO_UNIT : { symbol, dimension: `own:${symbol}`, factor: Exact.one });
}

export function measureUnit(value: MeasureValue): string {
  return value.kind === 'number' || value.kind === 'range' ? value.unit.symbol : '';
}

/** Exact text of the value as the contract's JSON wants it. */
export function measureText(value: MeasureValue): string | null {
  switch (value.kind) {
    case 'number':
      return value.value.toString();
    case 'range':
      return `${value.low.toString()}..${value.high.toString()}`;
    case 'none':
      return null;
    default:
      return value.value;
  }
}

export function measureFact(value: Exclude<MeasureValue, { kind: 'none' }>): FactValue {
  switch (value.kind) {
    case 'number':
      return { kind: 'number', value: value.value, unit: value.unit };
    case 'range':
      return { kind: 'interval', low: value.low, high: value.high, unit: value.unit };
    case 'date':
      return { kind: 'date', value: value.value };
    default:
      return { kind: 'text', value: value.value };
  }
}
