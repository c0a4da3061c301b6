import { text } from '../../problem/index.ts';
import type { Detect } from '../context.ts';
import { notice } from '../finding.ts';

const TOPICS: readonly RegExp[] = [
  /资金|拨付|下拨|经费|到位/,
  /人员|力量|队伍/,
  /宣传|知晓/,
  /系统|信息化|平台/,
  /进度|滞后|工期/,
  /数据|台账|档案/,
];

/** The measures do not speak of what the problem named first. Looks at named problems only. */
export const measureDoesNotAnswerProblem: Detect = (context) => {
  const problem = /存在(?:的)?(?:主要)?问题[^\n。]{0,12}\n+([^\n]{10,300})/.exec(context.text);
  const measure = /(?:下一步)?(?:改进措施|有关建议|整改措施)[^\n。]{0,8}\n+([\s\S]{10,900})/.exec(context.text);
  if (problem?.[1] === undefined || measure?.[1] === undefined || measure.index < problem.index) return [];
  const [said, done] = [problem[1], measure[1]];
  const first = said.split(/[,。;]/)[0] ?? '';
  const topic = TOPICS.find((each) => each.test(first));
  if (topic === undefined) return [];
  const answered =
    topic === TOPICS[0]
      ? /(?:申请|争取|协调|对接|督促|沟通|请示)[^。]{0,24}(?:资金|拨付|经费|财政)|及时(?:拨付|下拨|到位)/.test(done)
      : topic.test(done);
  if (answered) return [];
  const start = problem.index + problem[0].indexOf(said);
  return [
    notice('measure-does-not-answer-problem', {
      message: text(`问题是“${first}”，改进措施没有针对它`, `the problem is “${first}”; no measure answers it`),
      stated: first,
      quotes: [{ start, end: start + first.length }],
    }),
  ];
};
