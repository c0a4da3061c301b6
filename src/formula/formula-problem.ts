import { type Problem, problem, type Text, text, type Where } from '../problem/index.ts';
import type { Span } from './syntax.ts';

/** A fault in a formula's text. `message` names the place; `suggestion` is what to write instead, where one is known. */
export interface FormulaProblem extends Span {
  /** Stable id: `formula-syntax`, `formula-limit`, `formula-unknown-name`, `formula-type`, `formula-unit`, `formula-cycle`. */
  readonly rule: FormulaRule;
  readonly message: Text;
  readonly suggestion?: string;
}

export type FormulaRule =
  | 'formula-syntax'
  | 'formula-limit'
  | 'formula-unknown-name'
  | 'formula-type'
  | 'formula-unit'
  | 'formula-cycle';

export function formulaProblem(
  rule: FormulaRule,
  span: Span,
  zh: string,
  en: string,
  suggestion?: string,
): FormulaProblem {
  const place = span.start + 1;
  const message = text(
    `公式第 ${place} 个字：${zh}${suggestion === undefined ? '' : `；要不要写 ${suggestion}`}`,
    `formula, character ${place}: ${en}${suggestion === undefined ? '' : `; did you mean ${suggestion}`}`,
  );
  return { rule, start: span.start, end: span.end, message, ...(suggestion === undefined ? {} : { suggestion }) };
}

/** For the list of faults of a workbook: `where` is the cell the formula stands in. */
export function toProblem(fault: FormulaProblem, where: Where): Problem {
  return problem(fault.rule, 'error', fault.message, where);
}

/** Carries the first syntax fault out of the lexer and parser. Never leaves this folder. */
export class SyntaxFault extends Error {
  readonly problem: FormulaProblem;

  constructor(fault: FormulaProblem) {
    super(fault.message.zh);
    this.problem = fault;
  }
}
