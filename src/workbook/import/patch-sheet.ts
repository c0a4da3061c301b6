import { columnName } from '../../document/index.ts';

/** Rows to stand below the last filled row of a worksheet part. */
export interface SheetPatch {
  /** 1-based. */
  readonly headingRow: number;
  /** First row to write; from here on the sheet holds no value. */
  readonly firstRow: number;
  /** The row whose cell styles new rows take where they have none of their own. */
  readonly templateRow: number;
  /** Headings to add to the heading row, right of everything. */
  readonly headings: readonly { readonly column: number; readonly words: string }[];
  readonly rows: readonly (readonly {
    readonly column: number;
    readonly value: string;
    readonly kind: 'number' | 'text';
  }[])[];
}

interface RowText {
  readonly number: number;
  readonly xml: string;
}

/**
 * The worksheet part with the rows in it. It is edited as text: what is not understood stays as it is. Ranges of
 * data validations that ended above the new rows are drawn out over them.
 */
export function patchSheet(xml: string, patch: SheetPatch): string {
  const tags = /<((?:\w+:)?)sheetData\s*(?:\/>|>([\s\S]*)<\/\1sheetData>)/.exec(xml);
  if (tags === null) return xml;
  const [whole, x = '', inside = ''] = tags;
  const rows = splitRows(inside, x);
  const template = rows.find((row) => row.number === patch.templateRow);
  const blank = rows.findLast((row) => row.number >= patch.firstRow) ?? template;
  const styles = stylesOf((rows.find((row) => row.number === patch.firstRow) ?? template)?.xml ?? '', x);
  const fallback = blank === undefined ? styles : new Map([...stylesOf(blank.xml, x), ...styles]);
  const byNumber = new Map(rows.map((row) => [row.number, row.xml]));
  const lastRow = patch.firstRow + patch.rows.length - 1;
  const heading = byNumber.get(patch.headingRow);
  if (heading !== undefined && patch.headings.length > 0)
    byNumber.set(patch.headingRow, withHeadings(heading, patch, x));
  const look = heightOf(byNumber.get(patch.firstRow) ?? template?.xml ?? '', x);
  const written: string[] = [];
  for (const row of rows) if (row.number < patch.firstRow) written.push(byNumber.get(row.number) ?? row.xml);
  for (const [index, cells] of patch.rows.entries()) {
    const number = patch.firstRow + index;
    const old = byNumber.get(number);
    const own = old === undefined ? fallback : new Map([...fallback, ...stylesOf(old, x)]);
    written.push(rowXml(number, cells, own, x, old === undefined ? look : heightOf(old, x)));
  }
  for (const row of rows) if (row.number > lastRow) written.push(row.xml);
  const head = xml.slice(0, tags.index);
  const tail = xml.slice(tags.index + whole.length);
  return `${withDimension(head, lastRow, patch, x)}<${x}sheetData>${written.join('')}</${x}sheetData>${drawnOut(tail, patch, lastRow, x)}`;
}

/** The rows with their numbers; a row or cell without `r` follows the one before it. */
function splitRows(inside: string, x: string): readonly RowText[] {
  const rows: RowText[] = [];
  let number = 0;
  for (const match of inside.matchAll(new RegExp(`<${x}row\\b([^>]*?)(?:/>|>[\\s\\S]*?</${x}row>)`, 'g'))) {
    const written = /\sr="(\d+)"/.exec(match[1] ?? '')?.[1];
    number = written === undefined ? number + 1 : Number(written);
    const xml = written === undefined ? match[0].replace(`<${x}row`, `<${x}row r="${number}"`) : match[0];
    rows.push({ number, xml });
  }
  return rows;
}

/** The height a row was given: ` ht="21" customHeight="1"`. */
function heightOf(row: string, x: string): string {
  const tag = new RegExp(`^<${x}row\\b[^>]*>`).exec(row)?.[0] ?? '';
  return [...tag.matchAll(/\s(?:ht|customHeight)="[^"]*"/g)].map((match) => match[0]).join('');
}

/** Style index by column number. */
function stylesOf(row: string, x: string): ReadonlyMap<number, string> {
  const styles = new Map<number, string>();
  let column = 0;
  for (const match of row.matchAll(new RegExp(`<${x}c\\b([^>]*?)/?>`, 'g'))) {
    const attributes = match[1] ?? '';
    const letters = /\sr="([A-Z]+)\d+"/.exec(attributes)?.[1];
    column = letters === undefined ? column + 1 : numberOf(letters);
    const style = /\ss="(\d+)"/.exec(attributes)?.[1];
    if (style !== undefined) styles.set(column, style);
  }
  return styles;
}

function numberOf(letters: string): number {
  return [...letters].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0);
}

