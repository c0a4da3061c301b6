import { text } from '../../problem/index.ts';
import { Exact, type ParsedNumber, sameDimension } from '../../quantity/index.ts';
import { type AuditContext, type Detect, figure, numbersIn, operand, type Sentence, span } from '../context.ts';
import { type Finding, proven, warning } from '../finding.ts';
import { englishLabel } from '../labels.ts';
import type { Operand } from '../proof/proof.ts';
import { levelSums } from '../prose/level-sums.ts';
import { budgetChange, listsAndTotals } from '../prose/lists-and-totals.ts';
import { halves } from '../prose/points-of-difference.ts';
import { printedEquations } from '../prose/printed-equations.ts';
import { statedDifferences } from '../prose/stated-differences.ts';
import type { BudgetRow, BudgetTable } from '../read/table.ts';
import { columnSum, fundingColumns } from './funding-columns.ts';
import { gridSums } from './grid-columns.ts';
import { listedSums } from './listed-sums.ts';
import { proseSums } from './prose-sums.ts';

const RULE = 'component-sum-mismatch';
const ROLES = [
  ['initial', '年初预算数'],
  ['adjusted', '全年预算数'],
  ['executed', '全年执行数'],
] as const;

/** The sources of money do not add up to the total of money; a list in a sentence does not add up to its total. */
export const componentSumMismatch: Detect = (context) => [
  ...context.tables.flatMap((table) =>
    table.budget === undefined ? [] : checkBudget(context, table.budget, table.celled),
  ),
  ...inSentences(context),
  ...checkColumns(context),
];

/** A list told with 其中 and the shares of the levels in it are one finding. */
function inSentences(context: AuditContext): Finding[] {
  const lists = checkLists(context);
  const found = [...lists];
  const others = [
    ...gridSums(context),
    ...levelSums(context),
    ...listsAndTotals(context),
    ...listedSums(context),
    ...budgetChange(context),
    ...printedEquations(context, 'sum'),
    ...halves(context),
  ];
  for (const each of others)
    if (
      !found.some((one) =>
        one.quotes.some((quote) => each.quotes.some((other) => other.start <= quote.end && other.end >= quote.start)),
      )
    )
      found.push(each);
  return found;
}

function checkColumns(context: AuditContext): Finding[] {
  return fundingColumns(context).flatMap((column) => {
    const found = columnSum(column);
    if (found === undefined) return [];
    return [
      warning(RULE, {
        message: found.message,
        stated: column.whole.text,
        expected: found.sum.toString(),
        quotes: span(column.whole, ...column.parts),
      }),
    ];
  });
}

function checkBudget(context: AuditContext, budget: BudgetTable, celled: boolean): Finding[] {
  const [total, ...components] = budget.rows;
  if (total === undefined || !/总额|总计|合计/.test(total.name.text) || components.length < 1) return [];
  if ([total, ...components].some((row) => row.unreadable)) return partAboveWhole(total, components);
  // Where empty cells leave no trace, a row with fewer amounts than the total row may be shifted.
  const amounts = (row: BudgetRow): number => ROLES.filter(([role]) => row[role] !== undefined).length;
  if (!celled && components.some((row) => amounts(row) > 0 && amounts(row) !== amounts(total))) return [];
  return ROLES.flatMap(([role, label]) => checkRole(context, total, components, role, label));
}

function checkRole(
  context: AuditContext,
  total: BudgetRow,
  components: readonly BudgetRow[],
  role: 'initial' | 'adjusted' | 'executed',
  label: string,
): Finding[] {
  const whole = figure(total[role]);
  const parts = components.map((row) => figure(row[role])).filter((part) => part !== undefined);
  if (whole === undefined || parts.length === 0 || parts.length > 10) return [];
  if (parts.some((part) => part.value.unit !== whole.value.unit && part.value.unit !== '' && whole.value.unit !== ''))
    return [];
  const values = parts.map((part) => part.value.value);
  if (someSubsetIs(values, whole.value.value)) return [];
  const sum = Exact.sum(values);
  const blank = components.length > parts.length;
  const quotes = span(whole, ...parts);
  const message = text(
    `${label}：各来源相加为 ${sum}，总额写 ${whole.text}`,
    `${englishLabel(label)}: the sources add up to ${sum}, the total says ${whole.text}`,
  );
  const facts = { message, stated: whole.text, expected: sum.toString(), quotes };
  // 其中 rows may be a selection; a total below the sum of its parts never is right.
  if (sum.lt(whole.value.value) && (blank || components.length < 2))
    return parts.length < 2 ? [] : [warning(RULE, facts)];
  // A source whose name is not known may have been read over: only a sum above the total is certain.
  if (nested(components) || sum.lt(whole.value.value)) return [warning(RULE, facts)];
  return [
    proven(
      RULE,
      {
        kind: 'sum-differs',
        parts: parts.map((part) => operand(label, part)),
        whole: operand('总额', whole),
        rounded: true,
      },
      context.source,
      facts,
    ),
  ];
}

