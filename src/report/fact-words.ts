import type { Fact } from '../fact/index.ts';
import type { Destination, Evaluation } from '../performance/index.ts';
import { inLanguage, type Language, type Text, text } from '../problem/index.ts';

/** Where a part of the initial budget went; papers print the Chinese name. */
const DESTINATIONS = {
  已支付: 'paid',
  结转: 'carried over',
  结余: 'surplus',
  财政收回: 'taken back by the treasury',
  调减: 'cut',
  未下达: 'not released',
  去向未说明: 'not accounted for',
} as const satisfies Record<Destination['name'], string>;

export function destinationWord(name: Destination['name'], language: Language): string {
  return inLanguage(text(name, DESTINATIONS[name]), language);
}

/** The labels this program gives to facts. What stands before one is the user's own name of an indicator or source. */
const LABELS: readonly Text[] = [
  text('预算执行率（对年初预算）', 'execution rate against the initial budget'),
  text('预算执行率分值', 'points of the execution rate'),
  text('预算执行率建议分', 'suggested score of the execution rate'),
  text('预算执行率', 'execution rate'),
  text('资金到位率', 'arrival rate'),
  text('资金支付率', 'payment rate'),
  text('年初预算及追加', 'initial budget with what was added'),
  text('年初预算数', 'initial budget'),
  text('全年预算数', 'adjusted budget'),
  text('到位资金', 'money received'),
  text('全年预计执行数', 'expected payments of the year'),
  text('中期资金', 'money of the whole term'),
  text('全年执行数', 'paid in the year'),
  text('去向未说明', 'not accounted for'),
  text('上年结转', 'carried in from last year'),
  text('结转下年', 'carried over to next year'),
  text('结余', 'surplus'),
  text('财政收回', 'taken back by the treasury'),
  text('调减', 'cut'),
  text('未下达', 'not released'),
  text('追加', 'added'),
  text('迟延天数', 'days late'),
  text('应到日期', 'due date'),
  text('使用资金', 'money used'),
  text('日期', 'date'),
  text('分值合计', 'sum of the points'),
  text('百分制折算系数', 'factor to a full 100'),
  text('自评总分', 'claimed total'),
  text('复核总分', 'reviewed total'),
  text('建议总分', 'suggested total'),
  text('自评等级', 'grade of the claimed total'),
  text('建议等级', 'grade of the suggested total'),
  text('满意（知晓）份数', 'satisfied (aware) answers'),
  text('有效份数', 'valid answers'),
  text('实际完成值', 'actual'),
  text('全年预计完成值', 'expected by the end of the year'),
  text('中期指标值', 'target of the whole term'),
  text('指标值', 'target'),
  text('自评得分', 'claimed score'),
  text('复核得分', 'reviewed score'),
  text('建议分', 'suggested score'),
  text('评价要点', 'check points'),
  text('分值', 'points'),
  text('宣传活动', 'publicity events'),
  text('其中：集中宣传', 'of these, publicity campaigns'),
  text('宣传品订购', 'publicity items ordered'),
  text('宣传品发放', 'publicity items handed out'),
  text('举办会议和培训', 'meetings and trainings held'),
  text('参加会议和培训', 'meetings and trainings attended'),
  text('督导', 'supervision visits'),
  text('约谈', 'talks'),
  text('检查定点机构（家次）', 'inspections of contracted institutions'),
  text('检查定点机构（家）', 'contracted institutions inspected'),
  text('追回基金', 'fund money recovered'),
  text('医疗救助人次', 'cases of medical assistance'),
  text('医疗救助人数', 'persons given medical assistance'),
  text('医疗救助金额', 'money of medical assistance'),
  text('各渠道缴费人数', 'persons paying, by channel'),
  text('填报问题', 'issues reported'),
  text('佐证材料', 'evidence documents'),
  text('参保任务数', 'enrolment target'),
  text('参保人数', 'persons enrolled'),
  text('任务完成率（通报）', 'share of the enrolment target (bulletin)'),
  text('参保总量名次', 'rank by number enrolled'),
  text('任务完成率名次', 'rank by share of the target'),
  text('参排单位数', 'units ranked'),
];

