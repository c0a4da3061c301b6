export { renderDocx } from './docx/render-docx.ts';
export { evaluationJson } from './evaluation-json.ts';
export { destinationWord } from './fact-words.ts';
export { renderLineagePage } from './lineage-page/lineage-page.ts';
export {
  composePapers,
  formIds,
  loadPaperForms,
  type Paper,
  type PaperChoice,
  type PaperForms,
  titlesOfForms,
} from './papers/compose-papers.ts';
export {
  composeEvidenceIndex,
  composePackageSummary,
  composeProblemList,
  type EvidenceLine,
  type FailedBook,
  type PackagedProject,
  type StatedNumber,
} from './papers/package-papers.ts';
export { PdfRenderer, type PdfResult } from './pdf/pdf-renderer.ts';
export { figure, printValue } from './print.ts';
export type { PageNumberStyle, PageStyle, Report } from './report.ts';
export { fillTemplate } from './template/fill-template.ts';
export type { EvaluationFact } from './verify/compare-with-evaluation.ts';
export { sealReport } from './verify/manifest.ts';
export { loadSigningKey, makeSigningKey, type SigningKey, trustedKeys, trustKey } from './verify/signing-key.ts';
export type { Verification } from './verify/verification.ts';
export { verifyPaper } from './verify/verify-paper.ts';
export { renderXlsx } from './xlsx/render-xlsx.ts';
