import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Evaluation, readRuleSets } from '../performance/index.ts';
import type { Language } from '../problem/index.ts';
import { Exact } from '../quantity/index.ts';
import { loadPaperForms, PdfRenderer } from '../report/index.ts';
import { packagedRulesFolder, readRuleFolder } from '../rules/index.ts';
import { openProjectBook, writeProjectBook } from '../workbook/index.ts';
import { evaluateBook, renderEvaluation } from './evaluate-project.ts';
import { readEvidenceFacts } from './evidence-facts.ts';
import { writeFiles } from './write-files.ts';

export interface DemoProject {
  readonly evaluation: Evaluation;
  readonly files: readonly string[];
}

/**
 * A project of the invented county whose indicators are fed from its registers: the bulletin and the comparison that stand
 * beside the workbook are its evidence, and the formulas name their figures.
 */
export async function demoProject(folder: string, language: Language, asOf: string): Promise<DemoProject> {
  const number = (decimal: string): Exact => Exact.of(decimal);
  const path = join(folder, '工作经费.xlsx');
  const bytes = await writeProjectBook(
    {
      project: {
        name: '虚构县城乡居民医疗保险工作经费',
        type: '工作经费',
        kind: '单位自评',
        department: '虚构县医疗保障局',
        unit: '虚构县医疗保障局',
        region: '虚构县',
        year: number(String(Number(asOf.slice(0, 4)) - 1)),
        ruleSet: 'CN2021',
        weightSource: '示例权重（未经核实）',
        preparedOn: asOf,
        goalExpected: '完成城乡居民参保任务，数据比对扩面，做到应保尽保。',
        goalActual: '参保任务基本完成，数据比对全部作业已经开展。',
      },
      tables: {
        money: [
          { kind: '年初预算', source: '当年财政拨款', amount: number('50') },
          { kind: '全年预算数（汇总）', source: '当年财政拨款', amount: number('50') },
          { kind: '到位（汇总）', source: '当年财政拨款', amount: number('50') },
          { kind: '支付（汇总）', source: '当年财政拨款', amount: number('48.5') },
        ],
        indicators: [
          {
            level1: '成本指标',
            level2: '经济成本指标',
            level3: '工作经费支出',
            target: '≤50万元',
            actual: '48.5万元',
            weight: number('20'),
          },
          {
            level1: '产出指标',
            level2: '数量指标',
            level3: '城乡居民参保人数',
            target: '≥40000人',
            formula: '佐证1参保人数',
            weight: number('20'),
            evidence: ['1'],
          },
          {
            level1: '产出指标',
            level2: '质量指标',
            level3: '参保任务完成率',
            target: '≥95%',
            formula: '佐证1任务完成率',
            weight: number('20'),
            evidence: ['1'],
          },
          {
            level1: '效益指标',
            level2: '社会效益指标',
            level3: '死亡人员未停保疑点',
            target: '≤100条',
            formula: '佐证2死亡名册中的人仍为正常参保',
            weight: number('20'),
            evidence: ['2'],
          },
          {
            level1: '满意度指标',
            level2: '服务对象满意度指标',
            level3: '参保居民满意度',
            target: '≥90%',
            weight: number('10'),
          },
        ],
        evidence: [
          { number: '1', title: '征缴进度通报', kind: '其他', date: asOf, file: '征缴进度通报.json' },
          { number: '2', title: '名册比对结果', kind: '其他', date: asOf, file: '名册比对结果.json' },
        ],
      },
    },
    { sample: false },
  );
  writeFileSync(path, bytes);
  const read = await openProjectBook(path);
  const ruleSets = readRuleSets(readRuleFolder(packagedRulesFolder(), 'scoring'));
  const evidence = readEvidenceFacts(read.book, dirname(path));
  const evaluation = evaluateBook(read, ruleSets, { today: asOf, evidence });
  const outputs = renderEvaluation(evaluation, read, { forms: loadPaperForms(), pdf: new PdfRenderer(), language });
  return { evaluation, files: [path, ...writeFiles(folder, outputs.files)] };
}
