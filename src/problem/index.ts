export { type ErrorCode, JipingError } from './jiping-error.ts';
export { type Problem, printWhere, problem, type Severity, type Where } from './problem.ts';
export { counted, inLanguage, type Language, type Text, text } from './text.ts';
