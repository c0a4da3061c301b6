import { text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import type { AuditContext } from '../context.ts';
import { type Finding, warning } from '../finding.ts';
import { proseOf } from './prose-text.ts';

const TIER = /(≥|>|大于等于|达到|不低于|高于)(\d+(?:\.\d+)?)%(?:\(含\))?(?:及?以上)?(?:的)?,?得(\d+(?:\.\d+)?|满)分/g;
/** How many cells before the rule the result may stand. */
const REACH = 5;

/** ≥75%得5分,≥70%得3分 is printed beside 72.40%, and 5 are given. */
export function printedTiers(context: AuditContext): Finding[] {
  const prose = proseOf(context);
  if (!/得(?:\d|满)/.test(prose.text)) return [];
  const cells = [...prose.text.matchAll(/[^|\n]+/g)];
  return cells.flatMap((cell, at): Finding[] => {
    const tiers = [...cell[0].matchAll(TIER)].map((match) => ({
      strict: /^[>高]/.test(match[1] ?? ''),
      bound: Exact.of(match[2] ?? '0'),
      points: match[3] === '满' ? undefined : Exact.of(match[3] ?? '0'),
    }));
    const [best, next] = tiers;
    if (best === undefined || next === undefined || /酌情|扣/.test(cell[0])) return [];
    const before = cells.slice(Math.max(0, at - REACH), at).map((each) => each[0].trim());
    const results = new Set(before.flatMap((each) => (/^\d+(?:\.\d+)?%$/.test(each) ? [each] : [])));
    const [result] = results;
    const score = cells.slice(at + 1, at + 3).find((each) => /^\d{1,2}(?:\.\d+)?分?$/.test(each[0].trim()));
    if (result === undefined || results.size !== 1 || score === undefined) return [];
    const value = Exact.of(result.replace('%', ''));
    const reached = tiers.filter((tier) => (tier.strict ? value.gt(tier.bound) : value.ge(tier.bound)));
    const due = reached.map((tier) => tier.points).filter((points) => points !== undefined);
    const given = Exact.of(score[0].trim().replace('分', ''));
    // The best tier that is reached; where one gives full marks the weight would have to be known.
    if (reached.length === 0 || due.length !== reached.length) return [];
    const points = Exact.max(due[0] ?? Exact.zero, ...due);
    if (points.eq(given)) return [];
    return [
      warning('score-formula-mismatch', {
        message: text(
          `评分规则写“${cell[0].trim()}”，完成 ${result} 应得 ${points} 分，写的是 ${given} 分`,
          `by “${cell[0].trim()}” ${result} gives ${points} points, not ${given}`,
        ),
        stated: given.toString(),
        expected: points.toString(),
        quotes: [cell, score].map((each) => prose.span(each.index, each.index + each[0].length)),
      }),
    ];
  });
}
