import { text } from '../../problem/index.ts';
import type { Detect } from '../context.ts';
import { notice } from '../finding.ts';

const FOREIGN = /(?<=[\p{Script=Han}\s])(?:and|or|the|of|with)(?=[\s\p{Script=Han}])/gu;
const DOUBLED =
  /(的的|了了(?!解)|是是|在在|和和|对对(?!子)|将将|进行进行|工作工作|项目项目|情况情况|补补缴|资金资金(?!池)|完成完成|达达到|万元万元|元元|年年度)/g;

/** 7,20.0,77: separators that make no number. */
const GARBLED =
  /(?<![\d.,])\d{1,3}(?:,\d{1,3})+\.\d{1,3},\d{1,3}(?:\.\d+)?(?![\d.,])|(?<![\d.,])\d+(?:\.\.|,,)\d+(?![\d.,])|(?<![\d.,])\d{1,3},\d{1,2}(?:\.\d+)?\s*万?元/g;
/** Characters that look like another: 完咸, 己完成. */
const LOOKALIKE = /完咸|(?<![自知克律])己(?=完成|支付|拨付|实施|达到|下达|全部|按)|绩郊|预箅|执行辜/g;

/** A foreign word among Chinese ones, a doubled word. */
export const languageDefect: Detect = (context) =>
  [...context.text.matchAll(FOREIGN), ...context.text.matchAll(DOUBLED)]
    .filter(
      (match) =>
        !context.tables.some((table) => match.index >= table.start && match.index < table.end && match[0].length > 2),
    )
    .concat([...context.text.matchAll(GARBLED), ...context.text.matchAll(LOOKALIKE)])
    .slice(0, 8)
    .map((match) =>
      notice('language-defect', {
        message: text(`“${match[0]}”有文字差错`, `slip in the text: “${match[0]}”`),
        stated: match[0],
        quotes: [{ start: match.index, end: match.index + match[0].length }],
      }),
    );
