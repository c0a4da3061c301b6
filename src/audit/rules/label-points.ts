import { text } from '../../problem/index.ts';
import type { Detect } from '../context.ts';
import { type Finding, warning } from '../finding.ts';

const LABEL = /(预算执行(?:情况|率)?|绩效目标|绩效指标)(\d?)[^\d;。%分]{0,24}?\s{0,3}(\d{1,3})\s{0,2}分\s{0,2}\)/g;

interface Label {
  readonly budget: boolean;
  readonly numbered: boolean;
  readonly points: number;
  readonly start: number;
  readonly end: number;
}

/** 预算执行情况(20分) and 年度绩效目标(98分): the points in the heads of the two halves of one form are above 100. */
export const labelPoints: Detect = (context) => {
  const labels = [...context.text.matchAll(LABEL)].map(
    (match): Label => ({
      budget: (match[1] ?? '').startsWith('预算'),
      numbered: (match[2] ?? '') !== '',
      points: Number(match[3]),
      start: match.index,
      end: match.index + match[0].length,
    }),
  );
  return labels.flatMap((budget, at): Finding[] => {
    const goal = labels[at + 1];
    const next = labels[at + 2];
    // Numbered goals share the rest between them; a head said twice belongs to another form.
    if (!budget.budget || goal === undefined || goal.budget || goal.numbered) return [];
    if (next !== undefined && !next.budget) return [];
    const sum = budget.points + goal.points;
    if (sum <= 100 || goal.points === 100 || budget.points > 30 || goal.points > 110) return [];
    return [
      warning('weights-not-100', {
        message: text(
          `表头写的 ${budget.points} 分与 ${goal.points} 分相加为 ${sum}，不是 100`,
          `the ${budget.points} and ${goal.points} points in the heads make ${sum}, not 100`,
        ),
        stated: String(sum),
        expected: '100',
        quotes: [budget, goal].map(({ start, end }) => ({ start, end })),
      }),
    ];
  });
};
