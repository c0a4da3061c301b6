import type { Block, Paragraph } from '../document/index.ts';
import { inlineText } from '../document/index.ts';
import { countLines, inlineEms, textEms } from './measure.ts';
import type { Report } from './report.ts';

/** A run of pages of one orientation. */
export interface Section {
  readonly orientation: 'portrait' | 'landscape';
  readonly blocks: readonly Block[];
}

export function sectionsOf(report: Report): readonly Section[] {
  let blocks: Block[] = [];
  const sections: Section[] = [{ orientation: report.page.orientation, blocks }];
  for (const block of report.blocks) {
    const orientation = sections.at(-1)?.orientation;
    if (block.kind === 'page-break' && block.orientation !== undefined && block.orientation !== orientation) {
      blocks = [];
      sections.push({ orientation: block.orientation, blocks });
    } else blocks.push(block);
  }
  return sections;
}

/** How many blocks make the cover: title and cover lines up to a page break; 0 when the text follows on the page. */
function coverLength(section: Section): number {
  const end = section.blocks.findIndex(
    (block) =>
      block.kind === 'page-break' ||
      block.kind === 'table' ||
      (block.kind === 'heading' ? block.level > 0 : block.role === 'body'),
  );
  const hasLines = section.blocks
    .slice(0, Math.max(0, end))
    .some((block) => block.kind === 'paragraph' && block.role === 'cover-line');
  return hasLines && section.blocks[end]?.kind === 'page-break' ? end : 0;
}

export function isOnCover(section: Section, index: number): boolean {
  return index < coverLength(section);
}

/** Lines of a page, of a line of type, and the widest gap on a cover. */
const PAGE_LINES = 22;
const LINE_EMS = 27;
const WIDEST_GAP = 5;

/** Lines left free above a cover's title and again above its first cover line, so that the cover is one page. */
export function coverGap(section: Section): number {
  let used = 1;
  for (const block of section.blocks.slice(0, coverLength(section))) {
    if (block.kind === 'heading') used += Math.ceil((inlineEms(block.inlines) * 1.4) / LINE_EMS) * 1.3 + 1;
    else if (block.kind === 'paragraph') {
      const { left, right, hanging } = block.role === 'cover-line' ? coverLineIndents(block) : NO_INDENTS;
      used += countLines(inlineText(block.inlines).slice(hanging), LINE_EMS - left - right - hanging) + 0.8;
    }
  }
  return Math.max(0.5, Math.min(WIDEST_GAP, (PAGE_LINES - used) / 2));
}

/** Where a paragraph's lines begin and end, in ems from the type area's edges; `hanging` of the lines after the first. */
export interface Indents {
  readonly left: number;
  readonly right: number;
  readonly hanging: number;
}

const NO_INDENTS: Indents = { left: 0, right: 0, hanging: 0 };

/** Cover lines stand under each other, a wrapped value under its own first character. */
export function coverLineIndents(paragraph: Paragraph): Indents {
  const label = /^[^：:]*[：:]\s*/.exec(inlineText(paragraph.inlines))?.[0] ?? '';
  return { left: 3, right: 1, hanging: textEms(label) };
}

/** The mark at the head of an annex's first page (附件1, 附表): 黑体, flush left. */
export function isAnnexMark(paragraph: Paragraph): boolean {
  return paragraph.role === 'attachment' && /^附[件表录]\s*\d*$/.test(inlineText(paragraph.inlines).trim());
}

/** `附件：1. 名称`, wrapped lines under the first character of the name; later names under the first. */
export function attachmentIndents(paragraph: Paragraph): Indents & { readonly first: boolean } {
  const text = inlineText(paragraph.inlines);
  const head = /^附件[：:]\s*/.exec(text)?.[0];
  const number = textEms(/^\d+[.．]\s*/.exec(text.slice(head?.length ?? 0))?.[0] ?? '');
  if (head === undefined) return { left: 5, right: 0, hanging: number, first: false };
  return { left: 2, right: 0, hanging: textEms(head) + number, first: true };
}

/** Signature centred over the date, the date four characters from the right edge (GB/T 9704 7.3.5.1). */
export function closingRight(paragraph: Paragraph, next: Block | undefined): number {
  if (paragraph.role === 'date' || next?.kind !== 'paragraph' || next.role !== 'date') return 4;
  return Math.max(1, 4 + (inlineEms(next.inlines) - inlineEms(paragraph.inlines)) / 2);
}
