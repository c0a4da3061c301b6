import { type Block, inlineText } from '../../document/index.ts';
import { JipingError, type Problem, problem, type Text, text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import { cellWords, plainWords, quoted } from '../read/plain-words.ts';
import type { BookContent } from '../write/book-content.ts';
import { fieldOf, goalLabels, isFormLabel, isMoneyHeading } from './form-labels.ts';
import { Grid, type GridCell, labelOf } from './grid.ts';
import { type CarriedIndicator, readIndicatorGrid } from './read-indicator-grid.ts';

/** What a new book takes from an old paper, and every place of it that was not understood or had to be judged. */
export interface CarriedOver {
  readonly content: BookContent;
  readonly problems: readonly Problem[];
}

/**
 * Last year's self-evaluation table or a goal declaration, of any layout whose columns are named: project facts, the
 * goal, and of every indicator path, target and weight. Actuals, scores, reasons, money and dates are left behind.
 * @throws JipingError `unreadable` when there is no indicator table
 */
export function readGoalForm(file: string, blocks: readonly Block[]): CarriedOver {
  return new GoalFormReader(file, blocks).read();
}

const TERM_GOALS: ReadonlySet<string> = new Set(['中期目标', '实施期目标', '中长期目标']);

type Project = { -readonly [K in keyof BookContent['project']]: BookContent['project'][K] };

class GoalFormReader {
  readonly #file: string;
  readonly #blocks: readonly Block[];
  readonly #problems: Problem[] = [];
  readonly #used = new Set<GridCell>();
  readonly #project: Project = {};
  readonly #indicators: CarriedIndicator[] = [];
  #execution: Exact | undefined;

  constructor(file: string, blocks: readonly Block[]) {
    this.#file = file;
    this.#blocks = blocks;
  }

  read(): CarriedOver {
    const grids = this.#grids();
    for (const grid of grids) {
      this.#readFields(grid);
      this.#readMoney(grid);
      const read = readIndicatorGrid(grid);
      this.#indicators.push(...read.indicators);
      for (const cell of read.used) this.#used.add(cell);
      for (const { cell, message } of read.notes) this.#note(grid, cell, message, 'warning');
    }
    if (this.#indicators.length === 0)
      throw new JipingError(
        'unreadable',
        text(
          '没有找到指标表（要有“三级指标”和“指标值”两列的表头）；请用自评表、目标申报表或项目工作簿。',
          'no indicator table was found (its heading must name “三级指标” and “指标值”); give a self-evaluation table, a goal declaration or a project workbook.',
        ),
        { file: this.#file },
      );
    for (const grid of grids) {
      this.#readGoal(grid);
      this.#readTermGoal(grid);
    }
    this.#readParagraphs();
    for (const grid of grids) this.#listRest(grid);
    return {
      content: { project: this.#project, tables: { indicators: this.#withExecution() } },
      problems: this.#problems,
    };
  }

  /** The tables of the first project; a second form in the same file belongs to another book. */
  #grids(): readonly Grid[] {
    const grids: Grid[] = [];
    let number = 0;
    let name: string | undefined;
    let other = false;
    for (const block of this.#blocks) {
      if (block.kind !== 'table' || block.position?.part !== undefined) continue;
      number += 1;
      const grid = new Grid(block, number);
      const label = grid.all.find((each) => fieldOf(each.label) === 'name');
      const own = label === undefined ? undefined : grid.right(label)?.words;
      if (own !== undefined && own !== '') {
        if (name !== undefined && plainWords(own) !== plainWords(name)) {
          other = true;
          this.#problems.push(
            problem(
              'other-project',
              'warning',
              text(
                `文件里还有项目“${quoted(own)}”，没有带入；一个项目一本工作簿，请另存成单独的文件再做。`,
                `the file also holds the project “${quoted(own)}”, which was not taken; save it to a file of its own.`,
              ),
              label === undefined ? {} : grid.place(label).where,
            ),
          );
        } else other = false;
        name ??= own;
      }
      if (!other) grids.push(grid);
    }
    return grids;
  }

  #readFields(grid: Grid): void {
    for (const each of grid.all) {
      const field = fieldOf(each.label);
      if (field !== undefined) {
        const value = grid.right(each);
        if (value === undefined || value.words === '' || isFormLabel(value.label)) continue;
        this.#used.add(value);
        this.#project[field] ??= value.words;
        continue;
      }
      const inside = /^([^::]{2,12})[::]\s*(.+)$/s.exec(each.words);
      const named = inside === null ? undefined : fieldOf(labelOf(inside[1] ?? ''));
      if (inside === null || named === undefined) continue;
      this.#used.add(each);
      this.#project[named] ??= cellWords(inside[2] ?? '');
    }
  }

  /** Of the money block only the points of the execution rate are kept. */
  #readMoney(grid: Grid): void {
    const header = firstRow(grid, (cells) => cells.filter((each) => isMoneyHeading(each.label)).length >= 2);
    if (header === undefined) return;
    const weight = grid.startingIn(header).find((each) => /^(?:分值|权重)$/.test(each.label));
    for (let row = header; row < grid.rows; row += 1) {
      const cells = grid.startingIn(row);
      const first = cells.find((each) => each.words !== '');
      const figures = cells.some((each) => /^(?:-|—|——|[\d,.]+%?)$/.test(each.words.normalize('NFKC')));
      if (row > header && first !== undefined && !figures && !/资金|拨款|结转|总额|[^目]金$/.test(first.label)) break;
      for (const cell of cells) this.#used.add(cell);
      if (weight === undefined || row === header) continue;
      const points = Exact.tryParse((grid.at(row, weight.cell.column)?.words ?? '').replace(/分$/, ''));
      if (points !== undefined) this.#execution ??= points;
    }
  }

  #readGoal(grid: Grid): void {
    if (this.#project.goalExpected !== undefined) return;
    for (const label of goalLabels)
      for (const each of grid.all) {
        if (each.label !== label) continue;
        const value = [grid.right(each), grid.below(each)].find(
          (near) => near !== undefined && near.words !== '' && !isFormLabel(near.label) && !this.#used.has(near),
        );
        if (value === undefined) continue;
        this.#used.add(value);
        this.#project.goalExpected = value.words;
        this.#clearActualGoal(grid);
        return;
      }
  }

  /** 中期目标 of a declaration of several years. */
  #readTermGoal(grid: Grid): void {
    if (this.#project.goalLong !== undefined) return;
    for (const each of grid.all) {
      if (!TERM_GOALS.has(each.label)) continue;
      const value = [grid.below(each), grid.right(each)].find(
        (near) => near !== undefined && near.words !== '' && !isFormLabel(near.label) && !this.#used.has(near),
      );
      if (value === undefined) continue;
      this.#used.add(value);
      this.#project.goalLong = value.words;
      return;
    }
  }

  #clearActualGoal(grid: Grid): void {
    for (const each of grid.all) {
      if (!/完成情况$/.test(each.label)) continue;
      const [right, below] = [grid.right(each), grid.below(each)];
      const value = right !== undefined && right.words !== '' && !isFormLabel(right.label) ? right : below;
      if (value !== undefined && !isFormLabel(value.label)) this.#used.add(value);
    }
  }

  #readParagraphs(): void {
    let number = 0;
    for (const block of this.#blocks) {
      if (block.kind !== 'heading' && block.kind !== 'paragraph') continue;
      number += 1;
      if (block.position?.part !== undefined) continue;
      const words = cellWords(inlineText(block.inlines));
      if (words === '' || (block.kind === 'heading' && block.level === 0) || isTitle(words)) continue;
      const parts = /^([^::]{2,12})[::]\s*(.+)$/s.exec(words);
      const field = parts === null ? undefined : fieldOf(labelOf(parts[1] ?? ''));
      if (parts !== null && field !== undefined) this.#project[field] ??= cellWords(parts[2] ?? '');
      else
        this.#problems.push(
          problem(
            'not-carried',
            'notice',
            text(
              `第 ${number} 段“${quoted(words)}”没有带入。`,
              `paragraph ${number} “${quoted(words)}” was not carried over.`,
            ),
            block.position?.cell === undefined ? {} : { cell: block.position.cell },
          ),
        );
    }
  }

  #listRest(grid: Grid): void {
    for (const each of grid.all) {
      if (this.#used.has(each) || isFormLabel(each.label) || isTitle(each.words)) continue;
      this.#note(
        grid,
        each,
        text(`“${quoted(each.words)}”没有带入。`, `“${quoted(each.words)}” was not carried over.`),
        'notice',
      );
    }
  }

  /** Points of the execution rate that stand in the money block become an indicator of their own, as in our book. */
  #withExecution(): readonly CarriedIndicator[] {
    const weight = this.#execution;
    if (weight === undefined || this.#indicators.some((each) => each.scoring === '预算执行')) return this.#indicators;
    const path = { level1: '预算执行', level2: '预算执行率', level3: '预算执行率' };
    return [{ ...path, scoring: '预算执行', weight }, ...this.#indicators];
  }

  #note(grid: Grid, cell: GridCell, message: Text, severity: 'warning' | 'notice'): void {
    const { where, words } = grid.place(cell);
    this.#problems.push(problem('not-carried', severity, text(words.zh + message.zh, words.en + message.en), where));
  }
}

function firstRow(grid: Grid, test: (cells: readonly GridCell[]) => boolean): number | undefined {
  for (let row = 0; row < grid.rows; row += 1) if (test(grid.startingIn(row))) return row;
  return undefined;
}

/** The form's own title and year line: （2024年度）, 单位：万元, 附件1. */
function isTitle(words: string): boolean {
  const plain = plainWords(words);
  return (
    /(?:自评表|申报表|监控表|目标表|绩效表)(?:\(.*\))?$/.test(plain) ||
    /^\(?\d{4}年?度?\)?$/.test(plain) ||
    /^(?:金额)?单位.{0,6}元$/.test(plain) ||
    /^附[件表]\d*$/.test(plain)
  );
}
