import { text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import type { AuditContext } from '../context.ts';
import { type Finding, type Span, warning } from '../finding.ts';
import { NUMBER, numberOf, type ProseText, proseOf, type Told } from './prose-text.ts';

const RULE = 'component-sum-mismatch';
const UNIT = '(亿元|万元|元|万人次|万人|人次|人|名|户|家|件|个|份|场|笔|起|例|所)';
const LABEL = '[^,、;。:\\n|\\d()]{1,20}';
/** 甲12.60万元、乙8.35万元、丙4.75万元,合计25.70万元. */
const TRAILING = new RegExp(
  `(?<=^|[:。;,、)])${LABEL}(?:为|:)?${NUMBER}${UNIT}(?:[,、;]${LABEL}(?:为|:)?${NUMBER}\\2){2,14}[,、;。](?:以上|上述)?(?:各项|几项)?(?:共计|合计|总计|总共|小计)(?:支出|资金|金额|投入|费用)?(?:为|:)?${NUMBER}\\2`,
  'gm',
);
/** 处理41家,其中约谈29家、暂停协议9家、解除协议3家. */
const LEADING = new RegExp(
  `${NUMBER}${UNIT}[,:(。;](?:其中|包括|分别为|分别是)[:,]?${LABEL}(?:为|:)?${NUMBER}\\2(?:[,、;及和]${LABEL}(?:为|:)?${NUMBER}\\2){1,14}(?![次/])`,
  'g',
);
const ITEM = new RegExp(`${NUMBER}${UNIT}`, 'g');
/** Ages and spans of years inside a label are no figures of the list. */
const AGES = /\d{1,3}(?:[-~—至]\d{1,3})?周?岁(?:及?以[上下])?|\d{1,3}[-~—至]\d{1,3}(?=岁|周岁|年)/g;
const OTHER =
  /约(?=\d)|近(?=\d)|已|结[余转]|剩余|上年|去年|同期|人均|户均|每|较|增长|下降|占|标准|目标|计划|任务|预算|应|不低于|累计|其中.*其中/;
/** Heads that overlap. */
const OVERLAPS = /女|男|党员|残疾|老年|青年|未成年|脱贫|贫困|低收入|新增|重点|低保|特困|监测|儿童|学生/;

/** Lists in running text that do not add up to the total told behind or before them. */
export function listsAndTotals(context: AuditContext): Finding[] {
  const prose = proseOf(context);
  const text = prose.text.replace(AGES, (ages) => '岁'.repeat(ages.length));
  return [...trailing(prose, text), ...leading(prose, text)];
}

function itemsIn(prose: ProseText, list: string, at: number): Told[] {
  return [...list.matchAll(ITEM)].map((item) => prose.told(at + item.index, item[1] ?? '0', item[2] ?? ''));
}

function trailing(prose: ProseText, text: string): Finding[] {
  return [...text.matchAll(TRAILING)].slice(0, 20).flatMap((match): Finding[] => {
    const items = itemsIn(prose, match[0], match.index);
    const total = items.pop();
    if (total === undefined || OTHER.test(match[0])) return [];
    // What was given is not what was spent of it.
    if (/计支出/.test(match[0]) && /补助|配套|到位|下达|拨款/.test(match[0])) return [];
    // The list may begin with a whole of its own: any run of items up to the total may make it.
    const sums = items.map((_, from) => Exact.sum(items.slice(from).map((item) => item.value)));
    const [sum] = sums;
    if (sum === undefined || sums.some((each) => each.eq(total.value))) return [];
    const longer = prose.text.slice(Math.max(0, match.index - 1), match.index);
    if (/[,、]/.test(longer) && sum.lt(total.value)) return [];
    return differing(items, total, sum);
  });
}

function leading(prose: ProseText, text: string): Finding[] {
  return [...text.matchAll(LEADING)].slice(0, 40).flatMap((match): Finding[] => {
    const [total, ...items] = itemsIn(prose, match[0], match.index);
    const list = match[0].slice(match[0].search(/其中|包括|分别/));
    const heads = /人|户|名/.test(match[2] ?? '');
    if (total === undefined || OTHER.test(list) || (heads && OVERLAPS.test(list))) return [];
    const sums = items.map((_, at) => Exact.sum(items.slice(0, at + 1).map((item) => item.value)));
    const sum = sums.at(-1);
    if (sum === undefined || sums.some((each) => each.eq(total.value))) return [];
    if (sum.lt(total.value) && sum.mul(Exact.of(10)).lt(total.value.mul(Exact.of(9)))) return [];
    return differing(items, total, sum);
  });
}

function differing(items: readonly Told[], total: Told, sum: Exact): Finding[] {
  const gap = sum.sub(total.value).abs();
  const slack = Exact.sum([...items, total].map((item) => Exact.ratio(1n, 2n * 10n ** BigInt(item.places))));
  // 42.72万人 of 15.85万人 and 26.86万人: each rounded by itself.
  const mixed = total.unit.endsWith('元') ? items.some((item) => item.places !== total.places) : total.places > 0;
  if ((mixed && gap.le(slack)) || gap.mul(Exact.of(4)).gt(total.value)) return [];
  return [
    warning(RULE, {
      message: text(
        `所列 ${items.length} 项相加为 ${sum}${total.unit}，合计写 ${total.digits}${total.unit}`,
        `the ${items.length} items add up to ${sum}${total.unit}, the total says ${total.digits}${total.unit}`,
      ),
      stated: `${total.digits}${total.unit}`,
      expected: `${sum}${total.unit}`,
      quotes: [total, ...items].map(({ start, end }): Span => ({ start, end })),
    }),
  ];
}

const INITIAL = new RegExp(
  `年初(?:[^,。;\\n|\\d]{0,10}?预算|安排)(?:数|资金|安排|为|共|:){0,3}${NUMBER}(万元|亿元|元)`,
  'g',
);
const ADJUSTED = new RegExp(`调整后(?:的)?(?:全年|年度|项目)?预算(?:数|资金|为|:){0,3}${NUMBER}(万元|亿元|元)`, 'g');
const CHANGED = new RegExp(
  `(?:调减|核减|压减|追减|调增|追加|增加|减少)(?:[^,。;\\n|\\d]{0,12}?(?:预算|经费|资金))?(?:了|额|为)?${NUMBER}(万元|亿元|元)`,
  'g',
);

/** 年初预算1725.17万元, 调减13.40万元, 调整后全年预算1701.77万元. */
export function budgetChange(context: AuditContext): Finding[] {
  const prose = proseOf(context);
  const [initial, adjusted, changed] = [INITIAL, ADJUSTED, CHANGED].map((pattern) => [
    ...new Map([...prose.text.matchAll(pattern)].map((match) => [match[1], match])).values(),
  ]);
  const [a, b, c] = [initial?.[0], adjusted?.[0], changed?.[0]];
  if (a === undefined || b === undefined || c === undefined) return [];
  if ([initial, adjusted, changed].some((found) => found?.length !== 1) || a[2] !== b[2] || b[2] !== c[2]) return [];
  const [from, to, by] = [a, b, c].map((match) => numberOf(match[1] ?? '0').value);
  if (from === undefined || to === undefined || by === undefined) return [];
  const change = to.sub(from).abs();
  if (change.eq(by) || change.isZero || (change.lt(by) && by.div(change).gt(Exact.of(20)))) return [];
  return [
    warning(RULE, {
      message: text(
        `“${a[0]}”到“${b[0]}”变化 ${change}${a[2]}，写的是“${c[0]}”`,
        `“${a[0]}” to “${b[0]}” is a change of ${change}, but “${c[0]}” is printed`,
      ),
      stated: c[0],
      expected: `${change}${a[2]}`,
      quotes: [a, b, c].map((match) => prose.span(match.index, match.index + match[0].length)),
    }),
  ];
}
