import { Exact } from '../../quantity/index.ts';
import type { Operand, Passage, ScoringReading } from '../proof/proof.ts';

/** A scoring rule the document prints, where it stands, and the weight it names when it names one. */
export interface ScoringRule extends Passage {
  readonly points: Operand | undefined;
}

const EXECUTION =
  /得\s*分\s*\(\s*(\d+)\s*分?\s*[×xX*]\s*执行率\s*\)|(?:预算)?执行率\s*[×xX*]\s*(?:该?项?指标)?(?:分值|权重)|(?:预算)?执行率\s*[×xX*]\s*(\d+)\s*分?(?![\d.%])|(?:分值|权重)\s*[×xX*]\s*(?:预算)?执行率/g;
const OF_FLOOR =
  /(?:得分|记分|计分|按|应?用)[^*×;。\n]{0,20}?(?:(?:权重|分值)\s*[×xX*]\s*B\s*[/÷]\s*A|B\s*[/÷]\s*A(?:\s*或\s*A\s*[/÷]\s*B)?\s*[×xX*]\s*(?:该指标)?(?:分值|权重)|(?:完成值|实际值|完成指标值)(?:\(B\))?\s*[/÷]\s*(?:年度|年初|全年)?(?:指标值|目标值)(?:\(A\))?\s*[×xX*]\s*(?:该?指标)?(?:分值|权重))/g;
const OF_CEILING =
  /(?:得分|记分|计分|按|应?用)[^*×;。\n]{0,20}?(?:(?:权重|分值)\s*[×xX*]\s*A\s*[/÷]\s*B|(?:B\s*[/÷]\s*A\s*或\s*)?A\s*[/÷]\s*B\s*[×xX*]\s*(?:该指标)?(?:分值|权重)|(?:年度|年初|全年)?(?:指标值|目标值)(?:\(A\))?\s*[/÷]\s*(?:全年|年度)?(?:实际)?(?:完成值|实际值)(?:\(B\))?\s*[×xX*]\s*(?:该?指标)?(?:分值|权重))/g;
const HEDGE = /扣|每[低少差降]|低于|不足|以上|以下|阶梯|酌情|适当|原则上|参照|可以|另行|满分/;

/**
 * The one rule of a kind that the text prints. Printed twice with different weights, or among steps and deductions, it
 * is not exactly understood and does not count. `text` is folded.
 */
export function findScoringRule(text: string, reading: ScoringReading): ScoringRule | undefined {
  if (!/[×xX*]/.test(text)) return undefined;
  const pattern = reading === 'execution' ? EXECUTION : reading === 'up' ? OF_FLOOR : OF_CEILING;
  const found = [...text.matchAll(pattern)];
  const [first] = found;
  if (first === undefined) return undefined;
  const points = (match: RegExpExecArray): string => match[1] ?? match[2] ?? '';
  if (found.some((match) => points(match) !== points(first) || hedged(text, match, reading))) return undefined;
  const digits = points(first);
  const start = first.index + first[0].indexOf(digits);
  return {
    start: first.index,
    end: first.index + first[0].length,
    points:
      digits === ''
        ? undefined
        : { label: '分值', value: Exact.of(digits), places: 0, start, end: start + digits.length },
  };
}

/** The clause around a rule: a step or a deduction in it changes what the rule says. */
function hedged(text: string, match: RegExpExecArray, reading: ScoringReading): boolean {
  const before = /[^。;\n|]*$/.exec(text.slice(Math.max(0, match.index - 40), match.index))?.[0] ?? '';
  const end = match.index + match[0].length;
  const after = (/^[^。;\n|]*/.exec(text.slice(end, end + 40))?.[0] ?? '').replace(/不[得能]?超过|上限/g, '');
  const around = `${before}#${after}`;
  // 达到指标值,记满分;未达到…按B/A: the full score of a met target is what the proportion gives as well.
  return HEDGE.test(reading === 'execution' ? around : around.replace(/记满分|得满分|满分/g, ''));
}

/** 达成年度指标、部分达成…、未达成…三档,100%-80%、80%-60%、60%-0%: the passage with the bands of qualitative results. */
export interface BandRule extends Passage {
  readonly bands: readonly { readonly name: string; readonly high: Operand; readonly low: Operand }[];
}

const BANDED =
  /([^::,,;。、\n|]{4,30})[、,]([^::,,;。、\n|]{4,24})[、,和及]([^::,,;。、\n|]{4,24}?)(?:三档|三个档次|三等)[^\d。;]{0,34}(\d+)\s*%?\s*[-~—至]\s*(\d+)\s*%(?:\([^)]*\))?[、,]\s*(\d+)\s*%?\s*[-~—至]\s*(\d+)\s*%(?:\([^)]*\))?[、,]\s*(\d+)\s*%?\s*[-~—至]\s*(\d+)\s*%/dg;

export function findBandRule(text: string): BandRule | undefined {
  if (!/三档|三个档次|三等/.test(text)) return undefined;
  const [match, second] = [...text.matchAll(BANDED)];
  if (match === undefined || second !== undefined) return undefined;
  const operand = (group: number): Operand => {
    const [start, end] = match.indices?.[group] ?? [0, 0];
    return { label: '%', value: Exact.of(match[group] ?? '0'), places: 0, start, end };
  };
  return {
    start: match.index,
    end: match.index + match[0].length,
    bands: [1, 2, 3].map((nth) => ({
      name: (match[nth] ?? '').replace(/\s+/g, '').replace(/^.*分为/, ''),
      high: operand(2 + 2 * nth),
      low: operand(3 + 2 * nth),
    })),
  };
}
