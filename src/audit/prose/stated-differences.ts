import { text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import type { AuditContext } from '../context.ts';
import { type Finding, type Span, warning } from '../finding.ts';
import { NUMBER, proseOf, type Told } from './prose-text.ts';

const RULE = 'component-sum-mismatch';
const UNIT = '(万元|亿元|元|万人|人|户|家|件|场|份|个)';
const GAP = new RegExp(`(?:缺口|相差|差额|差|少|短缺|尚缺|还差)(?:为|共|约)?${NUMBER}${UNIT}`, 'g');
const CHANGE = new RegExp(
  `(?:由|从)(?:年初)?(?:的)?${NUMBER}${UNIT}[^。;\\n|\\d]{0,12}(?:调整|增加|追加|调增|调减|减少|核减|提高|降低)(?:为|到|至)${NUMBER}\\2,?[^。;\\n|\\d]{0,10}?(增加|追加|调增|净增|调减|减少|核减|提高|降低)(?:了|额|资金)?${NUMBER}\\2`,
  'g',
);
const IN_ALL = new RegExp(
  `([二两三四五六七八九])(?:项|类|级|部分|者|批|笔)(?:资金|费用|支出|款项)?(?:共计|合计|总计|共|相加)(?:为|达)?${NUMBER}${UNIT}`,
  'g',
);
const COUNT = new Map([...'二三四五六七八九'].map((digit, at) => [digit, at + 2] as const)).set('两', 2);

/** Differences and sums told beside their figures: 缺口40960人; 由84万元调整为90万元,增加8万元; 三项共187.99万元. */
export function statedDifferences(context: AuditContext): Finding[] {
  return [...gaps(context), ...changes(context), ...inAll(context)];
}

function make(message: readonly [string, string], stated: Told, expected: Exact, quotes: readonly Span[]): Finding {
  return warning(RULE, {
    message: text(...message),
    stated: `${stated.digits}${stated.unit}`,
    expected: `${expected}${stated.unit}`,
    quotes: quotes.map(({ start, end }) => ({ start, end })),
  });
}

/** 任务512000人,参保471040人,缺口41960人: no two figures before it in the passage differ by so much. */
function gaps(context: AuditContext): Finding[] {
  const prose = proseOf(context);
  return [...prose.text.matchAll(GAP)].slice(0, 10).flatMap((match): Finding[] => {
    if (!/缺口|相差|尚缺|还差/.test(match[0])) return [];
    const from = prose.text.lastIndexOf('。', match.index - 1) + 1;
    const sentence = prose.text.slice(Math.max(from, match.index - 120), match.index);
    if (/[|]|其中|乡|镇/.test(sentence)) return [];
    const near = figures(context, Math.max(0, match.index - 400), match.index, match[2] ?? '');
    const here = figures(context, match.index - sentence.length, match.index, match[2] ?? '');
    const [digits = '0', unit = ''] = [match[1], match[2]];
    const told = prose.told(match.index + match[0].lastIndexOf(digits), digits, unit);
    const [first, second, third] = here;
    if (first === undefined || second === undefined || third !== undefined) return [];
    if (near.some((a) => near.some((b) => a.value.sub(b.value).eq(told.value)))) return [];
    const gap = first.value.sub(second.value).abs();
    if (gap.isZero || gap.div(told.value).gt(Exact.of(2)) || told.value.div(gap).gt(Exact.of(2))) return [];
    return [
      make(
        [
          `${first.digits} 与 ${second.digits} 相差 ${gap}，写的是“${match[0]}”`,
          `${first.digits} and ${second.digits} differ by ${gap}, but “${match[0]}” is printed`,
        ],
        told,
        gap,
        [first, second, told],
      ),
    ];
  });
}

function figures(context: AuditContext, from: number, to: number, unit: string): Told[] {
  const prose = proseOf(context);
  return [...prose.text.slice(from, to).matchAll(new RegExp(`${NUMBER}${UNIT}(?!次)`, 'g'))]
    .filter((match) => match[2] === unit)
    .map((match) => prose.told(from + match.index, match[1] ?? '0', unit));
}

function changes(context: AuditContext): Finding[] {
  const prose = proseOf(context);
  return [...prose.text.matchAll(CHANGE)].slice(0, 5).flatMap((match): Finding[] => {
    const [, a = '0', unit = '', b = '0', , c = '0'] = match;
    const [one, other, said] = [a, b, c].map((digits) => Exact.of(digits.replaceAll(',', '')));
    if (one === undefined || other === undefined || said === undefined) return [];
    const change = other.sub(one).abs();
    if (change.eq(said)) return [];
    const quote = prose.span(match.index, match.index + match[0].length);
    const told = { ...quote, digits: c, value: said, places: 0, unit };
    return [
      make(
        [
          `${a} 到 ${b} 变化 ${change}${unit}，写的是 ${c}${unit}`,
          `${a} to ${b} is a change of ${change}${unit}, but ${c}${unit} is printed`,
        ],
        told,
        change,
        [quote],
      ),
    ];
  });
}

/** As many amounts as the word says, right before it. */
function inAll(context: AuditContext): Finding[] {
  const prose = proseOf(context);
  return [...prose.text.matchAll(IN_ALL)].slice(0, 10).flatMap((match): Finding[] => {
    const [, word = '', digits = '0', unit = ''] = match;
    const count = COUNT.get(word) ?? 0;
    const from = prose.text.lastIndexOf('。', match.index - 1) + 1;
    const parts = figures(context, Math.max(from, match.index - 200), match.index, unit).slice(-count);
    const total = prose.told(match.index + match[0].lastIndexOf(digits), digits, unit);
    const sum = Exact.sum(parts.map((part) => part.value));
    if (parts.length !== count || sum.eq(total.value)) return [];
    const gap = sum.sub(total.value).abs();
    const slack = Exact.sum([...parts, total].map((each) => Exact.ratio(1n, 2n * 10n ** BigInt(each.places))));
    if (gap.mul(Exact.of(5)).gt(total.value) || (parts.some((each) => each.places !== total.places) && gap.le(slack)))
      return [];
    return [
      make(
        [
          `前列 ${count} 项相加为 ${sum}${unit}，写的是“${match[0]}”`,
          `the ${count} items before it add up to ${sum}${unit}, but “${match[0]}” is printed`,
        ],
        total,
        sum,
        [total, ...parts],
      ),
    ];
  });
}
