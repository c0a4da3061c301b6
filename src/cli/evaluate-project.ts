import { basename, extname } from 'node:path';
import type { Fact, FactId } from '../fact/index.ts';
import {
  checkEvidenceFacts,
  type Evaluation,
  type EvidenceFacts,
  evaluate,
  type RuleSet,
  resolveRuleSet,
  type UnitBook,
} from '../performance/index.ts';
import type { Language, Problem } from '../problem/index.ts';
import {
  composePapers,
  evaluationJson,
  type PaperChoice,
  type PaperForms,
  type PdfRenderer,
  type Report,
  renderDocx,
  renderLineagePage,
  renderXlsx,
  type SigningKey,
  sealReport,
} from '../report/index.ts';
import type { ReadBook } from '../workbook/index.ts';
import type { NewFile } from './write-files.ts';

export interface EvaluateOptions {
  /** Id of the rule set; absent = the book's own, else by region and year. */
  readonly ruleSet?: string | undefined;
  /**
   * `YYYY-MM-DD`; absent = the book's 填报日期 when the period is over by then or the book is at another stage than
   * 绩效自评, else the period's last day, else `today`. A self-evaluation prepared in December is no monitoring.
   */
  readonly asOf?: string | undefined;
  readonly today: string;
  /** The books of the sub-units, see `readUnitBooks`. */
  readonly units?: readonly UnitBook[] | undefined;
  /** Results of this program that the book cites as evidence, see `readEvidenceFacts`. */
  readonly evidence?: ReadonlyMap<string, EvidenceFacts> | undefined;
}

/** A book as read and the rule sets in; the evaluation with the problems of both reading and judging out. */
export function evaluateBook(read: ReadBook, ruleSets: readonly RuleSet[], options: EvaluateOptions): Evaluation {
  const { project } = read.book;
  const year = project.year?.value.toString();
  const lastDay = project.endDate?.value ?? (year === undefined ? undefined : `${year}-12-31`);
  const preparedOn = project.preparedOn?.value;
  const isEarlier = project.stage?.value === '目标申报' || project.stage?.value === '年中监控';
  const over = preparedOn !== undefined && (isEarlier || lastDay === undefined || preparedOn > lastDay);
  const asOf = options.asOf ?? (over ? preparedOn : lastDay) ?? options.today;
  const ruleSet = resolveRuleSet(ruleSets, {
    id: options.ruleSet ?? project.ruleSet?.value,
    region: project.region?.value ?? project.department?.value,
    year: year ?? asOf.slice(0, 4),
  });
  const evidence = options.evidence ?? new Map<string, EvidenceFacts>();
  const evaluation = evaluate(read.book, ruleSet, { asOf, evidence, units: options.units });
  const cited = checkEvidenceFacts(evaluation, read.book, evidence);
  return { ...evaluation, problems: [...read.problems, ...evaluation.problems, ...cited] };
}

export interface Outputs {
  readonly files: readonly NewFile[];
  /** What stood in the way of a paper, e.g. a character that no font has. */
  readonly problems: readonly Problem[];
}

/** All files of one evaluation, in memory: papers, lineage page, `evaluation.json`. */
export function renderEvaluation(
  evaluation: Evaluation,
  read: ReadBook,
  tools: {
    readonly forms: PaperForms;
    /** Absent = the papers the project gets by its data. */
    readonly choice?: PaperChoice | undefined;
    readonly pdf: PdfRenderer;
    readonly language: Language;
    /** Signs the papers; absent = unsigned. */
    readonly key?: SigningKey | undefined;
  },
): Outputs {
  const stem = basename(read.book.file.name, extname(read.book.file.name));
  const files: NewFile[] = [];
  const problems: Problem[] = [];
  for (const paper of composePapers(evaluation, read.book, tools.forms, tools.choice)) {
    const rendered = renderPaper(`${stem}-${paper.name}`, paper.report, (id) => evaluation.lineage.find(id), tools);
    problems.push(...paper.problems, ...rendered.problems);
    files.push(...rendered.files);
  }
  files.push({ path: `${stem}-数据来源.html`, content: renderLineagePage(evaluation, read.book, tools.language) });
  const json = evaluationJson({ ...evaluation, problems: [...evaluation.problems, ...problems] }, tools.language);
  files.push({ path: 'evaluation.json', content: `${JSON.stringify(json, null, 2)}\n` });
  return { files, problems };
}

/** One paper in its formats (docx, xlsx for a table, pdf), each with the facts it prints, signed when there is a key. */
export function renderPaper(
  name: string,
  report: Report,
  find: (id: FactId) => Fact | undefined,
  tools: { readonly pdf: PdfRenderer; readonly key?: SigningKey | undefined },
): Outputs {
  const manifest = sealReport(report, find, tools.key);
  const pdf = tools.pdf.render(report, manifest);
  return {
    files: [
      { path: `${name}.docx`, content: renderDocx(report, manifest) },
      ...(report.kind === 'table' ? [{ path: `${name}.xlsx`, content: renderXlsx(report, manifest) }] : []),
      ...(pdf.bytes === undefined ? [] : [{ path: `${name}.pdf`, content: pdf.bytes }]),
    ],
    problems: pdf.problems,
  };
}
