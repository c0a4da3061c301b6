import { type Problem, problem, text } from '../../problem/index.ts';
import type { Block } from '../blocks.ts';
import { placeBlocks } from '../plain-text.ts';
import type { ReadDocument } from '../read-document.ts';
import type { ReadLimits } from '../safety/limits.ts';
import { damaged, overLimit, passwordProtected, unreadable } from '../safety/unreadable.ts';
import { readWords } from '../table/build-table.ts';
import { plainHan } from '../text/plain-han.ts';
import { findTables } from './find-tables.ts';
import { type PageItem, type PageLine, pageLines } from './page-lines.ts';
import { joinWords, rebuildTable } from './rebuild-table.ts';
import type { TablePart } from './stack-pages.ts';

/** What of a PDF's text items is used here. */
interface TextItem {
  readonly str: string;
  readonly transform: readonly number[];
  readonly width: number;
}

/**
 * The text layer of a PDF: paragraphs put together from lines, tables from where words stand, each with its page.
 * @throws JipingError `unreadable` when there is no text layer at all (a scan)
 */
export async function readPdf(bytes: Uint8Array, name: string, limits: ReadLimits): Promise<ReadDocument> {
  const { getDocumentProxy } = await import('unpdf');
  let pdf: Awaited<ReturnType<typeof getDocumentProxy>>;
  try {
    // pdf.js takes the bytes away from their owner: it gets a copy.
    pdf = await getDocumentProxy(Uint8Array.from(bytes), { verbosity: 0, useSystemFonts: false, stopAtErrors: false });
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'PasswordException') throw passwordProtected(name);
    throw damaged(name, cause);
  }
  const pageCount = pdf.numPages;
  if (pageCount > limits.pages) throw overLimit(name, `多于 ${limits.pages} 页`, `more than ${limits.pages} pages`);
  const flow = new TextFlow();
  const notes: Problem[] = [];
  let readPages = 0;
  let length = 0;
  try {
    for (let number = 1; number <= pageCount; number += 1) {
      const page = await pdf.getPage(number);
      const [, , , top = 0] = page.view;
      const content = await page.getTextContent({ disableNormalization: true });
      page.cleanup();
      const items = content.items.flatMap((item) => ('str' in item ? pageItem(item, top) : []));
      length += items.reduce((sum, item) => sum + item.text.length, 0);
      if (length > limits.textLength) throw overLimit(name, '文字过多', 'too much text');
      const trouble = pageTrouble(items, name, number);
      if (trouble === undefined) readPages += 1;
      else notes.push(trouble);
      if (trouble === undefined || trouble.rule !== 'no-text-layer') flow.page(pageLines(items), number);
    }
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'JipingError') throw cause;
    throw damaged(name, cause);
  } finally {
    await pdf.destroy();
  }
  if (readPages === 0)
    throw unreadable(
      name,
      'PDF 没有文字层（可能是扫描件），读不出文字；请提供原始电子文档，或先做文字识别（OCR）。',
      'the PDF has no text layer (perhaps a scan); provide the original document, or run OCR first.',
    );
  return { name, kind: 'pdf', ...placeBlocks(flow.finish()), pageCount, notes };
}

function pageItem(item: TextItem, top: number): PageItem[] {
  const [a = 0, b = 0, c = 0, d = 0, x = 0, y = 0] = item.transform;
  const size = Math.hypot(c, d) || Math.hypot(a, b);
  // Words set at an angle are watermarks and stamps.
  if (size === 0 || Math.abs(b) > 0.1 * Math.abs(a)) return [];
  return [{ text: plainHan(item.str), x, y: top - y, width: item.width, size }];
}

function pageTrouble(items: readonly PageItem[], file: string, page: number): Problem | undefined {
  const words = items
    .map((item) => item.text)
    .join('')
    .replace(/\s/g, '');
  const where = { file, page };
  if (words === '')
    return problem(
      'no-text-layer',
      'warning',
      text('本页没有文字层（可能是扫描件）', 'the page has no text layer (perhaps a scan)'),
      where,
    );
  const unknown = words.match(/[\ue000-\uf8ff\ufffd\0-\x1f]/g)?.length ?? 0;
  if (unknown * 5 > words.length)
    return problem(
      'garbled-text',
      'warning',
      text('本页文字层是乱码，读数不可靠', 'the text layer of the page is garbled'),
      where,
    );
  return undefined;
}

