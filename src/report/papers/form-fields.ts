import type { Inline } from '../../document/index.ts';
import { type ProjectBook, projectSheet } from '../../ledger/index.ts';
import type { Evaluation } from '../../performance/index.ts';
import { Exact } from '../../quantity/index.ts';
import { type FigureWriter, unitWords, words } from './inlines.ts';
import { conclusionSentences } from './narrative.ts';

type ProjectKey = keyof typeof projectSheet.columns;

const PROJECT_FIELDS = new Map(
  Object.entries(projectSheet.columns).map(([key, column]) => [column.name, key as ProjectKey]),
);

/** What a field shows: paragraphs, and the cell it was entered in when it was. */
export interface FieldText {
  readonly paragraphs: readonly (readonly Inline[])[];
  readonly cell?: string | undefined;
}

type FieldSource = (evaluation: Evaluation, book: ProjectBook, figures: FigureWriter) => FieldText;

const lines = (...texts: readonly (string | undefined)[]): FieldText => ({
  paragraphs: texts
    .flatMap((one) => (one ?? '').split('\n'))
    .filter((one) => one.trim() !== '')
    .map((one) => [unitWords(one)]),
});

/** Fields that are not, or not only, a cell of the 项目 sheet. */
const SPECIAL: Readonly<Record<string, FieldSource>> = {
  项目名称: (evaluation) => lines(evaluation.project),
  主管部门: (evaluation) => lines(evaluation.department),
  实施单位: (evaluation) => lines(evaluation.unit),
  主管部门及代码: (evaluation, { project }) =>
    lines(`${evaluation.department}${project.departmentCode === undefined ? '' : ` ${project.departmentCode.value}`}`),
  评价年度: (evaluation) => lines(evaluation.period),
  金额单位: (evaluation) => lines(evaluation.budget.unit.symbol),
  监控期: (evaluation) => lines(monitoredPeriod(evaluation.periodStart, evaluation.asOf)),
  转移支付名称: (evaluation, { project }) => lines(project.transferName?.value ?? evaluation.project),
  地方主管部门: (evaluation, { project }) => lines(project.localDepartment?.value ?? evaluation.department),
  评价结论: (evaluation, { project }, figures) =>
    project.conclusion === undefined
      ? { paragraphs: [conclusionSentences(evaluation, figures)] }
      : { ...lines(project.conclusion.value), cell: project.conclusion.cell },
  存在问题: (_evaluation, { tables }) => lines(...numbered(tables.issues.records.map((issue) => issue.problem))),
  改进措施: (_evaluation, { tables }) => lines(...numbered(tables.issues.records.map((issue) => issue.measure))),
  监控提示: (evaluation) =>
    evaluation.monitoring.length === 0
      ? { paragraphs: [[words('无')]] }
      : {
          paragraphs: evaluation.monitoring.map((flag) => [
            words(`${flag.level === 'red' ? '红色' : '黄色'}：${flag.explanation.zh}`),
          ]),
        },
  自评得分: (evaluation, _book, figures) => ({ paragraphs: [[figures.points(evaluation.total.claimed)]] }),
};

export function isFieldName(name: string): boolean {
  return name in SPECIAL || PROJECT_FIELDS.has(name);
}

/** What the field of that name shows; nothing when it is not filled. */
export function fieldText(name: string, evaluation: Evaluation, book: ProjectBook, figures: FigureWriter): FieldText {
  const special = SPECIAL[name];
  if (special !== undefined) return special(evaluation, book, figures);
  const key = PROJECT_FIELDS.get(name);
  const field = key === undefined ? undefined : book.project[key];
  if (field === undefined) return { paragraphs: [] };
  return { ...lines(written(field.value)), cell: field.cell };
}

function written(value: string | Exact | readonly string[] | boolean): string {
  if (typeof value === 'string') return printDay(value);
  if (typeof value === 'boolean') return value ? '是' : '否';
  return value instanceof Exact ? value.toString() : value.join('；');
}

function printDay(value: string): string {
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  return day === null ? value : `${day[1]}年${Number(day[2])}月${Number(day[3])}日`;
}

function numbered(texts: readonly (string | undefined)[]): readonly string[] {
  const said = texts.flatMap((one) => (one === undefined || one.trim() === '' ? [] : [one.trim()]));
  return said.length < 2 ? said : said.map((one, index) => `${index + 1}.${one}`);
}

/** 1—6月 when the day ends a month, else 1月1日至6月15日. */
function monitoredPeriod(start: string, asOf: string): string {
  const [, fromMonth = 0, fromDay = 0] = start.split('-').map(Number);
  const [year = 0, month = 0, day = 0] = asOf.split('-').map(Number);
  const isMonthEnd = day === new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (fromDay === 1 && isMonthEnd) return fromMonth === month ? `${month}月` : `${fromMonth}—${month}月`;
  return `${fromMonth}月${fromDay}日至${month}月${day}日`;
}
