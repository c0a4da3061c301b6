import { text } from '../../problem/index.ts';
import type { Detect } from '../context.ts';
import { type Finding, warning } from '../finding.ts';

/** The result repeats the goal word for word. */
export const goalEqualsResult: Detect = (context) => {
  const findings: Finding[] = [];
  const marks = [...context.text.matchAll(/(?:实际完成情况|全年实际完成情况|完成情况综述|年度目标完成情况)/g)];
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
  return (findings.length > 0 ? findings : [...doubled(context), ...listed(context)]).slice(0, 2);
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

/** 目标1, 目标2 in lines of their own, then the same lines again; or both in one line with a space between. */
const listed: Detect = (context) => {
  for (const mark of [...context.text.matchAll(/完成情况|总\s{0,3}体\s{0,3}目\s{0,3}标/g)].slice(0, 8)) {
    const at = mark.index + mark[0].length;
    const rest = context.text.slice(at, at + 900);
    const end = rest.search(/一\s{0,3}级|绩\s{0,3}效\s{0,3}指\s{0,3}标|年度绩效/);
    const zone = end < 0 ? rest.slice(0, 300) : rest.slice(0, end);
    const stretch = twiceInLines(zone) ?? twiceInLine(zone);
    if (stretch === undefined) continue;
    return [
      warning('goal-equals-result', {
        message: text('实际完成情况与预期目标一字不差，没有写完成了什么', 'the result repeats the goal word for word'),
        stated: stretch.said,
        expected: '实际完成情况',
        quotes: [{ start: at + stretch.start, end: at + stretch.end }],
      }),
    ];
  }
  return [];
};

interface Stretch {
  readonly said: string;
  readonly start: number;
  readonly end: number;
}

function twiceInLines(zone: string): Stretch | undefined {
  const lines = [...zone.matchAll(/[^\n|]+/g)].filter((line) => line[0].trim() !== '');
  const half = lines.length / 2;
  if (half < 2 || half > 8 || !Number.isInteger(half)) return undefined;
  const words = lines.map((line) => line[0].replace(/\s/g, ''));
  const said = words.slice(0, half).join('');
  if (said.length < 12 || said !== words.slice(half).join('')) return undefined;
  const last = lines[lines.length - 1];
  return { said, start: lines[0]?.index ?? 0, end: (last?.index ?? 0) + (last?.[0].length ?? 0) };
}

function twiceInLine(zone: string): Stretch | undefined {
  for (const line of zone.matchAll(/[^\n|]+/g)) {
    const words = [...line[0].matchAll(/\S+/g)];
    const at = words.findIndex(
      (word, nth) => word[0] === words[nth + 1]?.[0] && (word[0].match(/\p{Script=Han}/gu)?.length ?? 0) >= 7,
    );
    const [one, two] = [words[at], words[at + 1]];
    if (at < 0 || at > 4 || one === undefined || two === undefined) continue;
    return { said: one[0], start: line.index + one.index, end: line.index + two.index + two[0].length };
  }
  return undefined;
}
