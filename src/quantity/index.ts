export { parseChineseNumeral, toChineseDigits, toChineseNumeral } from './chinese-numeral.ts';
export { Exact, printScaled } from './exact.ts';
export { formatNumber } from './format-number.ts';
export { codePointOffsets, halfWidth } from './half-width.ts';
export {
  addIntervals,
  contains,
  divideIntervals,
  type Interval,
  intersects,
  isBelow,
  multiplyIntervals,
  point,
  roundingInterval,
  scaleInterval,
  subtractIntervals,
} from './interval.ts';
export type { Comparator, ParsedNumber } from './parsed-number.ts';
export { MONEY_IN_YUAN, type RoundingMode, type RoundingRule, round, toFixed } from './round.ts';
export { parseDate, type ScannedDate, scanDates } from './scan-dates.ts';
export { parseNumber, scanNumbers } from './scan-numbers.ts';
export {
  compatible,
  convert,
  DAY,
  type Dimension,
  findUnit,
  isCount,
  NO_UNIT,
  PERCENT,
  PERSON,
  POINT,
  sameDimension,
  type Unit,
  WAN_YUAN,
  YUAN,
} from './unit.ts';
