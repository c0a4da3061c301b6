/** What a formula may cost. The defaults are far above anything a clerk writes. */
export interface FormulaLimits {
  /** Characters. */
  readonly length: number;
  /** Nesting of parentheses, functions and signs. */
  readonly depth: number;
  /** Rows visited × conditions checked, over one evaluation. */
  readonly steps: number;
}

export const FORMULA_LIMITS: FormulaLimits = { length: 2000, depth: 40, steps: 50_000_000 };
