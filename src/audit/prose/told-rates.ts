import type { Exact } from '../../quantity/index.ts';
import type { AuditContext } from '../context.ts';
import type { Span } from '../finding.ts';
import { givesPercent, NUMBER, numberOf, proseOf } from './prose-text.ts';

/** A rate as prose tells it: 完成任务的96%, 参保任务完成率达到98.6%, 预算执行率100%. */
export interface ToldRate extends Span {
  /** 任务完成率, 预算执行率 …: what is measured, under one name. */
  readonly concept: string;
  /** Words that make it the rate of a part, a place or another time, sorted. */
  readonly scope: string;
  /** The year its own clause names. */
  readonly year: string;
  /** The noun before it, where the concept is one many things have: 参保群众 of 满意度. */
  readonly of: string;
  readonly value: Exact;
  readonly places: number;
  readonly text: string;
  /** Two printed figures near it give it. */
  readonly derived: boolean;
}

const OBJECT =
  '(?:全年|年度|年初|当年|目标|市级|县级|省级|上级|市|县|省|下达|参保|征缴|扩面|缴费|筹资|宣传|总|既定|计划)';
const CONCEPTS: readonly (readonly [string, string])[] = [
  [
    '任务完成率',
    `任务完成(?:率|比例)|目标完成率|完成了?${OBJECT}{0,4}(?:任务|目标|计划)(?:数|量|总量)?的?(?:比例)?|完成率`,
  ],
  ['预算执行率', '预算(?:资金)?执行率|资金执行率|预算完成率|执行率'],
  ['资金到位率', '资金到位率|到位率'],
  ['资金支付率', '资金(?:支付|支出|拨付|使用)率|(?:支付|支出|拨付)率'],
  ['参保率', '参保率|参保覆盖率'],
  ['满意度', '满意度|满意率'],
  ['知晓率', '知晓率'],
  ['激活率', '激活率'],
  ['办结率', '办结率'],
  ['合格率', '合格率'],
  ['结算率', '结算率'],
  ['报销比例', '报销比例|支付比例|救助比例'],
];
const NAMES = CONCEPTS.map(([, words], at) => `(?<c${at}>${words})`).join('|');
const RATES = new RegExp(
  `(?:${NAMES})(?:指标|实际|完成|全年|最终|当年){0,2}(?:为|是|已?达到|已?达|:|高达|约|了){0,2}${NUMBER}%`,
  'g',
);
/** Not a result, or one of another time, place or group. */
const NOT_RESULT =
  /上年|去年|往年|同期|目标|指标值|不低于|不少于|不超过|应达|要求|力争|预期|预计|计划|低于|不足|小于|以上的?[县市镇乡村]|标准为|满分/;
const SCOPE =
  /20\d\d年度?|中央|省级|市级|县级|区级|州级|乡镇?|[镇村](?!干部)|街道|脱贫|监测|低保|特困|学生|大学生|新生儿|户籍|常住|职工|城镇|年初预算|调整[前后]|口径|相对|占|其中|部分|个别|住院|门诊|一站式|异地|电子|定点|医院|机构|经办|线索|案件|协议|[一二三四]季度|上半年|下半年|[3-9]月|1[01]月|首批|第[一二三]批|前期|续保|新增|人均|一是|二是|三是|平均|最[高低]|排名|全[省市国]|[^,。;]{1,6}(?:镇|乡|村|社区)/g;

/** Whom a county works through; not the place the rate is of. */
const IDIOM =
  /(?:通过|依托|发动|压实|组织)[^,。;]{0,12}|镇村|县乡村?|乡村振兴|城乡|(?:各|所有|全县\d*个)(?:乡镇|镇|村)/g;

/** No sentence is looked at further back, so that a text without a stop is read in time that grows with its length. */
const LONGEST = 400;

/** The rates told in the running text, without those that are targets or of last year. */
export function toldRates(context: AuditContext): readonly ToldRate[] {
  const prose = proseOf(context);
  return [...prose.text.matchAll(RATES)].flatMap((match): ToldRate[] => {
    const at = match.index;
    const digits = /(\d[\d,.]*)%$/.exec(match[0])?.[1] ?? '0';
    const before = prose.text.slice(Math.max(0, at - LONGEST), at);
    if ((before.slice(before.lastIndexOf('\n') + 1) + match[0]).includes('|')) return [];
    const sentence = before.slice(Math.max(...['。', ';', '\n'].map((stop) => before.lastIndexOf(stop))) + 1);
    const clause = sentence.slice(Math.max(-1, ...[',', '、', ':', '('].map((stop) => sentence.lastIndexOf(stop))) + 1);
    const after = prose.text.slice(at + match[0].length, at + match[0].length + 12);
    const place = prose.span(at, at + match[0].length);
    if (/^[\d≥≤|]/.test(after) || context.tables.some((table) => place.start >= table.start && place.end <= table.end))
      return [];
    if (NOT_RESULT.test(clause) || /^(?:的?(?:目标|指标|要求|以上|以下|左右))/.test(after)) return [];
    const { value, places } = numberOf(digits);
    const nth = CONCEPTS.findIndex((_, index) => match.groups?.[`c${index}`] !== undefined);
    return [
      {
        ...place,
        concept: CONCEPTS[nth]?.[0] ?? '',
        scope: [...new Set((sentence + match[0]).replace(IDIOM, '').match(SCOPE) ?? [])].sort().join('|'),
        year: clause.match(/20\d\d(?=年)/)?.[0] ?? '',
        of: clause.replace(/^.*?(?:我[县市区局]|全[县市区])/, '').replace(/\d.*$/, ''),
        value,
        places,
        text: match[0],
        derived: isDerived(prose.text.slice(Math.max(0, at - 160), at + match[0].length + 60), value, places),
      },
    ];
  });
}

const FIGURE = new RegExp(`${NUMBER}(万元|亿元|元|万人次|万人|人次|人|户|份|场|家|个|次|件)`, 'g');

/** Whether two figures of a passage, of one unit, give the rate. */
function isDerived(passage: string, percent: Exact, places: number): boolean {
  const figures = [...passage.matchAll(FIGURE)].map((match) => ({
    value: numberOf(match[1] ?? '0').value,
    unit: match[2] ?? '',
  }));
  return figures.some((part, one) =>
    figures.some(
      (whole, other) =>
        one !== other && part.unit === whole.unit && givesPercent(part.value, whole.value, percent, places),
    ),
  );
}
