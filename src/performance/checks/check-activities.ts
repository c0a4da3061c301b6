import { cellOf, type SheetRecords, type TableKey } from '../../ledger/index.ts';
import { periodEnd, periodStart } from '../period.ts';
import type { Scoring } from '../scoring-context.ts';

/** Ledgers whose rows a formula counts as work of the period. */
const WORK: readonly TableKey[] = ['publicity', 'materials', 'trainings', 'supervision', 'inspections', 'assistance'];
const LISTED = 100;

/** Work of another year counts in no indicator of this one: each such row is named, for a formula counts it. */
export function checkActivities({ book, problems }: Scoring): void {
  const start = periodStart(book);
  const end = periodEnd(book);
  for (const key of WORK) {
    const sheet: SheetRecords = book.tables[key];
    const outside = sheet.records.flatMap((record) => {
      const { date } = record as { readonly date?: unknown };
      return typeof date === 'string' && (date < start || date > end) ? [{ record, date }] : [];
    });
    for (const { record, date } of outside.slice(0, LISTED))
      problems.add(
        'activity-outside-period',
        `日期${date}不在评价期${start}至${end}内，计算公式仍会计入；不属于本期的请移出`,
        `dated ${date}, outside ${start} to ${end}, and still counted by formulas; take it out if it is not of this period`,
        { sheet: sheet.sheet, cell: cellOf(sheet, record, 'date') },
      );
  }
}
