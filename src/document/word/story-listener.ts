import type { Align, Block, Heading, Inline, Position } from '../blocks.ts';
import { type Attributes, attribute, isOn, type XmlListener } from '../safety/parse-xml.ts';
import { buildTable, type RowCell } from '../table/build-table.ts';
import { outlineOfName, type ParagraphStyle, resolveStyle } from './docx-styles.ts';
import type { Numbering } from './numbering.ts';
import { symbolWord } from './symbol-word.ts';

interface OpenParagraph {
  inlines: { text: string; bold: boolean; tag: string | undefined }[];
  style: string | undefined;
  outline: number | undefined;
  numId: string | undefined;
  numLevel: number | undefined;
  align: Align | undefined;
  pageBreak: boolean;
  /** Text boxes anchored in it come after it. */
  boxes: Block[];
}

interface OpenCell {
  columnSpan: number;
  continues: boolean;
  /** Legacy horizontal merge: belongs to the cell to the left. */
  joinsLeft: boolean;
}

interface OpenTable {
  rows: RowCell[][];
  row: RowCell[];
  headerRow: boolean;
  cell: OpenCell;
  /** Tables and text boxes inside cells follow the table. */
  after: Block[];
}

interface Story {
  blocks: Block[];
  part: Position['part'];
}

/** Elements whose content is not what a reader of the printed page sees. */
const INVISIBLE = new Set([
  'del',
  'moveFrom',
  'Fallback',
  'rt',
  'instrText',
  'delText',
  'binData',
  'rPrChange',
  'pPrChange',
]);

/**
 * Turns a part of a Word document (body, header, footnotes) into blocks. Tracked insertions are read, deletions,
 * hidden words, comments and field codes are not.
 */
export class StoryListener implements XmlListener {
  readonly blocks: Block[] = [];
  private readonly styles: ReadonlyMap<string, ParagraphStyle>;
  private readonly numbering: Numbering;
  private readonly stories: Story[];
  private readonly paragraphs: OpenParagraph[] = [];
  private readonly tables: OpenTable[] = [];
  private readonly tags: (string | undefined)[] = [];
  private readonly path: string[] = [];
  private invisible = 0;
  private inText = false;
  private bold = false;
  private hidden = false;

  constructor(styles: ReadonlyMap<string, ParagraphStyle>, numbering: Numbering, part: Position['part']) {
    this.styles = styles;
    this.numbering = numbering;
    this.stories = [{ blocks: this.blocks, part }];
  }

  open(name: string, attributes: Attributes): void {
    const parent = this.path.at(-1);
    this.path.push(name);
    if (INVISIBLE.has(name)) this.invisible += 1;
    if (this.invisible > 0) return;
    const value = attribute(attributes, 'val');
    const paragraph = this.paragraphs.at(-1);
    const table = this.tables.at(-1);
    switch (name) {
      case 'p':
        this.paragraphs.push(emptyParagraph());
        break;
      case 'r':
        this.bold = false;
        this.hidden = false;
        break;
      case 't':
        this.inText = true;
        break;
      case 'tab':
      case 'ptab':
        if (parent === 'r') this.add('\t');
        break;
      case 'br':
        if (attribute(attributes, 'type') === 'page') {
          if (paragraph !== undefined) paragraph.pageBreak = true;
        } else if (parent === 'r') this.add('\n');
        break;
      case 'cr':
        this.add('\n');
        break;
      case 'noBreakHyphen':
        this.add('-');
        break;
      case 'sym':
        this.add(symbolWord(attribute(attributes, 'font') ?? '', attribute(attributes, 'char') ?? ''));
        break;
      case 'b':
        if (parent === 'rPr' && this.path.at(-3) === 'r') this.bold = isSet(value);
        break;
      case 'vanish':
        if (parent === 'rPr' && this.path.at(-3) === 'r') this.hidden = isSet(value);
        break;
      case 'pStyle':
        if (paragraph !== undefined) paragraph.style = value;
        break;
      case 'outlineLvl':
        if (paragraph !== undefined) paragraph.outline = Number(value);
        break;
      case 'numId':
        if (paragraph !== undefined) paragraph.numId = value;
        break;
      case 'ilvl':
        if (paragraph !== undefined) paragraph.numLevel = Number(value);
        break;
      case 'jc':
        if (paragraph !== undefined && parent === 'pPr') paragraph.align = alignOf(value);
        break;
      case 'sdt':
        this.tags.push(undefined);
        break;
      case 'tag':
        if (parent === 'sdtPr') this.tags[this.tags.length - 1] = value;
        break;
      case 'txbxContent':
        this.stories.push({ blocks: [], part: 'text-box' });
        break;
      case 'tbl':
        this.tables.push({ rows: [], row: [], headerRow: false, cell: emptyCell(), after: [] });
        break;
      case 'tr':
        if (table !== undefined) {
          table.row = [];
          table.headerRow = false;
        }
        break;
      case 'gridBefore':
        table?.row.push({ paragraphs: [], rowSpan: 1, columnSpan: Number(value ?? 1), gap: true });
        break;
      case 'tblHeader':
        if (table !== undefined) table.headerRow = isSet(value);
        break;
      case 'tc':
        if (table !== undefined) table.cell = emptyCell();
        this.stories.push({ blocks: [], part: this.stories.at(-1)?.part });
        break;
      case 'gridSpan':
        if (table !== undefined) table.cell.columnSpan = Math.max(1, Number(value) || 1);
        break;
      case 'vMerge':
        if (table !== undefined) table.cell.continues = value !== 'restart';
        break;
      case 'hMerge':
        if (table !== undefined) table.cell.joinsLeft = value !== 'restart';
        break;
    }
  }

