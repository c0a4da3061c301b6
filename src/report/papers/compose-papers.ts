import type { ProjectBook } from '../../ledger/index.ts';
import type { Evaluation } from '../../performance/index.ts';
import { JipingError, type Problem, type Text, text } from '../../problem/index.ts';
import type { Report } from '../report.ts';
import { type DepartmentFramework, loadDepartmentFramework } from './department-framework.ts';
import { composeDepartmentReport } from './department-report.ts';
import { formTitle, loadTableForms, type TableForm } from './form-schema.ts';
import { composeGuangdongReport } from './guangdong-report.ts';
import { composeTableForm } from './table-form.ts';

/** A paper of an evaluation and the word its file names end with. */
export interface Paper {
  /** 自评表, 自评报告, 部门评价报告; of several forms with one word its code too: 自评表-F3 */
  readonly name: string;
  readonly report: Report;
  /** What could not be filled as the paper asks. */
  readonly problems: readonly Problem[];
}

/** What the papers are composed by; loaded once for many projects. */
export interface PaperForms {
  readonly tables: ReadonlyMap<string, TableForm>;
  readonly framework: DepartmentFramework;
}

/** The packaged forms and those of `folders`, see `loadTableForms`. */
export function loadPaperForms(folders: readonly string[] = []): PaperForms {
  return { tables: loadTableForms(folders), framework: loadDepartmentFramework() };
}

export interface PaperChoice {
  /** Ids of table forms instead of those the project gets by itself; no report is made then. */
  readonly ids?: readonly string[] | undefined;
  /** The papers go into a package: the table carries the numbers of the evidence. */
  readonly isPackage?: boolean;
}

/**
 * The papers of one evaluation: the table its rule set, type, region or time of the year asks for (`applies` of the
 * forms), and the report of its kind (F4 for a unit's own evaluation, F7 for a department's or the finance bureau's).
 * Within the year only the monitoring table, before it only the declaration: there is nothing to report on yet.
 * @throws JipingError `usage` for an unknown form id
 */
export function composePapers(
  evaluation: Evaluation,
  book: ProjectBook,
  forms: PaperForms,
  choice: PaperChoice = {},
): readonly Paper[] {
  const chosen = chosenForms(evaluation, book, forms, choice);
  const isAlone = (form: TableForm): boolean => chosen.filter((one) => one.paper === form.paper).length === 1;
  const tables = chosen.map((form) => ({
    name: isAlone(form) ? form.paper : `${form.paper}-${form.id}`,
    ...composeTableForm(form, evaluation, book),
  }));
  if (choice.ids !== undefined || evaluation.isMidPeriod || evaluation.isDeclaration) return tables;
  const report =
    evaluation.kind === 'unit-self'
      ? { name: '自评报告', report: composeGuangdongReport(evaluation, book), problems: [] }
      : {
          name: evaluation.kind === 'department' ? '部门评价报告' : '财政评价报告',
          report: composeDepartmentReport(evaluation, book, forms.framework),
          problems: [],
        };
  return [...tables, report];
}

function chosenForms(
  evaluation: Evaluation,
  book: ProjectBook,
  forms: PaperForms,
  choice: PaperChoice,
): readonly TableForm[] {
  const chosen = choice.ids?.map((id) => formById(forms.tables, id)) ?? [
    formFor(forms.tables, evaluation, book, choice.isPackage === true),
  ];
  const fitting = chosen.map((form) =>
    form.ofSeveralYears !== undefined && isOfSeveralYears(evaluation, book)
      ? formById(forms.tables, form.ofSeveralYears)
      : form,
  );
  return [...new Set(fitting)];
}

/** Codes and names of the table forms the papers of an evaluation are made in. */
export function titlesOfForms(
  evaluation: Evaluation,
  book: ProjectBook,
  forms: PaperForms,
  choice: PaperChoice = {},
): readonly Text[] {
  return chosenForms(evaluation, book, forms, choice).map(formTitle);
}

/**
 * The ids in what was asked for, e.g. `F2,F6`; they may be separated by any comma.
 * @throws JipingError `usage` for an unknown id or none at all
 */
export function formIds(forms: PaperForms, asked: readonly string[]): readonly string[] {
  const ids = asked.flatMap((list) => list.split(/[,，、]/)).filter((id) => id.trim() !== '');
  if (ids.length === 0) throw noSuchForm(forms.tables, '');
  return ids.map((id) => formById(forms.tables, id).id);
}

/** Whether anything is stated for a term beyond the year. */
function isOfSeveralYears({ budget, indicators }: Evaluation, { project }: ProjectBook): boolean {
  return (
    project.goalLong !== undefined ||
    budget.term !== undefined ||
    indicators.some((leaf) => leaf.termTarget.kind !== 'none')
  );
}

function formById(tables: ReadonlyMap<string, TableForm>, id: string): TableForm {
  const wanted = id.normalize('NFKC').trim().toUpperCase();
  const form = [...tables.values()].find((one) => one.id.toUpperCase() === wanted);
  if (form !== undefined) return form;
  throw noSuchForm(tables, id);
}

function noSuchForm(tables: ReadonlyMap<string, TableForm>, id: string): JipingError {
  const titles = [...tables.values()].map(formTitle);
  return new JipingError(
    'usage',
    text(
      `没有表式“${id}”；现有：${titles.map(({ zh }) => zh).join('、')}`,
      `no form “${id}”; there are: ${titles.map(({ en }) => en).join('; ')}`,
    ),
  );
}

/** The form with the most conditions that all hold; of equals the first: own forms stand before packaged ones. */
function formFor(
  tables: ReadonlyMap<string, TableForm>,
  evaluation: Evaluation,
  book: ProjectBook,
  isPackage: boolean,
): TableForm {
  let best: { readonly form: TableForm; readonly conditions: number } | undefined;
  for (const form of tables.values()) {
    const conditions = conditionsMet(form.applies, evaluation, book);
    if (conditions !== undefined && conditions > (best?.conditions ?? -1)) best = { form, conditions };
  }
  if (best === undefined) throw new JipingError('not-found', text('没有适用的表式', 'no form applies to this project'));
  const { inPackage } = best.form;
  return isPackage && inPackage !== undefined ? formById(tables, inPackage) : best.form;
}

function conditionsMet(applies: TableForm['applies'], evaluation: Evaluation, book: ProjectBook): number | undefined {
  if (applies === undefined || (applies.midYear ?? false) !== evaluation.isMidPeriod) return undefined;
  if ((applies.declaration ?? false) !== evaluation.isDeclaration) return undefined;
  const { ruleSets, types, regions } = applies;
  const checks = [
    ruleSets?.includes(evaluation.ruleSet.id),
    types?.includes(book.project.type?.value ?? ''),
    regions?.some((name) => evaluation.region.includes(name)),
  ].filter((check) => check !== undefined);
  return checks.every((check) => check) ? checks.length : undefined;
}
