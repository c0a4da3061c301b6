import { parseChineseNumeral } from './chinese-numeral.ts';
import { Exact } from './exact.ts';
import { type Magnitude, matchAt, multiplierFactor, readMagnitude } from './read-magnitude.ts';
import { convert, findUnit, PERCENT, sameDimension, type Unit, unitSymbols } from './unit.ts';

/** A counter that begins another word is none: 6:4分担, 3部门, 20本级. */
const NOT_BEFORE = new Map([
  ['分', '担别类布成解配析级管工支发享期散批流层'],
  ['部', '门分队署'],
  ['项', '目'],
  ['名', '称录单册'],
  ['家', '庭'],
  ['位', '于置'],
  ['本', '级年地次县市省人项单'],
  ['条', '件'],
  ['台', '账帐'],
  ['处', '理罚置方于'],
  ['期', '间末初'],
  ['场', '所景地'],
  ['所', '有需属在列'],
  ['人', '均民社'],
  ['年', '度级龄报初底末均'],
  ['日', '常报前'],
  ['次', '数均性'],
  ['元', '旦'],
]);
const SYMBOLS = unitSymbols()
  .filter((symbol) => !['月', '%', '‰', '‱'].includes(symbol))
  .map((symbol) => (NOT_BEFORE.has(symbol) ? `${symbol}(?![${NOT_BEFORE.get(symbol)}])` : symbol))
  .join('|');
const SIMPLE = `(?:(?:万亿|千亿|百亿|亿|千万|百万|十万|万|千|百)?(?:${SYMBOLS})|[%‰‱])`;
const UNIT = new RegExp(
  `[ \\t]{0,2}(${SIMPLE}(?:(?:/|每)(?:(?:${SYMBOLS})(?:[·*/]?(?:${SYMBOLS}|月))*|月|\\p{Script=Han}))?(?:每(?:年|月|季))?)`,
  'uy',
);
const HALF = Exact.ratio(1n, 2n);
/** 百分之百 */
const WHOLE: Omit<Magnitude, 'end'> = {
  mantissa: Exact.hundred,
  step: Exact.one,
  multiplier: '',
  places: 0,
  grouped: false,
  style: 'chinese',
  more: false,
};

/** One end of a range or the whole number: value and unit, without sign and comparator. */
export interface Amount {
  readonly value: Exact;
  readonly step: Exact;
  readonly places: number;
  readonly grouped: boolean;
  readonly unit: Unit | undefined;
  readonly unitText: string;
  readonly more: boolean;
  readonly end: number;
}

function readUnit(plain: string, position: number): { text: string; end: number } | undefined {
  const match = matchAt(UNIT, plain, position);
  if (match === null) return undefined;
  return { text: match[1] ?? '', end: position + match[0].length };
}

