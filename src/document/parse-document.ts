import { readHtml } from './html/read-html.ts';
import { readPdf } from './pdf/read-pdf.ts';
import type { ReadDocument } from './read-document.ts';
import { checkFileSize, detectKind, wrongKind } from './safety/detect-kind.ts';
import { DEFAULT_LIMITS, type ReadLimits } from './safety/limits.ts';
import { readSpreadsheet } from './sheet/read-spreadsheet.ts';
import { readCsv } from './text/read-csv.ts';
import { readText } from './text/read-text.ts';
import { readDoc } from './word/read-doc.ts';
import { readDocx } from './word/read-docx.ts';

/** What can be read, for the sentence of a refusal. */
const READABLE = [
  ' xlsx、xls、docx、doc、pdf、html、txt、csv 之一',
  'one of xlsx, xls, docx, doc, pdf, html, txt, csv',
] as const;

/**
 * Reads one file in this process, by its content. For files of one's own and for tests; foreign files go through
 * `readDocument`, which keeps time and memory in bounds.
 *
 * @param name the file's name: for errors, and to tell .csv from .txt
 * @throws JipingError `unreadable`
 */
export async function parseDocument(
  bytes: Uint8Array,
  name: string,
  options: Partial<ReadLimits> = {},
): Promise<ReadDocument> {
  const limits = { ...DEFAULT_LIMITS, ...options };
  checkFileSize(name, bytes.length, limits);
  const kind = await detectKind(bytes, name, limits);
  switch (kind) {
    case 'text':
      return /\.(csv|tsv)$/i.test(name) ? readCsv(bytes, name) : readText(bytes, name);
    case 'xlsx':
      return readSpreadsheet(bytes, name, 'xlsx', limits);
    case 'xls':
    case 'xlsb':
    case 'ods':
      return readSpreadsheet(bytes, name, 'xls', limits);
    case 'pdf':
      return readPdf(bytes, name, limits);
    case 'doc':
      return readDoc(bytes, name);
    case 'docx':
      return readDocx(bytes, name, limits);
    case 'html':
      return readHtml(bytes, name, limits);
    default:
      throw wrongKind(name, kind, READABLE);
  }
}
