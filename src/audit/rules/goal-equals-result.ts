import { text } from '../../problem/index.ts';
import type { Detect } from '../context.ts';
import { type Finding, warning } from '../finding.ts';

/** The result repeats the goal word for word. */
export const goalEqualsResult: Detect = (context) => {
  const findings: Finding[] = [];
  const marks = [...context.text.matchAll(/(?:实际完成情况|全年实际完成情况|完成情况综述)/g)];
  for (const mark of marks.slice(0, 4)) {
    const at = mark.index + mark[0].length;
    const cells = [...context.text.slice(at, at + 700).matchAll(/[^|\n\t]+/g)]
      .map((match) => ({ text: match[0].trim(), start: at + match.index + match[0].indexOf(match[0].trim()) }))
      .filter((cell) => cell.text.length >= 6);
    const [goal, result] = cells;
    if (
      goal === undefined ||
      result === undefined ||
      goal.text.replace(/\s/g, '') !== result.text.replace(/\s/g, '') ||
      /指标/.test(goal.text.slice(0, 6))
    )
      continue;
    findings.push(
      warning('goal-equals-result', {
        message: text('实际完成情况与预期目标一字不差，没有写完成了什么', 'the result repeats the goal word for word'),
        stated: result.text,
        expected: '实际完成情况',
        quotes: [
          { start: goal.start, end: goal.start + goal.text.length },
          { start: result.start, end: result.start + result.text.length },
        ],
      }),
    );
  }
  return [...findings, ...doubled(context)].slice(0, 2);
};

/** Where the cells run into each other: the stretch between the heads and the indicators is one text twice. */
const doubled: Detect = (context) => {
  const match = /(?:实际完成情况|完成情况综述)([^|\n\t]{16,900}?)(?:绩\s*效\s*指\s*标|一级指标)/.exec(context.text);
  if (match?.[1] === undefined) return [];
  const start = match.index + match[0].indexOf(match[1]);
  const said = match[1].replace(/[\s,;。]+/g, '');
  const half = said.length / 2;
  if (said.length < 12 || said.slice(0, half) !== said.slice(half)) return [];
  return [
    warning('goal-equals-result', {
      message: text('实际完成情况与预期目标一字不差，没有写完成了什么', 'the result repeats the goal word for word'),
      stated: said.slice(half),
      expected: '实际完成情况',
      quotes: [{ start, end: start + match[1].length }],
    }),
  ];
};
