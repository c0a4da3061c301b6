import { text } from '../../problem/index.ts';
import type { Detect } from '../context.ts';
import { notice } from '../finding.ts';

const ASSERTED =
  /(?:不存在|未发现|未出现|未见|没有|无)(?:[^,。;\n|]{0,8})(?:截留|挤占|挪用|虚列)[^,。;\n|]{0,16}|财务手续健全|管理严谨|资金使用合规|(?:保障|确保)?会计核算准确/g;

/** Compliance asserted without a check record. */
export const assertionWithoutRecord: Detect = (context) => {
  if (/审计报告|检查记录|专项检查|会计凭证号|审计意见/.test(context.text)) return [];
  return [...context.text.matchAll(ASSERTED)].slice(0, 4).map((match) =>
    notice('assertion-without-record', {
      message: text(`“${match[0]}”是断言，未附检查记录`, `“${match[0]}” is asserted without a record`),
      stated: match[0],
      expected: '检查记录',
      quotes: [{ start: match.index, end: match.index + match[0].length }],
    }),
  );
};
