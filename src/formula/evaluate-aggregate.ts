import type { RowRange } from '../fact/index.ts';
import { text } from '../problem/index.ts';
import { Exact } from '../quantity/index.ts';
import type { Aggregate, Checked } from './checked.ts';
import {
  type Bind,
  type CellReader,
  type Context,
  normalText,
  order,
  type Raw,
  rawText,
  Undecided,
} from './evaluation-context.ts';
import { RangeBuilder } from './row-ranges.ts';
import type { FormulaTable } from './schema.ts';

interface AggregateResult {
  readonly value: Raw;
  readonly rows: readonly RowRange[];
  readonly rowCount: number;
}

const BLANK = new Undecided(text('单元格是空的', 'the cell is blank'));
const FAULT = new Undecided(text('单元格填写有误', 'the cell is filled in wrongly'));

/** Goes through a table once. Rows used are those that meet every condition and have what is counted or added. */
export function evaluateAggregate(aggregate: Aggregate, context: Context, bind: Bind): AggregateResult {
  const none = (value: Raw): AggregateResult => ({ value, rows: [], rowCount: 0 });
  const name = aggregate.table.name;
  const table = context.data.table(name);
  if (table === undefined) {
    const message = text(`工作簿里没有“${name}”这张表`, `the book has no sheet “${name}”`);
    context.problems.push({ rule: 'sheet-missing', severity: 'error', message, table: name });
    return none(new Undecided(message));
  }
  context.steps += table.length * (1 + aggregate.conditions.reduce((sum, item) => sum + size(item), 0));
  if (context.steps > context.limits.steps) {
    const message = text('公式要算的行太多，请拆开', 'the formula visits too many rows; split it');
    context.problems.push({ rule: 'formula-steps', severity: 'error', message });
    return none(new Undecided(message));
  }
  return new Pass(aggregate, table, context).run(bind);
}

function size(checked: Checked): number {
  switch (checked.kind) {
    case 'binary':
      return 1 + size(checked.left) + size(checked.right);
    case 'convert':
    case 'minus':
    case 'not':
      return 1 + size(checked.of);
    case 'value-call':
      return checked.args.reduce((sum, item) => sum + size(item), 1);
    default:
      return 1;
  }
}

/** One way through the rows. Cells that leave a row unsure are noted per row and told only if they mattered. */
class Pass {
  readonly #aggregate: Aggregate;
  readonly #table: FormulaTable;
  readonly #context: Context;
  readonly #readers = new Map<string, (index: number) => Raw>();
  readonly #unsure: { column: string; cell: Undecided }[] = [];
  readonly #rows = new RangeBuilder();
  #faults = 0;
  #missingColumn = false;

  constructor(aggregate: Aggregate, table: FormulaTable, context: Context) {
    this.#aggregate = aggregate;
    this.#table = table;
    this.#context = context;
  }

  run(bind: Bind): AggregateResult {
    const { role, column, table } = this.#aggregate;
    const conditions = this.#aggregate.conditions.map((item) => bind(item, this.#context, this.#cells));
    const read = column === undefined ? undefined : this.#reader(column.name);
    const count =
      role === 'rows' && this.#aggregate.name === '次数' && table.countColumn !== undefined
        ? this.#table.column(table.countColumn)
        : undefined;
    const dated = role === 'latest' && table.dateColumn !== undefined ? this.#reader(table.dateColumn) : undefined;
    const meter = this.#meter(count, dated);
    for (let index = 0; index < this.#table.length; index += 1) {
      this.#unsure.length = 0;
      const passed = meets(conditions, index);
      if (passed === false) continue;
      if (passed !== true) {
        this.#report(index, passed);
        continue;
      }
      const value = read === undefined ? true : read(index);
      if (value instanceof Undecided) {
        this.#report(index, value);
        continue;
      }
      if (meter.take(index, value)) this.#rows.add(this.#table.rowNumber(index));
      else this.#report(index, BLANK);
    }
    const rows = meter.rows?.() ?? this.#rows;
    const value = this.#failure() ?? meter.result();
    return { value, rows: rows.ranges(), rowCount: rows.count };
  }

