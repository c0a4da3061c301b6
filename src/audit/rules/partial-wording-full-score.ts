import { text } from '../../problem/index.ts';
import { type Detect, figure, nameOf, readable, span } from '../context.ts';
import { type Finding, proven, warning } from '../finding.ts';
import { findBandRule } from '../printed-rules/find-scoring-rules.ts';
import { outsideBand } from '../printed-rules/outside-band.ts';

const PARTIAL =
  /^(?:基本|大部分|部分|较好|有所|初步|大体|逐步|较为|较明显|一定|比较)|基本(?:达成|完成|达到|实现|满意)|有待/;

const RULE = 'partial-wording-full-score';

/**
 * 基本达成目标 is the second band (80–60%) and has the full score. Where the document prints the bands and the result
 * is said in the words of one of them, that is certain.
 */
export const partialWordingFullScore: Detect = (context) => {
  const bands = findBandRule(context.text);
  return context.rows.flatMap((row): Finding[] => {
    const weight = figure(row.weight);
    const score = figure(row.score);
    if (
      row.actual === undefined ||
      weight === undefined ||
      score === undefined ||
      !readable(row, 'actual', 'weight', 'score')
    )
      return [];
    if (
      !score.value.value.eq(weight.value.value) ||
      !PARTIAL.test(row.actual.text) ||
      row.actual.text === row.target?.text
    )
      return [];
    const parts = {
      message: text(
        `“${nameOf(row)}”完成情况写“${row.actual.text}”，属部分达成，却得满分 ${score.text}`,
        `“${nameOf(row)}” is said to be “${row.actual.text}” and has the full score`,
      ),
      stated: `${row.actual.text} ${score.text}`,
      expected: `<${weight.text}`,
      quotes: [...span(row.actual, row.score), ...span(bands)],
    };
    const outside = bands === undefined ? undefined : outsideBand(context, row, bands);
    return [outside === undefined ? warning(RULE, parts) : proven(RULE, outside.proof, context.source, parts)];
  });
};
