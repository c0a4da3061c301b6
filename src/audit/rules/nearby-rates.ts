import { text } from '../../problem/index.ts';
import { Exact, type ParsedNumber, toFixed } from '../../quantity/index.ts';
import { type AuditContext, figure, numbersIn } from '../context.ts';
import { type Finding, type Span, warning } from '../finding.ts';

const RULE = 'rate-mismatch';
/** Characters before a rate in which its two amounts are told. */
const NEAR = 420;
const RATE =
  /(?:预算|资金|项目|经费)?(?:执行率|支出率|支付率|使用率|拨付率|支出进度|执行进度|拨付比例|到位率)(?:为|达到|达|是|约|:)*\s{0,2}(\d{1,3}(?:\.\d{1,4})?)\s?%/g;
const SPENT = /(?:支出|发放|执行|支付|使用|拨付|上解|兑付)[^,。;:\d]{0,12}$/;
const ARRIVED = /(?:实际到位|到位)[^,。;:\d]{0,12}$/;
const GIVEN = /(?:预算|下达|安排|到位|总投资|总额|指标|资金|拨款|计划|应)[^,。;:\d]{0,14}$/;

/** An execution rate in words or in a line of figures that no two amounts near it give. Which two they are is an inference. */
export function nearbyRates(context: AuditContext): Finding[] {
  const read = context.tables.some((table) =>
    table.budget?.rows.some(
      (row) => !row.unreadable && figure(row.rate) !== undefined && figure(row.executed) !== undefined,
    ),
  );
  const lines = new Map((read ? [] : inLines(context)).map((each) => [each.message.zh, each]));
  return [...inWords(context), ...lines.values()];
}

/** 下达资金1520万元…全年共发放1386.40万元,预算执行率93.21%. */
function inWords(context: AuditContext): Finding[] {
  return [...context.text.matchAll(RATE)].slice(0, 20).flatMap((match): Finding[] => {
    const at = match.index;
    if (context.tables.some((table) => at >= table.start && at <= table.end)) return [];
    if (/上年|去年|平均|累计|序时|目标|不低于|同期|≥/.test(context.text.slice(Math.max(0, at - 14), at))) return [];
    const from = Math.max(0, at - NEAR, sectionStart(context.text, at));
    const stated = rateOf(match[1] ?? '0');
    const amounts = money(numbersIn(context, from, Math.min(context.text.length, at + match[0].length + 60)));
    const before = amounts.filter((amount) => amount.end <= at);
    const done = match[0].includes('到位率') ? ARRIVED : SPENT;
    const whole = before.find((amount) => GIVEN.test(lead(context, amount)) && !done.test(lead(context, amount)));
    const part = before.findLast((amount) => amount !== whole && done.test(lead(context, amount)));
    if (whole === undefined || part === undefined || before.length > 12) return [];
    if (before.some((amount) => amount.comparator !== undefined)) return [];
    const everywhere = context.numbers.length > 400 ? amounts : money(context.numbers);
    if (gives(everywhere.map(yuan), stated)) return [];
    const [of, all] = [yuan(part), yuan(whole)];
    if (all.isZero || of.gt(all.mul(Exact.of(2)))) return [];
    return [
      finding(part.text, whole.text, match[0], `${match[1]}%`, percent(of.div(all)), [whole, part, spanOf(match)]),
    ];
  });
}

const LABEL = /资金|合计|总额|拨款|补助|预算|总计|经费|保费|支出/;
const HEAD = /执行率|支出率|支付率|拨付比例|执行进度|支出进度|比例/;

