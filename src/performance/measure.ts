import type { FactValue } from '../fact/index.ts';
import {
  Exact,
  findUnit,
  halfWidth,
  NO_UNIT,
  parseDate,
  parseNumber,
  scanDates,
  type Unit,
} from '../quantity/index.ts';
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

const GRADES = new Set(['优', '良', '中', '低', '差']);
/** Reads a target or an actual as people write it: ≥2次, 不少于90%, 2024-12-31前, 20—30人, 百分之九十, 优, 基本完成. */
export function readMeasure(written: string | undefined, unitHint = ''): ReadMeasure {
  const text = (written ?? '').trim();
  if (text === '') return { operator: undefined, value: { kind: 'none' }, text };
  const date = readDate(text);
  if (date !== undefined) return { operator: '≤', value: { kind: 'date', value: date }, text };
  const number = parseNumber(text);
  if (number !== undefined && number.kind === 'quantity') {
    const operator = number.comparator === '≈' ? undefined : number.comparator;
    const symbol = number.unitText === '' ? unitHint.trim() : number.unitText;
    const unit = number.unit ?? unitOf(symbol);
    const value: MeasureValue =
      number.range === undefined
        ? { kind: 'number', value: number.value, unit, unitless: symbol === '' && number.unit === undefined }
        : { kind: 'range', ...number.range, unit };
    return { operator, value, text };
  }
  const grade = halfWidth(text).replace(/^[≥=]/, '').trim();
  if (GRADES.has(grade)) return { operator: '定性', value: { kind: 'grade', value: grade }, text };
  return { operator: '定性', value: { kind: 'text', value: text }, text };
}

/** The one day a cell is about, `YYYY-MM-DD`; a month or a year is its last day. */
function readDate(text: string): string | undefined {
  const exact = parseDate(text);
  if (exact !== undefined) return exact;
  const plain = halfWidth(text)
    .replace(/^(?:≤|<=|不晚于|不迟于|截至)/, '')
    .trim();
  const [only, ...more] = scanDates(plain);
  if (only?.last === undefined || more.length > 0 || only.start !== 0) return undefined;
  return /^(?:底|末)?(?:之前|以前|前)?(?:全部|全面)?(?:完成|到位|办结|支付|拨付|发放)?(?:项目|任务|工作)?$/.test(
    plain.slice(only.end),
  )
    ? only.last
    : undefined;
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
