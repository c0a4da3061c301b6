import type { FactValue, RowRange } from '../fact/index.ts';
import { text } from '../problem/index.ts';
import { Exact, round } from '../quantity/index.ts';
import type { Aggregate, Checked } from './checked.ts';
import type { Formula } from './compile-formulas.ts';
import { evaluateAggregate } from './evaluate-aggregate.ts';
import {
  type CellReader,
  type Context,
  type FormulaCellProblem,
  type FormulaUse,
  normalText,
  order,
  type Raw,
  Undecided,
} from './evaluation-context.ts';
import { FORMULA_LIMITS, type FormulaLimits } from './limits.ts';
import { mergeRanges } from './row-ranges.ts';
import type { FormulaCell, FormulaData } from './schema.ts';

export interface Evaluation {
  /** A number in the formula's unit, a date, a text, or undecided with the reason (无法计算). */
  readonly value: FactValue;
  readonly uses: readonly FormulaUse[];
  /** Rows of each table that took part, over all uses. */
  readonly rows: ReadonlyMap<string, readonly RowRange[]>;
  /** Single values and other indicators read, in the order met. */
  readonly inputs: readonly string[];
  readonly problems: readonly FormulaCellProblem[];
}

/** Most problems of one evaluation that are listed one by one; the rest are counted. */
const LISTED = 200;

/**
 * Evaluates one checked formula. Never throws for what the data are: a fault is a problem, and the value undecided.
 * @param indicators values of the other indicators the formula names (see `evaluateFormulas`).
 */
export function evaluateFormula(
  formula: Formula,
  data: FormulaData,
  indicators: ReadonlyMap<string, FactValue> = new Map(),
  limits: FormulaLimits = FORMULA_LIMITS,
): Evaluation {
  const context: Context = { data, indicators, limits, uses: [], inputs: new Set(), problems: [], steps: 0 };
  const value = toFactValue(bind(formula.checked, context, noCells)(0), formula.checked);
  const rows = new Map<string, readonly RowRange[]>();
  for (const use of context.uses) rows.set(use.table, mergeRanges(rows.get(use.table) ?? [], use.rows));
  return { value, uses: context.uses, rows, inputs: [...context.inputs], problems: limited(context.problems) };
}

function limited(problems: readonly FormulaCellProblem[]): readonly FormulaCellProblem[] {
  if (problems.length <= LISTED) return problems;
  const rest = problems.length - LISTED;
  const severity = problems.some((item) => item.severity === 'error') ? 'error' : 'warning';
  const message = text(`另有 ${rest} 个同类单元格问题没有列出`, `${rest} more such cells are not listed`);
  return [...problems.slice(0, LISTED), { rule: 'cell-fault', severity, message }];
}

export function toFactValue(raw: Raw, checked: Checked): FactValue {
  if (raw instanceof Undecided) return { kind: 'undecided', reason: raw.reason };
  if (raw instanceof Exact && checked.type.kind === 'number')
    return { kind: 'number', value: raw, unit: checked.type.unit };
  if (checked.type.kind === 'date') return { kind: 'date', value: String(raw) };
  return { kind: 'text', value: String(raw) };
}

const noCells: CellReader = () => {
  throw new TypeError('a cell outside a condition');
};

/** Turns a checked expression into a closure over row indexes; everything that does not depend on the row is done once. */
export function bind(checked: Checked, context: Context, cells: CellReader): (index: number) => Raw {
  switch (checked.kind) {
    case 'constant': {
      const { value } = checked;
      return () => value;
    }
    case 'scalar':
    case 'indicator': {
      return once(() => named(checked, context));
    }
    case 'cell':
      return cells(checked.column);
    case 'aggregate':
      return once(() => aggregate(checked, checked.aggregate, context));
    case 'convert': {
      const of = bind(checked.of, context, cells);
      return (index) => {
        const value = of(index);
        return value instanceof Exact ? value.mul(checked.factor) : value;
      };
    }
    case 'minus': {
      const of = bind(checked.of, context, cells);
      return (index) => {
        const value = of(index);
        return value instanceof Exact ? value.neg() : value;
      };
    }
    case 'not': {
      const of = bind(checked.of, context, cells);
      return (index) => {
        const value = of(index);
        return typeof value === 'boolean' ? !value : value;
      };
    }
    case 'value-call':
      return bindCall(checked, context, cells);
    case 'binary':
      return bindBinary(checked, context, cells);
  }
}

/** Not before it is needed: the branch of 如果 that is not taken uses no rows and has no faults. */
function once(read: () => Raw): () => Raw {
  let value: Raw | undefined;
  return () => {
    value ??= read();
    return value;
  };
}

function aggregate(checked: Checked, of: Aggregate, context: Context): Raw {
  const result = evaluateAggregate(of, context, bind);
  context.uses.push({
    table: of.table.name,
    query: of.query,
    rows: result.rows,
    rowCount: result.rowCount,
    value: toFactValue(result.value, checked),
  });
  return result.value;
}

function named(checked: Checked & { kind: 'scalar' | 'indicator' }, context: Context): Raw {
  const { name } = checked;
  context.inputs.add(name);
  if (checked.kind === 'indicator') {
    const value = context.indicators.get(name);
    if (value === undefined) return missing(name, context);
    switch (value.kind) {
      case 'number':
      case 'date':
      case 'text':
        return value.value;
      case 'undecided':
        return new Undecided(
          text(
            `“${name}”无法计算：${value.reason.zh.replace(/^无法计算：/, '')}`,
            `“${name}” is undecided: ${value.reason.en}`,
          ),
        );
      case 'interval':
        return new Undecided(text(`“${name}”待定`, `${name} is not settled yet`));
    }
  }
  const value: FormulaCell = context.data.scalar(name);
  if (value === undefined) return missing(name, context);
  if (value instanceof Exact || typeof value === 'string') return value;
  context.problems.push({ rule: 'cell-fault', severity: 'error', message: value.fault, column: name });
  return new Undecided(text(`“${name}”填写有误`, `${name} is filled in wrongly`));
}