/** Sources beside it were not read, but one source alone is more than the total: 总额 0 and 其中:财政拨款 80. */
function partAboveWhole(total: BudgetRow, components: readonly BudgetRow[]): Finding[] {
  const amounts = (row: BudgetRow): number => ROLES.filter(([role]) => row[role] !== undefined).length;
  if (total.unreadable) return [];
  for (const part of components) {
    if (part.unreadable || amounts(part) < 2 || amounts(part) !== amounts(total)) continue;
    const above = ROLES.flatMap(([role, label]) => {
      const [whole, one] = [figure(total[role]), figure(part[role])];
      return whole !== undefined && one?.value.value.gt(whole.value.value) === true ? [{ label, whole, one }] : [];
    });
    const [first] = above;
    if (first === undefined || above.length < amounts(part)) continue;
    return [
      warning(RULE, {
        message: text(
          `${first.label}：“${part.name.text}”写 ${first.one.text}，总额却写 ${first.whole.text}`,
          `${englishLabel(first.label)}: a source of ${first.one.text} in a total of ${first.whole.text}`,
        ),
        stated: first.whole.text,
        expected: first.one.text,
        quotes: span(first.whole, first.one),
      }),
    ];
  }
  return [];
}

/** 其中：财政拨款 with 中央 and 省级 below it: the parts contain each other. */
function nested(components: readonly BudgetRow[]): boolean {
  return (
    components.some((row) => /财政/.test(row.name.text)) &&
    components.some((row) => /中央|省|市|县|区|上级|一般公共预算/.test(row.name.text)) &&
    components.length > 2
  );
}

function someSubsetIs(values: readonly Exact[], whole: Exact): boolean {
  let sums: Exact[] = [];
  for (const value of values) {
    const grown = [value, ...sums.map((sum) => sum.add(value))];
    if (grown.some((sum) => sum.eq(whole))) return true;
    sums = sums.concat(grown);
  }
  return false;
}

/** 甲40万元；乙2.75万元；…。共计3580.69万元 and 使用1709.1万元，其中甲454.1万元、乙670万元. */
function checkLists(context: AuditContext): Finding[] {
  return [
    ...checkTrailingTotal(context),
    ...checkLeadingTotal(context),
    ...checkCounts(context),
    ...proseSums(context),
    ...statedDifferences(context),
  ];
}

function money(numbers: readonly ParsedNumber[]): ParsedNumber[] {
  return numbers.filter(
    (number) =>
      number.kind === 'quantity' &&
      number.unit?.dimension === 'money' &&
      number.range === undefined &&
      number.comparator === undefined,
  );
}

/** Characters a list before its total may have. */
const LONGEST_LIST = 3000;

