import { text } from '../../problem/index.ts';
import { Exact, toFixed } from '../../quantity/index.ts';
import { type Detect, nameOf, rowQuotes } from '../context.ts';
import { type Finding, warning } from '../finding.ts';
import { fulfilment } from './overfulfilment-without-reason.ts';

/** The actual is twice the target or more: the target asked for too little. */
export const targetTooLow: Detect = (context) => [...ofRows(context), ...told(context), ...plannedAndDone(context)];

const ofRows: Detect = (context) =>
  context.rows.flatMap((row): Finding[] => {
    const ratio = fulfilment(row);
    if (ratio === undefined || ratio.lt(Exact.of(2)) || ratio.gt(Exact.of(100))) return [];
    return [
      warning('target-too-low', {
        message: text(
          `“${nameOf(row)}”完成值是目标的 ${toFixed(ratio, { places: 2, mode: 'half-up' })} 倍，目标可能偏低`,
          `“${nameOf(row)}” reached ${toFixed(ratio, { places: 2, mode: 'half-up' })} times its target: set too low`,
        ),
        stated: row.target?.text ?? '',
        expected: row.actual?.text ?? '',
        quotes: rowQuotes(row),
      }),
    ];
  });

const MANIFOLD =
  /(?:完成率|完工率|任务完成比例)(?:为|达到|达)?\s*([2-9]\d{2}|[1-9]\d{3})(?:\.\d+)?\s*%|任务数?(?:为|是)?\s*(\d+)\s*([户人个座处亩台家])[^。;\n\d]{0,12}(?:完成|改造)\s*(\d+)\s*\3/g;

/** 完工率243%, or 任务数为105户,实际完成242户. */
const told: Detect = (context) =>
  [...context.text.matchAll(MANIFOLD)]
    .filter((match) => match[1] !== undefined || Number(match[4]) >= 2 * Number(match[2]))
    .slice(0, 1)
    .map((match) =>
      warning('target-too-low', {
        message: text(
          `“${match[0]}”是任务的两倍以上，目标可能偏低`,
          `“${match[0]}” is more than twice the target: set too low`,
        ),
        stated: match[0],
        expected: '<200%',
        quotes: [{ start: match.index, end: match.index + match[0].length }],
      }),
    );

const PLANNED =
  /(?:提供|支持|计划|目标|完成|不少于)[^,。;\n\d]{0,6}(\d{1,6})\s{0,2}(人次|户|场次?|人|个|处)(\p{Script=Han}{4})/gu;

/** 为患者提供120人次精康服务 in the plan and 接受精康服务260人次 in the results. */
const plannedAndDone: Detect = (context) => {
  const head = /(?:绩效)?目标(?:实现|完成)情况|完成情况分析/.exec(context.text);
  if (head === null) return [];
  const done = context.text.slice(head.index);
  for (const match of [...context.text.slice(0, head.index).matchAll(PLANNED)].slice(0, 20)) {
    const [, planned = '0', unit = '', noun = ''] = match;
    const found = new RegExp(`${noun}\\s{0,2}(\\d{1,7})\\s{0,2}${unit}`).exec(done);
    if (found === null || Number(planned) < 10) continue;
    const ratio = Exact.of(found[1] ?? '0').div(Exact.of(planned));
    if (ratio.lt(Exact.of(2)) || ratio.gt(Exact.of(100))) continue;
    const start = head.index + found.index;
    return [
      warning('target-too-low', {
        message: text(
          `目标 ${planned}${unit}，完成 ${found[1]}${unit}，目标可能偏低`,
          `${found[1]} done of a target of ${planned}: set too low`,
        ),
        stated: `${planned}${unit}`,
        expected: `${found[1]}${unit}`,
        quotes: [
          { start: match.index, end: match.index + match[0].length },
          { start, end: start + found[0].length },
        ],
      }),
    ];
  }
  return [];
};
