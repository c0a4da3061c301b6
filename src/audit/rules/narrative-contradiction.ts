import { text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import type { Detect } from '../context.ts';
import { warning } from '../finding.ts';
import { personsBeyondTimes } from '../prose/persons-beyond-times.ts';
import { toldTwice } from '../prose/told-twice.ts';
import type { Statement } from '../statements/statement.ts';

/** One quantity stated twice in different numbers, or one target bounded from both sides: ≥177297 and ≤177297. */
export const narrativeContradiction: Detect = (context) => [
  ...statedTwice(context),
  ...otherLevel(context),
  ...wholeForLevel(context),
  ...personsBeyondTimes(context),
  ...toldTwice(context),
];

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

const OF_LEVEL =
  /(中央|省|市|县|区)(?:级|本级)?(?:财政)?(?:下达|拨付|安排|专项|补助|配套)?(?:资金|补助)(?:共|为|:)?\s{0,2}(\d[\d,]{0,11}(?:\.\d{1,6})?)\s{0,2}万元/g;
const WHOLE = /(?:总投资|共计|合计|总计|总额)(?:为|共|:)?\s{0,2}(\d[\d,]{0,11}(?:\.\d{1,6})?)\s{0,2}万元/g;

/** 中央财政资金31.4万元 and 县财政资金31.4万元, 共计62.8万元; then 中央下达资金62.8万元: the whole is said to be one level's. */
const wholeForLevel: Detect = (context) => {
  const amounts = [...context.text.matchAll(OF_LEVEL)].map((match) => ({
    level: match[1] ?? '',
    value: Exact.of((match[2] ?? '0').replaceAll(',', '')),
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
  const wholes = [...context.text.matchAll(WHOLE)].map((match) => Exact.of((match[1] ?? '0').replaceAll(',', '')));
  for (const claimed of amounts.slice(0, 60)) {
    if (!wholes.some((whole) => whole.eq(claimed.value))) continue;
    const part = amounts.find((each) => each.level === claimed.level && each.value.lt(claimed.value));
    const rest = amounts.find(
      (each) => part !== undefined && each.level !== part.level && each.value.add(part.value).eq(claimed.value),
    );
    if (part === undefined || rest === undefined) continue;
    return [
      warning('narrative-contradiction', {
        message: text(
          `一处写“${part.text}”加“${rest.text}”，另一处把合计写成“${claimed.text}”`,
          `“${part.text}” and “${rest.text}” in one place; “${claimed.text}”, their sum, in another`,
        ),
        stated: claimed.text,
        expected: part.text,
        quotes: [part, rest, claimed].map(({ start, end }) => ({ start, end })),
      }),
    ];
  }
  return [];
};

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
  const byAmount = new Map<string, typeof said>();
  for (const each of said) {
    const alike = byAmount.get(each.amount);
    if (alike === undefined) byAmount.set(each.amount, [each]);
    else alike.push(each);
  }
  for (const one of said) {
    // A round amount may well be given twice.
    if (one.amount.replace('.', '').replace(/0+$/, '').length < 4) continue;
    const other = byAmount.get(one.amount)?.find((each) => each.level !== one.level && each.start > one.end);
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
