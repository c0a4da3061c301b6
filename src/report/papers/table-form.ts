import type { Block, Inline, Table } from '../../document/index.ts';
import type { ProjectBook } from '../../ledger/index.ts';
import type { BudgetRow, Evaluation, ScoredIndicator } from '../../performance/index.ts';
import { JipingError, text } from '../../problem/index.ts';
import type { Report } from '../report.ts';
import type { FormPart, IndicatorColumn, MoneyColumn, TableForm } from './form-schema.ts';
import { FigureWriter, unitWords, words } from './inlines.ts';
import { moneyNote } from './money-phrases.ts';
import { TableBuilder } from './table-builder.ts';

type Part<K extends FormPart['kind']> = Extract<FormPart, { kind: K }>;

/**
 * An official table from its form (`rules/forms/`): the claimed score is what it prints; suggested and reviewed
 * scores stand in the lineage page. Second-level rows without an indicator are printed blank as in the form.
 */
export function composeTableForm(form: TableForm, evaluation: Evaluation, book: ProjectBook): Report {
  const composer = new FormComposer(form, evaluation, book);
  const blocks: Block[] = [
    { kind: 'heading', level: 0, inlines: [words(form.title)] },
    { kind: 'paragraph', role: 'subtitle', align: 'center', inlines: composer.filled(form.subtitle) },
    { kind: 'paragraph', role: 'note', inlines: moneyNote(evaluation, composer.figures) },
    ...composer.tables(),
  ];
  if (!evaluation.ruleSet.verified || !form.basis.verified || evaluation.weightSource.startsWith('示例'))
    blocks.push({ kind: 'paragraph', role: 'note', inlines: [words(verificationNote(form, evaluation))] });
  return {
    title: form.title,
    kind: 'table',
    page: { orientation: composer.long ? form.long.orientation : form.orientation, grid: false },
    pageNumber: 'none',
    blocks,
  };
}

function verificationNote(form: TableForm, evaluation: Evaluation): string {
  const parts: string[] = [];
  if (evaluation.weightSource.startsWith('示例')) parts.push(`分值为${evaluation.weightSource}`);
  if (!evaluation.ruleSet.verified) parts.push(`评分规则“${evaluation.ruleSet.name}”含原文未核的条款`);
  if (!form.basis.verified) parts.push(`表式依据${form.basis.document}，原文未核`);
  return `注：${parts.join('；')}。`;
}

class FormComposer {
  readonly figures: FigureWriter;
  readonly #form: TableForm;
  readonly #evaluation: Evaluation;
  readonly #book: ProjectBook;
  /** Whether the form is laid out for many indicators or long texts. */
  readonly long: boolean;
  #builder: TableBuilder;

  constructor(form: TableForm, evaluation: Evaluation, book: ProjectBook) {
    this.#form = form;
    this.#evaluation = evaluation;
    this.#book = book;
    this.figures = new FigureWriter(evaluation.lineage);
    const texts = evaluation.indicators.flatMap((leaf) => [leaf.reason, leaf.path[2]]);
    this.long =
      evaluation.indicators.length > form.long.leaves || texts.some((written) => written.length > form.long.characters);
    this.#builder = this.#start();
  }

  #start(): TableBuilder {
    return new TableBuilder(this.long ? this.#form.long.widths : this.#form.widths);
  }

  /** One table; a long form has its indicators in a second one, whose heading row repeats on every page. */
  tables(): readonly Table[] {
    const tables: Table[] = [];
    for (const part of this.#form.parts) {
      if (this.long && part.kind === 'indicators') {
        tables.push(this.#builder.build());
        this.#builder = this.#start();
      }
      this.#part(part);
    }
    return [...tables, this.#builder.build(this.long ? 1 : 0)];
  }

  #part(part: FormPart): void {
    switch (part.kind) {
      case 'fields':
        this.#fields(part);
        break;
      case 'money':
        this.#money(part);
        break;
      case 'goals':
        this.#goals(part);
        break;
      case 'indicators':
        this.#indicators(part);
        break;
      case 'total':
        this.#total(part);
        break;
    }
  }

  /** A label with its `{名称}` places filled. */
  filled(template: string, extra: Readonly<Record<string, string>> = {}): readonly Inline[] {
    return template
      .split(/(\{[^}]+\})/)
      .filter((piece) => piece !== '')
      .map((piece) => {
        if (!piece.startsWith('{')) return words(piece);
        const name = piece.slice(1, -1);
        return words(extra[name] ?? this.#field(name));
      });
  }

  #field(name: string): string {
    const { project } = this.#book;
    switch (name) {
      case '项目名称':
        return this.#evaluation.project;
      case '主管部门':
        return this.#evaluation.department;
      case '实施单位':
        return this.#evaluation.unit;
      case '评价年度':
        return this.#evaluation.period;
      case '金额单位':
        return this.#evaluation.budget.unit.symbol;
      case '项目代码':
        return project.code?.value ?? '';
      case '填报人':
        return project.preparedBy?.value ?? '';
      case '联系电话':
        return project.phone?.value ?? '';
      default:
        throw new JipingError(
          'invalid-rule',
          text(
            `表式 ${this.#form.id} 用了没有的栏目 {${name}}`,
            `form ${this.#form.id} uses the unknown field {${name}}`,
          ),
        );
    }
  }

