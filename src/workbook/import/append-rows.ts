import { DEFAULT_LIMITS, openSpreadsheet, openZip, parseXml, type SheetRow } from '../../document/index.ts';
import type { SheetRecords, SheetSchema } from '../../ledger/index.ts';
import { JipingError, text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import { findHeadings, HEADING_SEARCH_ROWS } from '../read/find-heading.ts';
import type { CellValue } from '../read/found-column.ts';
import { headingText } from '../read/match-heading.ts';
import { SAMPLE_MARK } from '../read/sample-row.ts';
import { ORIGIN_KEY } from './import-kind.ts';
import { patchSheet, type SheetPatch } from './patch-sheet.ts';
import type { ExportRow } from './read-export.ts';
import { replacePart } from './replace-part.ts';

/**
 * The book's bytes with rows added below the last one of a sheet. Only that sheet's part changes: every other sheet,
 * style, validation, comment and picture is carried over as it stands, and no cell that holds something is touched.
 * @throws JipingError `unsupported` for a book that is no xlsx; `conflict` when something stands below the records
 */
export async function appendRows(
  bytes: Uint8Array,
  file: string,
  target: SheetRecords,
  rows: readonly ExportRow[],
): Promise<Uint8Array> {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b)
    throw new JipingError(
      'unsupported',
      text(
        '只能导入到 xlsx 工作簿；请先另存为 xlsx。',
        'rows can only be added to an xlsx; save the book as xlsx first.',
      ),
      { file },
    );
  const keys = new Set(rows.flatMap((row) => Object.keys(row.values)));
  const place = await findPlace(bytes, file, target, keys);
  const { part, xml } = await partOf(bytes, file, target.sheet);
  const patched = patchSheet(xml, { ...place, rows: rows.map((row) => valuesOf(row, place)) });
  return replacePart(bytes, file, part, patched);
}

interface Place extends Omit<SheetPatch, 'rows'> {
  /** Column number by key. */
  readonly columns: Readonly<Record<string, number>>;
  readonly date1904: boolean;
}

async function findPlace(
  bytes: Uint8Array,
  file: string,
  target: SheetRecords,
  keys: ReadonlySet<string>,
): Promise<Place> {
  const schema = target.schema as unknown as SheetSchema;
  const book = await openSpreadsheet(bytes, { file });
  try {
    const sheet = book.sheet(target.sheet);
    if (sheet === undefined) throw noSheet(file, schema.name);
    const top: SheetRow[] = [];
    let last = 0;
    let sample = 0;
    let widest = 0;
    const lastRecord = target.records.reduce((most, record) => Math.max(most, record.row), 0);
    for await (const row of sheet.rows()) {
      if (top.length < HEADING_SEARCH_ROWS) top.push(row);
      const filled = row.cells.filter((cell) => cell.raw !== '' || cell.formula !== undefined);
      if (filled.length === 0) continue;
      last = row.row;
      for (const cell of filled) widest = Math.max(widest, cell.column);
      if (filled.some((cell) => cell.raw.startsWith(SAMPLE_MARK))) sample = row.row;
    }
    const found = findHeadings(top, schema.columns);
    if (found === undefined) throw noSheet(file, schema.name);
    const end = Math.max(found.row, lastRecord, sample);
    if (last > end)
      throw new JipingError(
        'conflict',
        text(
          `“${target.sheet}”第 ${last} 行在记录下面还有内容（合计或附注）；请先删去或移到表头上方，程序自己会合计。`,
          `row ${last} of “${target.sheet}” stands below the records (a total or a note); delete it or move it above the heading first.`,
        ),
        { file, sheet: target.sheet, row: last },
      );
    const columns: Record<string, number> = {};
    for (const heading of found.headings) columns[heading.key] = heading.column;
    const headings: { column: number; words: string }[] = [];
    const add = (key: string): void => {
      const column = schema.columns[key];
      if (columns[key] !== undefined || column === undefined) return;
      widest += 1;
      columns[key] = widest;
      headings.push({ column: widest, words: headingText(column) });
    };
    for (const key of [...keys, ORIGIN_KEY]) add(key);
    return {
      columns,
      date1904: book.dateSystem === 1904,
      headingRow: found.row,
      firstRow: end + 1,
      templateRow: end === sample || end === found.row ? end + 1 : end,
      headings,
    };
  } finally {
    book.close();
  }
}

