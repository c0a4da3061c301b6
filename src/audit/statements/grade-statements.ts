import { Exact, type Interval, intersects } from '../../quantity/index.ts';
import type { AuditContext } from '../context.ts';
import { readStatements } from './read-statements.ts';
import type { Grade, SameQuantity, Statement } from './statement.ts';

/** Names under which one quantity is known; a subject stands for the first of its line. */
const CONCEPTS: readonly (readonly [string, RegExp])[] = [
  [
    '自评得分',
    /^(?:项目|绩效)?(?:综合|最终)?(?:自评|评价|绩效评价|绩效自评|绩效评分|自评总)(?:得分|总分|分|结果|评分)?$|^综合(?:得分|评分)$/,
  ],
  ['预算执行率', /^(?:项目|资金|全年)?(?:预算|资金)?执行率$/],
  ['年初预算数', /^(?:项目)?年初(?:部门)?预算(?:数|资金|金额|安排)?$/],
  ['全年预算数', /^(?:项目)?(?:全年|调整后)预算(?:数|资金|金额)?$/],
  ['全年执行数', /^(?:项目|预算)?(?:全年)?执行数$|^全年(?:实际)?支出$/],
];

const GENERIC =
  /^(?:本|该|项目|专项|财政|中央|省级?|市级?|县级?|区级?|本级|上级|地方|补助|补贴|资金|经费|预算|支出|收入|投入|拨款|拨付|下达|到位|安排|使用|支付|结余|金额|总额|费用|人员|公用|基本|其他|人数|数量|次数|面积|户数|完成率|满意度|合格率|覆盖率|达标率|率|任务|目标|指标|工作|群众|服务对象|受益|接待|人次|培训|活动|会议|检查|建设|改造|工程|总|投资|采购|合同|价款|中标|涉及|需要|组织|开展|发放|每人每[年月天日]|标准)+$/;

/** 比上年增长, 与上年相比减少: what grew stands in an earlier clause. */
const COMPARED =
  /^(?:同比|环比|按同口径|同口径|[比较与同](?:上年|去年|前年|往年|上月|年初)(?:度|末|底|同期|决算数|预算数|相比)*|相比)*(?:大幅|净|略|略有)?(?:增[长加收支幅]|减[少收支]|下降|降[低幅]|提[高升]|上升|持平|多|少)(?:幅度?|率|了|额)?$/;

function conceptOf(subject: string): string {
  const concept = CONCEPTS.find(([, pattern]) => pattern.test(subject))?.[0];
  if (concept !== undefined) return concept;
  // The unit says it already: 医疗救助惠及…人次 is 医疗救助人次.
  const bare = subject.replace(
    /(?:惠及|受益)?(?:总)?(?:人次数?|人数|次数|户数|家数|场次|场数|件数|份数|个数|数量|数|惠及|受益)$/,
    '',
  );
  return bare.length >= 4 ? bare : subject;
}

/**
 * The statements that speak of one quantity, in pairs of neighbours, graded. Two statements are of one quantity only
 * when kind, unit, subject, qualifiers and period agree: a false pair costs more than ten missed.
 */
export function sameQuantities(context: AuditContext): readonly SameQuantity[] {
  const groups = new Map<string, Statement[]>();
  for (const statement of readStatements(context)) {
    const key = [
      statement.kind,
      statement.dimension,
      conceptOf(statement.subject),
      statement.qualifier,
      statement.role,
    ].join('\n');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [statement]);
    else group.push(statement);
  }
  const pairs: SameQuantity[] = [];
  for (const statements of groups.values()) {
    // A name used for many figures, or one any project has, names a kind of thing, not one quantity.
    if (statements.length < 2 || statements.length > 6) continue;
    const named = CONCEPTS.some(([name]) => name === conceptOf(statements[0]?.subject ?? ''));
    const tabled = statements.filter((statement) => statement.source === 'table').length === 1;
    const subject = statements[0]?.subject ?? '';
    // A share is of whatever stood before it.
    const generic =
      isShareOf(statements[0]) ||
      (!named && !tabled && (GENERIC.test(subject) || /^占/.test(subject) || COMPARED.test(subject)));
    const many = new Set(statements.map((statement) => statement.value.toString())).size > 2;
    for (const [at, one] of statements.entries()) {
      const other = statements
        .slice(at + 1)
        .find((each) => samePeriod(context, one, each) && sameForm(context, one, each) && sameWhole(one, each));
      if (other === undefined) continue;
      const grade = gradeOf(one, other);
      if (grade === undefined || (grade === 'contradictory' && (generic || many))) continue;
      pairs.push({ grade, one, other });
    }
  }
  return pairs.sort((a, b) => a.one.start - b.one.start || a.other.start - b.other.start);
}

