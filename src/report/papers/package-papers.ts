import type { Block, Inline } from '../../document/index.ts';
import { type Fact, Lineage, makeFact } from '../../fact/index.ts';
import type { Severity } from '../../problem/index.ts';
import { Exact, NO_UNIT, POINT, type Unit, WAN_YUAN } from '../../quantity/index.ts';
import { figure } from '../print.ts';
import type { Report } from '../report.ts';
import { unitWords, words } from './inlines.ts';
import { TableBuilder } from './table-builder.ts';

/** A number as `evaluation.json` states it, and its fact there. */
export interface StatedNumber {
  /** Exact decimal. */
  readonly value: string;
  readonly factId: string;
}

/** One project of a package, as its `evaluation.json` and its problems say. */
export interface PackagedProject {
  /** The workbook, relative to the folder that was evaluated. */
  readonly file: string;
  /** Where its papers stand, relative to the package. */
  readonly folder: string;
  /** SHA-256 of its `evaluation.json`, hex. */
  readonly version: string;
  readonly project: string;
  readonly unit: string;
  readonly period: string;
  readonly initial?: StatedNumber | undefined;
  readonly adjusted?: StatedNumber | undefined;
  readonly executed?: StatedNumber | undefined;
  /** Execution against the adjusted budget, else against the initial one. */
  readonly rate?:
    | { readonly numerator: string; readonly denominator: string; readonly factId: string; readonly ofInitial: boolean }
    | undefined;
  readonly claimed?: StatedNumber | undefined;
  /** The grade the unit wrote, else that of its claimed score; 目标申报 or 年中监控 at these stages; empty when there is none. */
  readonly grade: string;
  readonly problems: readonly { readonly severity: Severity; readonly where: string; readonly message: string }[];
}

export interface FailedBook {
  readonly file: string;
  /** One Chinese sentence. */
  readonly message: string;
}

/** A paper of the package with the facts it prints. */
export interface PackagePaper {
  readonly name: string;
  readonly report: Report;
  readonly lineage: Lineage;
}

const SEVERITY = { error: '错误', warning: '警告', notice: '提示' } as const;
const AMOUNTS = [
  ['initial', '年初预算数'],
  ['adjusted', '全年预算数'],
  ['executed', '全年执行数'],
] as const;

/** 项目支出绩效自评汇总表: one row a project; sums of money over the projects that state it. */
export function composePackageSummary(
  projects: readonly PackagedProject[],
  failed: readonly FailedBook[],
): PackagePaper {
  const lineage = new Lineage();
  const builder = new TableBuilder([11, 60, 28, 28, 28, 26, 18, 16, 40]).row();
  const headings = [
    '序号',
    '项目名称',
    '年初预算数',
    '全年预算数',
    '全年执行数',
    '执行率',
    '自评得分',
    '自评等级',
    '存在问题',
  ];
  for (const heading of headings) builder.cell([words(heading)], 1, { header: true });
  const sums = { initial: [] as Fact[], adjusted: [] as Fact[], executed: [] as Fact[] };
  for (const [index, project] of projects.entries()) {
    const taken = (concept: string, label: string, value: Exact, unit: Unit, factId: string): Fact =>
      lineage.add(takenFact(project, { concept: `package.${index + 1}.${concept}`, label }, value, unit, factId));
    builder
      .row()
      .cell([words(String(index + 1))])
      .cell([unitWords(project.project === '' ? project.file : project.project)], 1, { align: 'left' });
    for (const [key, label] of AMOUNTS) {
      const stated = project[key];
      if (stated === undefined) {
        builder.cell([]);
        continue;
      }
      const fact = taken(key, label, Exact.of(stated.value), WAN_YUAN, stated.factId);
      sums[key].push(fact);
      builder.cell([figure(fact, { style: 'number', places: 2 })]);
    }
    const { rate, claimed } = project;
    builder.cell(
      rate === undefined
        ? []
        : [
            figure(
              taken(
                'rate',
                '预算执行率',
                Exact.of(rate.numerator).div(Exact.of(rate.denominator)),
                NO_UNIT,
                rate.factId,
              ),
              { style: 'percent', places: 2 },
            ),
            ...(rate.ofInitial ? [words('（对年初）')] : []),
          ],
    );
    builder.cell(
      claimed === undefined
        ? []
        : [figure(taken('claimed', '自评得分', Exact.of(claimed.value), POINT, claimed.factId), { style: 'number' })],
    );
    builder.cell([unitWords(project.grade)]).cell([words(problemCounts(project))], 1, { align: 'left' });
  }
  builder.row().cell([words('合计')], 2, { header: true });
  for (const [key, label] of AMOUNTS) builder.cell(sumOf(lineage, key, label, sums[key]));
  builder.cell([], 3).cell([words(problemCounts({ problems: projects.flatMap((one) => one.problems) }))], 1, {
    align: 'left',
  });
  const blocks: Block[] = [
    { kind: 'heading', level: 0, inlines: [words('项目支出绩效自评汇总表')] },
    { kind: 'paragraph', role: 'unit-note', inlines: [words('金额单位：万元')] },
    builder.build(1),
    {
      kind: 'paragraph',
      role: 'note',
      inlines: [
        words('注：金额合计为已填列项目之和；没有填全年预算数的，执行率按年初预算数计算并注明。问题逐项见问题清单。'),
      ],
    },
    ...failed.map(
      (one): Block => ({
        kind: 'paragraph',
        role: 'note',
        inlines: [words('未能评价：'), unitWords(one.file), words(`。${one.message}`)],
      }),
    ),
  ];
  return { name: '项目支出绩效自评汇总表', report: landscape('项目支出绩效自评汇总表', blocks), lineage };
}