function valuesOf(row: ExportRow, place: Place): SheetPatch['rows'][number] {
  const values: Record<string, CellValue> = { ...row.values, [ORIGIN_KEY]: row.origin };
  const cells: { column: number; value: string; kind: 'number' | 'text' }[] = [];
  for (const [key, value] of Object.entries(values)) {
    const column = place.columns[key];
    if (column === undefined) continue;
    cells.push({ column, ...stored(value, place.date1904) });
  }
  return cells.sort((a, b) => a.column - b.column);
}

const EXCEL_DIGITS = 15;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

function stored(value: CellValue, date1904: boolean): { readonly value: string; readonly kind: 'number' | 'text' } {
  if (value instanceof Exact) {
    const decimal = value.toString();
    const digits = decimal.replace(/[-.]/g, '').replace(/^0+/, '');
    // Excel keeps 15 digits; a longer number is written as text, which the reader takes exactly.
    return { value: decimal, kind: digits.length > EXCEL_DIGITS || decimal.includes('/') ? 'text' : 'number' };
  }
  if (typeof value === 'boolean') return { value: value ? '是' : '否', kind: 'text' };
  if (typeof value !== 'string') return { value: value.join('、'), kind: 'text' };
  if (!DATE.test(value)) return { value, kind: 'text' };
  const day = Date.parse(`${value}T00:00:00Z`) / 86_400_000;
  return { value: String(day + (date1904 ? 24_107 : 25_569)), kind: 'number' };
}

function noSheet(file: string, name: string): JipingError {
  return new JipingError(
    'conflict',
    text(
      `工作簿里没有“${name}”表或它的表头；请从空白工作簿里补上。`,
      `the book has no sheet “${name}” with its heading; take it from a blank workbook.`,
    ),
    { file },
  );
}

/** The worksheet part of a sheet, by the workbook part and its relations, and what stands in it. */
async function partOf(
  bytes: Uint8Array,
  file: string,
  sheet: string,
): Promise<{ readonly part: string; readonly xml: string }> {
  const zip = await openZip(bytes, file, DEFAULT_LIMITS);
  try {
    const attributes = async (part: string, element: string): Promise<readonly Readonly<Record<string, string>>[]> => {
      const found: Readonly<Record<string, string>>[] = [];
      const listener = {
        open: (name: string, all: Readonly<Record<string, string>>) => {
          if (name === element) found.push(all);
        },
        close: () => undefined,
        text: () => undefined,
      };
      await parseXml(zip.stream(part), listener, file, DEFAULT_LIMITS);
      return found;
    };
    const root = (await attributes('_rels/.rels', 'Relationship')).find((each) =>
      each.Type?.endsWith('/officeDocument'),
    );
    const workbook = (root?.Target ?? 'xl/workbook.xml').replace(/^\//, '');
    const folder = workbook.slice(0, workbook.lastIndexOf('/') + 1);
    const relations = await attributes(`${folder}_rels/${workbook.slice(folder.length)}.rels`, 'Relationship');
    const entry = (await attributes(workbook, 'sheet')).find((each) => each.name === sheet);
    const id = Object.entries(entry ?? {}).find(([name]) => name.endsWith(':id'))?.[1];
    const target = relations.find((each) => each.Id === id)?.Target ?? '';
    const part = target.startsWith('/') ? target.slice(1) : `${folder}${target}`;
    return { part, xml: new TextDecoder().decode(await zip.bytes(part)) };
  } finally {
    zip.close();
  }
}
