import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import type { Block, Heading, Inline } from '../blocks.ts';
import { placeBlocks } from '../plain-text.ts';
import type { ReadDocument } from '../read-document.ts';
import { decodeText } from '../safety/decode-text.ts';
import type { ReadLimits } from '../safety/limits.ts';
import { overLimit } from '../safety/unreadable.ts';
import { buildTable, type RowCell, readWords } from '../table/build-table.ts';

type Node = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;

const DROPPED = new Set(
  'script style noscript template head svg math iframe object select textarea button nav'.split(' '),
);
const INLINE = new Set(
  'a abbr b bdi bdo big cite code data dfn em font i ins kbd label mark q s samp small span strike strong sub sup time tt u var wbr o:p'.split(
    ' ',
  ),
);
/** HTML nests deeper than XML when tags are left open; beyond this it is no page a person made. */
const DEPTH_FACTOR = 8;

/** A web page: visible words as paragraphs and headings, tables with their spans; scripts and styles are dropped. */
export function readHtml(bytes: Uint8Array, name: string, limits: ReadLimits): ReadDocument {
  const page = parse(decodeText(bytes, name).text);
  const reader = new HtmlReader(name, limits.depth * DEPTH_FACTOR);
  reader.walk(page.childNodes, 0);
  reader.endParagraph();
  return { name, kind: 'html', ...placeBlocks(reader.blocks), notes: [] };
}

class HtmlReader {
  readonly blocks: Block[] = [];
  private words = '';
  private level: Heading['level'] | undefined;
  private readonly file: string;
  private readonly maxDepth: number;

  constructor(file: string, maxDepth: number) {
    this.file = file;
    this.maxDepth = maxDepth;
  }

  walk(nodes: readonly Node[], depth: number): void {
    if (depth > this.maxDepth)
      throw overLimit(this.file, `嵌套深于 ${this.maxDepth} 层`, `nested deeper than ${this.maxDepth} levels`);
    for (const node of nodes) {
      if (node.nodeName === '#text') this.words += (node as DefaultTreeAdapterTypes.TextNode).value;
      else if ('tagName' in node && !isHidden(node)) this.element(node, depth);
    }
  }

  private element(element: Element, depth: number): void {
    const tag = element.tagName;
    if (DROPPED.has(tag)) return;
    if (tag === 'br') this.endParagraph();
    else if (tag === 'table') {
      this.endParagraph();
      this.table(element, depth);
    } else if (INLINE.has(tag)) this.walk(element.childNodes, depth + 1);
    else {
      this.endParagraph();
      const outer = this.level;
      if (/^h[1-6]$/.test(tag)) this.level = Math.min(4, Number(tag[1]) - 1) as Heading['level'];
      this.walk(element.childNodes, depth + 1);
      this.endParagraph();
      this.level = outer;
    }
  }

  endParagraph(): void {
    const words = collapse(this.words);
    this.words = '';
    if (words === '') return;
    const inlines: Inline[] = [readWords(words)];
    this.blocks.push(
      this.level === undefined
        ? { kind: 'paragraph', role: 'body', inlines }
        : { kind: 'heading', level: this.level, inlines },
    );
  }

  /** Tables inside cells follow the table as tables of their own: pages use outer tables for looks. */
  private table(element: Element, depth: number): void {
    const contents: Block[][] = [];
    const rows: RowCell[][] = [];
    for (const part of element.childNodes) {
      if (!('tagName' in part) || isHidden(part)) continue;
      if (part.tagName === 'caption') this.blocks.push(...this.inside(part, depth));
      if (part.tagName === 'tr') rows.push(this.row(part, contents, depth));
      if (!/^t(head|body|foot)$/.test(part.tagName)) continue;
      for (const row of part.childNodes)
        if ('tagName' in row && row.tagName === 'tr' && !isHidden(row)) rows.push(this.row(row, contents, depth));
    }
    const [only] = contents;
    // A table of one cell frames its content.
    if (contents.length === 1 && only !== undefined) {
      this.blocks.push(...only);
      return;
    }
    const table = buildTable(rows);
    if (table.cells.some((cell) => cell.paragraphs.length > 0)) this.blocks.push(table);
    this.blocks.push(...contents.flat().filter((block) => block.kind === 'table'));
  }

  private row(row: Element, contents: Block[][], depth: number): RowCell[] {
    const cells: RowCell[] = [];
    for (const cell of row.childNodes) {
      if (!('tagName' in cell) || (cell.tagName !== 'td' && cell.tagName !== 'th')) continue;
      const blocks = isHidden(cell) ? [] : this.inside(cell, depth);
      contents.push(blocks);
      cells.push({
        paragraphs: blocks.flatMap((block) =>
          block.kind === 'paragraph' || block.kind === 'heading' ? [block.inlines] : [],
        ),
        // rowspan="0" means down to the end of the table part
        rowSpan: span(cell, 'rowspan', 65_534),
        columnSpan: Math.max(1, span(cell, 'colspan', 1000)),
        header: cell.tagName === 'th',
      });
    }
    return cells;
  }

  private inside(element: Element, depth: number): Block[] {
    const inner = new HtmlReader(this.file, this.maxDepth);
    inner.walk(element.childNodes, depth + 3);
    inner.endParagraph();
    return inner.blocks;
  }
}

function span(element: Element, name: string, most: number): number {
  const value = Number.parseInt(attributeOf(element, name) ?? '1', 10);
  if (Number.isNaN(value) || value < 0) return 1;
  return value === 0 ? most : Math.min(value, most);
}

function attributeOf(element: Element, name: string): string | undefined {
  return element.attrs.find((each) => each.name === name)?.value;
}

function isHidden(element: Element): boolean {
  if (attributeOf(element, 'hidden') !== undefined) return true;
  return /display\s*:\s*none|visibility\s*:\s*hidden/i.test(attributeOf(element, 'style') ?? '');
}

/** White space between Chinese words carries nothing but is kept as one space, as a browser shows it. */
function collapse(words: string): string {
  return words.replace(/[ \t\n\f\r]+/g, ' ').trim();
}
