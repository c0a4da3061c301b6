import type { SheetSchema } from '../../ledger/index.ts';
import { SheetFindings } from './findings.ts';
import { type CellValue, unitOf } from './found-column.ts';
import { readCell } from './read-cell.ts';
import { valueKey } from './value-key.ts';

/** What the mark beside the sample row of the blank book begins with. */
export const SAMPLE_MARK = '示例';

/** The sample row's values by column key, in comparable form. */
export function sampleValues(schema: SheetSchema): ReadonlyMap<string, string> {
  return new Map(Object.entries(sampleRecord(schema)).map(([key, value]) => [key, valueKey(value)]));
}

/** The sample row's values by column key, as the reader would read them. */
export function sampleRecord(schema: SheetSchema): Readonly<Record<string, CellValue>> {
  const unheard = new SheetFindings('');
  const values: Record<string, CellValue> = {};
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
    if (value !== undefined) values[key] = value;
  }
  return values;
}

/** Whether the row is still the sample: nothing but its values where it is marked, all of them where it is not. */
export function isSampleRow(
  draft: Readonly<Record<string, unknown>>,
  sample: ReadonlyMap<string, string>,
  marked: boolean,
): boolean {
  let same = 0;
  for (const [key, value] of Object.entries(draft)) {
    if (key === 'row') continue;
    if (sample.get(key) !== valueKey(value)) return false;
    same += 1;
  }
  return marked || (same === sample.size && same > 1);
}
