import { Exact } from '../../quantity/index.ts';

export type Operator = '≥' | '≤' | '>' | '<' | '=';

/** What a table cell says when it says a number: `≥90%` is operator ≥, value 90, unit %. */
export interface CellValue {
  readonly operator: Operator | undefined;
  readonly value: Exact;
  /** Digits after the point as printed. */
  readonly places: number;
  /** As printed, without spaces; empty when there is none. */
  readonly unit: string;
}

const OPERATORS: readonly (readonly [string, Operator])[] = [
  ['大于等于', '≥'],
  ['大于或等于', '≥'],
  ['小于等于', '≤'],
  ['小于或等于', '≤'],
  ['不低于', '≥'],
  ['不少于', '≥'],
  ['不小于', '≥'],
  ['至少', '≥'],
  ['不超过', '≤'],
  ['不超', '≤'],
  ['不高于', '≤'],
  ['不大于', '≤'],
  ['不多于', '≤'],
  ['>=', '≥'],
  ['<=', '≤'],
  ['=>', '≥'],
  ['=<', '≤'],
  ['≥', '≥'],
  ['≤', '≤'],
  ['大于', '>'],
  ['超过', '>'],
  ['高于', '>'],
  ['小于', '<'],
  ['低于', '<'],
  ['少于', '<'],
  ['等于', '='],
  ['>', '>'],
  ['<', '<'],
  ['=', '='],
];

/** The answers of the official form: 达成预期指标, 部分达成预期指标并具有一定效果. */
export const ANSWER =
  '(?:基本|部分|全部|均|已|未)?达成(?:预期|年度)(?:指标|目标)(?:[并且]?具有一定效果|[且并]效果较差)?';

const BEFORE_ANSWER = new RegExp(`${ANSWER}$`);

const WHOLE_ANSWER = new RegExp(`^${ANSWER}$`);

/** Whether a cell says no more than that the target was met, in part or not at all. */
export function isAnswer(text: string): boolean {
  return text.length <= 20 && WHOLE_ANSWER.test(text);
}

/** 不发生 and 未发生 say the same of a target and a result. */
export function stem(text: string): string {
  return text.length > 2 ? text.replace(/^(?:不|未|无|没有|零)(?=..)/, '') : text;
}

const NUMBER = /^(-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?)(.*)$/s;
const SUFFIX: readonly (readonly [string, Operator])[] = [
  ['及以上', '≥'],
  ['以上', '≥'],
  ['及以下', '≤'],
  ['以下', '≤'],
  ['以内', '≤'],
  ['之内', '≤'],
];

const FIRST = new Set(OPERATORS.map(([written]) => written.charAt(0)));

/** The longest operator a folded, squeezed text begins with. */
export function leadingOperator(text: string): { readonly operator: Operator; readonly length: number } | undefined {
  if (!FIRST.has(text.charAt(0))) return undefined;
  for (const [written, operator] of OPERATORS)
    if (text.startsWith(written)) return { operator, length: written.length };
  return undefined;
}

/**
 * A cell that is one number with or without operator and unit, else `undefined`. Ranges, dates and sentences are not
 * numbers. `text` is folded and squeezed.
 */
export function readCellValue(text: string): CellValue | undefined {
  if (text.length === 0 || text.length > 40) return undefined;
  const lead = leadingOperator(text);
  // 达到95%以上 says no more than 95%以上.
  let rest = lead === undefined ? text.replace(/^达到(?=\d)/, '') : text.slice(lead.length);
  let operator = lead?.operator;
  const money = /^[¥￥]/.exec(rest);
  if (money !== null) rest = rest.slice(1);
  const match = NUMBER.exec(rest);
  if (match === null) return undefined;
  const [, digits = '', tail = ''] = match;
  let unit = tail.replace(BEFORE_ANSWER, '');
  if (operator === undefined)
    for (const [written, meaning] of SUFFIX)
      if (unit.endsWith(written)) {
        operator = meaning;
        unit = unit.slice(0, -written.length);
        break;
      }
  if (!isUnitText(unit)) return undefined;
  const plain = digits.replaceAll(',', '');
  const value = Exact.tryParse(plain);
  if (value === undefined) return undefined;
  // 2024年 is a date, 5年 a length of time.
  if (unit === '年' && /^(?:19|20)\d\d$/.test(plain)) return undefined;
  const dot = plain.indexOf('.');
  return { operator, value, places: dot < 0 ? 0 : plain.length - dot - 1, unit };
}

/** Whether what follows a number can be its unit and nothing else: no digits, no sentence, no date. */
function isUnitText(unit: string): boolean {
  if (unit === '') return true;
  // 2.乡镇补助标准 is the second of a list.
  if (unit.length > 9 || /^[.·)]/.test(unit)) return false;
  // 元/人、天 lists what the price is for.
  if (/[\d,;:。、!?()"“”…~—-]/.test(unit.replace(/^(元\/\p{Script=Han}{1,3})、(?=\p{Script=Han}{1,2}$)/u, '$1')))
    return false;
  return !/^(?:年底|年末|月底|月末|年前|月前|日前|年\S|月\S|月$|日$|时$)|前$|底$/.test(unit);
}

/** Whether the actual meets the target; both in the same unit. */
export function compareWith(operator: Operator, actual: Exact, target: Exact): boolean {
  switch (operator) {
    case '≥':
      return actual.ge(target);
    case '≤':
      return actual.le(target);
    case '>':
      return actual.gt(target);
    case '<':
      return actual.lt(target);
    case '=':
      return actual.eq(target);
  }
}
