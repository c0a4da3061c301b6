import type { CellObject, WorkBook, WorkSheet } from '@e965/xlsx';
import type { ReadLimits } from '../safety/limits.ts';
import { damaged, passwordProtected } from '../safety/unreadable.ts';
import { openZip } from '../safety/zip-archive.ts';
import {
  columnName,
  type DateSystem,
  type SheetCell,
  type SheetLayout,
  type SheetRow,
  type StoredType,
} from './cell.ts';
import { type Sheet, type Spreadsheet, spreadsheet } from './spreadsheet.ts';

/** xls and et (BIFF), xlsb, ods through SheetJS into the same cells. Read whole: these formats hold 65,536 rows or are rare. */
export async function openLegacySpreadsheet(
  bytes: Uint8Array,
  kind: 'xls' | 'xlsb' | 'ods',
  file: string,
  limits: ReadLimits,
): Promise<Spreadsheet> {
  if (kind !== 'xls') await checkInflation(bytes, file, limits);
  const { read } = await import('@e965/xlsx');
  let book: WorkBook;
  try {
    book = read(bytes, {
      type: 'buffer',
      dense: true,
      cellNF: true,
      cellText: false,
      cellFormula: true,
      cellStyles: true,
    });
  } catch (cause) {
    if (cause instanceof Error && /password|encrypt/i.test(cause.message)) throw passwordProtected(file);
    throw damaged(file, cause);
  }
  const dateSystem: DateSystem = book.Workbook?.WBProps?.date1904 ? 1904 : 1900;
  const sheets: Sheet[] = [];
  for (const [index, name] of book.SheetNames.entries()) {
    const sheet = book.Sheets[name];
    if (sheet === undefined || sheet['!type'] === 'chart') continue;
    const hidden = (book.Workbook?.Sheets?.[index]?.Hidden ?? 0) !== 0;
    sheets.push({ name, hidden, rows: () => sheetRows(sheet, dateSystem) });
  }
  if (sheets.length === 0) throw damaged(file);
  return spreadsheet(file, dateSystem, sheets, () => {});
}

/** SheetJS believes zip headers; the parts are counted before it sees them. */
async function checkInflation(bytes: Uint8Array, file: string, limits: ReadLimits): Promise<void> {
  const zip = await openZip(bytes, file, limits);
  try {
    for (const member of zip.members) for await (const _ of zip.stream(member.name));
  } finally {
    zip.close();
  }
}

async function* sheetRows(sheet: WorkSheet, dateSystem: DateSystem): AsyncGenerator<SheetRow, SheetLayout> {
  const rows: readonly (readonly (CellObject | undefined)[] | undefined)[] = sheet['!data'] ?? [];
  for (let index = 0; index < rows.length; index += 1) {
    const cells: SheetCell[] = [];
    for (const [column, cell] of (rows[index] ?? []).entries()) {
      if (cell === undefined) continue;
      const read = legacyCell(cell, index + 1, column + 1, dateSystem);
      if (read !== undefined) cells.push(read);
    }
    if (cells.length > 0) yield { row: index + 1, hidden: sheet['!rows']?.[index]?.hidden === true, cells };
  }
  return {
    merges: (sheet['!merges'] ?? []).map((merge) => ({
      firstRow: merge.s.r + 1,
      firstColumn: merge.s.c + 1,
      lastRow: merge.e.r + 1,
      lastColumn: merge.e.c + 1,
    })),
    hiddenColumns: (sheet['!cols'] ?? []).flatMap((each, index) =>
      each?.hidden === true ? [{ first: index + 1, last: index + 1 }] : [],
    ),
    pageTexts: [],
  };
}

const ERROR_VALUES: Readonly<Record<number, string>> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
  43: '#GETTING_DATA',
};

function legacyCell(cell: CellObject, row: number, column: number, dateSystem: DateSystem): SheetCell | undefined {
  const [type, raw] = storedValue(cell);
  if (raw === undefined && cell.f === undefined) return undefined;
  const base = {
    address: columnName(column) + row,
    row,
    column,
    type,
    raw: raw ?? '',
    format: typeof cell.z === 'string' ? cell.z : 'General',
    dateSystem,
  };
  return cell.f === undefined ? base : { ...base, formula: cell.f };
}

function storedValue(cell: CellObject): readonly [StoredType, string | undefined] {
  switch (cell.t) {
    case 'n':
      return ['n', typeof cell.v === 'number' && Number.isFinite(cell.v) ? String(cell.v) : undefined];
    case 'b':
      return ['b', cell.v === true ? '1' : '0'];
    case 'e':
      return ['e', ERROR_VALUES[Number(cell.v)] ?? '#VALUE!'];
    case 'd':
      return ['d', cell.v instanceof Date ? cell.v.toISOString() : String(cell.v ?? '')];
    case 's':
      return [cell.f === undefined ? 's' : 'str', cell.v === undefined ? undefined : String(cell.v)];
    default:
      return ['n', undefined];
  }
}
