import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ProjectBook } from '../ledger/index.ts';
import { type Evaluation, readRuleSets } from '../performance/index.ts';
import type { Language } from '../problem/index.ts';
import { loadPaperForms, PdfRenderer } from '../report/index.ts';
import { packagedRulesFolder, packageRoot, readRuleFolder } from '../rules/index.ts';
import { type BookContent, openProjectBook, writeProjectBook } from '../workbook/index.ts';
import { evaluateBook, renderEvaluation } from './evaluate-project.ts';
import { readEvidenceFacts } from './evidence-facts.ts';
import { writeFiles } from './write-files.ts';

export interface DemoProject {
  readonly evaluation: Evaluation;
  readonly files: readonly string[];
}

const EXAMPLE = 'gongqingcheng-2024.xlsx';
const INDICATOR = '城乡居民医保参保人数';
const EVIDENCE = '名册';

/**
 * A copy of an example whose number of insured is fed from the invented county's registers: the bulletin that stands beside
 * the workbook is evidence, and the indicator's formula names its figure. The target is the county's, too.
 */
export async function demoProject(
  folder: string,
  language: Language,
  asOf: string,
  task: number,
): Promise<DemoProject> {
  const example = await openProjectBook(join(packageRoot(), 'examples', EXAMPLE));
  const path = join(folder, '示例-参保人数取自名册.xlsx');
  writeFileSync(path, await writeProjectBook(fedFromRegister(example.book, asOf, task), { sample: false }));
  const read = await openProjectBook(path);
  const ruleSets = readRuleSets(readRuleFolder(packagedRulesFolder(), 'scoring'));
  const evidence = readEvidenceFacts(read.book, dirname(path));
  const evaluation = evaluateBook(read, ruleSets, { today: asOf, evidence });
  const outputs = renderEvaluation(evaluation, read, { forms: loadPaperForms(), pdf: new PdfRenderer(), language });
  return { evaluation, files: [path, ...writeFiles(folder, outputs.files)] };
}

function fedFromRegister(book: ProjectBook, asOf: string, task: number): BookContent {
  const project = Object.fromEntries(
    Object.entries(book.project).flatMap(([key, field]) => (field === undefined ? [] : [[key, field.value]])),
  ) as BookContent['project'];
  const { indicators, evidence } = book.tables;
  return {
    project: { ...project, name: `${book.project.name?.value ?? ''}（演示：参保人数取自虚构县名册）` },
    tables: {
      ...Object.fromEntries(Object.entries(book.tables).map(([key, { records }]) => [key, records])),
      indicators: indicators.records.map(({ actual, ...record }) =>
        record.level3 === INDICATOR
          ? { ...record, target: `≥${task}人`, formula: `佐证${EVIDENCE}参保人数`, evidence: [EVIDENCE] }
          : { ...record, ...(actual === undefined ? {} : { actual }) },
      ),
      evidence: [
        ...evidence.records,
        { number: EVIDENCE, title: '征缴进度通报', kind: '其他', date: asOf, file: '征缴进度通报.json' },
      ],
    },
  };
}
