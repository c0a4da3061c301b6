import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { type Evaluation, type Figure, type RuleSet, readRuleSets } from '../../performance/index.ts';
import { printWhere } from '../../problem/index.ts';
import {
  composeEvidenceIndex,
  evaluationJson,
  loadPaperForms,
  loadSigningKey,
  type PackagedProject,
  type PaperForms,
  PdfRenderer,
  type SigningKey,
  type StatedNumber,
} from '../../report/index.ts';
import { packagedRulesFolder, readRuleFolder } from '../../rules/index.ts';
import { openProjectBook } from '../../workbook/index.ts';
import { evaluateBook, renderEvaluation, renderPaper } from '../evaluate-project.ts';
import { readEvidenceFacts } from '../evidence-facts.ts';
import { readUnitBooks } from '../unit-books.ts';
import { writeFiles } from '../write-files.ts';
import { collectEvidence } from './evidence-files.ts';
import type { ProjectDone, WorkerJob, WorkerSetup } from './messages.ts';

/** Evaluates one workbook after another into a package; rules, forms and fonts are loaded once. */
export class ProjectPackager {
  readonly #setup: WorkerSetup;
  readonly #ruleSets: readonly RuleSet[];
  readonly #forms: PaperForms;
  readonly #key: SigningKey | undefined;
  #pdf: PdfRenderer | undefined;

  constructor(setup: WorkerSetup) {
    this.#setup = setup;
    this.#ruleSets = readRuleSets(readRuleFolder(packagedRulesFolder(), 'scoring'));
    this.#forms = loadPaperForms(setup.formFolders);
    this.#key = setup.out === undefined ? undefined : loadSigningKey(setup.home);
  }

  /** @throws JipingError for a workbook that cannot be read or evaluated; nothing of it is written then */
  async run(job: WorkerJob): Promise<ProjectDone> {
    const { ruleSet, asOf, today, language, out } = this.#setup;
    const read = await openProjectBook(job.path);
    const judged = evaluateBook(read, this.#ruleSets, {
      ruleSet,
      asOf,
      today,
      evidence: readEvidenceFacts(read.book, dirname(job.path)),
      units: await readUnitBooks(job.path),
    });
    const evidence = collectEvidence(read.book, job.path);
    let evaluation: Evaluation = { ...judged, problems: [...judged.problems, ...evidence.problems] };
    let json = `${JSON.stringify(evaluationJson(evaluation, language), null, 2)}\n`;
    let files: readonly string[] = [];
    if (out !== undefined) {
      this.#pdf ??= new PdfRenderer();
      const tools = { forms: this.#forms, pdf: this.#pdf, language, key: this.#key };
      const choice = { ids: this.#setup.formIds, isPackage: true };
      const index = composeEvidenceIndex(evaluation.project, evidence.lines);
      const extra = renderPaper('佐证材料目录', index.report, (id) => index.lineage.find(id), tools);
      const outputs = renderEvaluation(evaluation, read, { ...tools, choice });
      evaluation = { ...evaluation, problems: [...evaluation.problems, ...outputs.problems, ...extra.problems] };
      const written = outputs.files.find((file) => file.path === 'evaluation.json');
      if (written !== undefined) json = written.content.toString();
      files = writeFiles(join(out, job.folder), [...outputs.files, ...extra.files, ...evidence.files]);
    }
    return {
      project: summaryOf(job, evaluation, json),
      json,
      files,
      evidence: evidence.lines.map((line) => line.file).filter((name) => name !== ''),
    };
  }
}

function summaryOf(job: WorkerJob, evaluation: Evaluation, json: string): PackagedProject {
  const { budget, total, grade } = evaluation;
  const stated = (figure: Figure | undefined): StatedNumber | undefined =>
    figure === undefined ? undefined : { value: figure.value.toString(), factId: figure.factId };
  const rate = budget.rates.executionAdjusted ?? budget.rates.executionInitial;
  return {
    file: job.file,
    folder: job.folder,
    version: createHash('sha256').update(json).digest('hex'),
    project: evaluation.project,
    unit: evaluation.unit,
    period: evaluation.period,
    initial: stated(budget.initial),
    adjusted: stated(budget.adjusted),
    executed: stated(budget.executed),
    rate:
      rate === undefined
        ? undefined
        : {
            numerator: rate.numerator.value.toString(),
            denominator: rate.denominator.value.toString(),
            factId: rate.factId,
            ofInitial: budget.rates.executionAdjusted === undefined,
          },
    claimed: stated(total.claimed),
    grade: evaluation.isDeclaration
      ? '目标申报'
      : evaluation.isMidPeriod
        ? '年中监控'
        : grade.stated === ''
          ? (grade.claimed?.label ?? '')
          : grade.stated,
    problems: evaluation.problems.map((one) => ({
      severity: one.severity,
      where: printWhere(one.where),
      message: one.message.zh,
    })),
  };
}
