import {
  columnName,
  openSpreadsheet,
  type Sheet,
  type SheetCell,
  type SheetLayout,
  type SheetRow,
} from '../../document/index.ts';
import type { ColumnSchema, SheetSchema } from '../../ledger/index.ts';
import { JipingError, type Problem, type Text, text } from '../../problem/index.ts';
import { type FoundHeadings, findHeadings, HEADING_SEARCH_ROWS } from '../read/find-heading.ts';
import { SheetFindings } from '../read/findings.ts';
import { type CellValue, unitOf } from '../read/found-column.ts';
import { headingUnit } from '../read/match-heading.ts';
import { cellWords, plainWords, quoted } from '../read/plain-words.ts';
import { readCell } from '../read/read-cell.ts';
import { readTable } from '../read/read-table.ts';
import { namesMoneyUnit } from '../read/resolve-columns.ts';
import { type ImportKind, keyNamed, ORIGIN_KEY, targetSchema } from './import-kind.ts';

/** How the headings of one agency's export are read; remembered between imports. */
export interface ImportMapping {
  /** Heading as exported → name of our column; '' = not to be imported. */
  readonly columns: Readonly<Record<string, string>>;
  /** Name of our column → what every row gets. */
  readonly set: Readonly<Record<string, string>>;
  /** Unit of the money columns where the file names none. */
  readonly unit?: '元' | '万元' | undefined;
}

export interface MappedHeading {
  readonly sheet: string;
  readonly heading: string;
  /** Name of our column. */
  readonly column: string;
  /** `mapping`: said by a person; `name`: the same word; `synonym`: another word for it, to be confirmed. */
  readonly by: 'mapping' | 'name' | 'synonym';
}

export interface ExportRow {
  /** `导出.xlsx 第12行`, or with the sheet where there are several. */
  readonly origin: string;
  readonly values: Readonly<Record<string, CellValue>>;
}

export interface ReadExport {
  readonly mapping: readonly MappedHeading[];
  readonly ignored: readonly string[];
  readonly rows: readonly ExportRow[];
  readonly problems: readonly Problem[];
  /** Totals rows of the file and how many of their figures differ from the rows. */
  readonly totalRows: { readonly count: number; readonly differing: number };
}

/**
 * Reads an export (xlsx, xls, csv in UTF-8 or GB18030) by its headings: any order of columns, one or two heading
 * lines, units in heading, title or cell, totals rows left out and checked. Linear in the rows.
 * @throws JipingError `unreadable` without a heading; `usage` when a column or the money unit must be named
 */
export async function readExport(
  source: string | Uint8Array,
  file: string,
  kind: ImportKind,
  mapping: ImportMapping,
): Promise<ReadExport> {
  const constants = readConstants(kind, mapping);
  const schema = readingSchema(kind, new Set(Object.keys(constants)));
  const book = await openSpreadsheet(source, { file });
  try {
    const found: { sheet: Sheet; headings: FoundHeadings }[] = [];
    for (const sheet of book.sheets) {
      const headings = findHeadings(await topRows(renamed(sheet, mapping)), schema.columns);
      if (headings !== undefined && (book.sheets.length === 1 || isComplete(headings, schema)))
        found.push({ sheet, headings });
    }
    if (found.length === 0) throw noHeading(file, schema);
    const result: Mutable = { mapping: [], ignored: [], rows: [], problems: [], totalRows: { count: 0, differing: 0 } };
    for (const { sheet, headings } of found)
      await addSheet(result, { file, kind, mapping, schema, constants, several: found.length > 1 }, sheet, headings);
    return result;
  } finally {
    book.close();
  }
}

type Mutable = {
  readonly mapping: MappedHeading[];
  readonly ignored: string[];
  readonly rows: ExportRow[];
  readonly problems: Problem[];
  readonly totalRows: { count: number; differing: number };
};

interface Reading {
  readonly file: string;
  readonly kind: ImportKind;
  readonly mapping: ImportMapping;
  readonly schema: SheetSchema;
  readonly constants: Readonly<Record<string, CellValue>>;
  readonly several: boolean;
}

