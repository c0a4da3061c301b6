import type { Block, Inline, Table } from '../../document/index.ts';
import type { ProjectBook } from '../../ledger/index.ts';
import type { BudgetRow, Evaluation, ScoredIndicator } from '../../performance/index.ts';
import { type Problem, problem, text } from '../../problem/index.ts';
import type { Report } from '../report.ts';
import { fieldText } from './form-fields.ts';
import type { FormPart, IndicatorColumn, MoneyColumn, TableForm } from './form-schema.ts';
import { FigureWriter, unitWords, words } from './inlines.ts';
import { moneyNote } from './money-phrases.ts';
import { type MoneyLine, moneyLines } from './money-rows.ts';
import { TableBuilder } from './table-builder.ts';

type Part<K extends FormPart['kind']> = Extract<FormPart, { kind: K }>;

/** A filled form, and what could not be filled as the form asks. */
export interface FilledForm {
  readonly report: Report;
  readonly problems: readonly Problem[];
}

/**
 * An official table from its form (`rules/forms/`): the claimed score is what it prints; suggested and reviewed
 * scores stand in the lineage page. Second-level rows without an indicator are printed blank as in the form.
 */
export function composeTableForm(form: TableForm, evaluation: Evaluation, book: ProjectBook): FilledForm {
  const composer = new FormComposer(form, evaluation, book);
  const blocks: Block[] = [
    { kind: 'heading', level: 0, inlines: composer.filled(form.title) },
    { kind: 'paragraph', role: 'subtitle', align: 'center', inlines: composer.filled(form.subtitle) },
    ...(form.note === 'none'
      ? []
      : [{ kind: 'paragraph', role: 'note', inlines: moneyNote(evaluation, composer.figures) } as const]),
    ...composer.tables(),
    ...(form.foot ?? []).map((line) => ({ kind: 'paragraph', role: 'note', inlines: composer.filled(line) }) as const),
  ];
  const note = verificationNote(form, evaluation);
  if (note !== undefined) blocks.push({ kind: 'paragraph', role: 'note', inlines: [words(note)] });
  return {
    report: {
      title: form.title,
      kind: 'table',
      page: { orientation: composer.layout.orientation, grid: false },
      pageNumber: 'none',
      blocks,
    },
    problems: composer.problems,
  };
}

/** What a reader must know about the sources of the form, and of the scores where it prints any. */
function verificationNote(form: TableForm, evaluation: Evaluation): string | undefined {
  const parts: string[] = [];
  const hasScores = form.parts.some((part) => part.kind === 'total');
  if (hasScores && evaluation.weightSource.startsWith('示例')) parts.push(`分值为${evaluation.weightSource}`);
  if (hasScores && !evaluation.ruleSet.verified) parts.push(`评分规则“${evaluation.ruleSet.name}”含原文未核的条款`);
  if (!form.basis.verified) parts.push(`表式依据${form.basis.document}，原文未核`);
  return parts.length === 0 ? undefined : `注：${parts.join('；')}。`;
}

class FormComposer {
  readonly figures: FigureWriter;
  readonly problems: Problem[] = [];
  readonly #form: TableForm;
  readonly #evaluation: Evaluation;
  readonly #book: ProjectBook;
  /** Whether the form is laid out for many indicators or long texts. */
  readonly #long: boolean;
  readonly layout: Pick<TableForm, 'orientation' | 'widths'>;
  #builder: TableBuilder;

  constructor(form: TableForm, evaluation: Evaluation, book: ProjectBook) {
    this.#form = form;
    this.#evaluation = evaluation;
    this.#book = book;
    this.figures = new FigureWriter(evaluation.lineage);
    const texts = evaluation.indicators.flatMap((leaf) => [leaf.reason, leaf.path[2]]);
    const { long } = form;
    const isLong =
      long !== undefined &&
      (evaluation.indicators.length > long.leaves || texts.some((written) => written.length > long.characters));
    this.#long = isLong;
    this.layout = isLong ? long : form;
    this.#builder = new TableBuilder(this.layout.widths);
  }

