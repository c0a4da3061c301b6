import type { Block, Inline } from '../../document/index.ts';
import type { ProjectBook } from '../../ledger/index.ts';
import type { Evaluation, ScoredIndicator } from '../../performance/index.ts';
import type { Report } from '../report.ts';
import { FigureWriter, unitWords, words } from './inlines.ts';
import { ledgerTable } from './ledger-table.ts';
import { amountPhrases, destinationSentence, ratePhrases } from './money-phrases.ts';
import { conclusionSentences, indicatorSentence, Outline, reservations } from './narrative.ts';
import { scoreTable } from './score-table.ts';

/**
 * F4, the Guangdong self-evaluation report: 一 基本情况 二 绩效自评结论 三 绩效指标分析（决策、过程、产出、效益）
 * 四 存在问题 五 下一步改进措施, then the base-data table and the scored index table as annexes.
 * Narrative comes from facts and from what the unit wrote; a section with nothing to say says so.
 */
export function composeGuangdongReport(evaluation: Evaluation, book: ProjectBook): Report {
  const figures = new FigureWriter(evaluation.lineage);
  const { project } = book;
  const outline = new Outline();
  outline.heading(1, '基本情况').heading(2, '项目基本情况');
  outline.paragraph([
    ...amountPhrases(evaluation.budget, figures),
    words('。'),
    ...ratePhrases(evaluation.budget, figures),
    words('。'),
  ]);
  outline.written(project.overview?.value, '本单位未填写项目概况。');
  if (project.basis !== undefined && project.basis.value.length > 0)
    outline.paragraph([words('立项依据：'), unitWords(project.basis.value.join('；')), words('。')]);
  outline.heading(2, '项目决策情况').written(project.decisionText?.value, '本单位未填写项目决策情况。');
  decisions(outline, book);
  outline.heading(2, '绩效目标').written(project.goalExpected?.value, '本单位未填写绩效目标。');
  if (project.goalActual !== undefined) outline.paragraph([words('完成情况：'), unitWords(project.goalActual.value)]);

  outline.heading(1, '绩效自评结论').paragraph(conclusionSentences(evaluation, figures));
  const doubts = reservations(evaluation);
  if (doubts.length > 0) {
    outline.paragraph([words('以下情况影响上述分数的可信程度，须先说明或改正：')]);
    for (const doubt of doubts) outline.paragraph(doubt);
  }

  outline.heading(1, '绩效指标分析');
  outline.heading(2, '决策分析');
  leaves(outline, evaluation, figures, (leaf) => leaf.path[0].startsWith('决策'), '本项目没有设决策类指标。');
  outline.heading(2, '过程分析').heading(3, '资金管理');
  money(outline, evaluation, figures);
  outline.heading(3, '事项管理').written(project.managementText?.value, '本单位未填写事项管理情况。');
  leaves(outline, evaluation, figures, (leaf) => leaf.path[0].startsWith('过程'), '');
  outline.heading(2, '产出分析').written(project.outputText?.value, '本单位未填写产出说明，按指标列示如下。');
  leaves(outline, evaluation, figures, (leaf) => /^(产出|成本)/.test(leaf.path[0]), '本项目没有设产出类指标。');
  outline.heading(2, '效益分析').written(project.outcomeText?.value, '本单位未填写效益说明，按指标列示如下。');
  leaves(outline, evaluation, figures, (leaf) => /^(效益|满意度)/.test(leaf.path[0]), '本项目没有设效益类指标。');

  outline.heading(1, '存在问题');
  const issues = book.tables.issues.records;
  if (issues.length === 0) outline.paragraph([words('本单位未填报存在问题。')]);
  for (const issue of issues)
    outline.paragraph([
      unitWords(issue.problem ?? ''),
      ...(issue.cause === undefined ? [] : [words('原因：'), unitWords(issue.cause)]),
    ]);
  outline.heading(1, '下一步改进措施');
  const measures = issues.filter((issue) => issue.measure !== undefined);
  if (measures.length === 0) outline.paragraph([words('本单位未填报改进措施。')]);
  for (const issue of measures)
    outline.paragraph([
      unitWords(issue.measure ?? ''),
      ...(issue.deadline === undefined ? [] : [words('期限：'), unitWords(issue.deadline), words('。')]),
    ]);

  return {
    title: '项目绩效自评报告',
    kind: 'report',
    page: { orientation: 'portrait', grid: true },
    pageNumber: 'dashes',
    blocks: [...cover(evaluation, book, figures), ...outline.blocks(), ...annexes(evaluation, book, figures)],
  };
}

