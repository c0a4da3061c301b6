import { text } from '../../problem/index.ts';
import { type Detect, nameOf, span } from '../context.ts';
import { type Finding, notice } from '../finding.ts';

const VAGUE =
  /^(?:有效|显著|明显|良好|较好|提高|提升|改善|增强|稳步提升|普遍了解|不断提高|有所提高|逐步提高|有效提升|有效改善|持续|长期|较高|好|好坏|高中低|优良中(?:低)?差|是否)$/;

/** A target that cannot be measured. */
export const unmeasurableGoal: Detect = (context) => [
  ...context.rows.flatMap((row): Finding[] => {
    if (row.target === undefined || !VAGUE.test(row.target.text)) return [];
    return [
      notice('unmeasurable-goal', {
        message: text(
          `“${nameOf(row)}”的目标“${row.target.text}”无法衡量`,
          `the target of “${nameOf(row)}”, “${row.target.text}”, cannot be measured`,
        ),
        stated: row.target.text,
        expected: '可衡量的指标值',
        quotes: span(row.name, row.target),
      }),
    ];
  }),
  ...[
    ...context.text.matchAll(
      /[\p{Script=Han}]{2,16}[—-]{1,2}\s*(?:普遍了解|有所提高|显著提高|不断提升|有效提升|持续改善)/gu,
    ),
  ].map((match) =>
    notice('unmeasurable-goal', {
      message: text(`“${match[0]}”无法衡量`, `“${match[0]}” cannot be measured`),
      stated: match[0],
      expected: '可衡量的指标值',
      quotes: [{ start: match.index, end: match.index + match[0].length }],
    }),
  ),
  ...goalText(context),
];

/** The goal of a narrative report without one figure. */
const goalText: Detect = (context) => {
  const match = /(?:绩效目标|总体目标|项目绩效目标)[^\n]{0,20}\n+([^\n]{16,400})/.exec(context.text);
  if (
    match?.[1] === undefined ||
    /\d/.test(match[1]) ||
    context.tables.some((table) => match.index >= table.start && match.index <= table.end)
  )
    return [];
  const start = match.index + match[0].indexOf(match[1]);
  return [
    notice('unmeasurable-goal', {
      message: text('绩效目标没有一个可衡量的数字', 'the goal has no figure to measure it by'),
      expected: '可衡量的目标',
      quotes: [{ start, end: start + Math.min(60, match[1].length) }],
    }),
  ];
};
