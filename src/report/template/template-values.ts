import type { FigureFormat, Inline } from '../../document/index.ts';
import type { ProjectBook } from '../../ledger/index.ts';
import type { Evaluation, Figure, Rate, ScoredIndicator } from '../../performance/index.ts';
import { FigureWriter, unitWords, words } from '../papers/inlines.ts';

/** What a tag stands for: nothing when the book does not say. */
export type TagValue = () => readonly Inline[];
export type TagScope = ReadonlyMap<string, TagValue>;

export interface TemplateValues {
  readonly root: TagScope;
  /** Rows of `{{#指标}} … {{/指标}}`, by the loop's name. */
  readonly loops: ReadonlyMap<string, readonly TagScope[]>;
  /** Tags that stand inside each loop, also when it has no rows. */
  readonly loopTags: ReadonlyMap<string, readonly string[]>;
}

/** Every tag a template may use, with what it prints for one evaluation. docs/handbook/templates.md lists them. */
export function templateValues(evaluation: Evaluation, book: ProjectBook): TemplateValues {
  const figures = new FigureWriter(evaluation.lineage);
  const unit = evaluation.budget.unit.symbol;
  const money =
    (value: Figure | undefined): TagValue =>
    () =>
      value === undefined ? [] : [figures.money(value, unit)];
  const rate =
    (value: Rate | undefined): TagValue =>
    () =>
      value === undefined ? [] : [figures.rate(value)];
  const points =
    (value: Figure | undefined): TagValue =>
    () =>
      value === undefined ? [] : [figures.points(value)];
  const said =
    (value: string | undefined): TagValue =>
    () =>
      value === undefined || value === '' ? [] : [unitWords(value)];
  const form =
    (value: string): TagValue =>
    () => [words(value)];
  const score =
    (value: ScoredIndicator['suggested']): TagValue =>
    () =>
      value === undefined ? [] : [figures.fact(value.factId, { style: 'number' })];
  const { budget, total, grade } = evaluation;
  const { project, tables } = book;
  const root: Record<string, TagValue> = {
    项目名称: said(evaluation.project),
    项目代码: said(project.code?.value),
    主管部门: said(evaluation.department),
    实施单位: said(evaluation.unit),
    地区: said(evaluation.region),
    评价年度: form(evaluation.period),
    填报人: said(project.preparedBy?.value),
    联系电话: said(project.phone?.value),
    填报日期: said(dateWords(project.preparedOn?.value)),
    金额单位: form(unit),
    规则名称: form(evaluation.ruleSet.name),
    年度总体目标: said(project.goalExpected?.value),
    目标完成情况: said(project.goalActual?.value),
    项目概况: said(project.overview?.value),
    立项依据: said(project.basis?.value.join('；')),
    评价目的: said(project.purpose?.value),
    评价方法: said(project.method?.value),
    评价过程: said(project.process?.value),
    决策情况: said(project.decisionText?.value),
    过程情况: said(project.managementText?.value),
    产出情况: said(project.outputText?.value),
    效益情况: said(project.outcomeText?.value),
    主要经验: said(project.experience?.value),
    有关建议: said(project.suggestions?.value),
    其他说明: said(project.otherMatters?.value),
    年初预算数: money(budget.initial),
    全年预算数: money(budget.adjusted),
    到位数: money(budget.inPlace),
    全年执行数: money(budget.executed),
    到位率: rate(budget.rates.arrival),
    支付率: rate(budget.rates.payment),
    执行率: rate(budget.rates.executionAdjusted),
    年初预算执行率: rate(budget.rates.executionInitial),
    分值合计: points(total.weight),
    自评总分: points(total.claimed),
    复核总分: points(total.reviewed),
    建议总分: score(total.suggested),
    自评等级: () => (grade.claimed === undefined ? [] : [figures.fact(grade.claimed.factId, { style: 'text' })]),
    单位所写等级: said(grade.stated),
  };
  const execution = evaluation.indicators.find((each) => each.isExecution);
  root.预算执行分值 = points(execution?.weight);
  root.预算执行得分 = points(execution?.claimed);
  const indicator = (leaf: ScoredIndicator): Record<string, TagValue> => ({
    一级指标: said(leaf.path[0]),
    二级指标: said(leaf.path[1]),
    三级指标: said(leaf.path[2]),
    指标值: () => figures.measure(leaf.target, leaf.operator),
    实际完成值: leaf.isExecution ? rate(budget.rates.executionAdjusted) : () => figures.measure(leaf.actual),
    分值: points(leaf.weight),
    自评得分: points(leaf.claimed),
    复核得分: points(leaf.reviewed),
    建议得分: score(leaf.suggested),
    偏差原因: said(leaf.reason),
    佐证编号: said(leaf.evidence.join('、')),
  });
  const loops: Record<string, readonly Record<string, TagValue>[]> = {
    指标: evaluation.indicators.filter((leaf) => !leaf.isExecution).map(indicator),
    全部指标: evaluation.indicators.map(indicator),
    资金来源: budget.rows.map((row) => ({
      资金来源: said(row.source),
      年初预算数: money(row.initial),
      全年预算数: money(row.adjusted),
      到位数: money(row.inPlace),
      全年执行数: money(row.executed),
      执行率: rate(row.rate),
    })),
    资金去向: budget.destinations.map((each) => ({ 去向: form(each.name), 金额: money(each.amount) })),
    问题: tables.issues.records.map((record) => ({
      存在问题: said(record.problem),
      原因分析: said(record.cause),
      改进措施: said(record.measure),
      责任单位: said(record.owner),
      整改期限: said(dateWords(record.deadline)),
    })),
    佐证: tables.evidence.records.map((record) => ({
      编号: said(record.number),
      材料名称: said(record.title),
      类别: said(record.kind),
      文号: said(record.document),
      日期: said(dateWords(record.date)),
    })),
  };
  return {
    root: new Map(Object.entries(root)),
    loops: new Map(
      Object.entries(loops).map(([name, rows]) => [
        name,
        rows.map((row, index) => new Map([['序号', form(String(index + 1))], ...Object.entries(row)])),
      ]),
    ),
    loopTags: new Map(Object.entries(LOOP_TAGS)),
  };
}

