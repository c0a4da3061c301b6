import type { Block, Inline, Table } from '../../document/index.ts';
import type { ProjectBook } from '../../ledger/index.ts';
import type { Evaluation, ScoredIndicator } from '../../performance/index.ts';
import type { Report } from '../report.ts';
import type { DepartmentFramework } from './department-framework.ts';
import { FigureWriter, unitWords, words } from './inlines.ts';
import { ledgerTable } from './ledger-table.ts';
import { amountPhrases, destinationSentence, ratePhrases } from './money-phrases.ts';
import { indicatorSentence, Outline, reservations } from './narrative.ts';
import { TableBuilder } from './table-builder.ts';

/**
 * F7, the department evaluation report: seven headings and a score sheet of its own (决策、过程、产出、效益).
 * The unit's self-evaluation table is never used as the score sheet; a leaf the department has not scored is 待定.
 */
export function composeDepartmentReport(
  evaluation: Evaluation,
  book: ProjectBook,
  framework: DepartmentFramework,
): Report {
  const figures = new FigureWriter(evaluation.lineage);
  const { project } = book;
  const { budget } = evaluation;
  const outline = new Outline();
  outline.heading(1, '基本情况').heading(2, '项目概况');
  outline.paragraph([...amountPhrases(budget, figures), words('。'), ...ratePhrases(budget, figures), words('。')]);
  if (budget.initial !== undefined) outline.paragraph(destinationSentence(budget, figures));
  outline.written(project.overview?.value, '实施单位未填写项目概况。');
  outline
    .heading(2, '项目绩效目标')
    .heading(3, '总体目标')
    .written(project.goalExpected?.value, '实施单位未填写总体目标。');
  outline.heading(3, '阶段性目标');
  const targets = evaluation.indicators.filter(
    (leaf) => !leaf.isExecution && leaf.path[2] !== '' && leaf.target.kind !== 'none',
  );
  if (targets.length === 0) outline.paragraph([words('项目没有设阶段性目标。')]);
  for (const [index, leaf] of targets.entries())
    outline.paragraph([
      words(`（${index + 1}）`),
      unitWords(leaf.path[2]),
      words('：'),
      ...figures.measure(leaf.target, leaf.operator),
      words('。'),
    ]);

  outline.heading(1, '绩效评价工作开展情况');
  outline.heading(2, '绩效评价目的、对象和范围').written(project.purpose?.value, '评价组未填写评价目的、对象和范围。');
  outline
    .heading(2, '绩效评价原则、评价指标体系、评价方法、评价标准')
    .written(project.method?.value, '评价组未填写评价原则、方法和标准。');
  outline.paragraph([words('评价指标体系见附表1。')]);
  outline.heading(2, '绩效评价工作过程').written(project.process?.value, '评价组未填写评价工作过程。');

  outline.heading(1, '综合评价情况及评价结论');
  conclusion(outline, evaluation, figures);

  outline.heading(1, '绩效评价指标分析');
  outline.heading(2, '项目决策情况').written(project.decisionText?.value, '没有填写项目决策情况。');
  outline.heading(2, '项目过程情况').written(project.managementText?.value, '没有填写项目过程情况。');
  for (const late of budget.lateness)
    outline.paragraph([
      words(`${late.what}比应到日期相差`),
      figures.fact(late.days.factId, { style: 'number', showUnit: true }),
      words('。'),
    ]);
  outline.heading(2, '项目产出情况').written(project.outputText?.value, '没有填写产出说明，按指标列示如下。');
  listed(outline, outputs(evaluation), figures);
  outline.heading(2, '项目效益情况').written(project.outcomeText?.value, '没有填写效益说明，按指标列示如下。');
  listed(outline, outcomes(evaluation), figures);

  outline.heading(1, '主要经验及做法、存在的问题及原因分析');
  outline.heading(2, '主要经验及做法').written(project.experience?.value, '实施单位未填写经验及做法。');
  outline.heading(2, '存在的问题及原因分析');
  const issues = book.tables.issues.records;
  for (const issue of issues)
    outline.paragraph([
      unitWords(issue.problem ?? ''),
      ...(issue.cause === undefined ? [] : [words('原因：'), unitWords(issue.cause)]),
    ]);
  const doubts = reservations(evaluation);
  if (issues.length === 0) outline.paragraph([words('实施单位未填报存在的问题。')]);
  if (doubts.length > 0) {
    outline.paragraph([words('核对数据时发现：')]);
    for (const doubt of doubts) outline.paragraph(doubt);
  }
  outline.heading(1, '有关建议').written(project.suggestions?.value, '没有提出建议。');
  const measures = issues.filter((issue) => issue.measure !== undefined);
  for (const issue of measures) outline.paragraph([words('整改措施：'), unitWords(issue.measure ?? '')]);
  outline.heading(1, '其他需要说明的问题').written(project.otherMatters?.value, '没有其他需要说明的问题。');

  return {
    title: `${evaluation.project}部门评价报告`,
    kind: 'report',
    page: { orientation: 'portrait', grid: true },
    pageNumber: 'dashes',
    blocks: [
      { kind: 'heading', level: 0, inlines: [unitWords(evaluation.project), words('部门评价报告')] },
      { kind: 'paragraph', role: 'subtitle', align: 'center', inlines: [words(`（${evaluation.period}年度）`)] },
      ...outline.blocks(),
      ...annex(evaluation, framework, figures),
      ...(evaluation.baseData.length === 0 ? [] : baseDataAnnex(evaluation, book, figures)),
    ],
  };
}

