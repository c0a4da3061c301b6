import { text } from '../../problem/index.ts';
import { Exact, type ParsedNumber } from '../../quantity/index.ts';
import { type AuditContext, numbersIn, type Sentence } from '../context.ts';
import { type Finding, warning } from '../finding.ts';

const RULE = 'component-sum-mismatch';
const IN_ALL = /(?:合计|共计|总计|总共|资金总额|总额|全年共|三级共|累计共|共)[^,。;、:\d]{0,8}$/;
/** Words that make an amount something else than one item of a list. */
const OTHER =
  /其中|占|比|增|减|人均|户均|亩均|每|标准|结余|结转|剩余|节约|预算|计划|目标|任务|上年|去年|累计|已|应|实际|到位|约|超|不足|缺口|退回|收回|调整|尚/;
const NOT_SUM = /结余|结转|剩余|节约|受益|惠及|完成率|退回|收回|缺口|达到|超/;

/** 上半年支出180万元,下半年支出165万元,全年共支出355万元: like amounts one after the other and their sum. */
export function listedSums(context: AuditContext): Finding[] {
  return context.sentences.flatMap((sentence) =>
    /(?:计|总共|总额|共)[^,。;、:\d]{0,8}\d/.test(sentence.text) && sentence.text.length <= 200
      ? ofSentence(context, sentence)
      : [],
  );
}

function ofSentence(context: AuditContext, sentence: Sentence): Finding[] {
  const numbers = numbersIn(context, sentence.start, sentence.end).filter(
    (number) => number.kind === 'quantity' && number.unit !== undefined && number.range === undefined,
  );
  const before = (at: number): string =>
    context.text.slice(at === 0 ? sentence.start : (numbers[at - 1]?.end ?? sentence.start), numbers[at]?.start ?? 0);
  const at = numbers.findIndex((_, nth) => nth >= 2 && IN_ALL.test(before(nth)));
  const total = numbers[at];
  if (total === undefined || total.comparator !== undefined || NOT_SUM.test(before(at))) return [];
  const parts = numbers.slice(0, at).filter((number) => number.unitText === total.unitText);
  // Every figure before the total is an item: one a clause, in the unit of the total.
  if (parts.length !== at || parts.some((part) => part.comparator !== undefined)) return [];
  const words = parts.map((_, nth) => before(nth).replace(/^.*[:：]/, ''));
  if (words.some((each) => OTHER.test(each) || (each.match(/[,、;]/g) ?? []).length > 1)) return [];
  if (words.slice(1).some((each) => !/[,、;和及]/.test(each)) || /[。!?]/.test(before(at))) return [];
  return compare(parts, total);
}

function compare(parts: readonly ParsedNumber[], total: ParsedNumber): Finding[] {
  const sum = Exact.sum(parts.map((part) => part.value));
  const gap = sum.sub(total.value).abs();
  // The last two of three may be parts of the first; far off it is another quantity.
  const partial = parts.some((part) => part.value.eq(total.value) || sum.sub(part.value).eq(total.value));
  if (gap.isZero || partial || gap.mul(Exact.of(4)).gt(total.value)) return [];
  const finer = Math.max(...parts.map((part) => part.places)) > total.places;
  if (finer && gap.lt(Exact.ratio(1n, 10n ** BigInt(total.places)))) return [];
  return [
    warning(RULE, {
      message: text(
        `所列各项相加为 ${sum}${total.unitText}，合计写 ${total.text}`,
        `the items add up to ${sum}${total.unitText}, the total says ${total.text}`,
      ),
      stated: total.text,
      expected: `${sum}${total.unitText}`,
      quotes: [total, ...parts].map(({ start, end }) => ({ start, end })),
    }),
  ];
}