const INDICATOR_TAGS =
  '序号 一级指标 二级指标 三级指标 指标值 实际完成值 分值 自评得分 复核得分 建议得分 偏差原因 佐证编号'.split(' ');
const LOOP_TAGS: Readonly<Record<string, readonly string[]>> = {
  指标: INDICATOR_TAGS,
  全部指标: INDICATOR_TAGS,
  资金来源: '序号 资金来源 年初预算数 全年预算数 到位数 全年执行数 执行率'.split(' '),
  资金去向: '序号 去向 金额'.split(' '),
  问题: '序号 存在问题 原因分析 改进措施 责任单位 整改期限'.split(' '),
  佐证: '序号 编号 材料名称 类别 文号 日期'.split(' '),
};

function dateWords(date: string | undefined): string | undefined {
  if (date === undefined) return undefined;
  const [year = '', month = '', day = ''] = date.split('-');
  return `${year}年${Number(month)}月${Number(day)}日`;
}

const UNITS = new Set(['元', '万元', '亿元']);

/** A figure's format with what stands behind `|` in its tag; `undefined` for a word that means nothing. */
export function withOption(format: FigureFormat, option: string): FigureFormat | undefined {
  if (UNITS.has(option)) return { ...format, unit: option };
  if (option === '带单位') return { ...format, showUnit: true };
  if (option === '千分位') return { ...format, style: format.style === 'number' ? 'grouped' : format.style };
  const places = /^(\d)位$/.exec(option)?.[1];
  return places === undefined ? undefined : { ...format, places: Number(places) };
}