function cover(evaluation: Evaluation, book: ProjectBook, figures: FigureWriter): readonly Block[] {
  const { project } = book;
  const line = (label: string, value: string | undefined): Block => ({
    kind: 'paragraph',
    role: 'cover-line',
    inlines: [words(label), unitWords(value ?? '')],
  });
  return [
    { kind: 'heading', level: 0, inlines: [words('项目绩效自评报告')] },
    { kind: 'paragraph', role: 'subtitle', align: 'center', inlines: [words(`（${evaluation.period}年度）`)] },
    line('项目名称：', evaluation.project),
    line(`${evaluation.ruleSet.id === 'GD' ? '县级' : ''}项目主管部门（公章）：`, evaluation.department),
    line('填报人姓名：', project.preparedBy?.value),
    line('联系电话：', project.phone?.value),
    line('填报日期：', project.preparedOn === undefined ? undefined : chineseDate(project.preparedOn.value)),
    // The four rates stand on page one, so that no favourable one can stand alone.
    {
      kind: 'paragraph',
      role: 'cover-line',
      inlines: [words('资金比率：'), ...ratePhrases(evaluation.budget, figures)],
    },
  ];
}

/** 2024-07-11 → 2024年7月11日, Arabic figures without leading zeros (GB/T 9704). */
function chineseDate(date: string): string {
  const [year, month, day] = date.split('-');
  return `${year}年${Number(month)}月${Number(day)}日`;
}

function decisions(outline: Outline, book: ProjectBook): void {
  for (const decision of book.tables.decisions.records) {
    const parts = [
      decision.date === undefined ? '日期未填' : chineseDate(decision.date),
      decision.meeting ?? '',
      decision.number ?? '',
      decision.matter ?? '',
      decision.plan === undefined ? '' : `使用计划：${decision.plan}`,
    ].filter((part) => part !== '');
    outline.paragraph([unitWords(`${parts.join('，')}。`)]);
  }
}

function money(outline: Outline, evaluation: Evaluation, figures: FigureWriter): void {
  const { budget } = evaluation;
  outline.paragraph([words('四项比率并列：'), ...ratePhrases(budget, figures), words('。')]);
  if (budget.initial !== undefined) outline.paragraph(destinationSentence(budget, figures));
  for (const late of budget.lateness) {
    const days: readonly Inline[] = [figures.fact(late.days.factId, { style: 'number', showUnit: true })];
    outline.paragraph([
      words(`${late.what}：应于${chineseDate(late.due)}，实为${chineseDate(late.came)}，相差`),
      ...days,
      words('。'),
    ]);
  }
}

function leaves(
  outline: Outline,
  evaluation: Evaluation,
  figures: FigureWriter,
  belongs: (leaf: ScoredIndicator) => boolean,
  silence: string,
): void {
  const found = evaluation.indicators.filter((leaf) => belongs(leaf) && leaf.path[2] !== '');
  if (found.length === 0 && silence !== '') outline.paragraph([words(silence)]);
  for (const [index, leaf] of found.entries())
    outline.paragraph([
      words(`（${index + 1}）${leaf.path[1]}——`),
      unitWords(leaf.path[2]),
      words('：'),
      ...indicatorSentence(leaf, figures),
    ]);
}

function annexes(evaluation: Evaluation, book: ProjectBook, figures: FigureWriter): readonly Block[] {
  return [
    { kind: 'page-break', orientation: 'portrait' },
    { kind: 'paragraph', role: 'attachment', inlines: [words('附件1')] },
    { kind: 'heading', level: 0, inlines: [words('项目基础数据表')] },
    ledgerTable(evaluation, book, figures),
    { kind: 'page-break', orientation: 'portrait' },
    { kind: 'paragraph', role: 'attachment', inlines: [words('附件2')] },
    { kind: 'heading', level: 0, inlines: [words('绩效指标评分表')] },
    scoreTable(evaluation, figures),
    ...(evaluation.weightSource.startsWith('示例')
      ? [{ kind: 'paragraph', role: 'note', inlines: [words(`注：分值为${evaluation.weightSource}。`)] } as const]
      : []),
  ];
}
