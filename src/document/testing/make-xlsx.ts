import JSZip from 'jszip';

export interface XlsxParts {
  /** The whole `<worksheet>` of each sheet, by name. */
  readonly sheets: Readonly<Record<string, string>>;
  readonly sharedStrings?: string;
  readonly styles?: string;
  readonly workbookProperties?: string;
  /** `x:` makes every part use prefixed names, as some writers do. */
  readonly prefix?: string;
  readonly strict?: boolean;
  readonly sheetAttributes?: Readonly<Record<string, string>>;
}

/** A workbook from hand-written XML: what Excel never writes but other programs do. */
export async function makeXlsx(parts: XlsxParts): Promise<Uint8Array> {
  const zip = new JSZip();
  const x = parts.prefix ?? '';
  const [main, office] = parts.strict
    ? ['http://purl.oclc.org/ooxml/spreadsheetml/main', 'http://purl.oclc.org/ooxml/officeDocument/relationships']
    : [
        'http://schemas.openxmlformats.org/spreadsheetml/2006/main',
        'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
      ];
  const declaration = x === '' ? `xmlns="${main}"` : `xmlns:${x.slice(0, -1)}="${main}"`;
  const relation = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`;
  const list = (items: string): string =>
    `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${items}</Relationships>`;
  zip.file('[Content_Types].xml', '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>');
  zip.file('_rels/.rels', list(relation('rId1', 'officeDocument', 'xl/workbook.xml')));
  const names = Object.keys(parts.sheets);
  const sheets = names
    .map((name, index) => {
      const more = parts.sheetAttributes?.[name] ?? '';
      return `<${x}sheet name="${name}" sheetId="${index + 1}" q:id="s${index + 1}" ${more}/>`;
    })
    .join('');
  zip.file(
    'xl/workbook.xml',
    `<${x}workbook ${declaration} xmlns:q="${office}">${parts.workbookProperties ?? ''}<${x}sheets>${sheets}</${x}sheets></${x}workbook>`,
  );
  const relations = names.map((_, index) => relation(`s${index + 1}`, 'worksheet', `worksheets/sheet${index + 1}.xml`));
  if (parts.sharedStrings !== undefined) {
    relations.push(relation('ss', 'sharedStrings', '/xl/sharedStrings.xml'));
    zip.file('xl/sharedStrings.xml', `<${x}sst ${declaration}>${parts.sharedStrings}</${x}sst>`);
  }
  if (parts.styles !== undefined) {
    relations.push(relation('st', 'styles', 'styles.xml'));
    zip.file('xl/styles.xml', `<${x}styleSheet ${declaration}>${parts.styles}</${x}styleSheet>`);
  }
  zip.file('xl/_rels/workbook.xml.rels', list(relations.join('')));
  for (const [index, name] of names.entries()) {
    zip.file(
      `xl/worksheets/sheet${index + 1}.xml`,
      `<${x}worksheet ${declaration}>${parts.sheets[name]}</${x}worksheet>`,
    );
  }
  return zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE' });
}