const PAGE_NUMBER = /^[-—–\s]*(第\s*)?\d{1,4}(\s*页)?([\s/，,]*共\s*\d+\s*页|\s*\/\s*\d+)?[-—–\s]*$/;

/** Puts lines of pages together into paragraphs and tables; a paragraph may run over a page break. */
class TextFlow {
  private readonly blocks: Block[] = [];
  private open: { lines: PageLine[]; page: number } | undefined;
  /** A table that reaches the foot of a page goes on when the next page begins with one. */
  private table: TablePart[] | undefined;
  private right = 0;
  /** Wait until the paragraph that may run over them is complete. */
  private readonly pageNumbers: Block[] = [];

  page(lines: readonly PageLine[], page: number): void {
    const { body, numbers } = splitPageNumbers(lines);
    const segments = body.flatMap((line) => line.segments);
    const left = segments.length === 0 ? 0 : Math.min(...segments.map((each) => each.left));
    this.right = segments.length === 0 ? 0 : Math.max(...segments.map((each) => each.right));
    let first = true;
    for (const part of findTables(body, left, this.right)) {
      if (part.kind === 'table') {
        this.closeParagraph();
        if (!first || tableLength(this.table) > MAX_TABLE_LINES) this.closeTable();
        this.table = [...(this.table ?? []), { lines: part.lines, page }];
        first = false;
      } else {
        this.closeTable();
        for (const line of part.lines) {
          this.line(line, page, left, first);
          first = false;
        }
      }
    }
    for (const line of numbers) {
      const inlines = [readWords(lineText(line))];
      this.pageNumbers.push({ kind: 'paragraph', role: 'body', inlines, position: { page, part: 'footer' } });
    }
    if (this.open === undefined && this.table === undefined) this.blocks.push(...this.pageNumbers.splice(0));
  }

  finish(): Block[] {
    this.closeParagraph();
    this.closeTable();
    return this.blocks;
  }

  private closeTable(): void {
    if (this.table === undefined) return;
    this.blocks.push(rebuildTable(this.table), ...this.pageNumbers.splice(0));
    this.table = undefined;
  }

  private line(line: PageLine, page: number, left: number, topOfPage: boolean): void {
    const before = this.open?.lines.at(-1);
    const start = line.segments[0]?.left ?? 0;
    const end = before?.segments.at(-1)?.right ?? 0;
    const runsOn =
      before !== undefined &&
      line.segments.length === 1 &&
      before.segments.length === 1 &&
      Math.abs(before.size - line.size) < 0.1 * line.size &&
      start < left + 1.2 * line.size &&
      end > this.right - 2.2 * line.size &&
      (topOfPage || line.y - before.y < 2.6 * line.size);
    if (!runsOn) {
      this.closeParagraph();
      this.open = { lines: [], page };
    }
    this.open?.lines.push(line);
  }

  private closeParagraph(): void {
    const { open } = this;
    if (open === undefined) return;
    const words = joinWords(open.lines.map((line) => ({ text: lineText(line) })));
    const position = { page: open.page };
    this.open = undefined;
    if (words !== '') this.blocks.push({ kind: 'paragraph', role: 'body', inlines: [readWords(words)], position });
    this.blocks.push(...this.pageNumbers.splice(0));
  }
}

/** A longer table goes on as a new one, so that time stays in proportion to length. */
const MAX_TABLE_LINES = 400;

function tableLength(parts: readonly TablePart[] | undefined): number {
  return (parts ?? []).reduce((sum, part) => sum + part.lines.length, 0);
}

function lineText(line: PageLine): string {
  return line.segments.map((each) => each.text.trim()).join(' ');
}

function splitPageNumbers(lines: readonly PageLine[]): { body: readonly PageLine[]; numbers: readonly PageLine[] } {
  const last = lines.at(-1);
  if (last === undefined || lines.length < 2 || !PAGE_NUMBER.test(lineText(last))) return { body: lines, numbers: [] };
  const before = lines.at(-2);
  // The last figure of a table stands as near to it as the rows do.
  if (before !== undefined && last.y - before.y < 2 * last.size) return { body: lines, numbers: [] };
  return { body: lines.slice(0, -1), numbers: [last] };
}
