import type { FactValue } from '../fact/index.ts';
import type { Unit } from '../quantity/index.ts';
import { checkFormula } from './check-formula.ts';
import type { Checked } from './checked.ts';
import { type Evaluation, evaluateFormula } from './evaluate-formula.ts';
import { type FormulaProblem, formulaProblem } from './formula-problem.ts';
import { FORMULA_LIMITS, type FormulaLimits } from './limits.ts';
import { parseFormula } from './parse-formula.ts';
import { printFormula } from './print-formula.ts';
import type { FormulaData, FormulaSchema } from './schema.ts';
import { Scope } from './scope.ts';
import type { Expression } from './syntax.ts';

/** A formula that is well formed, whose names are known and whose units agree. */
export interface Formula {
  /** Canonical spelling. */
  readonly text: string;
  readonly result: 'number' | 'text' | 'date';
  /** Of a number. */
  readonly unit: Unit | undefined;
  readonly checked: Checked;
}

export interface NamedFormula {
  /** The indicator's name: what other formulas call it by. */
  readonly name: string;
  readonly text: string;
}

export interface FormulaSet {
  /** Sound formulas in an order in which each comes after those it names. */
  readonly formulas: ReadonlyMap<string, Formula>;
  /** Faults by the formula's name; a formula with a fault is not in `formulas`. */
  readonly problems: ReadonlyMap<string, readonly FormulaProblem[]>;
}

/** One formula on its own. Either it is sound, or the list of faults is not empty. */
export function compileFormula(
  text: string,
  schema: FormulaSchema,
  limits: FormulaLimits = FORMULA_LIMITS,
): { readonly formula?: Formula; readonly problems: readonly FormulaProblem[] } {
  const parsed = parseFormula(text, limits);
  if ('problem' in parsed) return { problems: [parsed.problem] };
  return finish(parsed.expression, new Scope(schema));
}

function finish(
  expression: Expression,
  scope: Scope,
): { readonly formula?: Formula; readonly problems: readonly FormulaProblem[] } {
  const problems: FormulaProblem[] = [];
  const checked = checkFormula(expression, scope, problems);
  if (checked === undefined || problems.length > 0 || checked.type.kind === 'truth') return { problems };
  const unit = checked.type.kind === 'number' ? checked.type.unit : undefined;
  return { formula: { text: printFormula(expression), result: checked.type.kind, unit, checked }, problems };
}

/**
 * Formulas that may name each other. A name of the schema wins over an indicator of the same name. Cycles are faults of
 * every formula on them, with the path; a formula that names a faulty one is left out without a fault of its own.
 */
export function compileFormulas(
  entries: readonly NamedFormula[],
  schema: FormulaSchema,
  limits: FormulaLimits = FORMULA_LIMITS,
): FormulaSet {
  const scope = new Scope(schema);
  const problems = new Map<string, readonly FormulaProblem[]>();
  const expressions = new Map<string, Expression>();
  for (const { name, text } of entries) {
    const parsed = parseFormula(text, limits);
    if ('problem' in parsed) {
      problems.set(name, [parsed.problem]);
      scope.defineIndicator(name, 'broken');
    } else if (expressions.has(name)) {
      const whole = { start: 0, end: text.length };
      problems.set(name, [
        formulaProblem('formula-syntax', whole, `有两个指标都叫“${name}”`, `two indicators are called “${name}”`),
      ]);
    } else expressions.set(name, parsed.expression);
  }
  const edges = new Map<string, readonly string[]>();
  for (const [name, expression] of expressions)
    edges.set(
      name,
      [...namesIn(expression, scope)].filter((to) => expressions.has(to) && scope.scalar(to) === undefined),
    );

  const formulas = new Map<string, Formula>();
  for (const name of inOrder(edges, (path) => reportCycle(path, expressions, problems))) {
    const expression = expressions.get(name);
    if (expression === undefined) continue;
    if (problems.has(name)) {
      scope.defineIndicator(name, 'broken');
      continue;
    }
    const result = finish(expression, scope);
    if (result.formula === undefined) {
      if (result.problems.length > 0) problems.set(name, result.problems);
      scope.defineIndicator(name, 'broken');
    } else {
      formulas.set(name, result.formula);
      scope.defineIndicator(name, result.formula.checked.type);
    }
  }
  return { formulas, problems };
}

/** Each formula of the set, with the values of those it names. */
export function evaluateFormulas(
  set: FormulaSet,
  data: FormulaData,
  limits: FormulaLimits = FORMULA_LIMITS,
): ReadonlyMap<string, Evaluation> {
  const results = new Map<string, Evaluation>();
  const values = new Map<string, FactValue>();
  for (const [name, formula] of set.formulas) {
    const evaluation = evaluateFormula(formula, data, values, limits);
    results.set(name, evaluation);
    values.set(name, evaluation.value);
  }
  return results;
}

/** Names that could be other indicators; inside a count, a column of its table is not. */
function namesIn(expression: Expression, scope: Scope, into = new Set<string>()): ReadonlySet<string> {
  switch (expression.kind) {
    case 'name':
      into.add(expression.name);
      break;
    case 'call': {
      const [source] = expression.args;
      const table =
        source?.kind === 'column' || source?.kind === 'name'
          ? scope.table(source.kind === 'column' ? source.table : source.name)
          : undefined;
      const inside = new Set<string>();
      // The table that is counted may share its name with an indicator.
      for (const arg of table === undefined ? expression.args : expression.args.slice(1)) namesIn(arg, scope, inside);
      for (const name of inside) if (table === undefined || scope.column(table, name) === undefined) into.add(name);
      break;
    }
    case 'minus':
    case 'not':
      namesIn(expression.of, scope, into);
      break;
    case 'binary':
      namesIn(expression.left, scope, into);
      namesIn(expression.right, scope, into);
      break;
    default:
      break;
  }
  return into;
}

/** Depth first without recursion, so that a chain of any length is fine. */
function inOrder(
  edges: ReadonlyMap<string, readonly string[]>,
  cycle: (path: readonly string[]) => void,
): readonly string[] {
  const done = new Set<string>();
  for (const root of edges.keys()) {
    if (done.has(root)) continue;
    const stack: { name: string; next: number }[] = [{ name: root, next: 0 }];
    const open = new Map<string, number>([[root, 0]]);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const to = edges.get(top.name)?.[top.next];
      if (to === undefined) {
        done.add(top.name);
        open.delete(top.name);
        stack.pop();
        continue;
      }
      top.next += 1;
      const from = open.get(to);
      if (from !== undefined) cycle(stack.slice(from).map((frame) => frame.name));
      else if (!done.has(to)) {
        open.set(to, stack.length);
        stack.push({ name: to, next: 0 });
      }
    }
  }
  return [...done];
}

function reportCycle(
  path: readonly string[],
  expressions: ReadonlyMap<string, Expression>,
  problems: Map<string, readonly FormulaProblem[]>,
): void {
  for (const [index, name] of path.entries()) {
    if (problems.has(name)) continue;
    const turned = [...path.slice(index), ...path.slice(0, index), name];
    const span = expressions.get(name) ?? { start: 0, end: 0 };
    const shown = turned.join(' → ');
    problems.set(name, [
      formulaProblem(
        'formula-cycle',
        span,
        `公式互相引用，绕成了圈：${shown}`,
        `the formulas refer to each other in a circle: ${shown}`,
      ),
    ]);
  }
}
