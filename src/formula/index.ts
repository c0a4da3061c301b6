export {
  compileFormula,
  compileFormulas,
  evaluateFormulas,
  type Formula,
  type FormulaSet,
  type NamedFormula,
} from './compile-formulas.ts';
export { type Evaluation, evaluateFormula } from './evaluate-formula.ts';
export type { FormulaCellProblem, FormulaUse } from './evaluation-context.ts';
export { type FormulaProblem, type FormulaRule, toProblem } from './formula-problem.ts';
export { FORMULA_LIMITS, type FormulaLimits } from './limits.ts';
export { type Parsed, parseFormula } from './parse-formula.ts';
export { printFormula } from './print-formula.ts';
export type {
  CellFault,
  FormulaCell,
  FormulaColumnSchema,
  FormulaData,
  FormulaScalarSchema,
  FormulaSchema,
  FormulaTable,
  FormulaTableSchema,
} from './schema.ts';
