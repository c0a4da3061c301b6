export { renderDocx } from './docx/render-docx.ts';
export { evaluationJson } from './evaluation-json.ts';
export { renderLineagePage } from './lineage-page/lineage-page.ts';
export { composePapers, loadPaperForms, type Paper, type PaperForms } from './papers/compose-papers.ts';
export { PdfRenderer, type PdfResult } from './pdf/pdf-renderer.ts';
export { figure, print, printValue } from './print.ts';
export { type PageNumberStyle, type PageStyle, type Report, reportFigures, reportLines } from './report.ts';
export { renderXlsx } from './xlsx/render-xlsx.ts';
