import { text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import type { AuditContext } from '../context.ts';
import { type Finding, proven, type Span, warning } from '../finding.ts';
import type { Operand } from '../proof/proof.ts';
import { NUMBER, proseOf, type Told } from './prose-text.ts';

const RULE = 'component-sum-mismatch';
const LEVEL =
  '(?:中央|省|自治区|市|州|地市|县|区|旗|乡镇|乡|镇)(?:级|本级)?(?:财政)?(?:下达|安排|到位|拨付|承担|负担|补助|补贴|配套|专项|预算|转移支付){0,3}(?:资金|补助|经费)?(?:为|共|:)?';
/** 中央7298.31万元、省级3406.27万元、县级1549.27万元 without 其中 before them or with a page break inside. */
const RUN = new RegExp(`${LEVEL}${NUMBER}(万元|元|亿元)(?:[,、;及和](?:其中)?${LEVEL}${NUMBER}\\2){1,5}`, 'g');
const ONE = new RegExp(`(${LEVEL})${NUMBER}(万元|元|亿元)`, 'g');
const BEFORE = new RegExp(
  `${NUMBER}(万元|元|亿元)(?:/人|/年|每人)?[^,。;:\\n|\\d)]{0,8}[,:(](?:其中|包括|分别为|由|即|按)?[,:]?$`,
);
const AFTER = new RegExp(
  `^[,、;](?:[^,。;\\n|\\d]{0,8}(?:共计|合计|总计|三级共|四级共|各级共|共)[^,。;\\n|\\d]{0,10})${NUMBER}(万元|元|亿元)`,
);

/** An amount that is of one part, of another time or of another stage than the shares are. */
const OTHER_AMOUNT = /结[转余]|剩余|上年|去年|追加|调[增减整]|支出|支付|使用|执行|完成|应|尚|缺口|收回|人均|每|标准/;

/** The shares of the levels of government against the amount they are said to make up. */
export function levelSums(context: AuditContext): Finding[] {
  const prose = proseOf(context);
  return [...prose.text.matchAll(RUN)].slice(0, 40).flatMap((match): Finding[] => {
    const end = match.index + match[0].length;
    const from = Math.max(0, match.index - 40);
    const before = BEFORE.exec(prose.text.slice(from, match.index));
    const after = AFTER.exec(prose.text.slice(end, end + 48));
    const whole = after ?? before;
    if (whole === null || whole[2] !== match[2]) return [];
    const at = after === null ? from : end;
    const digits = whole[1] ?? '0';
    const explicit = after === null ? /[:(]|其中|包括|分别为|由|即/.test(whole[0]) : true;
    const named = after === null ? prose.text.slice(0, from + whole.index).slice(-10) : whole[0];
    const other = OTHER_AMOUNT.test(named.replace(/^.*[,。;:\n|)、]/, ''));
    const total = prose.told(at + whole.index + whole[0].indexOf(digits), digits, match[2] ?? '');
    const parts = [...match[0].matchAll(ONE)].map((each) => {
      const number = each[2] ?? '0';
      return {
        level: (each[1] ?? '').charAt(0),
        told: prose.told(match.index + each.index + (each[1] ?? '').length, number, ''),
      };
    });
    if (new Set(parts.map((part) => part.level)).size !== parts.length) return [];
    return differing(
      context,
      parts.map((part) => part.told),
      total,
      explicit && !other,
    );
  });
}

function differing(context: AuditContext, parts: readonly Told[], total: Told, certain: boolean): Finding[] {
  const sum = Exact.sum(parts.map((part) => part.value));
  // 其中中央700万元、省级300万元;县级配套120万元: the list may end before the run does.
  if (parts.some((_, at) => Exact.sum(parts.slice(0, at + 1).map((part) => part.value)).eq(total.value))) return [];
  const slack = Exact.sum([...parts, total].map((part) => Exact.ratio(1n, 2n * 10n ** BigInt(part.places))));
  const gap = sum.sub(total.value).abs();
  if (total.places < Math.max(...parts.map((part) => part.places)) && gap.le(slack)) return [];
  // Much less than the whole: a level was left out on purpose.
  if (sum.lt(total.value) && sum.mul(Exact.of(10)).lt(total.value.mul(Exact.of(9)))) return [];
  const facts = {
    message: text(
      `各级相加为 ${sum}${total.unit}，总额写 ${total.digits}${total.unit}`,
      `the levels add up to ${sum}${total.unit}, the total says ${total.digits}${total.unit}`,
    ),
    stated: `${total.digits}${total.unit}`,
    expected: `${sum}${total.unit}`,
    quotes: [total, ...parts].map(({ start, end }): Span => ({ start, end })),
  };
  // 年初结转120万元,中央1200万元、省级500万元: an amount beside the shares need not be their whole.
  if (!certain && sum.gt(total.value.mul(Exact.of(2)))) return [];
  if (!certain || sum.lt(total.value)) return [warning(RULE, facts)];
  return [
    proven(
      RULE,
      {
        kind: 'sum-differs',
        parts: parts.map((part) => operandOf('其中', part)),
        whole: operandOf('合计', total),
        rounded: true,
      },
      context.source,
      facts,
    ),
  ];
}

function operandOf(label: string, { value, places, start, end }: Told): Operand {
  return { label, value, places, start, end };
}
