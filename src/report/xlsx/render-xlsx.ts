import type { Report } from '../report.ts';
import { packManifest } from '../verify/pack-manifest.ts';
import { escapeXml, XML_HEAD } from '../xml.ts';
import { type ZipEntry, zip } from '../zip.ts';
import { CellStyles } from './cell-styles.ts';
import { type CellFigure, columnLetters, type SheetBody, sheetBody } from './sheet-rows.ts';

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
/** Printable width in points: A4 less the margins below. */
const WIDTHS = { portrait: 487, landscape: 734 } as const;
/** Pixels of a digit of the default font, the unit of column widths. */
const DIGIT = 7;
/** Longest text a cell holds is 32,767. */
const CHUNK = 32_000;
/** Name of the very hidden sheet that carries the facts. */
export const FACTS_SHEET = '_facts';

/**
 * A table paper as a workbook: one sheet that prints on A4. Figures that are numbers are numbers, displayed as
 * printed. Equal reports give equal bytes. @param manifest see `sealReport`
 */
export function renderXlsx(report: Report, manifest?: string): Uint8Array {
  const styles = new CellStyles();
  const body = sheetBody(report, WIDTHS[report.page.orientation], styles);
  const name = sheetName(report.title);
  const hidden = manifest === undefined ? [] : [factsSheet(manifest, body.figures)];
  const sheets = [sheetXml(report, body), ...hidden];
  return zip([
    ...frame(report, name, body, sheets.length),
    ...sheets.map(sheetEntry),
    { name: 'xl/styles.xml', data: styles.xml() },
  ]);
}

function sheetEntry(data: string, index: number): ZipEntry {
  return { name: `xl/worksheets/sheet${index + 1}.xml`, data };
}

/** The name on the tab of a paper's sheet: what Excel allows of its title. */
export function sheetName(title: string): string {
  const plain = title.replace(/[[\]:*?/\\']/g, '');
  return plain === '' ? '表' : [...plain].slice(0, 31).join('');
}

function frame(report: Report, name: string, body: SheetBody, sheets: number): ZipEntry[] {
  const numbers = Array.from({ length: sheets }, (_, index) => index + 1);
  const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const overrides = numbers.map(
    (number) => `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${spreadsheet}.worksheet+xml"/>`,
  );
  const last = columnLetters(body.grid.columnWidths.length - 1);
  const quoted = `'${escapeXml(name)}'`;
  const titles =
    body.titles === undefined
      ? ''
      : `<definedName name="_xlnm.Print_Titles" localSheetId="0">${quoted}!$${body.titles[0]}:$${body.titles[1]}</definedName>`;
  const sheetTags = numbers.map((number) =>
    number === 1
      ? `<sheet name="${escapeXml(name)}" sheetId="1" r:id="rId1"/>`
      : `<sheet name="${FACTS_SHEET}" sheetId="${number}" state="veryHidden" r:id="rId${number}"/>`,
  );
  const sheetRelations = numbers.map(
    (number) =>
      `<Relationship Id="rId${number}" Type="${OFFICE}/relationships/worksheet" Target="worksheets/sheet${number}.xml"/>`,
  );
  return [
    {
      name: '[Content_Types].xml',
      data:
        `${XML_HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
        `<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${spreadsheet}.sheet.main+xml"/>` +
        `${overrides.join('')}<Override PartName="/xl/styles.xml" ContentType="${spreadsheet}.styles+xml"/>` +
        '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>',
    },
    {
      name: '_rels/.rels',
      data:
        `${XML_HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/relationships/officeDocument" Target="xl/workbook.xml"/>` +
        `<Relationship Id="rId2" Type="${PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`,
    },
    {
      name: 'docProps/core.xml',
      data:
        `${XML_HEAD}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">` +
        `<dc:title>${escapeXml(report.title)}</dc:title></cp:coreProperties>`,
    },
    {
      name: 'xl/workbook.xml',
      data:
        `${XML_HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}/relationships"><bookViews><workbookView activeTab="0"/></bookViews>` +
        `<sheets>${sheetTags.join('')}</sheets><definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">${quoted}!$A$1:$${last}$${body.rowCount}</definedName>${titles}</definedNames></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      data:
        `${XML_HEAD}<Relationships xmlns="${PACKAGE}/relationships">${sheetRelations.join('')}` +
        `<Relationship Id="rId${sheets + 1}" Type="${OFFICE}/relationships/styles" Target="styles.xml"/></Relationships>`,
    },
  ];
}

function sheetXml(report: Report, body: SheetBody): string {
  const columns = body.grid.columnWidths.map((points, index) => {
    const width = Math.round((points / 0.75 / DIGIT) * 256) / 256;
    return `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`;
  });
  const merges =
    body.merges.length === 0
      ? ''
      : `<mergeCells count="${body.merges.length}">${body.merges.map((area) => `<mergeCell ref="${area}"/>`).join('')}</mergeCells>`;
  const foot = '&amp;"宋体,常规"&amp;14— &amp;P —';
  const head =
    report.header === undefined
      ? ''
      : escapeXml(`&C&"宋体,常规"${report.header.map((run) => run.text.replaceAll('&', '&&')).join('')}`);
  const numbers = report.pageNumber === 'dashes';
  const headerFooter =
    numbers || head !== ''
      ? `<headerFooter differentOddEven="1"><oddHeader>${head}</oddHeader><oddFooter>${numbers ? `&amp;R${foot}` : ''}</oddFooter>` +
        `<evenHeader>${head}</evenHeader><evenFooter>${numbers ? `&amp;L${foot}` : ''}</evenFooter></headerFooter>`
      : '';
  const last = columnLetters(body.grid.columnWidths.length - 1);
  return (
    `${XML_HEAD}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:${last}${body.rowCount}"/>` +
    '<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0"/></sheetViews><sheetFormatPr defaultRowHeight="15"/>' +
    `<cols>${columns.join('')}</cols><sheetData>${body.rows}</sheetData>${merges}<printOptions horizontalCentered="1"/>` +
    '<pageMargins left="0.75" right="0.75" top="0.8" bottom="0.8" header="0.4" footer="0.4"/>' +
    `<pageSetup paperSize="9" orientation="${report.page.orientation}" fitToWidth="1" fitToHeight="0"/>${headerFooter}</worksheet>`
  );
}

/** Column A: the packed manifest in pieces; columns C to E: which cell prints which fact. */
function factsSheet(manifest: string, figures: readonly CellFigure[]): string {
  const chunks: string[] = [];
  const packed = packManifest(manifest);
  for (let at = 0; at < packed.length; at += CHUNK) chunks.push(packed.slice(at, at + CHUNK));
  const string = (reference: string, value: string): string =>
    `<c r="${reference}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(value)}</t></is></c>`;
  const rows: string[] = [];
  for (let row = 1; row <= Math.max(chunks.length, figures.length); row += 1) {
    const chunk = chunks[row - 1];
    const figure = figures[row - 1];
    const cells = [
      chunk === undefined ? '' : string(`A${row}`, chunk),
      figure === undefined
        ? ''
        : string(`C${row}`, figure.cell) + string(`D${row}`, figure.factId) + string(`E${row}`, figure.text),
    ];
    rows.push(`<row r="${row}">${cells.join('')}</row>`);
  }
  return `${XML_HEAD}<worksheet xmlns="${MAIN}"><sheetData>${rows.join('')}</sheetData></worksheet>`;
}
