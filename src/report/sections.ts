import type { Block, Paragraph } from '../document/index.ts';
import { inlineText } from '../document/index.ts';
import { inlineEms, textEms } from './measure.ts';
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

/** Whether a block stands on a cover: before the section's first page break, on a page that has cover lines. */
export function isOnCover(section: Section, index: number): boolean {
  const end = section.blocks.findIndex((block) => block.kind === 'page-break');
  return (
    index < end &&
    section.blocks.slice(0, end).some((block) => block.kind === 'paragraph' && block.role === 'cover-line')
  );
}

/** Where a paragraph's lines begin and end, in ems from the type area's edges; `hanging` of the lines after the first. */
export interface Indents {
  readonly left: number;
  readonly right: number;
  readonly hanging: number;
}

/** Cover lines stand under each other, a wrapped value under its own first character. */
export function coverLineIndents(paragraph: Paragraph): Indents {
  const label = /^[^：:]*[：:]\s*/.exec(inlineText(paragraph.inlines))?.[0] ?? '';
  return { left: 3, right: 1, hanging: textEms(label) };
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
