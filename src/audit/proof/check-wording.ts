import { Exact } from '../../quantity/index.ts';
import type { ScoringReading } from './proof.ts';

/** Words that make a scoring rule more than one multiplication: steps, deductions, discretion. */
const HEDGED = /扣|每[低少差降]|低于|不足|以上|以下|阶梯|酌情|适当|原则上|参照|可以|另行|超过\d/;

/**
 * Whether a printed passage says, in words with one meaning only, that a score is the weight times a proportion. A
 * number printed as the weight has to be the weight.
 */
export function scoresBy(passage: string, reading: ScoringReading, weight: Exact): boolean {
  const words = passage
    .replace(/\s+/g, '')
    .replace(/[×xX＊∗]/g, '*')
    .replace(/[÷／]/g, '/');
  if (HEDGED.test(words)) return false;
  if (reading === 'execution') {
    const match =
      /得分\((\d+)分?\*执行率\)|执行率\*(?:该?项?指标)?(?:分值|权重)|执行率\*(\d+)分?(?![\d.%])|(?:分值|权重)\*(?:预算)?执行率/.exec(
        words,
      );
    const printed = match?.[1] ?? match?.[2];
    return match !== null && (printed === undefined || Exact.of(printed).eq(weight));
  }
  const up =
    /(?:得分|记分|计分|按|应?用)[^*]{0,14}?(?:(?:权重|分值)\*B\/A|B\/A(?:或A\/B)?\*(?:该指标)?(?:分值|权重)|(?:完成值|实际值|完成指标值)(?:\(B\))?\/(?:年度|年初|全年)?(?:指标值|目标值)(?:\(A\))?\*(?:该?指标)?(?:分值|权重))/;
  const down =
    /(?:得分|记分|计分|按|应?用)[^*]{0,14}?(?:(?:权重|分值)\*A\/B|(?:B\/A或)?A\/B\*(?:该指标)?(?:分值|权重)|(?:年度|年初|全年)?(?:指标值|目标值)(?:\(A\))?\/(?:全年|年度)?(?:实际)?(?:完成值|实际值)(?:\(B\))?\*(?:该?指标)?(?:分值|权重))/;
  if (reading === 'up') return up.test(words) && (!/反向/.test(words) || /正向/.test(words));
  return down.test(words);
}

/** Whether a printed passage demands, without leaving a choice, that indicators of this name be set. */
export function asksFor(passage: string, name: string): boolean {
  const words = passage.replace(/\s+/g, '');
  return (
    /(?:必须|应当|均应|都应|至少应?|须|应)(?:同时)?(?:设置|设定|包括|包含|设有|填报|涵盖)/.test(words) &&
    !/原则上|可根据|视情况|结合实际|根据(?:项目)?实际|酌情|选择|适用|如无|确无|等/.test(words) &&
    words.includes(name)
  );
}

const BANDS =
  /([^:,;。、]{4,24})[、,]([^:,;。、]{4,24})[、,和及]([^:,;。、]{4,24}?)(?:三档|三个档次|三等)[^\d]{0,30}(\d+)%?-(\d+)%(?:\([^)]*\))?[、,](\d+)%?-(\d+)%(?:\([^)]*\))?[、,](\d+)%?-(\d+)%/;

/** The share of the weight a printed rule keeps for a result said in these words: 100%-80% of 达成年度指标. */
export function bandOf(passage: string, wording: string): { readonly high: Exact; readonly low: Exact } | undefined {
  const words = passage.replace(/\s+/g, '').replace(/[~～—–至]/g, '-');
  const said = wording.replace(/\s+/g, '');
  const found = BANDS.exec(words);
  if (found === null || said.length < 5) return undefined;
  const named = [1, 2, 3].filter((nth) => (found[nth] ?? '').replace(/^.*分为/, '').startsWith(said));
  const [nth] = named;
  if (nth === undefined || named.length > 1) return undefined;
  const high = found[2 + 2 * nth];
  const low = found[3 + 2 * nth];
  return high === undefined || low === undefined ? undefined : { high: Exact.of(high), low: Exact.of(low) };
}