  /** One table; a long form has its indicators and their total in one of their own, whose heading row repeats. */
  tables(): readonly Table[] {
    if (!this.#long) {
      for (const part of this.#form.parts) this.#part(part);
      return [this.#builder.build()];
    }
    const tables: Table[] = [];
    let isOfIndicators = false;
    let headingRows = 1;
    for (const [index, part] of this.#form.parts.entries()) {
      const belongs: boolean = part.kind === 'indicators' || (isOfIndicators && part.kind === 'total');
      if (index > 0 && (part.kind === 'indicators' || belongs !== isOfIndicators)) {
        tables.push(this.#builder.build(isOfIndicators ? headingRows : 0));
        this.#builder = new TableBuilder(this.layout.widths);
      }
      isOfIndicators = belongs;
      if (part.kind === 'indicators') headingRows = headingLines(part);
      this.#part(part);
    }
    return [...tables, this.#builder.build(isOfIndicators ? headingRows : 0)];
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
      case 'checks':
        this.#checks(part);
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
      .flatMap((piece) => {
        if (!piece.startsWith('{')) return [words(piece)];
        const name = piece.slice(1, -1);
        const own = extra[name];
        return own === undefined ? this.#field(name).paragraphs.flat() : [words(own)];
      });
  }

  #field(name: string): ReturnType<typeof fieldText> {
    return fieldText(name, this.#evaluation, this.#book, this.figures);
  }

  #notice(rule: string, zh: string, en: string, where: Problem['where']): void {
    this.problems.push(problem(rule, 'notice', text(zh, en), where));
  }

  #fields(part: Part<'fields'>): void {
    for (const row of part.rows) {
      this.#builder.row();
      for (const item of row) {
        if ('label' in item) {
          this.#builder.cell(this.filled(item.label), item.span, { header: true });
          continue;
        }
        const { paragraphs, cell } = this.#field(item.value);
        const length = paragraphs.flat().reduce((sum, run) => sum + run.text.replace(/\s/g, '').length, 0);
        if (item.limit !== undefined && length > item.limit)
          this.#notice(
            'form-text-too-long',
            `“${item.value}”有${length}字，${this.#form.name}要求不超过${item.limit}字；已照印，请删减`,
            `“${item.value}” has ${length} characters, the form takes ${item.limit}; printed whole`,
            { sheet: this.#book.projectSheetName, ...(cell === undefined ? {} : { cell }) },
          );
        this.#builder.cell(paragraphs, item.span, { align: item.align ?? 'center' });
      }
    }
  }

  #money(part: Part<'money'>): void {
    const lines = moneyLines(part, this.#evaluation.budget.rows);
    this.#builder.row().cell(this.filled(part.label), part.labelSpan, { rowSpan: lines.length + 2, header: true });
    for (const column of part.columns) this.#builder.cell(this.filled(column.heading), column.span, { header: true });
    for (const line of [undefined, ...lines]) {
      this.#builder.row();
      for (const column of part.columns)
        this.#builder.cell(this.#moneyCell(column.show, part, line), column.span, {
          align: column.show === 'reason' ? 'left' : 'center',
        });
    }
  }

