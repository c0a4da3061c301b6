import { text } from '../../problem/index.ts';
import { type Detect, nameOf, rowQuotes } from '../context.ts';
import { type Finding, notice, warning } from '../finding.ts';

const SURVEY =
  /问卷|有效(?:样本|答卷|问卷)|回收|抽样|电话(?:回访|调查)|随机(?:访问|调查)|满意度(?:调查|测评)[^,。;\n]{0,20}\d|(?:调查|访问|走访|访谈)[^,。;\n]{0,10}\d\s?[人户份名位]|满意的?\s?\d{1,6}\s?[人户份名位]/;
/** 未开展调查 claims nothing. */
const NOT_ASKED = /未(?:开展|进行|组织)?(?:调查|测评|测算|统计)|未开展/;

/** A satisfaction or awareness figure without a word on who was asked. */
export const satisfactionWithoutSurvey: Detect = (context) => {
  if (SURVEY.test(context.text)) return [];
  const rows = context.rows.filter(
    (row) => row.actual !== undefined && !NOT_ASKED.test(row.actual.text) && /满意|知晓/.test(nameOf(row)),
  );
  const findings: Finding[] = rows.slice(0, 3).map((row) =>
    warning('satisfaction-without-survey', {
      message: text(
        `“${nameOf(row)}”写 ${row.actual?.text}，未见调查方式、样本数和有效份数`,
        `“${nameOf(row)}” is “${row.actual?.text}”, but no survey is mentioned`,
      ),
      stated: row.actual?.text ?? '',
      expected: '调查记录',
      quotes: rowQuotes(row),
    }),
  );
  if (rows.length === 0)
    for (const match of context.text.matchAll(
      /满意(?:度|率)[^,。;\n|≥>不至]{0,8}(?:较高|很高|普遍(?:较高)?|显著|良好|\d+(?:\.\d+)?%)|满意度?\s{0,3}(?:≥|>=)\s{0,3}\d{1,3}(?:\.\d{1,2})?\s{0,3}%?(?:\(百分比\))?[\s|]{1,4}\d{1,3}(?:\.\d{1,2})?%|知晓(?:率|度)[^,。;\n|]{0,8}(?:\d+(?:\.\d+)?%|提高|普遍)/g,
    )) {
      findings.push(
        notice('satisfaction-without-survey', {
          message: text(`“${match[0]}”没有调查依据`, `“${match[0]}” rests on no survey`),
          stated: match[0],
          expected: '调查记录',
          quotes: [{ start: match.index, end: match.index + match[0].length }],
        }),
      );
      if (findings.length >= 3) break;
    }
  return findings;
};