  close(name: string): void {
    this.path.pop();
    if (INVISIBLE.has(name)) {
      this.invisible -= 1;
      return;
    }
    if (this.invisible > 0) return;
    switch (name) {
      case 'p':
        this.closeParagraph();
        break;
      case 't':
        this.inText = false;
        break;
      case 'sdt':
        this.tags.pop();
        break;
      case 'txbxContent':
        this.closeTextBox();
        break;
      case 'tc':
        this.closeCell();
        break;
      case 'tr': {
        const table = this.tables.at(-1);
        table?.rows.push(table.headerRow ? table.row.map((cell) => ({ ...cell, header: true })) : table.row);
        break;
      }
      case 'tbl':
        this.closeTable();
        break;
    }
  }

  text(words: string): void {
    if (this.inText && this.invisible === 0) this.add(words);
  }

  private add(words: string): void {
    const paragraph = this.paragraphs.at(-1);
    if (paragraph === undefined || this.hidden || words === '') return;
    const tag = this.tags.findLast((each) => each !== undefined);
    const last = paragraph.inlines.at(-1);
    if (last !== undefined && last.bold === this.bold && last.tag === tag) last.text += words;
    else paragraph.inlines.push({ text: words, bold: this.bold, tag });
  }

  private closeParagraph(): void {
    const paragraph = this.paragraphs.pop();
    const story = this.stories.at(-1);
    if (paragraph === undefined || story === undefined) return;
    const style = resolveStyle(this.styles, paragraph.style);
    const numId = paragraph.numId ?? style.numId;
    const blank = paragraph.inlines.every((each) => each.text.trim() === '');
    if (!blank && numId !== undefined && numId !== '0') {
      const number = this.numbering.next({ numId, level: paragraph.numLevel ?? style.numLevel ?? 0 });
      if (number !== '') paragraph.inlines.unshift({ text: number, bold: false, tag: undefined });
    }
    if (!blank) story.blocks.push(paragraphBlock(paragraph, style, story.part));
    if (paragraph.pageBreak) story.blocks.push({ kind: 'page-break' });
    story.blocks.push(...paragraph.boxes);
  }

  private closeTextBox(): void {
    const box = this.stories.pop();
    const paragraph = this.paragraphs.at(-1);
    if (box !== undefined) (paragraph?.boxes ?? this.stories.at(-1)?.blocks ?? this.blocks).push(...box.blocks);
  }

  private closeCell(): void {
    const story = this.stories.pop();
    const table = this.tables.at(-1);
    if (story === undefined || table === undefined) return;
    const paragraphs: (readonly Inline[])[] = [];
    for (const block of story.blocks) {
      if (
        block.kind === 'table' ||
        (block.kind !== 'page-break' && block.position?.part === 'text-box' && story.part !== 'text-box')
      )
        table.after.push(block);
      else if (block.kind !== 'page-break') paragraphs.push(block.inlines);
    }
    const { columnSpan, continues, joinsLeft } = table.cell;
    const left = table.row.at(-1);
    if (joinsLeft && left !== undefined)
      table.row[table.row.length - 1] = { ...left, columnSpan: left.columnSpan + columnSpan };
    else table.row.push({ paragraphs, rowSpan: 1, columnSpan, continues });
    table.cell = emptyCell();
  }

  private closeTable(): void {
    const table = this.tables.pop();
    const story = this.stories.at(-1);
    if (table === undefined || story === undefined) return;
    const position = story.part === undefined ? undefined : { part: story.part };
    const built = buildTable(table.rows, position);
    if (built.cells.length > 0) story.blocks.push(built);
    story.blocks.push(...table.after);
  }
}

function emptyParagraph(): OpenParagraph {
  return {
    inlines: [],
    style: undefined,
    outline: undefined,
    numId: undefined,
    numLevel: undefined,
    align: undefined,
    pageBreak: false,
    boxes: [],
  };
}

function emptyCell(): OpenCell {
  return { columnSpan: 1, continues: false, joinsLeft: false };
}

function isSet(value: string | undefined): boolean {
  return value === undefined || isOn(value);
}

function alignOf(value: string | undefined): Align | undefined {
  switch (value) {
    case 'left':
    case 'start':
      return 'left';
    case 'center':
      return 'center';
    case 'right':
    case 'end':
      return 'right';
    case 'both':
    case 'distribute':
      return 'justify';
    default:
      return undefined;
  }
}

function paragraphBlock(paragraph: OpenParagraph, style: ParagraphStyle, part: Position['part']): Block {
  const inlines = paragraph.inlines.map(
    ({ text, bold, tag }): Inline => ({
      kind: 'text',
      text,
      source: 'unit',
      ...(bold ? { bold } : {}),
      ...(tag === undefined ? {} : { tag }),
    }),
  );
  const position = part === undefined ? {} : { position: { part } };
  const outline = paragraph.outline ?? style.outlineLevel ?? outlineOfName(style.name);
  if (outline !== undefined && outline < 9)
    return { kind: 'heading', level: Math.min(4, outline + 1) as Heading['level'], inlines, ...position };
  const align = paragraph.align === undefined ? {} : { align: paragraph.align };
  return { kind: 'paragraph', role: 'body', inlines, ...align, ...position };
}
