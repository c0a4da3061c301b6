import { text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import type { AuditContext } from '../context.ts';
import { type Finding, warning } from '../finding.ts';
import { NUMBER, proseOf } from './prose-text.ts';

const MOVED = '(?:提高|上升|增长|提升|增加|下降|降低|减少)(?:了)?';
const YEARS = new RegExp(
  `${NUMBER}%[,(](?:上年|去年|上一年)(?:同期)?(?:参保率|满意度)?(?:为|是)?${NUMBER}%[,)]*(?:同比|较上年|比上年|较去年|比去年)?${MOVED}${NUMBER}个百分点`,
  'g',
);
const FROM_TO = new RegExp(
  `[由从](?:上年|去年|20\\d\\d年)?的?${NUMBER}%${MOVED}[到至](?:今年|20\\d\\d年)?的?${NUMBER}%,?[^,。;\\d]{0,6}${MOVED}${NUMBER}个百分点`,
  'g',
);
/** Two shares that make the whole: 已拨付92.4%,未拨付7.6%. */
const HALVES = [
  `已([^,。;\\d]{2,6}?)(?:资金)?(?:占|为)?${NUMBER}%[,、]未\\1(?:资金)?(?:占|为)?${NUMBER}%`,
  `男(性)?(?:占|为)?${NUMBER}%[,、]女(?:性)?(?:占|为)?${NUMBER}%`,
].map((pattern) => new RegExp(pattern, 'g'));

/** 96.8%, 上年96.2%, 较上年提高0.8个百分点. */
export function pointsOfDifference(context: AuditContext): Finding[] {
  const prose = proseOf(context);
  return [...prose.text.matchAll(YEARS), ...prose.text.matchAll(FROM_TO)].slice(0, 10).flatMap((match): Finding[] => {
    const [a, b, c] = [match[1], match[2], match[3]].map((digits) => Exact.of(digits ?? '0'));
    if (a === undefined || b === undefined || c === undefined) return [];
    const moved = a.sub(b).abs();
    if (moved.sub(c).abs().lt(Exact.ratio(1n, 10n))) return [];
    return [
      warning('rate-mismatch', {
        message: text(
          `${match[1]}% 与 ${match[2]}% 相差 ${moved} 个百分点，写的是 ${match[3]} 个百分点`,
          `${match[1]}% and ${match[2]}% are ${moved} points apart, but ${match[3]} is printed`,
        ),
        stated: `${match[3]}个百分点`,
        expected: `${moved}个百分点`,
        quotes: [prose.span(match.index, match.index + match[0].length)],
      }),
    ];
  });
}

/** Two shares of one whole that do not make 100%. */
export function halves(context: AuditContext): Finding[] {
  const prose = proseOf(context);
  return HALVES.flatMap((pattern) => [...prose.text.matchAll(pattern)]).flatMap((match): Finding[] => {
    const sum = Exact.of(match[2] ?? '0').add(Exact.of(match[3] ?? '0'));
    if (sum.sub(Exact.hundred).abs().le(Exact.ratio(1n, 10n))) return [];
    return [
      warning('component-sum-mismatch', {
        message: text(`“${match[0]}”相加为 ${sum}%，不是 100%`, `“${match[0]}” adds up to ${sum}%, not 100%`),
        stated: `${sum}%`,
        expected: '100%',
        quotes: [prose.span(match.index, match.index + match[0].length)],
      }),
    ];
  });
}
