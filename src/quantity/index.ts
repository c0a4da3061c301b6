export { Exact, printScaled } from './exact.ts';
export {
  addIntervals,
  closed,
  contains,
  divideIntervals,
  type Interval,
  intersects,
  isBelow,
  multiplyIntervals,
  negateInterval,
  point,
  roundingInterval,
  scaleInterval,
  subtractIntervals,
} from './interval.ts';
export { MONEY_IN_YUAN, type RoundingMode, type RoundingRule, round, toFixed } from './round.ts';
export {
  convert,
  DAY,
  type Dimension,
  findUnit,
  NO_UNIT,
  PERCENT,
  PERSON,
  POINT,
  sameDimension,
  type Unit,
  unitSymbols,
  WAN_YUAN,
  YUAN,
} from './unit.ts';