function checkTrailingTotal(context: AuditContext): Finding[] {
  const findings: Finding[] = [];
  const taken = /退回|收回|扣|冲减|减|已|尚|其中|结[余转]|剩余|缺口/;
  const beside = /^\s*[(,][^。;]{0,6}(?:含|包括|扣|另|加上)/;
  for (const match of context.text.matchAll(/(?:共计|合计|总计|共)(?=\d)/g)) {
    const at = match.index;
    const from = Math.max(0, at - LONGEST_LIST);
    const lineStart = from + context.text.slice(from, at).lastIndexOf('\n') + 1;
    const colon = context.text.slice(lineStart, at).search(/[:：]/);
    if (colon < 0) continue;
    const listStart = lineStart + colon + 1;
    const list = context.text.slice(listStart, at);
    const items = list.split(/[;；]/).filter((item) => item.trim() !== '');
    if (items.length < 3) continue;
    const inside = money(numbersIn(context, listStart, at));
    const total = money(numbersIn(context, at, at + 40).filter((number) => number.start <= at + 4))[0];
    // One amount an item, else nothing says what is added to what.
    if (total === undefined || inside.length !== items.length) continue;
    for (const finding of compareSum(
      context,
      inside,
      total,
      true,
      !taken.test(list) && !beside.test(context.text.slice(total.end, total.end + 12)),
    ))
      findings.push(finding);
  }
  return findings;
}

const OTHER_SUM =
  /\d|占|比|增[长加]|减少|下降|超|结余|结转|剩余|标准|每|人均|已|实际|实现|执行|支付|完成|未|调[增减整]|追加|压减|收回|到位|下达|拨付|合计|共计|总计|预算|计划|较|同期|上年|其中.*其中/;

/** 部门预算项目支出 is the name of a kind of money. */
const BUDGET_NAME = /(?:部门|专项|项目|一般公共|政府性基金)预算/g;

const AMONG = /其中[:,]?|包括[:,]?|分别为|[(](?=(?:中央|省|市|县|区)(?:级|本级|财政)?[^()]{0,80}元[^()]{0,80}元[)])/;

/** A list in brackets ends with them. */
function bracketEnd(sentence: Sentence, among: number): number {
  const open = sentence.text.lastIndexOf('(', among);
  if (open < 0 || /[^\s(]/.test(sentence.text.slice(open, among))) return sentence.end;
  const close = sentence.text.indexOf(')', open);
  return close < 0 ? sentence.end : sentence.start + close;
}

function checkLeadingTotal(context: AuditContext): Finding[] {
  const findings: Finding[] = [];
  for (const sentence of context.sentences) {
    const among = sentence.text.search(AMONG);
    // Finding numbers is dear; without 元 there is no money among them.
    if (among < 0 || !/[元角]/.test(sentence.text)) continue;
    // 支出799.12万元。其中:…: the total may close the sentence before.
    const from = among === 0 ? Math.max(0, sentence.start - 24) : sentence.start;
    const numbers = money(numbersIn(context, from, bracketEnd(sentence, among)));
    const before = numbers.filter((number) => number.end <= sentence.start + among);
    const after = numbers.filter((number) => number.start >= sentence.start + among);
    const total = before[before.length - 1];
    if (total === undefined || after.length < 2) continue;
    // 其中 speaks of the amount right before it, and of one amount an item without a word of another kind of sum.
    if (/[^\s,;:(。]/.test(context.text.slice(total.end, sentence.start + among))) continue;
    const items = after.map((number, nth) =>
      context.text.slice(nth === 0 ? sentence.start + among : (after[nth - 1]?.end ?? 0), number.start),
    );
    if (
      items.some((item) => OTHER_SUM.test(item.replace(BUDGET_NAME, '')) || (item.match(/[,;、()]/g) ?? []).length > 2)
    )
      continue;
    for (const finding of compareSum(context, after, total, false, divided(items))) findings.push(finding);
  }
  return findings;
}

/** Heads of one division each: nothing can stand under two of them. */
const DIVISIONS: readonly RegExp[] = [
  /^(?:中央|省|自治区|市|州|地市|县|区|旗|乡镇|乡|镇|本级)(?:级|本级)?(?:财政)?(?:专项|补助|配套|转移支付|预算)?(?:资金|补助|经费|配套|预算|支出|安排)?$/,
  /^(?:人员|公用|日常公用|项目|专项)(?:经费|支出)?$/,
  /^(?:基本|项目)支出$/,
  /^第?[一二三四1-4](?:季度|批)(?:支出|资金|拨付|投入)?$/,
  /^(?:上|下)半年(?:支出|资金|拨付|投入)?$/,
  /^\p{Script=Han}{1,6}(?:镇|乡|街道|村)$/u,
];

function divided(items: readonly string[]): boolean {
  const heads = items.map((item) =>
    item
      .replace(/^.*(?:其中|包括|分别为)/, '')
      .replace(/[\s,、;:()和及]+/g, '')
      .replace(/(?:为|共|是|[0-9]+%)+$/, ''),
  );
  return (
    DIVISIONS.some((division) => heads.every((head) => division.test(head))) && new Set(heads).size === heads.length
  );
}

function compareSum(
  context: AuditContext,
  parts: readonly ParsedNumber[],
  total: ParsedNumber,
  whole: boolean,
  apart: boolean,
): Finding[] {
  const unit = total.unit;
  if (
    unit === undefined ||
    parts.some(
      (part) => part.unit === undefined || !sameDimension(part.unit, unit) || !part.unit.factor.eq(unit.factor),
    )
  )
    return [];
  const sum = Exact.sum(parts.map((part) => part.value));
  if (sum.eq(total.value)) return [];
  // 42.72万人 of 15.85万人 and 26.86万人: each rounded by itself.
  const slack = Exact.sum([...parts, total].map((each) => Exact.ratio(1n, 2n * 10n ** BigInt(each.places))));
  if (unit.dimension !== 'money' && total.places > 0 && sum.sub(total.value).abs().le(slack)) return [];
  // A list may hold sub-lists.
  if (
    parts.length <= 12 &&
    someSubsetIs(
      parts.map((part) => part.value),
      total.value,
    )
  )
    return [];
  // 其中 may name a selection: much less than the whole says nothing.
  const selected = !whole && sum.lt(total.value);
  if (selected && !nearlyAll(sum, total.value)) return [];
  const message = text(
    `所列各项相加为 ${sum}${total.unitText}，合计写 ${total.text}`,
    `the items add up to ${sum}${total.unitText}, the total says ${total.text}`,
  );
  const quotes = [total, ...parts].map((number) => ({ start: number.start, end: number.end }));
  const facts = { message, stated: total.text, expected: `${sum}${total.unitText}`, quotes };
  // Persons may be counted under two heads, and so is money: of the central level, and for one kind of aid.
  if (selected || !apart || unit.dimension !== 'money') return [warning(RULE, facts)];
  return [
    proven(
      RULE,
      {
        kind: 'sum-differs',
        parts: parts.map((part) => numberOperand('其中', part)),
        whole: numberOperand('合计', total),
        rounded: true,
      },
      context.source,
      facts,
    ),
  ];
}

/** All but a tenth: who lists so much means to list everything. */
function nearlyAll(sum: Exact, whole: Exact): boolean {
  return sum.mul(Exact.of(10)).ge(whole.mul(Exact.of(9)));
}

const COUNTED = /^(?:persons|person-times|households|times|items|count|copies)$/;
/** 其中女60人、党员45人: heads that overlap. */
const OVERLAPS = /女|男|党员|残疾|老年|青年|未成年|脱贫|贫困|低收入|新增|重点/;

/** 临时救助1386人次,其中急难型812人次,支出型564人次. */
function checkCounts(context: AuditContext): Finding[] {
  return context.sentences.flatMap((sentence): Finding[] => {
    const among = /其中[:,]?|分别(?:为|是)[:,]?|[(](?=[^()\d]{1,8}\d[^()]{0,60}\d[^()]{0,60}[)])/.exec(sentence.text);
    if (among === null || !/\d/.test(sentence.text.slice(0, among.index))) return [];
    const numbers = numbersIn(context, sentence.start, bracketEnd(sentence, among.index));
    const before = numbers.filter((number) => number.end <= sentence.start + among.index);
    const after = numbers.filter((number) => number.start >= sentence.start + among.index);
    const total = before[before.length - 1];
    const plain = [total, ...after].every(
      (number) =>
        number?.kind === 'quantity' &&
        number.range === undefined &&
        number.comparator === undefined &&
        COUNTED.test(number.unit?.dimension ?? '') &&
        number.unitText === total?.unitText,
    );
    if (total === undefined || after.length < 2 || !plain) return [];
    if (/[^\s,;:(。]/.test(context.text.slice(total.end, sentence.start + among.index))) return [];
    const items = after.map((number, nth) =>
      context.text.slice(nth === 0 ? sentence.start + among.index : (after[nth - 1]?.end ?? 0), number.start),
    );
    if (items.some((item) => OTHER_SUM.test(item) || OVERLAPS.test(item) || (item.match(/[,;、()]/g) ?? []).length > 2))
      return [];
    return compareSum(context, after, total, false, false);
  });
}

export function numberOperand(label: string, number: ParsedNumber): Operand {
  return { label, value: number.value, places: number.places, start: number.start, end: number.end };
}
