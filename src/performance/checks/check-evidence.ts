import type { SheetRecords } from '../../ledger/index.ts';
import { placeOf } from '../place-of.ts';
import type { Scoring } from '../scoring-context.ts';

/** Every number in a 佐证 column of the ledgers must be a row of the 佐证 sheet (indicator rows are checked as leaves). */
export function checkEvidence({ book, problems }: Scoring): void {
  const known = new Set(book.tables.evidence.records.map((record) => record.number));
  for (const [key, table] of Object.entries(book.tables)) {
    if (key === 'indicators' || key === 'evidence') continue;
    const sheet = table as SheetRecords;
    for (const record of sheet.records) {
      const named = (record as { readonly evidence?: readonly string[] }).evidence ?? [];
      const unknown = named.filter((number) => !known.has(number));
      if (unknown.length === 0) continue;
      problems.add(
        'unknown-evidence',
        `佐证编号${unknown.join('、')}在“${book.tables.evidence.sheet}”表中不存在`,
        `evidence ${unknown.join(', ')} is not in the evidence sheet`,
        placeOf(sheet, record, 'evidence'),
      );
    }
  }
}
