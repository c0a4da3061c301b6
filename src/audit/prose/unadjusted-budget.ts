import { text } from '../../problem/index.ts';
import type { AuditContext } from '../context.ts';
import { type Finding, warning } from '../finding.ts';
import { NUMBER, proseOf } from './prose-text.ts';

const INITIAL = new RegExp(
  `年初(?:[^,。;\\n|\\d]{0,14}?预算|[^,。;\\n|\\d]{0,6}?安排)(?:数|资金|安排|为|共|:){0,3}${NUMBER}(万元|亿元|元)`,
);
const LATER = new RegExp(
  `(?:全年|调整后|本年|当年|最终)[^,。;\\n|\\d]{0,14}?(?:预算|安排|下达)[^,。;\\n|\\d]{0,14}?${NUMBER}(万元|亿元|元)`,
);
const UNCHANGED =
  /(?:年中|年度中|预算|全年|期间)[^,。;\n|]{0,6}(?:未作|未做|没有|未予|未进行|未|无)(?:任何)?(?:预算)?(?:调整|追加|调剂)(?!的)/;

/** 年初预算2268.33万元, 全年安排2368.33万元 and 年中未作调整. */
export function unadjustedBudget(context: AuditContext): Finding[] {
  const prose = proseOf(context);
  const [initial, later, unchanged] = [INITIAL, LATER, UNCHANGED].map((pattern) => pattern.exec(prose.text));
  if (!initial || !later || !unchanged || initial[2] !== later[2]) return [];
  if (initial[1]?.replaceAll(',', '') === later[1]?.replaceAll(',', '') || /支出|支付/.test(later[0])) return [];
  if (Number(initial[1]?.replaceAll(',', '')) === Number(later[1]?.replaceAll(',', ''))) return [];
  return [
    warning('narrative-vs-table-mismatch', {
      message: text(
        `文字称“${unchanged[0]}”，但“${initial[0]}”与“${later[0]}”不同`,
        `the text says “${unchanged[0]}”, yet “${initial[0]}” and “${later[0]}” differ`,
      ),
      stated: later[0],
      expected: initial[0],
      quotes: [initial, later, unchanged].map((match) => prose.span(match.index, match.index + match[0].length)),
    }),
  ];
}
