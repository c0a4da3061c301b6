import { text } from '../../problem/index.ts';
import type { Detect } from '../context.ts';
import { type Finding, notice } from '../finding.ts';

/** 我县 in one place and 我市 (or 全县 and 全市) in another, of one unit. */
export const unitNameInconsistent: Detect = (context) => {
  const findings: Finding[] = [];
  const own = [...context.text.matchAll(/我(县|市|区|省|旗)/g)];
  const [first] = own;
  const other = own.find((match) => match[1] !== first?.[1] && match[1] !== '省');
  if (first !== undefined && other !== undefined && first[1] !== '省')
    findings.push(
      notice('unit-name-inconsistent', {
        message: text(`一处称“${first[0]}”，另一处称“${other[0]}”`, `“${first[0]}” here, “${other[0]}” there`),
        stated: other[0],
        expected: first[0],
        quotes: [first, other].map((match) => ({ start: match.index, end: match.index + match[0].length })),
      }),
    );
  return [...findings, ...otherTown(context), ...otherBody(context)];
};

/** A town's report that names another town's government: text taken over from elsewhere. A list of towns is right. */
const otherTown: Detect = (context) => {
  const towns = [...context.text.matchAll(/(?<![、和与及])([\p{Script=Han}]{2}[镇乡])(?=人民政府(?!、|和|与|及))/gu)];
  const [own] = towns;
  const names = new Set(towns.map((match) => match[1]));
  const other = towns.find((match) => match[1] !== own?.[1]);
  if (own?.[1] === undefined || other === undefined || names.size !== 2) return [];
  const apart = context.text.split(own[1]).length - 1;
  if (apart < 2 && !/[我本]镇|[我本]乡/.test(context.text)) return [];
  return [
    notice('unit-name-inconsistent', {
      message: text(
        `“${own[1]}”的材料里出现“${other[0]}”人民政府，可能套用了别处文本`,
        `a paper of ${own[0]} speaks of the government of ${other[0]}`,
      ),
      stated: other[0],
      expected: own[0],
      quotes: [own, other].map((match) => ({ start: match.index, end: match.index + match[0].length })),
    }),
  ];
};

const BODIES: readonly RegExp[] = [
  /(?<![、和与及\p{Script=Han}])([\p{Script=Han}]{2,3}(?<![各全本我该市区省州个在由对向为])县)(?=(?:人民政府|[\p{Script=Han}]{1,6}局)(?!、|和|与|及))/gu,
  /(?<![、和与及\p{Script=Han}])([\p{Script=Han}]{2,4}(?:小学|幼儿园|卫生院))(?!、|和|与|及|[生教师])/gu,
];
const COMMON =
  /中心|实验|农村|城区|乡镇|各|初级|高级|完全|义务|公办|民办|所有|全|希望|寄宿|附属|第[一二三四五六]|我|本|该/;

/** 安仁县民政局 at the head and 永兴县民政局 below, 白云小学 and 红星小学: one paper, two bodies. */
const otherBody: Detect = (context) =>
  BODIES.flatMap((pattern): Finding[] => {
    const found = [...context.text.matchAll(pattern)].filter((match) => !COMMON.test(match[1] ?? ''));
    const [own] = found;
    const other = found.find((match) => match[1] !== own?.[1]);
    const names = new Set(found.map((match) => match[1]));
    if (own?.[1] === undefined || other?.[1] === undefined || names.size !== 2 || own.index > 200) return [];
    if (context.text.split(own[1]).length < 3 || other[1].includes(own[1]) || own[1].includes(other[1])) return [];
    return [
      notice('unit-name-inconsistent', {
        message: text(
          `“${own[1]}”的材料里出现“${other[1]}”，可能套用了别处文本`,
          `a paper of ${own[1]} speaks of ${other[1]}`,
        ),
        stated: other[1],
        expected: own[1],
        quotes: [own, other].map((match) => ({ start: match.index, end: match.index + match[0].length })),
      }),
    ];
  });
