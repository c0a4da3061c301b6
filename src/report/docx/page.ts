import { pageMargins } from '../page-size.ts';
import type { Report } from '../report.ts';
import { XML_HEAD } from '../xml.ts';
import { FACES, fontsXml } from './styles.ts';

export const NAMESPACES =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" ' +
  'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ' +
  'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" ' +
  'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" mc:Ignorable="w15"';

export type Orientation = 'portrait' | 'landscape';

const PAGES = { portrait: { width: 11906, height: 16838 }, landscape: { width: 16838, height: 11906 } } as const;

/** What a section's page depends on. */
export interface PageOf {
  readonly kind: Report['kind'];
  readonly orientation: Orientation;
  readonly grid: boolean;
  readonly numbered: boolean;
  readonly headed: boolean;
}

function twips(millimetres: number): number {
  return Math.round((millimetres * 1440) / 25.4);
}

/** Width of the type area in twips. */
export function typeTwips(kind: Report['kind'], orientation: Orientation): number {
  const { left, right } = pageMargins(kind, orientation);
  return PAGES[orientation].width - twips(left) - twips(right);
}

/** The page's section; relations: rId10 odd foot, rId11 even foot, rId12 head. */
export function sectionXml({ kind, orientation, grid, numbered, headed }: PageOf): string {
  const page = PAGES[orientation];
  const margins = pageMargins(kind, orientation);
  const bottom = twips(margins.bottom);
  const head = headed
    ? '<w:headerReference w:type="default" r:id="rId12"/><w:headerReference w:type="even" r:id="rId12"/>'
    : '';
  const foot = numbered
    ? '<w:footerReference w:type="default" r:id="rId10"/><w:footerReference w:type="even" r:id="rId11"/>'
    : '';
  const turn = orientation === 'landscape' ? ' w:orient="landscape"' : '';
  return (
    `<w:sectPr>${head}${foot}<w:pgSz w:w="${page.width}" w:h="${page.height}"${turn}/>` +
    `<w:pgMar w:top="${twips(margins.top)}" w:right="${twips(margins.right)}" w:bottom="${bottom}" w:left="${twips(margins.left)}" w:header="851" w:footer="${bottom - 680}" w:gutter="0"/>` +
    (grid && orientation === 'portrait'
      ? '<w:docGrid w:type="lines" w:linePitch="579"/>'
      : '<w:docGrid w:linePitch="312"/>') +
    '</w:sectPr>'
  );
}

/** `— 1 —` in 四号宋体: odd pages one character from the right edge, even pages from the left. */
export function footerXml(side: 'right' | 'left'): string {
  const run = `<w:rPr>${fontsXml(FACES.song, FACES.song)}<w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr>`;
  const text = (value: string): string => `<w:r>${run}<w:t xml:space="preserve">${value}</w:t></w:r>`;
  const field = (type: string): string => `<w:r>${run}<w:fldChar w:fldCharType="${type}"/></w:r>`;
  return (
    `${XML_HEAD}<w:ftr ${NAMESPACES}><w:p><w:pPr><w:pStyle w:val="f"/><w:ind w:${side}="280"/><w:jc w:val="${side}"/></w:pPr>` +
    `${text('— ')}${field('begin')}<w:r>${run}<w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>` +
    `${field('separate')}${text('1')}${field('end')}${text(' —')}</w:p></w:ftr>`
  );
}

export function headerXml(runs: string): string {
  return `${XML_HEAD}<w:hdr ${NAMESPACES}><w:p><w:pPr><w:pStyle w:val="f"/><w:jc w:val="center"/></w:pPr>${runs}</w:p></w:hdr>`;
}