function takenFact(
  project: PackagedProject,
  head: { readonly concept: string; readonly label: string },
  value: Exact,
  unit: Unit,
  factId: string,
): Fact {
  return makeFact({
    ...head,
    value: { kind: 'number', value, unit },
    period: project.period,
    place: project.unit,
    origin: {
      kind: 'counted',
      source: { kind: 'file', name: `${project.folder}/evaluation.json`, version: project.version },
      query: `facts.${factId}`,
      rows: [],
      rowCount: 1,
    },
  });
}

function sumOf(lineage: Lineage, key: string, label: string, facts: readonly Fact[]): readonly Inline[] {
  if (facts.length === 0) return [];
  const value = Exact.sum(facts.map((fact) => (fact.value.kind === 'number' ? fact.value.value : Exact.zero)));
  const fact = lineage.add(
    makeFact({
      concept: `package.${key}`,
      label: `${label}合计`,
      value: { kind: 'number', value, unit: WAN_YUAN },
      period: '',
      place: '',
      origin: { kind: 'computed', formula: `各项目${label}之和`, inputs: facts.map((one) => one.id), rules: [] },
    }),
  );
  return [figure(fact, { style: 'number', places: 2 })];
}

function problemCounts({ problems }: Pick<PackagedProject, 'problems'>): string {
  const counts = (['error', 'warning'] as const).flatMap((severity) => {
    const count = problems.filter((one) => one.severity === severity).length;
    return count === 0 ? [] : [`${SEVERITY[severity]}${count}处`];
  });
  return counts.length === 0 ? '无' : counts.join('，');
}

/** 问题清单: every error and warning by project, with its place in the workbook; notices stand in the JSON. */
export function composeProblemList(projects: readonly PackagedProject[], failed: readonly FailedBook[]): PackagePaper {
  const builder = new TableBuilder([12, 54, 16, 44, 129]).row();
  for (const heading of ['序号', '项目', '级别', '位置', '问题']) builder.cell([words(heading)], 1, { header: true });
  let number = 0;
  // The project stands in every row: the list is sorted, filtered and handed out.
  const line = (name: string, level: string, where: string, said: string): void => {
    number += 1;
    builder
      .row()
      .cell([words(String(number))])
      .cell([unitWords(name)], 1, { align: 'left' })
      .cell([words(level)])
      .cell([words(where)], 1, { align: 'left' })
      .cell([words(said)], 1, { align: 'left' });
  };
  for (const one of failed) line(one.file, '未评价', '', one.message);
  for (const project of projects)
    for (const severity of ['error', 'warning'] as const)
      for (const one of project.problems.filter((found) => found.severity === severity))
        line(project.project === '' ? project.file : project.project, SEVERITY[severity], one.where, one.message);
  if (number === 0) builder.row().cell([words('没有错误和警告。')], 5);
  const blocks: Block[] = [
    { kind: 'heading', level: 0, inlines: [words('项目支出绩效自评问题清单')] },
    builder.build(1),
  ];
  return { name: '问题清单', report: landscape('项目支出绩效自评问题清单', blocks), lineage: new Lineage() };
}

/** One material of 佐证: what it is, whether its file is there, and which indicators cite its number. */
export interface EvidenceLine {
  readonly number: string;
  readonly title: string;
  readonly kind: string;
  readonly date: string;
  readonly document: string;
  readonly file: string;
  /** `present`: copied; `missing`: named, not there; `unnamed`: no file name in the book. */
  readonly status: 'present' | 'missing' | 'unnamed';
  readonly citedBy: readonly string[];
}

const STATUS = { present: '已附', missing: '缺文件', unnamed: '未写文件名' } as const;

/** 佐证材料目录 of one project; its numbers are those in the evidence column of the table. */
export function composeEvidenceIndex(project: string, evidence: readonly EvidenceLine[]): PackagePaper {
  const builder = new TableBuilder([12, 50, 18, 24, 30, 36, 18, 67]).row();
  for (const heading of ['编号', '材料名称', '类别', '日期', '文号', '文件名', '核对', '证明的指标'])
    builder.cell([words(heading)], 1, { header: true });
  for (const line of evidence)
    builder
      .row()
      .cell([unitWords(line.number)])
      .cell([unitWords(line.title)], 1, { align: 'left' })
      .cell([unitWords(line.kind)])
      .cell([unitWords(line.date)])
      .cell([unitWords(line.document)], 1, { align: 'left' })
      .cell([unitWords(line.file)], 1, { align: 'left' })
      .cell([words(STATUS[line.status])])
      .cell([unitWords(line.citedBy.join('、'))], 1, { align: 'left' });
  if (evidence.length === 0) builder.row().cell([words('本项目没有登记佐证材料。')], 8);
  const blocks: Block[] = [
    { kind: 'heading', level: 0, inlines: [words('佐证材料目录')] },
    { kind: 'paragraph', role: 'subtitle', align: 'center', inlines: [words('项目名称：'), unitWords(project)] },
    builder.build(1),
  ];
  return { name: '佐证材料目录', report: landscape('佐证材料目录', blocks), lineage: new Lineage() };
}

function landscape(title: string, blocks: readonly Block[]): Report {
  return {
    title,
    kind: 'table',
    page: { orientation: 'landscape', grid: false },
    pageNumber: 'dashes',
    blocks,
  };
}
