import {
  type Align,
  type Cell,
  cellText,
  type Heading,
  type Inline,
  inlineText,
  type Paragraph,
  type Table,
} from '../../document/index.ts';
import { countLines, labelMeasure, longestToken, SUBSTITUTE, titleMeasure } from '../measure.ts';
import { pageMargins, typeWidth } from '../page-size.ts';
import { orderedCells, type Report } from '../report.ts';
import {
  attachmentIndents,
  closingRight,
  coverGap,
  coverLineIndents,
  isAnnexMark,
  isOnCover,
  type Section,
  sectionsOf,
} from '../sections.ts';
import { CELL_PADDING, cellAlign, layoutTable, TALLEST_WHOLE_GROUP, TALLEST_WHOLE_ROW } from '../table-layout.ts';

/** Words of one weight; `b`: bold. What the typst template reads; lengths in points or ems as it names them. */
type Run = string | { readonly b: string };

type PaperBlock = Readonly<Record<string, unknown>>;

/** 225 mm / 22 lines, and the looser lines of a form. */
const LINE_PITCH = 28.95;

/** The paper as the template's data. Equal reports give equal text. */
export function paperData(report: Report): string {
  return JSON.stringify({
    title: report.title,
    pitch: LINE_PITCH,
    numbered: report.pageNumber === 'dashes',
    header: report.header === undefined ? null : runs(report.header, 0),
    sections: sectionsOf(report).map((section) => ({
      landscape: section.orientation === 'landscape',
      margin: pageMargins(report.kind, section.orientation),
      blocks: sectionBlocks(section, report),
    })),
  });
}

/** Notes of this height (points) below the last table may stand in the bottom margin rather than on a page of their own. */
const HIGHEST_NOTES = 42;
const NOTE_SIZE = 10.5;

function sectionBlocks(section: Section, report: Report): PaperBlock[] {
  const { blocks } = section;
  const last = blocks.findLastIndex((block) => block.kind !== 'paragraph' || block.role !== 'note');
  const notes = blocks.slice(last + 1).flatMap((block) => (block.kind === 'paragraph' ? [block] : []));
  const measure = typeWidth(report.kind, section.orientation) / NOTE_SIZE;
  const lines = notes.reduce((sum, note) => sum + countLines(inlineText(note.inlines), measure), 0);
  const height = lines * (NOTE_SIZE + 7) + (notes.length - 1) * 2;
  const own = blocks.map((_, index) => paperBlock(section, index, report.kind));
  const fits = notes.length > 0 && height <= HIGHEST_NOTES && report.pageNumber !== 'dashes';
  if (blocks[last]?.kind !== 'table' || !fits) return own;
  return [
    ...own.slice(0, last),
    { ...own[last], below: 0 },
    { kind: 'notes', items: notes.map((note) => runs(note.inlines, 0)) },
  ];
}

function paperBlock(section: Section, index: number, kind: Report['kind']): PaperBlock {
  const block = section.blocks[index];
  const previous = section.blocks[index - 1];
  const next = section.blocks[index + 1];
  switch (block?.kind) {
    case 'heading':
      return block.level === 0
        ? titleBlock(block, section, index, kind)
        : { kind: 'head', l: block.level, r: runs(block.inlines, 25) };
    case 'paragraph': {
      const first = previous?.kind !== 'paragraph' || previous.role !== block.role;
      return {
        kind: 'paragraph',
        role: block.role,
        a: align(block.align),
        r: runs(block.inlines, 25),
        ...placed(block, first, next, section, isOnCover(section, index)),
      };
    }
    case 'table':
      return tableBlock(
        block,
        typeWidth(kind, section.orientation),
        previous?.kind === 'table',
        next?.kind === 'table',
      );
    default:
      return { kind: 'break' };
  }
}