export function readAmount(plain: string, original: string, position: number, whole: boolean): Amount | undefined {
  const hundredth = matchAt(/([百千万])分之/y, plain, position);
  if (hundredth !== null) {
    const after = position + hundredth[0].length;
    if (hundredth[1] === '百' && matchAt(/百(?![千万亿])/y, plain, after) !== null)
      return amount({ ...WHOLE, end: after + 1 }, PERCENT, hundredth[0], after + 1);
    const inner = readMagnitude(plain, original, after, whole);
    if (inner === undefined) return undefined;
    const symbol = hundredth[1] === '百' ? '%' : hundredth[1] === '千' ? '‰' : '‱';
    return amount(inner, findUnit(symbol), hundredth[0], inner.end);
  }
  const half = matchAt(/半(?=个月|个小时|年|天|小时|日)/y, plain, position);
  if (half !== null && (whole || !/[上下大多过]/.test(plain.charAt(position - 1)))) {
    const unit = readUnit(plain, position + 1);
    if (unit === undefined) return undefined;
    const value = HALF;
    const known = findUnit(unit.text);
    return {
      value,
      step: Exact.zero,
      places: 1,
      grouped: false,
      unit: known,
      unitText: unit.text,
      more: false,
      end: unit.end,
    };
  }
  const magnitude = readMagnitude(plain, original, position, whole);
  if (magnitude === undefined) return undefined;
  const parts = matchAt(/分之/y, plain, magnitude.end);
  if (parts !== null) {
    const top = readMagnitude(plain, original, magnitude.end + 2, whole);
    if (top === undefined || magnitude.mantissa.isZero) return undefined;
    const value = top.mantissa.div(magnitude.mantissa);
    return { ...amount(top, undefined, '', top.end), value, step: Exact.zero, places: 0 };
  }
  const tenths = matchAt(/成([一二三四五六七八九\d])?(?![立员功效果本长为绩人熟品份都套交])/y, plain, magnitude.end);
  if (tenths !== null && magnitude.multiplier === '' && magnitude.mantissa.le(Exact.of(10))) {
    const extra = parseChineseNumeral(tenths[1] ?? '')?.value ?? Exact.tryParse(tenths[1] ?? '');
    const ten = Exact.of(10);
    return {
      ...amount(magnitude, PERCENT, '成', magnitude.end + tenths[0].length),
      value: magnitude.mantissa.mul(ten).add(extra ?? Exact.zero),
      step: extra === undefined ? magnitude.step.mul(ten) : Exact.one,
      places: 0,
    };
  }
  const andHalf = matchAt(/个半(月|小时)/y, plain, magnitude.end);
  if (andHalf !== null && magnitude.multiplier === '') {
    const symbol = `个${andHalf[1] ?? ''}`;
    const end = magnitude.end + andHalf[0].length;
    return {
      ...amount(magnitude, findUnit(symbol), symbol, end),
      value: magnitude.mantissa.add(HALF),
      step: Exact.zero,
      places: 1,
    };
  }
  const tail = matchAt(/\s?(?:余|多)(?=\s?[^\s\d])|几(?=[万亿个人])/y, plain, magnitude.end);
  const afterTail = magnitude.end + (tail?.[0].length ?? 0);
  const unit = readUnit(plain, afterTail);
  if (unit === undefined)
    return amount(magnitude, undefined, '', tail === null ? magnitude.end : afterTail, tail !== null);
  const direct = findUnit(magnitude.multiplier + unit.text);
  let end = unit.end;
  let extra = Exact.zero;
  // 三年半, 两天半: half a unit more.
  if (magnitude.multiplier === '' && plain[end] === '半' && /^(?:年|天|个?月)$/.test(unit.text)) {
    extra = HALF;
    end += 1;
  }
  const closing = matchAt(/[整正](?![\p{Script=Han}])/uy, plain, end);
  // 整 closes an amount in words: nothing smaller follows. A half is exact too.
  const closes = closing !== null && unit.text === '元';
  if (closes) end += 1;
  const settled = closes || !extra.isZero;
  const over = tail === null && matchAt(/多(?=[^\p{Script=Han}]|$)/uy, plain, end) !== null;
  if (over) end += 1;
  const more = magnitude.more || tail !== null || over;
  if (direct === undefined) return { ...amount(magnitude, findUnit(unit.text), unit.text, end, more) };
  return {
    value: magnitude.mantissa.add(extra),
    step: settled ? Exact.zero : magnitude.step,
    places: magnitude.places,
    grouped: magnitude.grouped,
    unit: direct,
    unitText: magnitude.multiplier + plain.slice(unit.end - unit.text.length, unit.end),
    more,
    end,
  };
}

function amount(magnitude: Magnitude, unit: Unit | undefined, unitText: string, end: number, more = false): Amount {
  const factor = multiplierFactor(magnitude.multiplier);
  return {
    value: magnitude.mantissa.mul(factor),
    step: magnitude.step.mul(factor),
    places: magnitude.places,
    grouped: magnitude.grouped,
    unit,
    unitText,
    more: more || magnitude.more,
    end,
  };
}

/** The two ends in one unit, low first; `undefined` when they do not make a range. */
export function joinRange(first: Amount, second: Amount): readonly [Amount, Amount] | undefined {
  const unit = second.unit ?? first.unit;
  if (first.unit !== undefined && second.unit === undefined) return undefined;
  let left = first;
  if (first.unit === undefined && unit !== undefined) {
    left = { ...first, unit, unitText: second.unitText };
  } else if (first.unit !== undefined && unit !== undefined && first.unit.symbol !== unit.symbol) {
    if (!sameDimension(first.unit, unit)) return undefined;
    left = {
      ...first,
      value: convert(first.value, first.unit, unit),
      step: convert(first.step, first.unit, unit),
      unit,
    };
  }
  const order = left.value.compare(second.value);
  if (order === 0) return undefined;
  // 5-3 is a subtraction; 100%—80% is a band written from its top.
  if (order > 0) return first.unit === undefined ? undefined : [second, left];
  return [left, second];
}
