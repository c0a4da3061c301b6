import { type Heading, inlineText, type Paragraph } from '../../document/index.ts';
import { titleMeasure } from '../measure.ts';
import { attachmentIndents, closingRight, coverLineIndents, type Indents, isAnnexMark } from '../sections.ts';
import { type ControlCounter, inlinesXml } from './inline.ts';
import { FACES, fontsXml, LINE } from './styles.ts';

/** What a paragraph must know of its surroundings. */
export interface Surroundings {
  /** Width of the type area in twips. */
  readonly width: number;
  readonly controls: ControlCounter;
  /** On a cover: lines left free above the title and above the first cover line; elsewhere `undefined`. */
  readonly coverGap?: number;
  readonly previous?: { readonly kind: string; readonly role?: string };
  /** The date that follows a signature: the name is centred over it. */
  readonly next?: Heading | Paragraph;
  /** `w:sectPr` to close a section with this paragraph. */
  readonly section?: string;
}

const EM = 320;

function properties(around: Surroundings, inner: string): string {
  const section = around.section ?? '';
  return inner === '' && section === '' ? '' : `<w:pPr>${inner}${section}</w:pPr>`;
}

function paragraphXml(style: string, around: Surroundings, inner: string, runs: string): string {
  const bound = style === 'a' ? '' : `<w:pStyle w:val="${style}"/>`;
  return `<w:p>${properties(around, bound + inner)}${runs}</w:p>`;
}

export function headingXml(heading: Heading, around: Surroundings): string {
  const runs = inlinesXml(heading.inlines, around.controls);
  if (heading.level > 0) return paragraphXml(`h${heading.level}`, around, '', runs);
  const size = 440;
  const measure = titleMeasure(inlineText(heading.inlines), around.width / size);
  const side = measure === undefined ? 0 : Math.max(0, Math.floor((around.width - measure * size) / 2));
  const before =
    around.coverGap !== undefined ? Math.round(LINE * around.coverGap) : around.previous === undefined ? 0 : LINE;
  const after = around.coverGap !== undefined ? LINE : around.next?.kind === 'paragraph' ? LINE / 2 : LINE;
  const inner =
    `<w:spacing w:before="${before}" w:after="${Math.round(after)}" w:line="680" w:lineRule="exact"/>` +
    (side === 0 ? '' : `<w:ind w:left="${side}" w:right="${side}"/>`);
  return paragraphXml('t', around, inner, runs);
}

export function bodyParagraphXml(paragraph: Paragraph, around: Surroundings): string {
  const plain = inlinesXml(paragraph.inlines, around.controls);
  const align = paragraph.align === undefined ? undefined : paragraph.align === 'justify' ? 'both' : paragraph.align;
  const justify = (fallback?: string): string =>
    (align ?? fallback) === undefined ? '' : `<w:jc w:val="${align ?? fallback}"/>`;
  switch (paragraph.role) {
    case 'body':
      if (align === 'center' || align === 'right') return paragraphXml('a', around, justify(), plain);
      return paragraphXml('b', around, justify(), plain);
    case 'addressee':
      return paragraphXml('a', around, justify(), plain);
    case 'subtitle':
      return paragraphXml(
        'a',
        around,
        `<w:spacing w:after="${LINE / 2 - 0.5}" w:line="${LINE}" w:lineRule="exact"/>${justify('center')}`,
        inlinesXml(paragraph.inlines, around.controls, fontsXml(FACES.kai)),
      );
    case 'cover-line':
      return coverLineXml(paragraph, around, plain);
    case 'unit-note':
      return paragraphXml(
        'a',
        around,
        `<w:keepNext/><w:spacing w:line="400" w:lineRule="exact"/>${justify('right')}`,
        inlinesXml(paragraph.inlines, around.controls, '<w:sz w:val="24"/><w:szCs w:val="24"/>'),
      );
    case 'note':
      return paragraphXml(
        'a',
        around,
        `<w:spacing w:before="60" w:line="360" w:lineRule="exact"/>${justify()}`,
        inlinesXml(paragraph.inlines, around.controls, '<w:sz w:val="21"/><w:szCs w:val="21"/>'),
      );
    case 'attachment':
      return attachmentXml(paragraph, around, plain);
    case 'signature':
    case 'date':
      return closingXml(paragraph, around, plain);
  }
}

function coverLineXml(paragraph: Paragraph, around: Surroundings, runs: string): string {
  const first = around.previous?.role !== 'cover-line';
  const inner =
    `<w:spacing w:before="${first ? Math.round(LINE * (around.coverGap ?? 1)) : 200}" w:after="200" w:line="${LINE}" w:lineRule="exact"/>` +
    `${indentXml(coverLineIndents(paragraph))}<w:jc w:val="left"/>`;
  return paragraphXml('a', around, inner, runs);
}

function attachmentXml(paragraph: Paragraph, around: Surroundings, runs: string): string {
  if (isAnnexMark(paragraph))
    return paragraphXml(
      'a',
      around,
      '<w:keepNext/>',
      inlinesXml(paragraph.inlines, around.controls, fontsXml(FACES.black)),
    );
  const indents = attachmentIndents(paragraph);
  const inner =
    `<w:keepNext/><w:spacing w:before="${indents.first ? LINE : 0}" w:line="${LINE}" w:lineRule="exact"/>` +
    `${indentXml(indents)}<w:jc w:val="left"/>`;
  return paragraphXml('a', around, inner, runs);
}

function indentXml(indents: Indents): string {
  const hanging = Math.round(indents.hanging * EM);
  const left = Math.round(indents.left * EM) + hanging;
  const right = indents.right === 0 ? '' : ` w:right="${Math.round(indents.right * EM)}"`;
  return `<w:ind w:left="${left}"${right}${hanging > 0 ? ` w:hanging="${hanging}"` : ''}/>`;
}

function closingXml(paragraph: Paragraph, around: Surroundings, runs: string): string {
  const right = closingRight(paragraph, around.next);
  const before = paragraph.role === 'signature' && around.previous?.role !== 'signature' ? LINE * 2 : 0;
  const inner =
    (paragraph.role === 'signature' ? '<w:keepNext/>' : '') +
    `<w:spacing w:before="${before}" w:line="${LINE}" w:lineRule="exact"/>` +
    `<w:ind w:right="${Math.round(right * EM)}"/><w:jc w:val="right"/>`;
  return paragraphXml('a', around, inner, runs);
}
