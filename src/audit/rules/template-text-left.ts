import { text } from '../../problem/index.ts';
import type { Detect } from '../context.ts';
import { type Finding, notice } from '../finding.ts';

const LEFT =
  /包括总体目标和阶段性目标|[(]附表说明[)]|[(]附相关评分表[)]|[(]可附图表[)]|[(]请在此[^)]{0,20}[)]|请(?:填写|简要说明|在此处)[^,。;\n|]{0,20}|[×xX]{2,}(?:年|月|单位|项目|局|县|市|万元|个|人)|\*\*(?:元|年|人|%|万元)|[≥≤=]\s{0,3}\*{2,}|\*{2,}(?:平方米|立方米|公里|亩|户|次|场|台|套|项|个)|…{2,}(?:万元|人|个)|此处填写[^,。;\n|]{0,16}|[(]不超过\d+字[)]|示例[:：]|(?:对照|结合|根据|围绕)[^。;\n|]{0,24}(?:说明|分析|填写|描述|阐述)[^;\n|]{0,50}[(]\s*(?:限|不超过)?\d{2,4}字(?:以内|左右|内)?[)]|应单独说明理由|[(]此处[^)]{0,16}(?:填写|说明)[)]/g;

/** Instructions or placeholders of the form left in the text. */
export const templateTextLeft: Detect = (context) =>
  [...context.text.matchAll(LEFT)].slice(0, 8).map(
    (match): Finding =>
      notice('template-text-left', {
        message: text(`模板文字“${match[0]}”没有删去`, `text of the form is left in: “${match[0]}”`),
        stated: match[0],
        quotes: [{ start: match.index, end: match.index + match[0].length }],
      }),
  );