function outputs(evaluation: Evaluation): readonly ScoredIndicator[] {
  return evaluation.indicators.filter(
    (leaf) => !leaf.isExecution && leaf.path[2] !== '' && /^(产出|成本)/.test(leaf.path[0]),
  );
}

function outcomes(evaluation: Evaluation): readonly ScoredIndicator[] {
  return evaluation.indicators.filter((leaf) => leaf.path[2] !== '' && /^(效益|满意度)/.test(leaf.path[0]));
}

function listed(outline: Outline, leaves: readonly ScoredIndicator[], figures: FigureWriter): void {
  for (const [index, leaf] of leaves.entries())
    outline.paragraph([
      words(`（${index + 1}）`),
      unitWords(leaf.path[2]),
      words('：'),
      ...indicatorSentence(leaf, figures),
    ]);
}

function conclusion(outline: Outline, evaluation: Evaluation, figures: FigureWriter): void {
  const { total, grade } = evaluation;
  const self: Inline[] =
    total.claimed === undefined
      ? [words('实施单位没有填报自评总分。')]
      : [words('实施单位自评'), figures.points(total.claimed), words('分。')];
  if (grade.stated !== '') self.push(words('填报的评价等级为'), unitWords(grade.stated), words('。'));
  outline.paragraph(self);
  if (total.reviewed === undefined)
    outline.paragraph([
      words('评分表中决策、过程、产出、效益各项的评价得分尚未全部评定，评价总分和等级待定。自评得分不代替评价得分。'),
    ]);
  else outline.paragraph([words('评价总分'), figures.points(total.reviewed), words('分。')]);
}

/** The score sheet: framework leaves for 决策 and 过程, the project's own indicators for 产出 and 效益. */
function annex(evaluation: Evaluation, framework: DepartmentFramework, figures: FigureWriter): readonly Block[] {
  return [
    { kind: 'page-break', orientation: 'landscape' },
    { kind: 'paragraph', role: 'attachment', inlines: [words('附表1')] },
    { kind: 'heading', level: 0, inlines: [words('项目支出绩效评价评分表')] },
    scoreSheet(evaluation, framework, figures),
    {
      kind: 'paragraph',
      role: 'note',
      inlines: [
        words(
          `注：“待定”为尚未评分，不计为零分。${framework.basis.verified ? '' : `指标框架依据${framework.basis.document}，原文未核。`}`,
        ),
      ],
    },
  ];
}

/** What the ledgers and the estimate say, each with its place in the book. */
function baseDataAnnex(evaluation: Evaluation, book: ProjectBook, figures: FigureWriter): readonly Block[] {
  return [
    { kind: 'page-break', orientation: 'portrait' },
    { kind: 'paragraph', role: 'attachment', inlines: [words('附表2')] },
    { kind: 'heading', level: 0, inlines: [words('项目基础数据表')] },
    ledgerTable(evaluation, book, figures),
  ];
}

const HEADINGS = ['一级指标', '二级指标', '三级指标', '评价标准或指标值', '完成情况', '分值', '自评得分', '评价得分'];

function scoreSheet(evaluation: Evaluation, framework: DepartmentFramework, figures: FigureWriter): Table {
  const builder = new TableBuilder([20, 26, 44, 62, 34, 15, 18, 18]).row();
  for (const heading of HEADINGS) builder.cell([words(heading)], 1, { header: true });
  const rows: SheetRow[] = framework.leaves.map((leaf) => {
    const own = evaluation.indicators.find((indicator) => indicator.path[2] === leaf.level3);
    const rate = leaf.show === undefined ? undefined : evaluation.budget.rates[leaf.show];
    return {
      path: [leaf.level1, leaf.level2, leaf.level3],
      standard: [words(leaf.standard)],
      result: rate !== undefined ? [figures.rate(rate)] : own !== undefined ? figures.measure(own.actual) : [],
      leaf: own,
    };
  });
  for (const [level1, leaves] of [
    ['产出', outputs(evaluation)],
    ['效益', outcomes(evaluation)],
  ] as const)
    for (const leaf of leaves)
      rows.push({
        path: [level1, leaf.path[1], leaf.path[2]],
        standard: figures.measure(leaf.target, leaf.operator),
        result: figures.measure(leaf.actual),
        leaf,
      });
  for (const [index, row] of rows.entries()) {
    builder.row();
    for (const depth of [0, 1] as const) {
      if (index > 0 && sameHead(rows[index - 1], row, depth)) continue;
      let rowSpan = 1;
      while (sameHead(row, rows[index + rowSpan], depth)) rowSpan += 1;
      builder.cell([unitWords(row.path[depth])], 1, { rowSpan });
    }
    builder
      .cell([unitWords(row.path[2])], 1, { align: 'left' })
      .cell(row.standard, 1, { align: 'left' })
      .cell(row.result)
      .cell([figures.points(row.leaf?.weight, '—')])
      .cell([figures.points(row.leaf?.claimed, '—')])
      .cell([figures.points(row.leaf?.reviewed, '待定')]);
  }
  builder.row().cell([words('合计')], 5, { header: true });
  builder
    .cell([figures.points(evaluation.total.weight, '—')])
    .cell([figures.points(evaluation.total.claimed, '—')])
    .cell([figures.points(evaluation.total.reviewed, '待定')]);
  return builder.build(1);
}

interface SheetRow {
  readonly path: readonly [string, string, string];
  readonly standard: readonly Inline[];
  readonly result: readonly Inline[];
  readonly leaf: ScoredIndicator | undefined;
}

function sameHead(a: SheetRow | undefined, b: SheetRow | undefined, depth: 0 | 1): boolean {
  return a !== undefined && b !== undefined && a.path[0] === b.path[0] && (depth === 0 || a.path[1] === b.path[1]);
}
