import type { Block, Heading, Paragraph } from '../../document/index.ts';
import type { Report } from '../report.ts';
import { coverGap, isOnCover, type Section, sectionsOf } from '../sections.ts';
import { escapeXml, XML_HEAD } from '../xml.ts';
import { type ZipEntry, zip } from '../zip.ts';
import { ControlCounter, inlinesXml } from './inline.ts';
import { footerXml, headerXml, NAMESPACES, sectionXml, typeTwips } from './page.ts';
import { bodyParagraphXml, headingXml, type Surroundings } from './paragraph.ts';
import { FACES, fontsXml, fontTableXml, settingsXml, stylesXml } from './styles.ts';
import { tableXml } from './table.ts';

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
/** Of the custom XML part that carries a paper's facts. */
export const MANIFEST_NAMESPACE = 'urn:paper-facts:1';
const GAP = '<w:p><w:pPr><w:pStyle w:val="g"/></w:pPr></w:p>';
/** Keeps two tables apart in the file and together on the page. */
const SEAM = '<w:p><w:pPr><w:pStyle w:val="g"/><w:keepNext/><w:rPr><w:vanish/></w:rPr></w:pPr></w:p>';

/** The paper as a Word document by GB/T 9704. Equal reports give equal bytes. @param manifest see `sealReport` */
export function renderDocx(report: Report, manifest?: string): Uint8Array {
  const controls = new ControlCounter();
  const document = `${XML_HEAD}<w:document ${NAMESPACES}><w:body>${bodyXml(report, controls)}</w:body></w:document>`;
  const parts = [
    part('document', 'document.main', document),
    part('styles', 'styles', stylesXml()),
    part('settings', 'settings', settingsXml()),
    part('fontTable', 'fontTable', fontTableXml()),
  ];
  if (report.pageNumber === 'dashes')
    parts.push(part('footer1', 'footer', footerXml('right')), part('footer2', 'footer', footerXml('left')));
  if (report.header !== undefined) {
    const runs = inlinesXml(report.header, controls, `${fontsXml(FACES.song)}<w:sz w:val="21"/><w:szCs w:val="21"/>`);
    parts.push(part('header1', 'header', headerXml(runs)));
  }
  return zip([
    ...packageParts(report, parts, manifest !== undefined),
    ...(manifest === undefined ? [] : manifestParts(manifest)),
  ]);
}

interface Part {
  readonly path: string;
  readonly type: string;
  readonly relation: string;
  readonly xml: string;
}

function part(name: string, type: string, xml: string): Part {
  const relation = type === 'document.main' ? 'officeDocument' : type;
  return { path: `word/${name}.xml`, type, relation, xml };
}

const RELATION_IDS: Readonly<Record<string, string>> = {
  'word/styles.xml': 'rId1',
  'word/settings.xml': 'rId2',
  'word/fontTable.xml': 'rId3',
  'word/footer1.xml': 'rId10',
  'word/footer2.xml': 'rId11',
  'word/header1.xml': 'rId12',
};

function packageParts(report: Report, parts: readonly Part[], sealed: boolean): ZipEntry[] {
  const overrides = parts.map(
    ({ path, type }) =>
      `<Override PartName="/${path}" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.${type}+xml"/>`,
  );
  const inner = parts
    .filter(({ path }) => path !== 'word/document.xml')
    .map(
      ({ path, relation }) =>
        `<Relationship Id="${RELATION_IDS[path]}" Type="${OFFICE}/relationships/${relation}" Target="${path.slice(5)}"/>`,
    );
  if (sealed) {
    inner.push(`<Relationship Id="rId20" Type="${OFFICE}/relationships/customXml" Target="../customXml/item1.xml"/>`);
    overrides.push(
      '<Override PartName="/customXml/itemProps1.xml" ContentType="application/vnd.openxmlformats-officedocument.customXmlProperties+xml"/>',
    );
  }
  return [
    {
      name: '[Content_Types].xml',
      data:
        `${XML_HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
        `<Default Extension="xml" ContentType="application/xml"/>${overrides.join('')}` +
        '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>',
    },
    {
      name: '_rels/.rels',
      data:
        `${XML_HEAD}<Relationships xmlns="${PACKAGE}/relationships">` +
        `<Relationship Id="rId1" Type="${OFFICE}/relationships/officeDocument" Target="word/document.xml"/>` +
        `<Relationship Id="rId2" Type="${PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`,
    },
    ...parts.map(({ path, xml }) => ({ name: path, data: xml })),
    {
      name: 'word/_rels/document.xml.rels',
      data: `${XML_HEAD}<Relationships xmlns="${PACKAGE}/relationships">${inner.join('')}</Relationships>`,
    },
    {
      name: 'docProps/core.xml',
      data:
        `${XML_HEAD}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">` +
        `<dc:title>${escapeXml(report.title)}</dc:title></cp:coreProperties>`,
    },
  ];
}

