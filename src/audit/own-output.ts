import type { ReadDocument } from '../document/index.ts';
import { type Text, text } from '../problem/index.ts';

const OWN: readonly { readonly name: RegExp; readonly holds: readonly RegExp[]; readonly what: Text }[] = [
  {
    name: /\.json$/i,
    holds: [/^\s*\{/, /"ruleSet"/, /"indicators"/, /"facts"/],
    what: text('评价结果数据', 'the data of an evaluation'),
  },
  {
    name: /\.json$/i,
    holds: [/^\s*\{/, /"documents"/, /"findings"/, /"unreadable"/],
    what: text('复核结果数据', 'the data of an audit'),
  },
  { name: /数据来源\.html$/, holds: [/点任何一个数字，看它从哪来/], what: text('数据来源页', 'a lineage page') },
  { name: /\.复核\.html$/, holds: [/必须更正 \d/, /需要说明 \d/], what: text('复核页', 'a page of an audit') },
  {
    name: /\.复核意见书\.docx$/,
    holds: [/^\s*绩效自评复核意见书/],
    what: text('复核意见书', 'a review opinion'),
  },
  { name: /复核台账\.xlsx$/, holds: [/是否采纳/], what: text('复核台账', 'a register of reviews') },
  { name: /复核统计\.docx$/, holds: [/^\s*绩效自评复核统计/], what: text('复核统计', 'a statistic of reviews') },
];

/**
 * What a file is when this program wrote it beside the papers: data and pages about figures, not a paper anyone hands
 * in. `undefined` for everything else, the program's own tables and reports included.
 */
export function ownOutput(document: Pick<ReadDocument, 'name' | 'text'>): Text | undefined {
  const file = OWN.find(
    ({ name, holds }) => name.test(document.name) && holds.every((pattern) => pattern.test(document.text)),
  );
  return file?.what;
}