function missing(name: string, context: Context): Undecided {
  const message = text(`“${name}”没有填写`, `${name} is not filled in`);
  if (!context.problems.some((item) => item.rule === 'value-missing' && item.column === name))
    context.problems.push({ rule: 'value-missing', severity: 'warning', message, column: name });
  return new Undecided(message);
}

function bindCall(
  checked: Checked & { kind: 'value-call' },
  context: Context,
  cells: CellReader,
): (index: number) => Raw {
  const args = checked.args.map((arg) => bind(arg, context, cells));
  const [first, second, third] = args;
  if (first === undefined || second === undefined) throw new TypeError(checked.name);
  const both =
    (compute: (a: Exact | string, b: Exact | string) => Raw) =>
    (index: number): Raw => {
      const a = first(index);
      if (a instanceof Undecided || typeof a === 'boolean') return a;
      const b = second(index);
      return b instanceof Undecided || typeof b === 'boolean' ? b : compute(a, b);
    };
  switch (checked.name) {
    case '天数':
      return both((a, b) => Exact.of(dayNumber(String(b)) - dayNumber(String(a))));
    case '包含':
      return both((a, b) => normalText(String(a)).includes(normalText(String(b))));
    case '四舍五入':
      return both((a, b) =>
        a instanceof Exact && b instanceof Exact
          ? round(a, { places: Number(b.numerator), mode: 'half-up' })
          : new Undecided(text('不是数', 'not a number')),
      );
    case '如果':
      return (index) => {
        const condition = first(index);
        if (typeof condition !== 'boolean') return condition;
        return condition ? second(index) : (third ?? second)(index);
      };
    case '最小':
    case '最大':
      return (index) => {
        let best: Raw | undefined;
        for (const arg of args) {
          const value = arg(index);
          if (value instanceof Undecided) return value;
          if (best === undefined || order(value, best) < 0 === (checked.name === '最小')) best = value;
        }
        return best ?? new Undecided(text('没有值', 'no value'));
      };
    default:
      throw new TypeError(checked.name);
  }
}

/** Days since 1970-01-01 of a `YYYY-MM-DD`; a calendar computation, no clock or time zone in it. */
function dayNumber(date: string): number {
  return Math.round(Date.parse(`${date}T00:00:00Z`) / 86_400_000);
}

function bindBinary(
  checked: Checked & { kind: 'binary' },
  context: Context,
  cells: CellReader,
): (index: number) => Raw {
  const left = bind(checked.left, context, cells);
  const right = bind(checked.right, context, cells);
  const { operator } = checked;
  // A false side settles 且 whatever the other is, a true side settles 或: a blank that cannot matter is no problem.
  if (operator === '且' || operator === '或') {
    const settles = operator === '或';
    return (index) => {
      const a = left(index);
      if (a === settles) return a;
      const b = right(index);
      if (b === settles) return b;
      return a instanceof Undecided ? a : b;
    };
  }
  const compute = operation(checked, left, right);
  if (compute !== undefined) return compute;
  const accept = comparison(operator);
  const asText = checked.left.type.kind === 'text';
  const fixed = asText && checked.right.kind === 'constant' ? normalText(String(checked.right.value)) : undefined;
  return (index) => {
    const a = left(index);
    if (a instanceof Undecided) return a;
    if (fixed !== undefined) return accept(a === fixed || normalText(String(a)) === fixed ? 0 : 1);
    const b = right(index);
    if (b instanceof Undecided) return b;
    return accept(asText ? (normalText(String(a)) === normalText(String(b)) ? 0 : 1) : order(a, b));
  };
}

function comparison(operator: string): (sign: number) => boolean {
  switch (operator) {
    case '=':
      return (sign) => sign === 0;
    case '<>':
      return (sign) => sign !== 0;
    case '<':
      return (sign) => sign < 0;
    case '<=':
      return (sign) => sign <= 0;
    case '>':
      return (sign) => sign > 0;
    default:
      return (sign) => sign >= 0;
  }
}

function operation(
  checked: Checked & { kind: 'binary' },
  left: (index: number) => Raw,
  right: (index: number) => Raw,
): ((index: number) => Raw) | undefined {
  const numbers =
    (compute: (a: Exact, b: Exact) => Raw) =>
    (index: number): Raw => {
      const a = left(index);
      if (!(a instanceof Exact)) return a;
      const b = right(index);
      return b instanceof Exact ? compute(a, b) : b;
    };
  switch (checked.operator) {
    case '+':
      return numbers((a, b) => a.add(b));
    case '-':
      return numbers((a, b) => a.sub(b));
    case '*':
      return numbers((a, b) => a.mul(b));
    case '/': {
      const zero = new Undecided(
        checked.right.kind === 'scalar' || checked.right.kind === 'indicator'
          ? text(`无法计算：除数“${checked.right.name}”为 0`, `cannot be computed: “${checked.right.name}” is 0`)
          : text('无法计算：除数为 0', 'cannot be computed: division by zero'),
      );
      return numbers((a, b) => (b.isZero ? zero : a.div(b)));
    }
    default:
      return undefined;
  }
}