function titleBlock(heading: Heading, section: Section, index: number, kind: Report['kind']): PaperBlock {
  const cover = isOnCover(section, index);
  const measure = titleMeasure(inlineText(heading.inlines), typeWidth(kind, section.orientation) / 22);
  const next = section.blocks[index + 1];
  return {
    kind: 'title',
    r: runs(heading.inlines, 18),
    measure: measure ?? null,
    above: cover
      ? LINE_PITCH * coverGap(section)
      : index === 0 || section.blocks[index - 1]?.kind === 'page-break'
        ? 0
        : LINE_PITCH,
    below: cover || next?.kind !== 'paragraph' || next.role !== 'subtitle' ? LINE_PITCH : LINE_PITCH / 2,
  };
}

function placed(
  paragraph: Paragraph,
  first: boolean,
  next: Section['blocks'][number] | undefined,
  section: Section,
  cover: boolean,
): PaperBlock {
  const gap = LINE_PITCH - 16;
  switch (paragraph.role) {
    case 'cover-line':
      return {
        ...hung(coverLineIndents(paragraph)),
        above: first ? LINE_PITCH * (cover ? coverGap(section) : 1) : 20,
        below: 20,
      };
    case 'attachment': {
      if (isAnnexMark(paragraph)) return { a: 'annex' };
      const indents = attachmentIndents(paragraph);
      return { ...hung(indents), above: indents.first ? LINE_PITCH + gap : gap, below: gap };
    }
    case 'signature':
    case 'date':
      return {
        right: closingRight(paragraph, next),
        above: paragraph.role === 'signature' && first ? LINE_PITCH * 2 + gap : gap,
      };
    default:
      return {};
  }
}

function hung(indents: { readonly left: number; readonly right: number; readonly hanging: number }): PaperBlock {
  return { left: indents.left, right: indents.right, hanging: indents.hanging };
}

function tableBlock(table: Table, width: number, joined: boolean, joins: boolean): PaperBlock {
  const layout = layoutTable(table, width);
  const cells = orderedCells(table.cells).map((cell) => {
    const columns = layout.widths.slice(cell.column, cell.column + cell.columnSpan);
    const measure = (columns.reduce((sum, value) => sum + value, 0) - CELL_PADDING) / layout.fontSize;
    return {
      x: cell.column,
      y: cell.row,
      w: cell.columnSpan,
      h: cell.rowSpan,
      a: cellAlign(cell),
      hd: cell.header === true,
      k: mayBreak(cell, layout.heights),
      m: cellAlign(cell) === 'center' ? (labelMeasure(cellText(cell), measure) ?? null) : null,
      p: cell.paragraphs.map((paragraph) => runs(paragraph, measure)),
    };
  });
  return {
    kind: 'table',
    widths: layout.widths,
    size: layout.fontSize,
    head: cells.filter((cell) => cell.y < table.headerRows),
    above: joined ? 0 : 6,
    below: joins ? 0 : 12,
    cells: cells.filter((cell) => cell.y >= table.headerRows),
  };
}

/** A short group of rows stands on one page: its merged name is not parted from it, nor a head from what it heads. */
function mayBreak(cell: Cell, heights: readonly number[]): boolean {
  const height = heights.slice(cell.row, cell.row + cell.rowSpan).reduce((sum, value) => sum + value, 0);
  return height > (cell.rowSpan > 1 ? TALLEST_WHOLE_GROUP : TALLEST_WHOLE_ROW);
}

/** Neighbours of one weight are one run. A number or word wider than the measure may wrap; nothing else is touched. */
function runs(inlines: readonly Inline[], measure: number): Run[] {
  const joined: { words: string; bold: boolean }[] = [];
  for (const { text, bold = false } of inlines) {
    const last = joined.at(-1);
    if (last !== undefined && last.bold === bold) last.words += text;
    else joined.push({ words: text, bold });
  }
  if (joined.length === 0) return [''];
  return joined.map(({ words, bold }) => {
    const wrapped = measure > 0 && longestToken(words) > measure * SUBSTITUTE ? breakable(words) : words;
    return bold ? { b: wrapped } : wrapped;
  });
}

function breakable(text: string): string {
  return text.replace(/[!-~]{8,}/g, (token) => [...token].join('\u200b'));
}

function align(value: Align | undefined): string {
  return value === undefined || value === 'justify' ? '' : value;
}
