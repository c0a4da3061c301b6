import { text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import { type Detect, figure, totalRow } from '../context.ts';
import { type Finding, type Span, warning } from '../finding.ts';
import { bonus } from './bonus.ts';

const RULE = 'total-mismatch';
const NUMBER = /^\d{1,3}(?:\.\d{1,3})?$/;
/** A third number is a second score, of the reviewer. */
const TOTAL =
  /(?:总分|合计|总计)[\s|]{1,12}100(?:\.0{1,2})?分?[\s|]{1,6}(\d{1,3}(?:\.\d{1,3})?)(?=[\s|分]|$)(?!分?[\s|]{1,6}\d)/g;

interface Pair extends Span {
  readonly weight: Exact;
  readonly score: Exact;
}

/**
 * A form with a row a line whose rows could not all be read: weight and score are the last two plain numbers that stand
 * beside each other in a line. Weights that make exactly 100 prove that all pairs were found.
 */
export const lineTotals: Detect = (context) => {
  const [total, second] = [...context.text.matchAll(TOTAL)];
  const heads = [...context.text.matchAll(/三级指标/g)];
  const head = heads[heads.length - 1];
  if (total?.[1] === undefined || second !== undefined || head === undefined || head.index > total.index) return [];
  if (
    heads.length > 2 ||
    context.tables.length !== 1 ||
    bonus(context) ||
    /[加扣减]\s{0,2}\d{1,2}(?:\.\d)?\s{0,2}分/.test(context.text)
  )
    return [];
  const budget = totalRow(context.tables[0]?.budget);
  const [weight, score] = [figure(budget?.weight), figure(budget?.score)];
  const own: Pair[] =
    budget === undefined || budget.unreadable || weight === undefined || score === undefined
      ? []
      : [{ weight: weight.value.value, score: score.value.value, start: score.start, end: score.end }];
  // The heads are printed again where the page breaks.
  const used = [...new Set([head.index, heads[0]?.index ?? head.index])]
    .map((from) => pairsIn(context.text, from, total.index))
    .flatMap((pairs) => [pairs, [...own, ...pairs]])
    .find((each) => Exact.sum(each.map((pair) => pair.weight)).eq(Exact.hundred));
  if (used === undefined || used.length < 4) return [];
  const sum = Exact.sum(used.map((pair) => pair.score));
  const stated = Exact.of(total[1]);
  const places = total[1].split('.')[1]?.length ?? 0;
  const slack = used.some((pair) => !pair.score.mul(Exact.of(10 ** places)).isInteger)
    ? Exact.ratio(1n, 2n * 10n ** BigInt(places))
    : Exact.zero;
  if (stated.isZero || sum.sub(stated).abs().le(slack)) return [];
  return [
    warning(RULE, {
      message: text(
        `总分写 ${total[1]}，各行得分相加为 ${sum}`,
        `the total says ${total[1]}; the scores of the lines add up to ${sum}`,
      ),
      stated: total[1],
      expected: sum.toString(),
      quotes: [
        { start: total.index, end: total.index + total[0].length },
        ...used.map(({ start, end }) => ({ start, end })),
      ],
    }),
  ] satisfies Finding[];
};

function pairsIn(whole: string, from: number, to: number): Pair[] {
  const pairs: Pair[] = [];
  for (const line of whole.slice(from, to).matchAll(/[^\n]+/g)) {
    const cells = [...line[0].matchAll(/[|\t]/.test(line[0]) ? /[^|\t]+/g : /\S+/g)]
      .map((cell) => ({ text: cell[0].trim(), start: from + line.index + cell.index, length: cell[0].length }))
      .filter((cell) => cell.text !== '');
    for (let at = cells.length - 1; at > 0; at -= 1) {
      const [left, right] = [cells[at - 1], cells[at]];
      if (left === undefined || right === undefined || !NUMBER.test(left.text) || !NUMBER.test(right.text)) continue;
      const [weight, score] = [Exact.of(left.text), Exact.of(right.text)];
      if (score.le(weight)) pairs.push({ weight, score, start: left.start, end: right.start + right.length });
      break;
    }
  }
  return pairs;
}