  #failure(): Undecided | undefined {
    if (this.#missingColumn) return new Undecided(text('缺少公式要用的列', 'a column the formula needs is missing'));
    if (this.#faults === 0) return undefined;
    const name = this.#aggregate.table.name;
    return new Undecided(
      text(
        `无法计算：“${name}”有 ${this.#faults} 个单元格填写有误`,
        `cannot be computed: ${this.#faults} cells of “${name}” are filled in wrongly`,
      ),
    );
  }

  readonly #cells: CellReader = (column) => this.#reader(column);

  #reader(column: string): (index: number) => Raw {
    const known = this.#readers.get(column);
    if (known !== undefined) return known;
    const cell = this.#table.column(column);
    const name = this.#aggregate.table.name;
    if (cell === undefined) {
      this.#missingColumn = true;
      this.#context.problems.push({
        rule: 'column-missing',
        severity: 'error',
        message: text(`表“${name}”缺“${column}”这一列`, `sheet “${name}” lacks the column “${column}”`),
        table: name,
        column,
      });
    }
    const type = this.#aggregate.table.columns.find((item) => item.name === column)?.type;
    const wantsNumber = type === 'number' || type === 'money';
    const reader = (index: number): Raw => {
      const value = cell?.(index);
      if (value instanceof Exact && type !== 'date') return wantsNumber ? value : value.toString();
      if (typeof value === 'string' && !wantsNumber && value.trim() !== '') return value;
      const blank = value === undefined || (typeof value === 'string' && value.trim() === '');
      const state = blank ? BLANK : FAULT;
      this.#unsure.push({ column, cell: state });
      return state;
    };
    this.#readers.set(column, reader);
    return reader;
  }

  #isNumeric(name: string): boolean {
    const column = this.#aggregate.table.columns.find((item) => item.name === name);
    return column?.type === 'number' || column?.type === 'money';
  }

  /** Ledgers have columns that only some rows fill (到货数量 of an order line); a condition must always be answerable. */
  #mayBeBlank(name: string): boolean {
    const { column } = this.#aggregate;
    return column?.name === name && column.required !== true;
  }

  /** Names the cells that kept this row out. */
  #report(index: number, reason: Undecided): void {
    if (this.#missingColumn) return;
    const { name } = this.#aggregate.table;
    const row = this.#table.rowNumber(index);
    const faulty = this.#unsure.some((item) => item.cell === FAULT);
    if (faulty) this.#faults += 1;
    for (const { column, cell } of this.#unsure) {
      const fault = cell === FAULT;
      this.#context.problems.push({
        rule: fault ? 'cell-fault' : 'cell-blank',
        severity: fault ? 'error' : this.#mayBeBlank(column) ? 'notice' : 'warning',
        message: fault
          ? text(
              `“${column}”第 ${row} 行填的不是${this.#isNumeric(column) ? '数' : '这一列的内容'}`,
              `row ${row} of “${column}” does not hold ${this.#isNumeric(column) ? 'a number' : 'what the column is for'}`,
            )
          : text(
              `“${column}”第 ${row} 行是空的，这一行没有计入`,
              `row ${row} of “${column}” is blank, the row was left out`,
            ),
        table: name,
        row,
        column,
      });
    }
    // The condition is unknown for a reason outside the row, such as a value not filled in.
    if (this.#unsure.length === 0 && reason !== BLANK && reason !== FAULT) this.#faults += 1;
  }

  #meter(
    count: ReturnType<FormulaTable['column']>,
    dated: ((index: number) => Raw) | undefined,
  ): { take(index: number, value: Raw): boolean; result(): Raw; rows?(): RangeBuilder } {
    const { role, name } = this.#aggregate;
    switch (role) {
      case 'rows': {
        let total = Exact.zero;
        let single = 0;
        return {
          take: (index) => {
            const times = count?.(index);
            if (times instanceof Exact) total = total.add(times);
            else if (times === undefined) single += 1;
            else {
              this.#unsure.push({ column: this.#aggregate.table.countColumn ?? '', cell: FAULT });
              return false;
            }
            return true;
          },
          result: () => total.add(Exact.of(single)),
        };
      }
      case 'distinct': {
        const seen = new Set<string>();
        return {
          take: (_index, value) => {
            seen.add(normalText(rawText(value)));
            return true;
          },
          result: () => Exact.of(seen.size),
        };
      }
      case 'sum': {
        let total = Exact.zero;
        return {
          take: (_index, value) => {
            if (value instanceof Exact) total = total.add(value);
            return true;
          },
          result: () => total,
        };
      }
      case 'latest': {
        let day = '';
        let total = Exact.zero;
        let rows = new RangeBuilder();
        return {
          take: (index, value) => {
            const at = dated?.(index);
            if (typeof at !== 'string' || !(value instanceof Exact)) return false;
            if (at > day) {
              day = at;
              total = Exact.zero;
              rows = new RangeBuilder();
            }
            if (at === day) {
              total = total.add(value);
              rows.add(this.#table.rowNumber(index));
            }
            return true;
          },
          result: () => (day === '' ? new Undecided(NO_ROWS) : total),
          rows: () => rows,
        };
      }
      case 'extreme': {
        let best: Raw | undefined;
        return {
          take: (_index, value) => {
            if (best === undefined || (name === '最小' ? order(value, best) < 0 : order(value, best) > 0)) best = value;
            return true;
          },
          result: () => best ?? new Undecided(NO_ROWS),
        };
      }
    }
  }
}

const NO_ROWS = text('无法计算：没有符合条件的行', 'cannot be computed: no row meets the conditions');

/** True, false (whatever else is unknown), or why it is unknown. */
function meets(conditions: readonly ((index: number) => Raw)[], index: number): boolean | Undecided {
  let unknown: Undecided | undefined;
  for (const condition of conditions) {
    const value = condition(index);
    if (value === false) return false;
    if (value instanceof Undecided) unknown ??= value;
  }
  return unknown ?? true;
}
