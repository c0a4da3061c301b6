import type { ProjectBook } from '../../ledger/index.ts';
import type { Evaluation } from '../../performance/index.ts';
import { JipingError, text } from '../../problem/index.ts';
import type { Report } from '../report.ts';
import { type DepartmentFramework, loadDepartmentFramework } from './department-framework.ts';
import { composeDepartmentReport } from './department-report.ts';
import { loadTableForms, type TableForm } from './form-schema.ts';
import { composeGuangdongReport } from './guangdong-report.ts';
import { composeTableForm } from './table-form.ts';

/** A paper of an evaluation and the word its file names end with. */
export interface Paper {
  /** 自评表, 自评报告, 部门评价报告 */
  readonly name: string;
  readonly report: Report;
}

/** What the papers are composed by; loaded once for many projects. */
export interface PaperForms {
  readonly tables: ReadonlyMap<string, TableForm>;
  readonly framework: DepartmentFramework;
}

export function loadPaperForms(): PaperForms {
  return { tables: loadTableForms(), framework: loadDepartmentFramework() };
}

/**
 * The papers of one evaluation: the self-evaluation table F1, and the report its kind asks for (F4 for a unit's own
 * evaluation, F7 for a department's or the finance bureau's).
 * @throws JipingError `unsupported` for a form that is not made
 */
export function composePapers(evaluation: Evaluation, book: ProjectBook, forms: PaperForms): readonly Paper[] {
  const table = forms.tables.get('F1');
  if (table === undefined) throw new JipingError('unsupported', text('没有表式 F1', 'form F1 is not there'));
  const report: Paper =
    evaluation.kind === 'unit-self'
      ? { name: '自评报告', report: composeGuangdongReport(evaluation, book) }
      : {
          name: evaluation.kind === 'department' ? '部门评价报告' : '财政评价报告',
          report: composeDepartmentReport(evaluation, book, forms.framework),
        };
  return [{ name: '自评表', report: composeTableForm(table, evaluation, book) }, report];
}
