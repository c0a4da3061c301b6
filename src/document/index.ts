export {
  type Align,
  type Block,
  type Cell,
  cellText,
  type FigureFormat,
  type FigureRun,
  type Heading,
  type Inline,
  inlineText,
  type PageBreak,
  type Paragraph,
  type ParagraphRole,
  type Position,
  type Table,
  type TextRun,
  type TextSource,
} from './blocks.ts';
export type { ReadOutcome } from './parse-archive.ts';
export { parseDocument } from './parse-document.ts';
export { readDocument, readDocuments } from './process/read-documents.ts';
export type { DocumentKind, ReadDocument } from './read-document.ts';
export { decodeText } from './safety/decode-text.ts';
export { fileSize } from './safety/file-size.ts';
export { DEFAULT_LIMITS, type ReadLimits } from './safety/limits.ts';
export { parseXml } from './safety/parse-xml.ts';
export { openZip } from './safety/zip-archive.ts';
export {
  columnName,
  type DateSystem,
  type SheetCell,
  type SheetLayout,
  type SheetRange,
  type SheetRow,
  type StoredType,
} from './sheet/cell.ts';
export { cellNumber } from './sheet/cell-number.ts';
export { cellDate, displayText } from './sheet/display-text.ts';
export { collectSheet, type OpenSpreadsheetOptions, openSpreadsheet } from './sheet/open-spreadsheet.ts';
export type { Sheet, SheetContent, Spreadsheet } from './sheet/spreadsheet.ts';
export { parseDelimited } from './text/parse-delimited.ts';
