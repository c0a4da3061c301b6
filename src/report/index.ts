export { renderDocx } from './docx/render-docx.ts';
export { PdfRenderer, type PdfResult } from './pdf/pdf-renderer.ts';
export { figure, print, printValue } from './print.ts';
export { type PageNumberStyle, type PageStyle, type Report, reportFigures, reportLines } from './report.ts';
