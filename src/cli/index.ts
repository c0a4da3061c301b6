export { evaluateBook, renderEvaluation } from './evaluate-project.ts';