async function addSheet(result: Mutable, reading: Reading, sheet: Sheet, headings: FoundHeadings): Promise<void> {
  const { schema, mapping, file } = reading;
  const said = new Map(Object.entries(mapping.columns).map(([heading, column]) => [column, heading]));
  for (const { key, words, bySynonym } of headings.headings) {
    const column = schema.columns[key]?.name ?? key;
    const heading = said.get(column);
    result.mapping.push(
      heading === undefined
        ? { sheet: sheet.name, heading: words, column, by: bySynonym ? 'synonym' : 'name' }
        : { sheet: sheet.name, heading, column, by: 'mapping' },
    );
  }
  result.ignored.push(
    ...headings.unknown.filter(({ words }) => !namesMoneyUnit(words)).map(({ words }) => words.replace(IGNORED, '')),
  );
  const missing = Object.entries(schema.columns).filter(
    ([key, column]) => column.required && !headings.headings.some((heading) => heading.key === key),
  );
  if (missing.length > 0) throw missingColumns(file, missing, headings);
  const noted = (await topRows(sheet)).some((row) => row.cells.some((cell) => namesMoneyUnit(cellWords(cell.raw))));
  const bare = headings.headings.find(({ key, unit }) => schema.columns[key]?.type === 'money' && unit === undefined);
  if (bare !== undefined && !noted && mapping.unit === undefined)
    throw unitUnknown(file, `${columnName(bare.column)}${headings.row}`);
  const read = await readTable(noted ? renamed(sheet, mapping) : withUnit(renamed(sheet, mapping), mapping), schema);
  const findings = read.findings.all();
  result.problems.push(
    ...findings
      .filter((each) => !['column-by-synonym', 'column-unknown', 'heading-without-unit'].includes(each.rule))
      .map((each) => ({ ...each, where: { file, ...each.where } })),
  );
  result.totalRows.count += read.totals;
  result.totalRows.differing += findings.filter((each) => each.rule === 'total-row-differs').length;
  const name = originName(file);
  for (const record of read.records.records) {
    const { row, ...values } = record as { readonly row: number } & Readonly<Record<string, CellValue>>;
    const origin = reading.several ? `${name} ${sheet.name} 第${row}行` : `${name} 第${row}行`;
    result.rows.push({ origin, values: { ...reading.constants, ...values } });
  }
}

/** File names may hold long numbers, among them somebody's identity number. */
function originName(file: string): string {
  return file.normalize('NFKC').replace(/\d{11,}[Xx]?/g, '〔长号码〕');
}

/** The target's columns with the export's headings as further synonyms; what every row gets need not be there. */
function readingSchema(kind: ImportKind, constants: ReadonlySet<string>): SheetSchema {
  const schema = targetSchema(kind);
  const columns = Object.entries(schema.columns)
    .filter(([key]) => key !== ORIGIN_KEY && key !== 'evidence')
    .map(([key, column]): [string, ColumnSchema] => [
      key,
      {
        ...column,
        synonyms: [...column.synonyms, ...(kind.headings[column.name] ?? [])],
        required: column.required && !constants.has(key),
        sample: '',
      },
    ]);
  return { ...schema, columns: Object.fromEntries(columns) };
}

/** Typed words for a column, read as a cell of the sheet would be. */
function readConstants(kind: ImportKind, mapping: ImportMapping): Readonly<Record<string, CellValue>> {
  const schema = targetSchema(kind);
  const values: Record<string, CellValue> = {};
  for (const [name, words] of Object.entries({ ...kind.set, ...mapping.set })) {
    const key = keyNamed(kind, name);
    const column = schema.columns[key];
    if (column === undefined) continue;
    const findings = new SheetFindings('');
    const unit = unitOf(column);
    const cell: SheetCell = {
      address: 'A1',
      row: 1,
      column: 1,
      type: 'inlineStr',
      raw: words,
      format: '@',
      dateSystem: 1900,
    };
    const value = readCell(cell, { key, schema: column, unit, written: unit }, findings);
    const fault = findings.all().find((each) => each.severity === 'error');
    if (value === undefined || fault !== undefined)
      throw new JipingError(
        'usage',
        fault?.message ?? text(`“${name}”的值“${words}”读不懂`, `cannot read “${words}” as “${name}”`),
      );
    values[key] = value;
  }
  return values;
}

const IGNORED = /^（不导入）/;

