import type { Columns, SheetRecords } from '../ledger/index.ts';
import type { Where } from '../problem/index.ts';

/** The cell of one value of a record, also while it is blank; the row alone in a book whose sheet lacks the column. */
export function placeOf<C extends Columns>(
  sheet: SheetRecords<C>,
  record: { readonly row: number },
  key: keyof C & string,
): Where {
  const letter = sheet.letters[key];
  return letter === undefined
    ? { sheet: sheet.sheet, row: record.row }
    : { sheet: sheet.sheet, cell: `${letter}${record.row}` };
}
