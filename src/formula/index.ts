export {
  compileFormula,
  compileFormulas,
  evaluateFormulas,
  type NamedFormula,
} from './compile-formulas.ts';
export { type Evaluation, evaluateFormula } from './evaluate-formula.ts';
export type { FormulaCellProblem, FormulaUse } from './evaluation-context.ts';
export { toProblem } from './formula-problem.ts';
export { parseFormula } from './parse-formula.ts';
export { printFormula } from './print-formula.ts';
export type {
  FormulaCell,
  FormulaColumnSchema,
  FormulaData,
  FormulaScalarSchema,
  FormulaSchema,
  FormulaTable,
  FormulaTableSchema,
} from './schema.ts';