/** 资金合计 1860000.00 1860000.00 1909200.00 100%, also where the figures stand between 预算执行情况 and its heads. */
function inLines(context: AuditContext): Finding[] {
  const head = context.text.search(HEAD);
  if (head < 0) return [];
  const pattern = /(?<![\d.%])((?:\d[\d,]{0,15}(?:\.\d{1,6})?[\s|]{1,4}){2,5})(\d{1,3}(?:\.\d{1,4})?)%/g;
  const found = [...context.text.matchAll(pattern)].filter((match) => match.index > head && match.index - head < 1500);
  return found.slice(0, 4).flatMap((match): Finding[] => {
    const digits = (match[1] ?? '').split(/[\s|]+/).filter((cell) => cell !== '');
    const values = digits.map((cell) => Exact.of(cell.replaceAll(',', '')));
    const [first] = values;
    const label = context.text.slice(Math.max(0, match.index - 16), match.index);
    if (first === undefined || first.isZero || !(LABEL.test(label) || first.ge(Exact.hundred))) return [];
    // 10 behind the amounts is the weight.
    const amounts = values.filter(
      (value, at) => at < 2 || !(value.isInteger && value.le(Exact.of(20))) || first.le(Exact.of(20)),
    );
    const [part, whole] = [amounts[amounts.length - 1], amounts[amounts.length - 2]];
    const stated = rateOf(match[2] ?? '0');
    if (part === undefined || whole === undefined || whole.isZero || amounts.length < 2) return [];
    const ofLast = values.some(
      (each, at) => at < values.lastIndexOf(part) && !each.isZero && isShare(part, each, stated),
    );
    if (ofLast || part.gt(whole.mul(Exact.of(2))) || part.mul(Exact.hundred).lt(whole)) return [];
    return [
      finding(part.toString(), whole.toString(), `${match[2]}%`, `${match[2]}%`, percent(part.div(whole)), [
        spanOf(match),
      ]),
    ];
  });
}

interface Rate {
  readonly value: Exact;
  readonly step: Exact;
}

function rateOf(digits: string): Rate {
  const places = digits.split('.')[1]?.length ?? 0;
  return { value: Exact.of(digits), step: Exact.ratio(1n, 10n ** BigInt(places)) };
}

/** Whether one amount is the stated share of another, rounded or cut off. */
function gives(amounts: readonly Exact[], { value, step }: Rate): boolean {
  const distinct = [...new Map(amounts.map((amount) => [amount.toString(), amount])).values()].slice(0, 60);
  if (value.eq(Exact.hundred) && distinct.length < amounts.length && amounts.length < 4) return true;
  return distinct.some((whole) =>
    distinct.some(
      (part) => isShare(part, whole, { value, step }) && (part !== whole || distinct.length < amounts.length),
    ),
  );
}

function isShare(part: Exact, whole: Exact, { value, step }: Rate): boolean {
  return !whole.isZero && part.div(whole).mul(Exact.hundred).sub(value).abs().lt(step);
}

function money(numbers: readonly ParsedNumber[]): readonly ParsedNumber[] {
  return numbers.filter(
    (number) =>
      number.kind === 'quantity' &&
      number.unit?.dimension === 'money' &&
      number.range === undefined &&
      !number.value.isZero,
  );
}

function yuan(number: ParsedNumber): Exact {
  return number.value.mul(number.unit?.factor ?? Exact.one);
}

function lead(context: AuditContext, number: ParsedNumber): string {
  return context.text.slice(Math.max(0, number.start - 18), number.start);
}

/** A rate speaks of the money of its own section. */
function sectionStart(folded: string, at: number): number {
  const before = folded.slice(Math.max(0, at - NEAR), at);
  const heads = [...before.matchAll(/\n\s{0,4}[一二三四五六七八九]、/g)];
  const last = heads[heads.length - 1];
  return last === undefined ? 0 : at - before.length + last.index;
}

function spanOf(match: RegExpExecArray): Span {
  return { start: match.index, end: match.index + match[0].length };
}

function percent(share: Exact): string {
  return `${toFixed(share.mul(Exact.hundred), { places: 2, mode: 'half-up' })}%`;
}

function finding(
  part: string,
  whole: string,
  words: string,
  stated: string,
  expected: string,
  quotes: readonly Span[],
): Finding {
  return warning(RULE, {
    message: text(
      `${part} ÷ ${whole} = ${expected}，写的是“${words.trim()}”`,
      `${part} ÷ ${whole} = ${expected}, but “${words.trim()}” is printed`,
    ),
    stated,
    expected,
    quotes: quotes.map(({ start, end }) => ({ start, end })),
  });
}