/** A sentence without a year speaks of the evaluated one. */
function samePeriod(context: AuditContext, one: Statement, other: Statement): boolean {
  if (one.start === other.start) return false;
  const own = (statement: Statement): string =>
    statement.period === '' && context.year !== undefined ? String(context.year) : statement.period;
  return own(one) === own(other);
}

/** 完成年初预算的45.5%: what was done with the budget stands before. */
function isShareOf(statement: Statement | undefined): boolean {
  return statement?.kind === 'rate' && /(?:预算|预算数|计划|任务)$/.test(statement.subject);
}

/** 工资性收入 of town and of village, each 其中 its own whole. */
function sameWhole(one: Statement, other: Statement): boolean {
  return one.whole === undefined || other.whole === undefined || one.whole === other.whole;
}

/** Two forms on one page are of two projects: each has its own 宣传场次. */
function sameForm(context: AuditContext, one: Statement, other: Statement): boolean {
  if (one.source !== 'table' || other.source !== 'table') return true;
  const [from, to] = [Math.min(one.end, other.end), Math.max(one.start, other.start)];
  const between = context.text.slice(from, to);
  return !/项\s{0,3}目\s{0,3}名\s{0,3}称|自\s{0,3}评\s{0,3}表/.test(between);
}

/** How the two stand; `undefined` when 约 or opposite bounds leave it open. */
function gradeOf(one: Statement, other: Statement): Grade | undefined {
  if (one.text === other.text) return 'identical';
  const [a, b] = [one.comparator, other.comparator];
  if (a === '≈' || b === '≈') {
    const spread = one.interval.low.sub(other.interval.low).abs();
    const size = Exact.max(one.interval.high.abs(), other.interval.high.abs());
    return spread.mul(Exact.of(10)).le(size) ? 'consistent' : undefined;
  }
  if (one.role === 'target') return gradeTargets(one, other);
  if (bounded(a) || bounded(b)) {
    if (bounded(a) && bounded(b)) return undefined;
    const [bound, figure] = bounded(a) ? [one, other] : [other, one];
    const up = bound.comparator === '≥' || bound.comparator === '>';
    const kept = up ? figure.interval.high.ge(bound.interval.low) : figure.interval.low.le(bound.interval.high);
    return kept ? 'consistent' : 'contradictory';
  }
  if (one.interval.low.eq(other.interval.low) && one.interval.high.eq(other.interval.high)) return 'identical';
  return intersects(widened(one.interval), widened(other.interval)) ? 'consistent' : 'contradictory';
}

/** Two targets: the same bound, the same number bounded from the other side, or another number. */
function gradeTargets(one: Statement, other: Statement): Grade | undefined {
  const up = ({ comparator }: Statement): boolean => comparator === '≥' || comparator === '>';
  if (!bounded(one.comparator) || !bounded(other.comparator)) return undefined;
  const same = intersects(one.interval, other.interval);
  if (up(one) !== up(other)) return same ? 'contradictory' : undefined;
  return same ? 'consistent' : 'contradictory';
}

/** A figure may have been cut off instead of rounded: half a place more on each side. */
function widened(interval: Interval): Interval {
  const half = interval.high.sub(interval.low).div(Exact.of(2));
  return { ...interval, low: interval.low.sub(half), high: interval.high.add(half) };
}

function bounded(comparator: Statement['comparator']): boolean {
  return comparator !== undefined && comparator !== '=' && comparator !== '≈';
}
