import { text } from '../../problem/index.ts';
import { contains, Exact, type ParsedNumber, roundingInterval, toFixed } from '../../quantity/index.ts';
import { type AuditContext, numbersIn, type Sentence } from '../context.ts';
import { type Finding, warning } from '../finding.ts';

const RULE = 'rate-mismatch';

/** Rates told beside the figures they come of. Which figures those are is an inference, so each is asked for. */
export function proseRates(context: AuditContext): Finding[] {
  return [...beyondPlan(context), ...growth(context), ...context.sentences.flatMap((each) => ofPair(context, each))];
}

const RATE =
  /((?<!超额|超)完成(?:了)?(?:年度|全年|目标|参保|征缴|总|下达){0,3}(?:任务|目标|计划)(?:数|量)?的?|执行率|支付率|支出率|到位率|抽检率|抽查率|参保率|满意度|满意率|合格率|覆盖率|签约率|验收率|入户率|建档率|就业率|发放率|完成率|完工率|开工率|检测率|回收率|检验率|检查率|巡查率|整改率|办结率|兑付率|拨付率|受理率|随访率|接种率|入学率|安置率|公示率)(?:为|是|达到|达|:)?\s*(\d+(?:\.\d+)?)\s*%/g;
const WHOLE = /应|预算|下达|安排|年初|计划|任务|目标|抽查|抽检|问卷|调查|走访|回访|测评|总|发放|发出|受理/;
const PART = /实|支出|支付|拨付|发放|使用|执行|参保|合格|到位|已|完成|满意|收回|回收|有效|办结|整改/;

/** 应检120户,实检108户,抽检率95%: no two figures of the clause give the rate. */
function ofPair(context: AuditContext, sentence: Sentence): Finding[] {
  let from = sentence.start;
  return [...sentence.text.matchAll(RATE)].flatMap((match): Finding[] => {
    const at = sentence.start + match.index;
    const words = context.text.slice(from, at);
    const start = from;
    from = at + match[0].length;
    if (words.length > 80 || !WHOLE.test(words) || !PART.test(words)) return [];
    const numbers = numbersIn(context, start, at);
    if (/^满意/.test(match[0]) && !/满意[^\d,。]{0,6}\d/.test(words)) return [];
    const [first, second] = numbers;
    if (first === undefined || second === undefined || numbers.length > 4) return [];
    if (!numbers.every((number) => plain(number, first))) return [];
    const stated = Exact.of(match[2] ?? '0');
    const places = (match[2] ?? '').split('.')[1]?.length ?? 0;
    const step = Exact.ratio(1n, 10n ** BigInt(places));
    const given = (part: ParsedNumber, whole: ParsedNumber): boolean =>
      part !== whole &&
      !whole.value.isZero &&
      part.value.div(whole.value).mul(Exact.hundred).sub(stated).abs().lt(step);
    if (numbers.some((part) => numbers.some((whole) => given(part, whole)))) return [];
    // 合格430人,总人数500人: the whole may be told behind its part.
    const [part, whole] = inOrder(numbers[numbers.length - 1] ?? second, numbers[numbers.length - 2] ?? first);
    if (whole.value.isZero || part.value.isZero) return [];
    // Another budget, a figure told before: any two figures near by may be the ones meant.
    const near = numbersIn(context, Math.max(0, start - 300), at + match[0].length + 100).filter((number) =>
      plain(number, first),
    );
    if (near.some((one) => near.some((other) => given(one, other)))) return [];
    const expected = percent(part.value.div(whole.value));
    return [
      warning(RULE, {
        message: text(
          `${part.text} ÷ ${whole.text} = ${expected}，写的是“${match[0]}”`,
          `${part.text} ÷ ${whole.text} = ${expected}, but “${match[0]}” is printed`,
        ),
        stated: `${match[2]}%`,
        expected,
        quotes: [
          ...numbers.map((number) => ({ start: number.start, end: number.end })),
          { start: at, end: at + match[0].length },
        ],
      }),
    ];
  });
}

function inOrder(one: ParsedNumber, other: ParsedNumber): readonly [part: ParsedNumber, whole: ParsedNumber] {
  return one.value.gt(other.value) ? [other, one] : [one, other];
}

/** One printed figure in the unit of another, neither a bound nor a range nor a rate. */
function plain(number: ParsedNumber, like: ParsedNumber): boolean {
  return (
    number.kind === 'quantity' &&
    number.range === undefined &&
    number.comparator === undefined &&
    number.unitText === like.unitText &&
    number.unit !== undefined &&
    number.unit.dimension !== 'ratio'
  );
}

