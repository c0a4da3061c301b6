import { type Problem, problem, text } from '../../problem/index.ts';
import type { Block } from '../blocks.ts';
import { placeBlocks } from '../plain-text.ts';
import type { ReadDocument } from '../read-document.ts';
import type { ReadLimits } from '../safety/limits.ts';
import { damaged, overLimit, passwordProtected, unreadable } from '../safety/unreadable.ts';
import { readWords } from '../table/build-table.ts';
import { plainHan } from '../text/plain-han.ts';
import { type DrawnLines, drawnLines, type OperatorList, type Operators } from './drawn-lines.ts';
import { findTables } from './find-tables.ts';
import { type PageItem, type PageLine, pageLines } from './page-lines.ts';
import { type Matrix, multiply, toMatrix, uprightTurn } from './page-space.ts';
import { joinWords, rebuildTable } from './rebuild-table.ts';
import { type RuledGrid, ruledGrids } from './ruled-grid.ts';
import { continued, fillGrid, type RuledPart, ruledTable, standsIn } from './ruled-table.ts';
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
  const { getDocumentProxy, getResolvedPDFJS } = await import('unpdf');
  allowTransfer();
  acceptFonts();
  let pdf: Awaited<ReturnType<typeof getDocumentProxy>>;
  try {
    // pdf.js takes the bytes away from their owner: it gets a copy.
    pdf = await getDocumentProxy(new Uint8Array(bytes), { ...UNPAINTED, verbosity: 0, stopAtErrors: false });
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'PasswordException') throw passwordProtected(name);
    throw damaged(name, cause);
  }
  const pageCount = pdf.numPages;
  if (pageCount > limits.pages) throw overLimit(name, `多于 ${limits.pages} 页`, `more than ${limits.pages} pages`);
  const { OPS: operators } = await getResolvedPDFJS();
  const flow = new TextFlow();
  const notes: Problem[] = [];
  let readPages = 0;
  let length = 0;
  try {
    for (let number = 1; number <= pageCount; number += 1) {
      const page = await pdf.getPage(number);
      const content = await page.getTextContent({ disableNormalization: true });
      const { items, space } = placed(
        content.items.filter((item) => 'str' in item),
        toMatrix(page.getViewport({ scale: 1 }).transform),
      );
      const lines = items.length === 0 ? NO_LINES : await linesOf(page, operators, space);
      page.cleanup();
      length += items.reduce((sum, item) => sum + item.text.length, 0);
      if (length > limits.textLength) throw overLimit(name, '文字过多', 'too much text');
      const trouble = pageTrouble(items, name, number);
      if (trouble === undefined) readPages += 1;
      else notes.push(trouble);
      if (trouble === undefined || trouble.rule !== 'no-text-layer') flow.page(items, ruledGrids(lines), number);
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

/**
 * Nothing is painted here: pictures stay packed, and no outline of a letter is worked out. For the latter pdf.js must
 * believe that somebody else loads fonts; else it draws letters itself (a quarter of the time of a page).
 */
const UNPAINTED: Readonly<Record<string, unknown>> = {
  useSystemFonts: false,
  maxImageSize: 0,
  disableFontFace: false,
  ownerDocument: { fonts: { add: () => undefined, delete: () => true } },
};

/** The browser's class of a loaded font, which Node has not. */
function acceptFonts(): void {
  if ('FontFace' in globalThis) return;
  const loaded = Promise.resolve();
  Object.defineProperty(globalThis, 'FontFace', {
    configurable: true,
    value: class {
      readonly loaded = loaded;
    },
  });
}

const NO_LINES: DrawnLines = { level: [], upright: [] };

/** A page whose drawing cannot be read still has its words. */
async function linesOf(
  page: { getOperatorList(): Promise<OperatorList> },
  operators: Operators,
  space: Matrix,
): Promise<DrawnLines> {
  try {
    return drawnLines(await page.getOperatorList(), operators, space);
  } catch {
    return NO_LINES;
  }
}

/** pdf.js takes buffers over by a method that Node has from 21 on. */
function allowTransfer(): void {
  if ('transferToFixedLength' in ArrayBuffer.prototype) return;
  Object.defineProperty(ArrayBuffer.prototype, 'transferToFixedLength', {
    configurable: true,
    writable: true,
    value(this: ArrayBuffer, length = this.byteLength): ArrayBuffer {
      const whole = structuredClone(this, { transfer: [this] });
      if (length <= whole.byteLength) return length === whole.byteLength ? whole : whole.slice(0, length);
      const longer = new Uint8Array(length);
      longer.set(new Uint8Array(whole));
      return longer.buffer;
    },
  });
}

/** The words of a page in the space in which most of them stand upright, and the way from the page to that space. */
function placed(runs: readonly TextItem[], page: Matrix): { readonly items: PageItem[]; readonly space: Matrix } {
  const placedRuns = runs.map((run) => ({
    run,
    matrix: multiply(page, toMatrix(run.transform)),
    letters: run.str.trim().length,
  }));
  const turn = uprightTurn(placedRuns);
  const items = placedRuns.flatMap(({ run, matrix }) => pageItem(run, multiply(turn, matrix)));
  return { items, space: multiply(turn, page) };
}

function pageItem(run: TextItem, [a, b, c, d, x, y]: Matrix): PageItem[] {
  const size = Math.hypot(c, d) || Math.hypot(a, b);
  // Words set at an angle are watermarks and stamps.
  if (size === 0 || a <= 0 || Math.abs(b) > 0.1 * a) return [];
  return [{ text: plainHan(run.str), x, y, width: run.width, size }];
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
  /** The same of a table drawn with lines. */
  private ruled: RuledPart | undefined;
  private right = 0;
  /** Wait until the paragraph that may run over them is complete. */
  private readonly pageNumbers: Block[] = [];

  page(items: readonly PageItem[], grids: readonly RuledGrid[], page: number): void {
    const inside = grids.map((): PageItem[] => []);
    const outside: PageItem[] = [];
    for (const item of items) (inside[grids.findIndex((grid) => standsIn(grid, item))] ?? outside).push(item);
    const { body, numbers } = splitPageNumbers(pageLines(outside), grids);
    let left = Number.POSITIVE_INFINITY;
    this.right = 0;
    for (const line of body)
      for (const segment of line.segments) {
        left = Math.min(left, segment.left);
        this.right = Math.max(this.right, segment.right);
      }
    let first = true;
    let at = 0;
    for (const [index, grid] of grids.entries()) {
      const filled = inside[index] ?? [];
      if (filled.length === 0) continue;
      let end = at;
      while (end < body.length && (body[end]?.y ?? 0) <= (grid.rows[0] ?? 0)) end += 1;
      first = this.lines(body.slice(at, end), page, left, first);
      at = end;
      this.grid(fillGrid(grid, filled, page), first);
      first = false;
    }
    this.lines(body.slice(at), page, left, first);
    for (const line of numbers) {
      const inlines = [readWords(lineText(line))];
      this.pageNumbers.push({ kind: 'paragraph', role: 'body', inlines, position: { page, part: 'footer' } });
    }
    if (this.open === undefined && this.table === undefined && this.ruled === undefined) this.flushNumbers();
  }

  private grid(part: RuledPart, topOfPage: boolean): void {
    this.closeParagraph();
    this.closeTable();
    const whole =
      topOfPage && this.ruled !== undefined && this.ruled.rowCount <= MAX_TABLE_LINES
        ? continued(this.ruled, part)
        : undefined;
    if (whole === undefined) this.closeRuled();
    this.ruled = whole ?? part;
  }

  /** Returns whether nothing of the page was seen yet. */
  private lines(body: readonly PageLine[], page: number, left: number, topOfPage: boolean): boolean {
    let first = topOfPage;
    for (const part of findTables(body, left, this.right)) {
      this.closeRuled();
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
    return first;
  }

  finish(): Block[] {
    this.closeParagraph();
    this.closeTable();
    this.closeRuled();
    this.flushNumbers();
    return this.blocks;
  }

  private flushNumbers(): void {
    for (const block of this.pageNumbers.splice(0)) this.blocks.push(block);
  }

  private closeTable(): void {
    if (this.table === undefined) return;
    this.blocks.push(rebuildTable(this.table));
    this.table = undefined;
    this.flushNumbers();
  }

  private closeRuled(): void {
    if (this.ruled === undefined) return;
    this.blocks.push(ruledTable(this.ruled));
    this.ruled = undefined;
    this.flushNumbers();
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
    this.flushNumbers();
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

function splitPageNumbers(
  lines: readonly PageLine[],
  grids: readonly RuledGrid[],
): { body: readonly PageLine[]; numbers: readonly PageLine[] } {
  const last = lines.at(-1);
  const bottom = Math.max(...grids.map((grid) => grid.rows.at(-1) ?? 0), 0);
  const isFoot = last !== undefined && (lines.length >= 2 || (grids.length > 0 && last.y > bottom));
  if (!isFoot || !PAGE_NUMBER.test(lineText(last))) return { body: lines, numbers: [] };
  const before = lines.at(-2);
  // The last figure of a table stands as near to it as the rows do.
  if (before !== undefined && last.y - before.y < 2 * last.size) return { body: lines, numbers: [] };
  return { body: lines.slice(0, -1), numbers: [last] };
}
