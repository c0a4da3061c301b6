import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { crc32, createDeflateRaw } from 'node:zlib';

/** One column of a list that is to be printed and filled in. */
export interface ListColumn {
  readonly heading: string;
  /** In characters. */
  readonly width: number;
  /** Drop-down of the cells; at most 255 characters together. */
  readonly choices?: readonly string[];
  /** Long and not for reading: shrunk to one line instead of wrapped. */
  readonly small?: boolean;
}

export interface ListSheet {
  readonly name: string;
  /** Line above the heading; absent = none. */
  readonly title?: string;
  readonly columns: readonly ListColumn[];
  readonly rows: Iterable<readonly string[]> | AsyncIterable<readonly string[]>;
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const CHUNK = 1 << 18;

/**
 * Writes lists of any length as an XLSX workbook in bounded memory: all cells are texts, the heading repeats on every
 * printed page, landscape A4. Appears whole or not at all, 0600; equal content gives equal bytes.
 */
export async function writeLargeSheet(path: string, sheets: readonly ListSheet[]): Promise<number> {
  const beside = `${path}.tmp-${process.pid}`;
  const out = createWriteStream(beside, { mode: 0o600 });
  const failed = once(out, 'error').then(([error]) => Promise.reject(error as Error));
  failed.catch(() => {});
  let count = 0;
  try {
    const zip = new ZipWriter(out);
    const write = async (): Promise<void> => {
      await zip.add('[Content_Types].xml', [contentTypes(sheets.length)]);
      await zip.add('_rels/.rels', [
        `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
      ]);
      await zip.add('xl/_rels/workbook.xml.rels', [workbookRelations(sheets.length)]);
      await zip.add('xl/styles.xml', [STYLES]);
      const lastRows: number[] = [];
      for (const [index, sheet] of sheets.entries()) {
        const before = count;
        await zip.add(
          `xl/worksheets/sheet${index + 1}.xml`,
          sheetXml(sheet, () => {
            count += 1;
          }),
        );
        lastRows.push(count - before + headRows(sheet));
      }
      await zip.add('xl/workbook.xml', [workbookXml(sheets, lastRows)]);
      zip.end();
      out.end();
      await once(out, 'close');
    };
    await Promise.race([write(), failed]);
    await rename(beside, path);
    return count;
  } catch (error) {
    out.destroy();
    await rm(beside, { force: true });
    throw error;
  }
}

async function* sheetXml(sheet: ListSheet, counted: () => void): AsyncGenerator<string> {
  const top = headRows(sheet);
  const widths = sheet.columns
    .map(({ width }, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`)
    .join('');
  yield `${HEAD}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane ySplit="${top}" topLeftCell="A${top + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths}</cols><sheetData>`;
  if (sheet.title !== undefined) yield `<row r="1" ht="24" customHeight="1">${cellXml('A1', sheet.title, 2)}</row>`;
  const names = sheet.columns.map((_, index) => letters(index));
  yield `<row r="${top}" ht="${rowHeight(
    sheet.columns,
    sheet.columns.map(({ heading }) => heading),
  )}" customHeight="1">${sheet.columns.map(({ heading }, index) => cellXml(`${names[index]}${top}`, heading, 1)).join('')}</row>`;
  let row = top;
  let buffer = '';
  for await (const cells of sheet.rows) {
    row += 1;
    counted();
    buffer += `<row r="${row}" ht="${rowHeight(sheet.columns, cells)}" customHeight="1">`;
    for (let index = 0; index < names.length; index += 1)
      buffer += cellXml(`${names[index]}${row}`, cells[index] ?? '', sheet.columns[index]?.small === true ? 4 : 3);
    buffer += '</row>';
    if (buffer.length > CHUNK) {
      yield buffer;
      buffer = '';
    }
  }
  yield `${buffer}</sheetData>`;
  const last = names.at(-1) ?? 'A';
  if (sheet.title !== undefined && names.length > 1)
    yield `<mergeCells count="1"><mergeCell ref="A1:${last}1"/></mergeCells>`;
  const lists = sheet.columns.flatMap(({ choices }, index) =>
    choices === undefined
      ? []
      : [
          `<dataValidation type="list" allowBlank="1" sqref="${names[index]}${top + 1}:${names[index]}${Math.max(row, top + 1)}"><formula1>"${escapeXml(choices.join(','))}"</formula1></dataValidation>`,
        ],
  );
  if (lists.length > 0) yield `<dataValidations count="${lists.length}">${lists.join('')}</dataValidations>`;
  yield '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/><headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter></worksheet>';
}

/** Rows that repeat on every page. */
function headRows(sheet: ListSheet): number {
  return sheet.title === undefined ? 1 : 2;
}

/** Points of a row: some programs do not make room for wrapped lines by themselves. High enough to write in by hand. */
function rowHeight(columns: readonly ListColumn[], cells: readonly string[]): number {
  let lines = 1;
  for (const [index, { width, small }] of columns.entries()) {
    const value = cells[index] ?? '';
    if (small === true || value.length * 2 < width) continue;
    lines = Math.max(lines, Math.ceil(widthOf(value) / width));
  }
  return 20 + (lines - 1) * LINE;
}

/** In characters: Han are two wide in the font of the sheet. */
function widthOf(value: string): number {
  let width = 0;
  for (const character of value) width += character <= '\u00ff' ? 1 : 2;
  return width;
}

const LINE = 15;

function cellXml(reference: string, value: string, style: number): string {
  if (value === '') return `<c r="${reference}" s="${style}"/>`;
  return `<c r="${reference}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(value)}</t></is></c>`;
}

function escapeXml(value: string): string {
  return /[&<>"\u0000-\u001f]/.test(value)
    ? value
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll('"', '&quot;')
        .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '')
    : value;
}

function letters(index: number): string {
  const first = Math.floor(index / 26);
  return (first > 0 ? String.fromCharCode(64 + first) : '') + String.fromCharCode(65 + (index % 26));
}

function sheetName(name: string, index: number): string {
  const plain = [...name.replaceAll(/[[\]:*?/\\']/g, '')].slice(0, 28).join('');
  return plain === '' ? `表${index + 1}` : plain;
}

function uniqueNames(sheets: readonly ListSheet[]): readonly string[] {
  const seen = new Set<string>();
  return sheets.map(({ name }, index) => {
    const plain = sheetName(name, index);
    const unique = seen.has(plain.toLowerCase()) ? `${plain}${index + 1}` : plain;
    seen.add(unique.toLowerCase());
    return unique;
  });
}

function workbookXml(sheets: readonly ListSheet[], lastRows: readonly number[]): string {
  const names = uniqueNames(sheets);
  const tags = names.map(
    (name, index) => `<sheet name="${escapeXml(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  );
  const titles = sheets.map((sheet, index) => {
    const of = `localSheetId="${index}">'${escapeXml(names[index] ?? '')}'!`;
    // Named, so that a shrunk cell in the last column does not widen the page.
    const area = `$A$1:$${letters(Math.max(0, sheet.columns.length - 1))}$${lastRows[index] ?? 1}`;
    return `<definedName name="_xlnm.Print_Area" ${of}${area}</definedName><definedName name="_xlnm.Print_Titles" ${of}$1:$${headRows(sheet)}</definedName>`;
  });
  return `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}/relationships"><sheets>${tags.join('')}</sheets><definedNames>${titles.join('')}</definedNames></workbook>`;
}

function workbookRelations(count: number): string {
  const sheets = Array.from(
    { length: count },
    (_, index) =>
      `<Relationship Id="rId${index + 1}" Type="${OFFICE}/relationships/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`,
  );
  return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${sheets.join('')}<Relationship Id="rId${count + 1}" Type="${OFFICE}/relationships/styles" Target="styles.xml"/></Relationships>`;
}

function contentTypes(count: number): string {
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const sheets = Array.from(
    { length: count },
    (_, index) => `<Override PartName="/xl/worksheets/sheet${index + 1}.xml" ContentType="${type}.worksheet+xml"/>`,
  );
  return `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/>${sheets.join('')}<Override PartName="/xl/styles.xml" ContentType="${type}.styles+xml"/></Types>`;
}

const BORDER = '<left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/><diagonal/>';
const STYLES = `${HEAD}<styleSheet xmlns="${MAIN}"><fonts count="3"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font><font><b/><sz val="16"/><name val="宋体"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="2"><border/><border>${BORDER}</border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="1" xfId="0" applyFont="1" applyBorder="1" applyAlignment="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf><xf numFmtId="0" fontId="2" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1"><alignment horizontal="center" vertical="center"/></xf><xf numFmtId="49" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyBorder="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf><xf numFmtId="49" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyBorder="1" applyAlignment="1"><alignment vertical="center" shrinkToFit="1"/></xf></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;

interface Entry {
  readonly name: Buffer;
  readonly offset: number;
  readonly checksum: number;
  readonly stored: number;
  readonly size: number;
}

/** A zip written front to back; sizes follow each member, so nothing is held in memory. No dates, so equal bytes. */
class ZipWriter {
  readonly #out: WriteStream;
  readonly #entries: Entry[] = [];
  #offset = 0;

  constructor(out: WriteStream) {
    this.#out = out;
  }

  async add(path: string, chunks: Iterable<string> | AsyncIterable<string>): Promise<void> {
    const name = Buffer.from(path, 'utf8');
    const offset = this.#offset;
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt16LE(20, 4);
    header.writeUInt16LE(0x0808, 6);
    header.writeUInt16LE(8, 8);
    header.writeUInt16LE(0x21, 12);
    header.writeUInt16LE(name.length, 26);
    this.#write(header);
    this.#write(name);
    const deflate = createDeflateRaw({ level: 3 });
    let stored = 0;
    deflate.on('data', (chunk: Buffer) => {
      stored += chunk.length;
      this.#write(chunk);
    });
    let checksum = 0;
    let size = 0;
    for await (const chunk of chunks) {
      const bytes = Buffer.from(chunk, 'utf8');
      checksum = crc32(bytes, checksum);
      size += bytes.length;
      if (!deflate.write(bytes)) await once(deflate, 'drain');
      if (this.#out.writableNeedDrain) await once(this.#out, 'drain');
    }
    const ended = once(deflate, 'end');
    deflate.end();
    await ended;
    const descriptor = Buffer.alloc(16);
    descriptor.writeUInt32LE(0x08074b50, 0);
    descriptor.writeUInt32LE(checksum, 4);
    descriptor.writeUInt32LE(stored, 8);
    descriptor.writeUInt32LE(size, 12);
    this.#write(descriptor);
    this.#entries.push({ name, offset, checksum, stored, size });
  }

  end(): void {
    const start = this.#offset;
    for (const entry of this.#entries) {
      const header = Buffer.alloc(46);
      header.writeUInt32LE(0x02014b50, 0);
      header.writeUInt16LE(20, 4);
      header.writeUInt16LE(20, 6);
      header.writeUInt16LE(0x0808, 8);
      header.writeUInt16LE(8, 10);
      header.writeUInt16LE(0x21, 14);
      header.writeUInt32LE(entry.checksum, 16);
      header.writeUInt32LE(entry.stored, 20);
      header.writeUInt32LE(entry.size, 24);
      header.writeUInt16LE(entry.name.length, 28);
      header.writeUInt32LE(entry.offset, 42);
      this.#write(header);
      this.#write(entry.name);
    }
    const size = this.#offset - start;
    const tail = Buffer.alloc(22);
    tail.writeUInt32LE(0x06054b50, 0);
    tail.writeUInt16LE(this.#entries.length, 8);
    tail.writeUInt16LE(this.#entries.length, 10);
    tail.writeUInt32LE(size, 12);
    tail.writeUInt32LE(start, 16);
    this.#write(tail);
  }

  #write(bytes: Buffer): void {
    this.#offset += bytes.length;
    this.#out.write(bytes);
  }
}
