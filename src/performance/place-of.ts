import type { Columns, SheetRecords } from '../ledger/index.ts';
import type { Where } from '../problem/index.ts';

/**
 * The cell of one value of a record, also while it is blank; in a book whose sheet lacks the column the first cell of
 * the record's row.
 */
export function placeOf<C extends Columns>(
  sheet: SheetRecords<C>,
  record: { readonly row: number },
  key: keyof C & string,
): Where {
  const letter = sheet.letters[key];
  const first = Object.keys(sheet.schema.columns).find((one) => sheet.letters[one] !== undefined);
  const shown = letter ?? (first === undefined ? undefined : sheet.letters[first]);
  return shown === undefined
    ? { sheet: sheet.sheet, row: record.row }
    : { sheet: sheet.sheet, cell: `${shown}${record.row}` };
}

/** As `placeOf`; the sheet alone when there is no such record. */
export function placeOrSheet<C extends Columns>(
  sheet: SheetRecords<C>,
  record: { readonly row: number } | undefined,
  key: keyof C & string,
): Where {
  return record === undefined ? { sheet: sheet.sheet } : placeOf(sheet, record, key);
}