  /** One cell of the money block; without `line` one of the sum row. */
  #moneyCell(show: MoneyColumn, part: Part<'money'>, line?: MoneyLine): readonly Inline[] {
    const { budget } = this.#evaluation;
    const execution = this.#evaluation.indicators.find((indicator) => indicator.isExecution);
    const isSum = line === undefined;
    const amounts: Omit<BudgetRow, 'source'> | undefined = isSum
      ? { ...budget, rate: budget.rates.executionAdjusted }
      : line.row;
    switch (show) {
      case 'source':
        return isSum ? [words(part.total)] : this.filled(line.label, { 资金来源: line.row?.source ?? '' });
      case 'initial':
      case 'adjusted':
      case 'inPlace':
      case 'executed':
      case 'forecast':
      case 'term':
        return amounts === undefined ? [] : [this.figures.money(amounts[show], budget.unit.symbol)];
      case 'rate':
        return amounts === undefined ? [] : [this.figures.rate(amounts.rate)];
      case 'rateInitial':
        return isSum ? [this.figures.rate(budget.rates.executionInitial)] : [words('—')];
      case 'weight':
        return [isSum ? this.figures.points(execution?.weight) : words('—')];
      case 'score':
        return [isSum ? this.figures.points(execution?.claimed) : words('—')];
      case 'reason':
        return isSum ? this.#moneyReasons(execution) : [];
      case 'blank':
        return [];
    }
  }

  /** Why the execution deviates, and why the budget was changed. */
  #moneyReasons(execution: ScoredIndicator | undefined): readonly Inline[] {
    const changes = this.#book.tables.money.records.filter((line) => line.kind === '追加' || line.kind === '调减');
    const reasons = [execution?.reason ?? '', ...changes.map((line) => line.reason ?? '')];
    return [...new Set(reasons.map((reason) => reason.trim()).filter((reason) => reason !== ''))].map((reason, index) =>
      unitWords(index === 0 ? reason : `；${reason}`),
    );
  }

  #goals(part: Part<'goals'>): void {
    this.#builder.row().cell(this.filled(part.label), part.labelSpan, { rowSpan: 2, header: true });
    for (const column of part.columns) this.#builder.cell([words(column.heading)], column.span, { header: true });
    this.#builder.row();
    const { goalExpected, goalActual, goalLong } = this.#book.project;
    const goals = { expected: goalExpected, actual: goalActual, long: goalLong };
    for (const column of part.columns) {
      const written = goals[column.show]?.value ?? '';
      this.#builder.cell(
        written.split('\n').map((line) => [unitWords(line)]),
        column.span,
        { align: 'left' },
      );
    }
  }

  /** A fixed list of items from the 评价要点 sheet: what is the case, and what is wrong and how it is mended. */
  #checks(part: Part<'checks'>): void {
    const sheet = this.#book.tables.checklists;
    this.#builder.row().cell(this.filled(part.label), part.labelSpan, { rowSpan: part.items.length + 1, header: true });
    for (const column of part.columns) this.#builder.cell([words(column.heading)], column.span, { header: true });
    const empty: string[] = [];
    for (const item of part.items) {
      const points = sheet.records.filter((record) => record.indicator === item);
      if (points.length === 0) empty.push(item);
      const cells = {
        item: [[words(item)]],
        situation: points.map((point) => [
          unitWords(
            `${point.point ?? ''}${point.satisfied === undefined ? '' : `：${point.satisfied}`}${point.record === undefined ? '' : `（${point.record}）`}`,
          ),
        ]),
        problem: points.flatMap((point) => (point.reason === undefined ? [] : [[unitWords(point.reason)]])),
      };
      this.#builder.row();
      for (const column of part.columns)
        this.#builder.cell(cells[column.show], column.span, {
          align: column.show === 'item' ? 'center' : 'left',
          ...(column.show === 'item' ? { header: true } : {}),
        });
    }
    if (empty.length > 0)
      this.#notice(
        'form-item-empty',
        `${this.#form.name}要求说明${empty.join('、')}，“${sheet.sheet}”表没有这些条目，已留空`,
        `the form asks about ${empty.join(', ')}; the sheet has no line for them`,
        { sheet: sheet.sheet },
      );
  }

  #indicators(part: Part<'indicators'>): void {
    const leaves = this.#evaluation.indicators.filter((indicator) => !indicator.isExecution);
    const lines = headingLines(part);
    // A heading row that repeats on every page must not hold a cell that reaches below it.
    this.#builder.row();
    if (this.#long) this.#builder.cell([], part.labelSpan, { header: true, rowSpan: lines });
    else this.#builder.cell(this.filled(part.label), part.labelSpan, { rowSpan: leaves.length + lines, header: true });
    this.#indicatorHeading(part, lines);
    for (const [index, leaf] of leaves.entries()) {
      this.#builder.row();
      if (this.#long && index === 0)
        this.#builder.cell(this.filled(part.label), part.labelSpan, { rowSpan: leaves.length, header: true });
      for (const column of part.columns) {
        const depth = column.show === 'level1' ? 1 : column.show === 'level2' ? 2 : 0;
        if (depth === 0) {
          const align = LEFT.has(column.show) ? 'left' : 'center';
          this.#builder.cell(this.#indicatorCell(column, leaf), column.span, { align });
        } else if (index === 0 || !samePath(leaves[index - 1], leaf, depth)) {
          let rowSpan = 1;
          while (samePath(leaf, leaves[index + rowSpan], depth)) rowSpan += 1;
          this.#builder.cell([unitWords(leaf.path[depth - 1] ?? '')], column.span, { rowSpan });
        }
      }
    }
  }

  /** One line of headings, or two where columns are grouped. */
  #indicatorHeading(part: Part<'indicators'>, lines: number): void {
    const { columns } = part;
    for (const [index, { heading, span, group }] of columns.entries()) {
      if (group === undefined) this.#builder.cell(this.filled(heading), span, { header: true, rowSpan: lines });
      else if (group !== columns[index - 1]?.group) {
        let width = 0;
        for (let at = index; columns[at]?.group === group; at += 1) width += columns[at]?.span ?? 0;
        this.#builder.cell(this.filled(group), width, { header: true });
      }
    }
    if (lines === 1) return;
    this.#builder.row();
    for (const { heading, span, group } of columns)
      if (group !== undefined) this.#builder.cell(this.filled(heading), span, { header: true });
  }

  #indicatorCell({ show, tick }: IndicatorCellOf, leaf: ScoredIndicator): readonly Inline[] {
    switch (show) {
      case 'level3':
        return [unitWords(leaf.path[2])];
      case 'target':
        return this.figures.measure(leaf.target, leaf.operator);
      case 'termTarget':
        return this.figures.measure(leaf.termTarget, leaf.operator);
      case 'sign':
        return leaf.target.kind === 'none' ? [] : [words(leaf.operator)];
      case 'value':
        return this.figures.bareMeasure(leaf.target, leaf.target.unit);
      case 'unit':
        return [words(leaf.target.unit)];
      case 'actual':
        return this.figures.measure(leaf.actual);
      case 'actualValue':
        return this.figures.bareMeasure(leaf.actual, leaf.target.unit);
      case 'weight':
        return [this.figures.points(leaf.weight)];
      case 'score':
        return [this.figures.points(leaf.claimed)];
      case 'reason':
        return [unitWords(leaf.reason)];
      case 'evidence':
        return [unitWords(leaf.evidence.join('、'))];
      case 'forecast':
        return this.figures.measure(leaf.outlook.forecast);
      case 'likelihood': {
        const { likelihood = '' } = leaf.outlook;
        return tick === undefined ? [unitWords(likelihood)] : [words(likelihood === tick ? '√' : '')];
      }
      case 'causes':
        return tick === undefined
          ? [unitWords(leaf.outlook.causes.join('、'))]
          : [words(leaf.outlook.causes.includes(tick) ? '√' : '')];
      case 'remedy':
        return [unitWords(leaf.outlook.remedy)];
      case 'flag': {
        const flag = this.#evaluation.monitoring.find((one) => one.path?.every((name, at) => name === leaf.path[at]));
        return flag === undefined ? [] : [words(flag.level === 'red' ? '红色' : '黄色')];
      }
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

type IndicatorCellOf = Part<'indicators'>['columns'][number];

/** How many lines the heading of the indicators has. */
function headingLines(part: Part<'indicators'>): 1 | 2 {
  return part.columns.some((column) => column.group !== undefined) ? 2 : 1;
}

/** Columns of running text. */
const LEFT: ReadonlySet<IndicatorColumn> = new Set(['level3', 'reason', 'remedy']);

/** Whether two leaves stand under the same heading down to `depth` (1 = 一级, 2 = 一级 and 二级). */
function samePath(a: ScoredIndicator | undefined, b: ScoredIndicator | undefined, depth: 1 | 2): boolean {
  if (a === undefined || b === undefined) return false;
  return a.path[0] === b.path[0] && (depth === 1 || a.path[1] === b.path[1]);
}
