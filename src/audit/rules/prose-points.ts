import { text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import type { AuditContext } from '../context.ts';
import { type Finding, type Span, warning } from '../finding.ts';

const CLASS = '(决策|过程|产出|效益|效果|投入|管理|满意度|预算执行|绩效)';
const ITEM = new RegExp(
  `${CLASS}(?:类|方面|部分|情况|绩效)?(?:指标)?[,:(（]{0,2}(?:满分|分值|权重|总分|标准分)?(?:为|是|:)?\\s?(\\d{1,3}(?:\\.\\d{1,2})?)\\s?分[)）]?[,、]?(?:自评|实际|评价|实)?(?:得分|得)(?:为|是|:)?\\s?(\\d{1,3}(?:\\.\\d{1,2})?)\\s?分`,
  'g',
);

interface Item extends Span {
  readonly name: string;
  readonly full: Exact;
  readonly got: Exact;
}

/** 决策满分20分,得21分. */
export function proseExcess(context: AuditContext): Finding[] {
  return itemsOf(context)
    .filter((item) => item.got.gt(item.full))
    .slice(0, 4)
    .map((item) =>
      warning('score-exceeds-weight', {
        message: text(
          `${item.name}满分 ${item.full} 分，却得 ${item.got} 分`,
          `“${item.name}” scores ${item.got} of ${item.full}`,
        ),
        stated: item.got.toString(),
        expected: `≤${item.full}`,
        quotes: [spanOf(item)],
      }),
    );
}

/** 决策(20分)、过程(20分)、产出(30分)、效益(25分), said to be 100 in all. */
export function proseWeights(context: AuditContext): Finding[] {
  return context.sentences.flatMap((sentence): Finding[] => {
    if (!/满分(?:为|共)?\s?100|总分(?:为|共)?\s?100|百分制|共(?:计)?100分/.test(sentence.text)) return [];
    const items = [
      ...sentence.text.matchAll(
        /(决策|过程|产出|效益|效果|投入|满意度|预算执行)(?:类|情况|率)?(?:指标)?[(（]?(?:权重|分值|占|为|满分)?\s?(\d{1,2})\s?分/g,
      ),
    ];
    if (new Set(items.map((item) => item[1])).size !== items.length || items.length < 3 || /得/.test(sentence.text))
      return [];
    const sum = Exact.sum(items.map((item) => Exact.of(item[2] ?? '0')));
    if (sum.eq(Exact.hundred) || sum.lt(Exact.of(80)) || sum.gt(Exact.of(120))) return [];
    return [
      warning('weights-not-100', {
        message: text(`所列各类分值相加为 ${sum}，不是 100`, `the listed weights add up to ${sum}, not 100`),
        stated: sum.toString(),
        expected: '100',
        quotes: [{ start: sentence.start, end: sentence.end }],
      }),
    ];
  });
}

function itemsOf(context: AuditContext): readonly Item[] {
  return [...context.text.matchAll(ITEM)].map((match) => ({
    name: match[1] ?? '',
    full: Exact.of(match[2] ?? '0'),
    got: Exact.of(match[3] ?? '0'),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

function spanOf({ start, end }: Span): Span {
  return { start, end };
}
