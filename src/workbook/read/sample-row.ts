import type { SheetSchema } from '../../ledger/index.ts';
import { SheetFindings } from './findings.ts';
import { readCell, unitOf } from './read-cell.ts';
import { valueKey } from './value-key.ts';

/** What the mark beside the sample row of the blank book begins with. */
export const SAMPLE_MARK = '示例';

/** The sample row's values by column key, as the reader would read them, in comparable form. */
export function sampleValues(schema: SheetSchema): ReadonlyMap<string, string> {
  const unheard = new SheetFindings('');
  const values = new Map<string, string>();
  for (const [key, column] of Object.entries(schema.columns)) {
    if (column.sample === '') continue;
    const unit = unitOf(column);
    const value = readCell(
      {
        address: 'A1',
        row: 1,
        column: 1,
        type: 'inlineStr',
        raw: column.sample,
        format: 'General',
        dateSystem: 1900,
      },
      { key, schema: column, unit, written: unit },
      unheard,
    );
    if (value !== undefined) values.set(key, valueKey(value));
  }
  return values;
}

/** Whether every value of the row is the sample's, and enough of them are there to be no accident. */
export function isSampleRow(draft: Readonly<Record<string, unknown>>, sample: ReadonlyMap<string, string>): boolean {
  let same = 0;
  for (const [key, value] of Object.entries(draft)) {
    if (key === 'row') continue;
    if (sample.get(key) !== valueKey(value)) return false;
    same += 1;
  }
  return same >= 2 && same * 2 >= sample.size;
}