const GROWTH =
  /[由从](?:20\d\d年的?)?(\d+(?:\.\d+)?)\s*([万亿]?[\p{Script=Han}]{1,3}?)(?:(?:增加|增长|提高|上升|提升|下降|减少|降低)[到至]|[增升降减提]至)(?:20\d\d年的?)?(\d+(?:\.\d+)?)\s*\2,?[^。;\n\d%]{0,8}(?:增长|增幅|提高|上升|下降|减少|降幅|降低)(?:了|为|达)?\s*(\d+(?:\.\d+)?)\s*%/gu;

const AGAINST =
  /(\d+(?:\.\d+)?)\s*([万亿]?[\p{Script=Han}]{1,3}),?(?:比|较|上年同期|上年|去年)(?:同期|上年|去年)?(?:的|为|是)?(\d+(?:\.\d+)?)\s*\2,?(?:同比)?(?:增长|增加|提高|上升|下降|减少|降低)(?:了|为|达)?\s*(\d+(?:\.\d+)?)\s*%/gu;

/** 由100万人次增加到120万人次,增长25%. */
function growth(context: AuditContext): Finding[] {
  const told = [...context.text.matchAll(GROWTH)].slice(0, 3).map((match) => ({ match, turned: false }));
  const against = [...context.text.matchAll(AGAINST)].slice(0, 3).map((match) => ({ match, turned: true }));
  return [...told, ...against].flatMap(({ match, turned }): Finding[] => {
    const [from, to, stated] = [match[turned ? 3 : 1], match[turned ? 1 : 3], match[4]].map((digits) =>
      Exact.of(digits ?? '0'),
    );
    if (from === undefined || to === undefined || stated === undefined || from.isZero) return [];
    const share = to.sub(from).abs().div(from);
    if (share.mul(Exact.hundred).sub(stated).abs().lt(Exact.one)) return [];
    return [
      warning(RULE, {
        message: text(
          `${match[1]} 到 ${match[3]} 变化 ${percent(share)}，写的是 ${match[4]}%`,
          `${match[1]} to ${match[3]} is a change of ${percent(share)}, but ${match[4]}% is printed`,
        ),
        stated: `${match[4]}%`,
        expected: percent(share),
        quotes: [{ start: match.index, end: match.index + match[0].length }],
      }),
    ];
  });
}

const BEYOND =
  /超(?:额|过|出)?(?:完成)?(?:年度|年初|计划|目标)?(?:任务|计划|目标)(?:数|量)?的?(?:约)?\s*(\d+(?:\.\d+)?)\s*%/g;
const PLANNED =
  /(?:任务|计划|目标)(?:数|量|任务|改造|补助)?(?:为|是|:)?\s*(\d+(?:\.\d+)?)\s*([户人个座处亩台家所场次间套]次?)[^。;\n]{0,12}?(?:实际)?(?:完成|改造|确定)(?:数|量)?(?:为|了|:)?\s*(\d+(?:\.\d+)?)\s*\2/g;

/** 任务105户,实际完成242户 and 超任务43%: no printed pair gives that excess. */
function beyondPlan(context: AuditContext): Finding[] {
  const pairs = [...context.text.matchAll(PLANNED)];
  const [first] = pairs;
  if (first === undefined) return [];
  return [...context.text.matchAll(BEYOND)].slice(0, 3).flatMap((match): Finding[] => {
    const digits = match[1] ?? '0';
    const implied = roundingInterval(Exact.of(digits), Math.max(0, digits.length - 1 - digits.search(/\.|$/)));
    const excess = pairs.flatMap((pair) => {
      const [plan, done] = [Exact.of(pair[1] ?? '0'), Exact.of(pair[3] ?? '0')];
      return plan.isZero ? [] : [done.sub(plan).div(plan).mul(Exact.hundred)];
    });
    const [one] = excess;
    const given = excess.some((each) => contains(implied, each) || each.sub(Exact.of(digits)).abs().le(Exact.one));
    if (one === undefined || given) return [];
    const expected = `${toFixed(one, { places: 1, mode: 'half-up' })}%`;
    return [
      warning(RULE, {
        message: text(
          `任务 ${first[1]}${first[2]}、完成 ${first[3]}${first[2]}，超出 ${expected}，写的是“${match[0]}”`,
          `${first[3]} done of ${first[1]} planned is ${expected} more, but “${match[0]}” is printed`,
        ),
        stated: `${digits}%`,
        expected,
        quotes: [first, match].map((each) => ({ start: each.index, end: each.index + each[0].length })),
      }),
    ];
  });
}

function percent(share: Exact): string {
  return `${toFixed(share.mul(Exact.hundred), { places: 1, mode: 'half-up' })}%`;
}