/** The facts in a part of their own, which Word, WPS and LibreOffice keep when they save. */
function manifestParts(manifest: string): ZipEntry[] {
  return [
    {
      name: 'customXml/item1.xml',
      data: `${XML_HEAD}<facts xmlns="${MANIFEST_NAMESPACE}">${escapeXml(manifest)}</facts>`,
    },
    {
      name: 'customXml/_rels/item1.xml.rels',
      data:
        `${XML_HEAD}<Relationships xmlns="${PACKAGE}/relationships">` +
        `<Relationship Id="rId1" Type="${OFFICE}/relationships/customXmlProps" Target="itemProps1.xml"/></Relationships>`,
    },
    {
      name: 'customXml/itemProps1.xml',
      data:
        `${XML_HEAD}<ds:datastoreItem xmlns:ds="${OFFICE}/customXml" ds:itemID="{6F7D1C1E-3B1A-4C57-9C1B-2B6A5D0E9F42}">` +
        `<ds:schemaRefs><ds:schemaRef ds:uri="${MANIFEST_NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>`,
    },
  ];
}

function bodyXml(report: Report, controls: ControlCounter): string {
  const all = sectionsOf(report);
  return all
    .map((section, index) => {
      const closing = sectionXml({
        kind: report.kind,
        orientation: section.orientation,
        grid: report.page.grid,
        numbered: report.pageNumber === 'dashes',
        headed: report.header !== undefined,
      });
      const last = index === all.length - 1;
      return (
        sectionBodyXml(section, typeTwips(report.kind, section.orientation), controls, last ? undefined : closing) +
        (last ? closing : '')
      );
    })
    .join('');
}

function sectionBodyXml(
  section: Section,
  width: number,
  controls: ControlCounter,
  closing: string | undefined,
): string {
  const xml: string[] = [];
  section.blocks.forEach((block, index) => {
    const previous = section.blocks[index - 1];
    const next = section.blocks[index + 1];
    const lastBlock = index === section.blocks.length - 1;
    if (block.kind === 'page-break') {
      xml.push('<w:p><w:pPr><w:pStyle w:val="g"/></w:pPr><w:r><w:br w:type="page"/></w:r></w:p>');
    } else if (block.kind === 'table') {
      if (previous?.kind === 'table') xml.push(SEAM);
      xml.push(tableXml(block, width, controls));
      if (lastBlock)
        xml.push(closing === undefined ? GAP : `<w:p><w:pPr><w:pStyle w:val="g"/>${closing}</w:pPr></w:p>`);
    } else {
      const beforeBreak = previous?.kind === 'page-break' ? undefined : previous;
      const around: Surroundings = {
        width,
        controls,
        ...(isOnCover(section, index) ? { coverGap: coverGap(section) } : {}),
        ...(beforeBreak === undefined ? {} : { previous: surrounding(beforeBreak) }),
        ...(next?.kind === 'heading' || next?.kind === 'paragraph' ? { next } : {}),
        ...(lastBlock && closing !== undefined ? { section: closing } : {}),
      };
      xml.push(textBlockXml(block, around));
    }
  });
  if (section.blocks.length === 0 || (section.blocks.at(-1)?.kind === 'page-break' && closing !== undefined))
    xml.push(`<w:p><w:pPr><w:pStyle w:val="g"/>${closing ?? ''}</w:pPr></w:p>`);
  return xml.join('');
}

function textBlockXml(block: Heading | Paragraph, around: Surroundings): string {
  return block.kind === 'heading' ? headingXml(block, around) : bodyParagraphXml(block, around);
}

function surrounding(block: Block): { readonly kind: string; readonly role?: string } {
  return block.kind === 'paragraph' ? { kind: block.kind, role: block.role } : { kind: block.kind };
}
