import { type Inline, inlineText } from '../document/index.ts';

const WIDE =
  /[\u1100-\u115f\u2014\u2026\u2018-\u201d\u2460-\u24ff\u2500-\u303f\u3040-\ufe4f\uff00-\uff60\uffe0-\uffe6]|[\ud840-\ud8bf][\udc00-\udfff]/;

/** Width of one character in ems of a Chinese face: a Han character is 1, an ASCII digit a half. */
export function characterEms(character: string): number {
  if (WIDE.test(character)) return 1;
  if (/[A-Z%@&]/.test(character)) return 0.8;
  return /[.,:;!'|il ]/.test(character) ? 0.3 : 0.52;
}

export function textEms(text: string): number {
  let width = 0;
  for (const character of text) width += characterEms(character);
  return width;
}

/** Substitute faces set digits up to this much wider than the official ones. */
export const SUBSTITUTE = 1.2;

/** Ems of the longest piece that a line break may not cut (a number, a word), whatever face is at hand. */
export function longestToken(text: string): number {
  let longest = 0;
  for (const token of text.match(/[!-~\u2212\u2013\u00b1≥≤＞＜＝]+/g) ?? [])
    longest = Math.max(longest, textEms(token));
  return longest * SUBSTITUTE;
}

/** How many lines a text takes in a measure of `ems`, near enough to plan heights. */
export function countLines(text: string, ems: number): number {
  let lines = 0;
  for (const line of text.split('\n')) {
    let used = 0;
    let count = 1;
    for (const piece of line.match(/[!-~]+|[^!-~]/gu) ?? []) {
      let width = textEms(piece);
      if (used + width > ems && used > 0) {
        count += 1;
        used = 0;
      }
      while (width > ems) {
        count += 1;
        width -= ems;
      }
      used += width;
    }
    lines += count;
  }
  return lines;
}

/** A title breaks well after one of these and before one of those. */
const TITLE_ENDINGS =
  /(?:年度|年|项目|资金|补助|经费|部门|财政|医保|关于|支出|情况|绩效|工作|医疗|保险|居民|管理|服务|的|和|及|与|局|委|县|市|省|区|）|》|”|、|，|-)$/;
const TITLE_BEGINNINGS =
  /^(?:本级|县级|市级|省级|中央|财政|部门|项目|城乡|绩效|补助|配套|资金|医疗|居民|基本|评价|自评|报告|管理|服务|关于|专项|支出|年度|（|《|“|\d)/;

/**
 * Ems of the measure in which a centred title breaks into full lines of nearly equal length at a place that makes
 * sense, the last not longer than the first; `undefined` when it fits on one line of `ems`.
 */
export function titleMeasure(title: string, ems: number): number | undefined {
  const total = textEms(title);
  if (total <= ems) return undefined;
  const lines = Math.ceil(total / ems);
  const even = total / lines;
  let left = '';
  let best: { readonly width: number; readonly cost: number } | undefined;
  for (const character of title) {
    left += character;
    const width = textEms(left);
    if (width > ems) break;
    // Of two lines the second may be a little longer, as long as the first takes no further character for it.
    if (width < even - (lines === 2 ? 0.3 : 0.01)) continue;
    const right = title.slice(left.length);
    const cost = Math.abs(width - even) + (TITLE_ENDINGS.test(left) ? 0 : 2) + (TITLE_BEGINNINGS.test(right) ? 0 : 2);
    const measure = lines === 2 ? Math.max(width, total - width) : width;
    if (best === undefined || cost < best.cost) best = { width: measure, cost };
  }
  return best === undefined ? undefined : best.width + 0.3;
}

/**
 * Ems of the measure in which a short label in a narrow cell breaks into even lines (成本/指标, not 成本指/标);
 * `undefined` when it fits or is no plain Chinese label.
 */
export function labelMeasure(label: string, ems: number): number | undefined {
  if (!/^[\u4e00-\u9fff]{3,12}$/.test(label)) return undefined;
  const most = Math.floor(ems);
  if (most < 2 || label.length <= most) return undefined;
  const each = Math.ceil(label.length / Math.ceil(label.length / most));
  return each < most ? each : undefined;
}

export function inlineEms(inlines: readonly Inline[]): number {
  return textEms(inlineText(inlines));
}
