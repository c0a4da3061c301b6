import { text } from '../../problem/index.ts';
import type { Detect } from '../context.ts';
import { warning } from '../finding.ts';
import type { Statement } from '../statements/statement.ts';

/** One quantity stated twice in different numbers, or one target bounded from both sides: ≥177297 and ≤177297. */
export const narrativeContradiction: Detect = (context) => [...statedTwice(context), ...otherLevel(context)];

const statedTwice: Detect = (context) =>
  context.quantities
    .filter(({ grade }) => grade === 'contradictory')
    .filter(({ one, other }) => one.role === 'target' || (one.source === 'prose' && other.source === 'prose'))
    .slice(0, 5)
    .map(({ one, other }) =>
      warning('narrative-contradiction', {
        message: text(
          `“${one.subject}”一处写 ${said(one)}，另一处写 ${said(other)}`,
          `“${one.subject}” is “${said(one)}” in one place and “${said(other)}” in another`,
        ),
        stated: said(one),
        expected: said(other),
        quotes: [one, other].map((statement) => ({ start: statement.start, end: statement.end })),
      }),
    );

function said(statement: Statement): string {
  return statement.text.replace(/\s+/g, '');
}

const BY_LEVEL =
  /(中央|省|市|县|区)(?:级|本级)?(?:财政)?(?:专项|补助|配套)?(?:资金|补助)?(?:转移支付)?(?:共|为|:)?\s*(\d[\d,]*(?:\.\d+)?)\s*万元/g;

/** 中央级资金124.23万元 in one place and 省级资金转移支付124.23万元 in another, where 省级 had another amount. */
const otherLevel: Detect = (context) => {
  const said = [...context.text.matchAll(BY_LEVEL)].map((match) => ({
    level: match[1] ?? '',
    amount: (match[2] ?? '').replaceAll(',', ''),
    start: match.index,
    end: match.index + match[0].length,
  }));
  for (const one of said) {
    // A round amount may well be given twice.
    if (one.amount.replace('.', '').replace(/0+$/, '').length < 4) continue;
    const other = said.find((each) => each.amount === one.amount && each.level !== one.level && each.start > one.end);
    const before = said.find((each) => each.level === other?.level && each.amount !== one.amount);
    if (other === undefined || before === undefined || before.start > other.start) continue;
    const words = (each: typeof one): string => context.text.slice(each.start, each.end).trim();
    return [
      warning('narrative-contradiction', {
        message: text(
          `同一金额一处写“${words(one)}”，另一处写“${words(other)}”，而“${words(before)}”`,
          `“${words(one)}” in one place is “${words(other)}” in another, beside “${words(before)}”`,
        ),
        stated: words(other),
        expected: words(one),
        quotes: [one, before, other].map(({ start, end }) => ({ start, end })),
      }),
    ];
  }
  return [];
};