function rowXml(
  number: number,
  cells: SheetPatch['rows'][number],
  styles: ReadonlyMap<number, string>,
  x: string,
  look: string,
): string {
  const values = new Map(cells.map((cell) => [cell.column, cell]));
  const columns = [...new Set([...values.keys(), ...styles.keys()])].sort((a, b) => a - b);
  const inner = columns
    .map((column) => cellXml(`${columnName(column)}${number}`, styles.get(column), values.get(column), x))
    .join('');
  return `<${x}row r="${number}"${look}>${inner}</${x}row>`;
}

function cellXml(
  address: string,
  style: string | undefined,
  cell: { readonly value: string; readonly kind: 'number' | 'text' } | undefined,
  x: string,
): string {
  const open = `<${x}c r="${address}"${style === undefined ? '' : ` s="${style}"`}`;
  if (cell === undefined) return `${open}/>`;
  if (cell.kind === 'number') return `${open}><${x}v>${cell.value}</${x}v></${x}c>`;
  return `${open} t="inlineStr"><${x}is><${x}t xml:space="preserve">${escapeXml(cell.value)}</${x}t></${x}is></${x}c>`;
}

function withHeadings(row: string, patch: SheetPatch, x: string): string {
  const style = [...stylesOf(row, x)].findLast(([, found]) => found !== '0')?.[1];
  const added = patch.headings
    .map(({ column, words }) =>
      cellXml(`${columnName(column)}${patch.headingRow}`, style, { value: words, kind: 'text' }, x),
    )
    .join('');
  // A blank cell of the grid may stand where the heading goes.
  const places = new Set(patch.headings.map(({ column }) => `${columnName(column)}${patch.headingRow}`));
  const cleared = row.replace(new RegExp(`<${x}c\\b[^>]*?\\sr="([A-Z]+\\d+)"[^>]*?/>`, 'g'), (cell, address: string) =>
    places.has(address) ? '' : cell,
  );
  return cleared.replace(new RegExp(`</${x}row>$`), `${added}</${x}row>`).replace(/\sspans="[^"]*"/, '');
}

function withDimension(head: string, lastRow: number, patch: SheetPatch, x: string): string {
  const widest = Math.max(...patch.rows.slice(0, 100).flatMap((row) => row.map((cell) => cell.column)), 1);
  return head.replace(
    new RegExp(`(<${x}dimension\\b[^>]*?ref=")([A-Z]+)(\\d+):([A-Z]+)(\\d+)"`),
    (_, start: string, first: string, top: string, right: string, bottom: string) =>
      `${start}${first}${top}:${columnName(Math.max(numberOf(right), widest))}${Math.max(Number(bottom), lastRow)}"`,
  );
}

/** Drop-downs and checks that covered the records go on covering them. */
function drawnOut(tail: string, patch: SheetPatch, lastRow: number, x: string): string {
  return tail.replace(new RegExp(`<${x}dataValidation\\b[^>]*>`, 'g'), (tag) =>
    tag.replace(/(\ssqref=")([^"]*)"/, (_, start: string, ranges: string) => {
      const drawn = ranges.split(' ').map((range) => {
        const parts = /^([A-Z]+)(\d+):([A-Z]+)(\d+)$/.exec(range);
        if (parts === null) return range;
        const [, left, top, right, bottom] = parts;
        const covers =
          Number(top) <= patch.firstRow && Number(bottom) >= patch.firstRow - 1 && Number(top) > patch.headingRow;
        return covers && Number(bottom) < lastRow ? `${left}${top}:${right}${lastRow}` : range;
      });
      return `${start}${drawn.join(' ')}"`;
    }),
  );
}

function escapeXml(words: string): string {
  return words
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