/** The sheet with its headings replaced as a person said; the unit in brackets stays. */
function renamed(sheet: Sheet, mapping: ImportMapping): Sheet {
  const names = new Map(Object.entries(mapping.columns).map(([heading, column]) => [plainWords(heading), column]));
  if (names.size === 0) return sheet;
  return {
    ...sheet,
    async *rows(): AsyncGenerator<SheetRow, SheetLayout> {
      const source = sheet.rows();
      let count = 0;
      for (;;) {
        const next = await source.next();
        if (next.done === true) return next.value;
        count += 1;
        yield count > HEADING_SEARCH_ROWS ? next.value : renamedRow(next.value, names);
      }
    },
  };
}

function renamedRow(row: SheetRow, names: ReadonlyMap<string, string>): SheetRow {
  const plain = row.cells.map((cell) => (cell.type === 'n' ? '' : plainWords(cellWords(cell.raw))));
  if (!plain.some((words) => names.has(words))) return row;
  const cells = row.cells.map((cell, index) => {
    const column = names.get(plain[index] ?? '');
    if (column === undefined) return cell;
    if (column === '') return { ...cell, raw: `（不导入）${cell.raw}` };
    const unit = headingUnit(cellWords(cell.raw));
    return { ...cell, raw: unit === undefined ? column : `${column}（${unit}）` };
  });
  return { ...row, cells };
}

/** The unit a person named, as if it stood above a table that names none. */
function withUnit(sheet: Sheet, { unit }: ImportMapping): Sheet {
  if (unit === undefined) return sheet;
  const words = `单位：${unit}`;
  const cell = { address: 'A0', row: 0, column: 1, type: 's', raw: words, format: '@', dateSystem: 1900 } as const;
  return {
    ...sheet,
    async *rows(): AsyncGenerator<SheetRow, SheetLayout> {
      yield { row: 0, hidden: false, cells: [cell] };
      return yield* sheet.rows();
    },
  };
}

async function topRows(sheet: Sheet): Promise<readonly SheetRow[]> {
  const rows: SheetRow[] = [];
  for await (const row of sheet.rows()) {
    rows.push(row);
    if (rows.length === HEADING_SEARCH_ROWS) break;
  }
  return rows;
}

function isComplete(headings: FoundHeadings, schema: SheetSchema): boolean {
  const keys = new Set(headings.headings.map((heading) => heading.key));
  return Object.entries(schema.columns).every(([key, column]) => !column.required || keys.has(key));
}

function refuse(code: 'unreadable' | 'usage', words: Text, file: string, cell?: string): JipingError {
  return new JipingError(code, words, cell === undefined ? { file } : { file, cell });
}

function noHeading(file: string, schema: SheetSchema): JipingError {
  const needed = Object.values(schema.columns)
    .filter((column) => column.required)
    .map((column) => column.name);
  return refuse(
    'unreadable',
    text(
      `没有找到表头（至少要有${needed.join('、')}）；表头叫法不同时，用 --mapping 写明哪一列是什么。`,
      `no heading row was found (${needed.join(', ')} are needed); name the columns with --mapping if they are called otherwise.`,
    ),
    file,
  );
}

function missingColumns(
  file: string,
  missing: readonly (readonly [string, ColumnSchema])[],
  headings: FoundHeadings,
): JipingError {
  const names = missing.map(([, column]) => column.name).join('、');
  const rest = headings.unknown.map(({ words }) => `“${quoted(words.replace(IGNORED, ''))}”`).join('、');
  return refuse(
    'usage',
    text(
      `没有认出${names}列；没有认出的表头：${rest === '' ? '无' : rest}。请用 --mapping 写明，或用 --set 列名=值 给每行同一个值。`,
      `no column for ${names}; unrecognised headings: ${rest === '' ? 'none' : rest}. Name it with --mapping, or give every row one value with --set COLUMN=VALUE.`,
    ),
    file,
  );
}

function unitUnknown(file: string, cell: string): JipingError {
  return refuse(
    'usage',
    text(
      '表头和标题都没有写金额单位；请加 --unit 元 或 --unit 万元。',
      'neither heading nor title names the unit of the money; add --unit 元 or --unit 万元.',
    ),
    file,
    cell,
  );
}
