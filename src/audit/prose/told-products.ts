import { text } from '../../problem/index.ts';
import { Exact, toFixed } from '../../quantity/index.ts';
import type { AuditContext } from '../context.ts';
import { type Finding, proven, type Span, warning } from '../finding.ts';
import type { Operand } from '../proof/proof.ts';
import { NUMBER, numberOf, proseOf, type Told } from './prose-text.ts';

const RULE = 'product-mismatch';
/** 151216人×113.2元/人=1711.77万元. */
const PRINTED = new RegExp(
  `(?<![×*xX]\\s{0,2})${NUMBER}(万)?(?:人次?|户|份|家|个|台|套|亩|名)[×*xX]${NUMBER}元(?:/[人户份家个台套亩名年次]{1,3})?[=≈]${NUMBER}(万)?元`,
  'g',
);
const AVERAGE = new RegExp(`(人均|户均|次均)[^,。;\\n|\\d]{0,8}?${NUMBER}(元|次)`, 'g');
const COUNT_OF = new Map([
  ['人均', '人(?!次|均)|名'],
  ['户均', '户(?!均)'],
  ['次均', '人次|例'],
]);

/** Products and averages printed beside their figures. */
export function toldProducts(context: AuditContext): Finding[] {
  return [...printed(context), ...averages(context)];
}

function printed(context: AuditContext): Finding[] {
  const prose = proseOf(context);
  return [...prose.text.matchAll(PRINTED)].slice(0, 20).flatMap((match): Finding[] => {
    const [, count = '0', countIn, rate = '0', amount = '0', amountIn] = match;
    const at = (digits: string, from: number): number => match.index + match[0].indexOf(digits, from);
    const times = /[×*xX]/.exec(match[0])?.index ?? 0;
    const equals = match[0].search(/[=≈]/);
    const left = prose.told(at(count, 0), count, '');
    const right = prose.told(at(rate, times), rate, '');
    const product = prose.told(at(amount, equals), amount, '');
    const scale = (amountIn === undefined ? Exact.one : Exact.of(10000)).div(
      countIn === undefined ? Exact.one : Exact.of(10000),
    );
    const due = left.value.mul(right.value).div(scale);
    const half = Exact.ratio(1n, 2n * 10n ** BigInt(product.places));
    if (
      due
        .sub(product.value)
        .abs()
        .le(half.mul(Exact.of(2)))
    )
      return [];
    const unit = amountIn === undefined ? '元' : '万元';
    const expected = `${toFixed(due, { places: 2, mode: 'half-up' })}${unit}`;
    const facts = {
      message: text(
        `${match[0].slice(0, equals)} = ${expected}，写的是 ${amount}${unit}`,
        `${match[0].slice(0, equals)} = ${expected}, but ${amount}${unit} is printed`,
      ),
      stated: `${amount}${unit}`,
      expected,
      quotes: [prose.span(match.index, match.index + match[0].length)],
    };
    if (match[0].includes('≈')) return [warning(RULE, facts)];
    return [
      proven(
        RULE,
        {
          kind: 'product-differs',
          left: operandOf('数量', left),
          right: operandOf('标准', right),
          scale,
          product: operandOf('金额', product),
        },
        context.source,
        facts,
      ),
    ];
  });
}

function operandOf(label: string, { value, places, start, end }: Told): Operand {
  return { label, value, places, start, end };
}

/** 救助12370人,支出1655.36万元,人均1338.21元: the one amount over the one count of the passage. */
function averages(context: AuditContext): Finding[] {
  const prose = proseOf(context);
  return [...prose.text.matchAll(AVERAGE)].slice(0, 20).flatMap((match): Finding[] => {
    const [words, per = '', digits = '0', unit = ''] = match;
    if (/标准|补助|筹资|缴费|支配|目标|不低于|不超过|预算/.test(words)) return [];
    const from = prose.text.lastIndexOf('。', match.index - 1) + 1;
    const sentence = prose.text.slice(from, match.index);
    if (sentence.includes('|') || sentence.includes('\n') || /上年|标准|目标|其中/.test(sentence)) return [];
    const counts = figures(sentence, COUNT_OF.get(per) ?? '');
    const whole = unit === '次' ? figures(sentence, '人次|次') : figures(sentence, '元');
    const [count, otherCount] = counts;
    const [amount, otherAmount] = whole;
    if (count === undefined || amount === undefined || otherCount !== undefined || otherAmount !== undefined) return [];
    const { value, places } = numberOf(digits);
    if (count.value.isZero || value.isZero) return [];
    const due = amount.value.div(count.value);
    const step = Exact.ratio(1n, 10n ** BigInt(places));
    // The amount is rounded too.
    const slack = step.add(amount.step.div(count.value));
    const share = due.div(value);
    if (due.sub(value).abs().le(slack) || share.gt(Exact.of(3)) || share.lt(Exact.ratio(1n, 3n))) return [];
    const expected = `${toFixed(due, { places: Math.max(places, 1), mode: 'half-up' })}${unit}`;
    const at = prose.span(match.index, match.index + words.length);
    return [
      warning(RULE, {
        message: text(
          `${amount.text} ÷ ${count.text} = ${expected}，写的是“${words}”`,
          `${amount.text} ÷ ${count.text} = ${expected}, but “${words}” is printed`,
        ),
        stated: `${digits}${unit}`,
        expected,
        quotes: [at, prose.span(from + amount.at, from + amount.at + amount.text.length)].map(
          ({ start, end }): Span => ({ start, end }),
        ),
      }),
    ];
  });
}

interface Figure {
  readonly value: Exact;
  readonly step: Exact;
  readonly text: string;
  readonly at: number;
}

function figures(sentence: string, units: string): readonly Figure[] {
  return [...sentence.matchAll(new RegExp(`${NUMBER}(万|亿)?(?:${units})`, 'g'))].map((match) => {
    const { value, places } = numberOf(match[1] ?? '0');
    const scale = match[2] === '万' ? Exact.of(10000) : match[2] === '亿' ? Exact.of(100000000) : Exact.one;
    return {
      value: value.mul(scale),
      step: scale.div(Exact.of(10n ** BigInt(places))),
      text: match[0],
      at: match.index,
    };
  });
}
