import { text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import { type Detect, figure, nameOf, span } from '../context.ts';
import { type Finding, notice, warning } from '../finding.ts';
import { isBounded, isCost } from './full-score-but-target-missed.ts';

/** An operator against the sense of the indicator: ≥100% of a rate that cannot exceed it, ≤ on an output, ≥ on a cost. */
export const directionMismatch: Detect = (context) => [...ofRows(context), ...ofSentences(context)];

/** 合格率≥100% in a goal or a result told in words. */
const ofSentences: Detect = (context) =>
  [...context.text.matchAll(/[\p{Script=Han}()]{2,20}率\s*(?:≥|>=|不低于|不少于)\s*100\s*%/gu)]
    .filter(
      (match) =>
        !context.rows.some(
          (row) =>
            (row.target !== undefined &&
              row.target.end > match.index &&
              row.target.start < match.index + match[0].length) ||
            (nameOf(row).length >= 4 && match[0].includes(nameOf(row))),
        ),
    )
    .slice(0, 4)
    .map((match) =>
      notice('direction-mismatch', {
        message: text(`“${match[0]}”不可能超过 100%，应写 =100%`, `“${match[0]}” cannot exceed 100%: write =100%`),
        stated: match[0],
        expected: '=100%',
        quotes: [{ start: match.index, end: match.index + match[0].length }],
      }),
    );

const ofRows: Detect = (context) =>
  context.rows.flatMap((row): Finding[] => {
    const target = figure(row.target);
    if (target?.value.operator === undefined) return [];
    const { operator, value, unit } = target.value;
    const quotes = span(row.name, row.target, row.actual);
    const name = nameOf(row);
    if ((operator === '≥' || operator === '>') && unit === '%' && value.eq(Exact.hundred))
      return [
        notice('direction-mismatch', {
          message: text(`“${name}”不可能超过 100%，应写 =100%`, `“${name}” cannot exceed 100%: write =100%`),
          stated: target.text,
          expected: '=100%',
          quotes,
        }),
      ];
    const output = /数量|质量|效益|满意|影响/.test(row.level2) || /满意|覆盖|达标|合格/.test(name);
    if ((operator === '≤' || operator === '<') && output && !isBounded(row))
      return [
        warning('direction-mismatch', {
          message: text(
            `“${name}”是越多越好的指标，目标却写 ${target.text}`,
            `“${name}” counts upwards, its target says “${target.text}”`,
          ),
          stated: target.text,
          expected: target.text.replace(/≤|<=|<|≦/, '≥'),
          quotes,
        }),
      ];
    if (
      (operator === '≥' || operator === '>') &&
      isCost(row) &&
      !/节约|控制率|降低|达标|标准/.test(name) &&
      unit !== '%'
    )
      return [
        warning('direction-mismatch', {
          message: text(
            `“${name}”是成本指标，目标却写 ${target.text}`,
            `“${name}” is a cost, its target says “${target.text}”`,
          ),
          stated: target.text,
          expected: target.text.replace(/≥|>=|>|≧/, '≤'),
          quotes,
        }),
      ];
    return [];
  });