  #fields(part: Part<'fields'>): void {
    for (const row of part.rows) {
      this.#builder.row();
      for (const item of row)
        if ('label' in item) this.#builder.cell(this.filled(item.label), item.span, { header: true });
        else this.#builder.cell([unitWords(this.#field(item.value))], item.span);
    }
  }

  #money(part: Part<'money'>): void {
    const { budget } = this.#evaluation;
    this.#builder
      .row()
      .cell(this.filled(part.label), part.labelSpan, { rowSpan: budget.rows.length + 2, header: true });
    for (const column of part.columns) this.#builder.cell([words(column.heading)], column.span, { header: true });
    this.#builder.row();
    for (const column of part.columns) this.#builder.cell(this.#moneyCell(column.show, part), column.span);
    for (const row of budget.rows) {
      this.#builder.row();
      for (const column of part.columns) this.#builder.cell(this.#moneyCell(column.show, part, row), column.span);
    }
  }

  /** One cell of the money block; without `row` one of the sum row. */
  #moneyCell(show: MoneyColumn, part: Part<'money'>, row?: BudgetRow): readonly Inline[] {
    const { budget } = this.#evaluation;
    const source = row ?? { ...budget, source: '', rate: budget.rates.executionAdjusted };
    const execution = this.#evaluation.indicators.find((indicator) => indicator.isExecution);
    switch (show) {
      case 'source':
        return row === undefined ? [words(part.total)] : this.filled(part.source, { 资金来源: row.source });
      case 'initial':
      case 'adjusted':
      case 'inPlace':
      case 'executed':
        return [this.figures.money(source[show], budget.unit.symbol)];
      case 'rate':
        return [this.figures.rate(source.rate)];
      case 'weight':
        return [row === undefined ? this.figures.points(execution?.weight) : words('—')];
      case 'score':
        return [row === undefined ? this.figures.points(execution?.claimed) : words('—')];
      case 'blank':
        return [];
    }
  }

  #goals(part: Part<'goals'>): void {
    this.#builder.row().cell(this.filled(part.label), part.labelSpan, { rowSpan: 2, header: true });
    for (const column of part.columns) this.#builder.cell([words(column.heading)], column.span, { header: true });
    this.#builder.row();
    const { goalExpected, goalActual } = this.#book.project;
    for (const column of part.columns) {
      const written = (column.show === 'expected' ? goalExpected : goalActual)?.value ?? '';
      this.#builder.cell(
        written.split('\n').map((line) => [unitWords(line)]),
        column.span,
        { align: 'left' },
      );
    }
  }

  #indicators(part: Part<'indicators'>): void {
    const leaves = this.#evaluation.indicators.filter((indicator) => !indicator.isExecution);
    // A heading row that repeats on every page must not hold a cell that reaches below it.
    this.#builder.row();
    if (this.long) this.#builder.cell([], part.labelSpan, { header: true });
    else this.#builder.cell(this.filled(part.label), part.labelSpan, { rowSpan: leaves.length + 1, header: true });
    for (const column of part.columns) this.#builder.cell([words(column.heading)], column.span, { header: true });
    for (const [index, leaf] of leaves.entries()) {
      this.#builder.row();
      if (this.long && index === 0)
        this.#builder.cell(this.filled(part.label), part.labelSpan, { rowSpan: leaves.length, header: true });
      for (const column of part.columns) {
        const depth = column.show === 'level1' ? 1 : column.show === 'level2' ? 2 : 0;
        if (depth === 0) {
          const align = column.show === 'reason' || column.show === 'level3' ? 'left' : 'center';
          this.#builder.cell(this.#indicatorCell(column.show, leaf), column.span, { align });
        } else if (index === 0 || !samePath(leaves[index - 1], leaf, depth)) {
          let rowSpan = 1;
          while (samePath(leaf, leaves[index + rowSpan], depth)) rowSpan += 1;
          this.#builder.cell([unitWords(leaf.path[depth - 1] ?? '')], column.span, { rowSpan });
        }
      }
    }
  }

  #indicatorCell(show: IndicatorColumn, leaf: ScoredIndicator): readonly Inline[] {
    switch (show) {
      case 'level3':
        return [unitWords(leaf.path[2])];
      case 'target':
        return this.figures.measure(leaf.target, leaf.operator);
      case 'actual':
        return this.figures.measure(leaf.actual);
      case 'weight':
        return [this.figures.points(leaf.weight)];
      case 'score':
        return [this.figures.points(leaf.claimed)];
      case 'reason':
        return [unitWords(leaf.reason)];
      case 'level1':
        return [unitWords(leaf.path[0])];
      case 'level2':
        return [unitWords(leaf.path[1])];
      case 'blank':
        return [];
    }
  }

  #total(part: Part<'total'>): void {
    const { total } = this.#evaluation;
    this.#builder.row().cell([words(part.label)], part.labelSpan, { header: true });
    for (const column of part.columns)
      this.#builder.cell(
        column.show === 'weight'
          ? [this.figures.points(total.weight)]
          : column.show === 'score'
            ? [this.figures.points(total.claimed)]
            : [],
        column.span,
      );
  }
}

/** Whether two leaves stand under the same heading down to `depth` (1 = 一级, 2 = 一级 and 二级). */
function samePath(a: ScoredIndicator | undefined, b: ScoredIndicator | undefined, depth: 1 | 2): boolean {
  if (a === undefined || b === undefined) return false;
  return a.path[0] === b.path[0] && (depth === 1 || a.path[1] === b.path[1]);
}
