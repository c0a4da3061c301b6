import { text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import { type Detect, figure } from '../context.ts';
import { type Finding, notice, warning } from '../finding.ts';

const RULE = 'no-problem-full-score';
const NONE =
  /(?:存在(?:的)?问题|有关建议|改进措施|问题及原因分析)[^\n。|]{0,12}[\n|:：]{1,6}\s{0,6}无\s*(?:$|[\n。|])/gm;

/** 100 points and no problem, or problems admitted and still 100 points. */
export const noProblemFullScore: Detect = (context) => {
  const totals = context.tables.map((table) => figure(table.stated.scoreTotal)?.value.value);
  const prose = /(?:绩效)?评(?:价|分)(?:得分)?(?:为|是)?\s*100\s*分|自评(?:得)?分(?:为)?\s*100\s*分/.exec(context.text);
  const full = prose !== null || totals.some((total) => total?.eq(Exact.hundred) === true);
  if (!full) return [];
  const findings: Finding[] = [...context.text.matchAll(NONE)].slice(0, 3).map((match) =>
    notice(RULE, {
      message: text('自评满分，问题或建议只写“无”', 'full score, and “none” under problems or advice'),
      stated: match[0].trim(),
      quotes: [{ start: match.index, end: match.index + match[0].trimEnd().length }],
    }),
  );
  const admitted =
    /(?:存在(?:的)?问题)[\n:：\s]{0,6}([^\n]{0,80}?(?:不及时|滞后|不足|不到位|未能|不够|缺乏|偏低))/.exec(context.text);
  if (admitted !== null)
    findings.push(
      warning(RULE, {
        message: text(
          `自评满分，同时承认“${(admitted[1] ?? '').trim()}”`,
          `full score, although it admits “${(admitted[1] ?? '').trim()}”`,
        ),
        stated: '100',
        expected: '<100',
        quotes: [
          { start: admitted.index, end: admitted.index + admitted[0].length },
          ...(prose === null ? [] : [{ start: prose.index, end: prose.index + prose[0].length }]),
        ],
      }),
    );
  return findings;
};