/** The formulas this program writes itself; those of the workbook stay as the user wrote them. */
const FORMULAS: readonly Text[] = [
  text('各三级指标相加', 'sum over the third-level indicators'),
  text('100 ÷ 适用指标分值合计', '100 ÷ points of the indicators that apply'),
  text('各三级指标建议分相加', 'sum of the suggested scores of the third-level indicators'),
  text('各三级指标建议分相加 × 百分制折算系数', 'sum of the suggested scores × factor to a full 100'),
  text('总分所在的等级区间（含下限，不含上限）', 'the band in which the total lies (lower bound in, upper bound out)'),
  text('各子单位完成值之和', 'sum over the sub-units'),
  text('Σ（子单位完成值 × 使用资金）÷ Σ使用资金', 'Σ (value of the sub-unit × money used) ÷ Σ money used'),
  text('各子单位中最晚的日期', 'the latest date of the sub-units'),
  text('各子单位相同', 'the same in every sub-unit'),
  text('满意（知晓）份数 ÷ 有效份数', 'satisfied (aware) answers ÷ valid answers'),
  text('日期 − 应到日期', 'date − due date'),
  text('支付台账合计（元）÷ 10000', 'sum of the payment ledger (元, yuan) ÷ 10000'),
  text('年初预算数 + 上年结转 + 追加 − 调减', 'initial budget + carried in + added − cut'),
  text('年初预算数 + 上年结转 + 追加', 'initial budget + carried in + added'),
  text('年初预算及追加 − 已说明去向的各项', 'initial budget with what was added − what is accounted for'),
  text('年初预算数 − 全年预算数', 'initial budget − adjusted budget'),
  text('全年预算数 − 年初预算数', 'adjusted budget − initial budget'),
  text('实际到位 ÷ 年初预算数', 'received ÷ initial budget'),
  text('实际到位 ÷ 全年预算数', 'received ÷ adjusted budget'),
  text('实际支付 ÷ 实际到位', 'paid ÷ received'),
  text('实际支付 ÷ 年初预算数', 'paid ÷ initial budget'),
  text('实际支付 ÷ 全年预算数', 'paid ÷ adjusted budget'),
];

const PATTERNS: readonly (readonly [RegExp, (found: string) => string])[] = [
  [/^(.*) = 各笔之和$/, (found) => `${englishLabel(found)} = sum of the lines`],
  [/^各子单位(.*)之和$/, (found) => `sum over the sub-units: ${englishLabel(found)}`],
  [/^各资金来源(.*)之和$/, (found) => `sum over the sources of money: ${englishLabel(found)}`],
  [/^规则集分值模板“(.*)”$/, (found) => `weight template “${found}” of the rule set`],
  [/^以(.*)为到位$/, (found) => `counted as received: “${found}”`],
];

/** A name that the user gave stands in quotation marks before the word of this program. */
function englishLabel(label: string): string {
  const note = /^(.+)（支付台账合计）$/.exec(label)?.[1];
  if (note !== undefined) return `${englishLabel(note)} (sum of the payment ledger)`;
  const found = LABELS.find((one) => label.endsWith(one.zh));
  if (found !== undefined) {
    const own = label.slice(0, -found.zh.length);
    return own === '' ? found.en : `“${own}” ${found.en}`;
  }
  const [, head, tail] = /^(.+)（(.+)）$/.exec(label) ?? [];
  if (head === undefined || tail === undefined) return `“${label}”`;
  const english = englishLabel(head);
  return english === `“${head}”` ? `“${label}”` : `${english} (“${tail}”)`;
}

/** What the facts of one evaluation are called and how they were computed, in words for people. */
export class FactWords {
  readonly #language: Language;
  readonly #explanations: ReadonlyMap<string, Text>;

  constructor(evaluation: Evaluation, language: Language) {
    this.#language = language;
    this.#explanations = new Map(
      evaluation.indicators.flatMap((one) =>
        one.suggested === undefined ? [] : [[one.suggested.factId, one.explanation] as const],
      ),
    );
  }

  /** As on paper, or its English; a name that is the user's own stands in quotation marks. */
  label(fact: Fact): string {
    if (this.#language === 'zh') return fact.label;
    return /^(ledger|project)\.|\.use\.\d+$/.test(fact.concept) ? `“${fact.label}”` : englishLabel(fact.label);
  }

  /** How a computed fact came about; a formula of the workbook stays as it is written there. */
  formula(fact: Fact): string | undefined {
    if (fact.origin.kind !== 'computed' && fact.origin.kind !== 'surveyed') return undefined;
    const { formula } = fact.origin;
    if (this.#language === 'zh') return formula;
    const explained = this.#explanations.get(fact.id) ?? FORMULAS.find((one) => one.zh === formula);
    if (explained !== undefined) return explained.en;
    for (const [pattern, english] of PATTERNS) {
      const found = pattern.exec(formula)?.[1];
      if (found !== undefined) return english(found);
    }
    return formula;
  }
}
